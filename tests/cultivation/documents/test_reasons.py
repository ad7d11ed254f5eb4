"""One line that says why a programme came out as it did (E12)."""

from dataclasses import replace

import pytest

from cultivation.documents.services.payloads import ClauseRow, Outcome, ProgrammeResult
from cultivation.documents.services.reasons import situation, why
from tests.cultivation.documents.samples import clause, rulebook

RULES = rulebook("srdi-sme", "srdi-sme/2026", "办法", "secondary", "新申报适用 2026 年办法")


def programme(outcome: Outcome, *clauses: ClauseRow, reason: str = RULES.reason) -> ProgrammeResult:
    return ProgrammeResult(
        code="srdi-sme", label="专精特新", rulebook=RULES, outcome=outcome, reason=reason, clauses=clauses
    )


def row(id: str, parent: str, outcome: Outcome) -> ClauseRow:
    return clause("srdi-sme", id, 0, f"条件{id}", "", outcome, parent=parent)


def test_reason_of_its_own_is_kept() -> None:
    assert why(programme("unmet", row("a", "", "unmet"), reason="大型企业不在范围")) == "大型企业不在范围"


def test_outcome_is_traced_to_the_leaves_that_carry_it() -> None:
    """b is unmet as well, but inside a condition that another way has met."""
    tree = (
        row("all", "", "unmet"),
        row("a", "all", "unmet"),
        row("any", "all", "met"),
        row("b", "any", "unmet"),
        row("c", "any", "met"),
    )
    assert why(programme("unmet", *tree)) == "不符合 1 条：条件a"


def test_long_lists_of_reasons_are_cut() -> None:
    rows = [row(letter, "", "unknown") for letter in "abcde"]
    assert why(programme("unknown", *rows)) == "资料不足 5 条：条件a、条件b、条件c等"


def test_met_needs_no_list() -> None:
    assert why(programme("met", row("a", "", "met"))) == "各项条件均已满足"


@pytest.mark.parametrize(
    ("value", "note", "told"),
    [
        ("研发费用 未知", "待补充：研发费用", ""),
        ("研发费用 未知；营业收入 8,000 万元", "待补充：研发费用", "营业收入 8,000 万元"),
        ("研发费用 未知", "", "研发费用 未知"),
        ("8 年", "差 2 年", "8 年"),
    ],
)
def test_unknown_facts_are_said_once(value: str, note: str, told: str) -> None:
    assert situation(replace(row("a", "", "unknown"), value=value, note=note)) == told
