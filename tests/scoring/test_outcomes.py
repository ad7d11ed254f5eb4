"""Five outcomes and how they combine (E12, E13)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from scoring import Frame, Outcome, evaluate, kinds, parse_fact, parse_rulebook
from scoring.kinds import all_of, any_of
from scoring.points import give
from scoring.schema import Clause, Part

MET, UNMET, UNKNOWN, MANUAL, NA = "met", "unmet", "unknown", "manual_review", "not_applicable"


def columns(outcomes: Sequence[str]) -> list[np.ndarray]:
    return [np.array([Outcome[outcome.upper()]], dtype=np.int8) for outcome in outcomes]


@pytest.mark.parametrize(
    ("children", "all_", "any_"),
    [
        ([MET, MET], MET, MET),
        ([MET, UNMET], UNMET, MET),
        ([UNMET, UNMET], UNMET, UNMET),
        ([UNKNOWN, UNMET], UNMET, UNKNOWN),
        ([UNKNOWN, MET], UNKNOWN, MET),
        ([MANUAL, UNKNOWN], UNKNOWN, UNKNOWN),
        ([MANUAL, UNMET], UNMET, MANUAL),
        ([MANUAL, MET], MANUAL, MET),
        ([NA, MET], MET, MET),
        ([NA, UNMET], UNMET, UNMET),
        ([NA, MANUAL], MANUAL, MANUAL),
        ([NA, NA], NA, NA),
    ],
)
def test_children_combine_by_precedence(children: list[str], all_: str, any_: str) -> None:
    assert Outcome(int(all_of(columns(children))[0])).code == all_
    assert Outcome(int(any_of(columns(children))[0])).code == any_


def outcome(clause: dict[str, Any], *, on: date = date(2026, 5, 1), kind: Any = "new", **facts: object) -> str:
    title = {"zh": "条款", "en": "Clause"}
    head = {"id": "x", "version": "1", "title": title, "issuer": "i", "document": "d", "source": "s"}
    document = {**head, "status": "calibrated", "applies": [{}], "criteria": {"id": "c", "title": title, **clause}}
    frame = Frame([{code: parse_fact(code, raw) for code, raw in facts.items()}], on=on, kind=kind)
    return evaluate(parse_rulebook(document), frame).codes()[0]


SHARE = {"value": {"ratio": ["rd_expense", "revenue"]}, "at_least": "3%"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"rd_expense": 3, "revenue": 100}, MET),
        ({"rd_expense": 2, "revenue": 100}, UNMET),
        ({"rd_expense": 3}, UNKNOWN),
        ({"rd_expense": 0}, UNMET),
        ({"revenue": 0}, UNMET),
        ({"rd_expense": 3, "revenue": 0}, UNMET),
        ({"rd_expense": "n/a", "revenue": 100}, NA),
        ({}, UNKNOWN),
    ],
)
def test_a_ratio_over_what_is_known(facts: dict[str, Any], expected: str) -> None:
    assert outcome(SHARE, **facts) == expected


@pytest.mark.parametrize(("count", "expected"), [([1, 3], UNKNOWN), ([2, 3], MET), ([0, 1], UNMET)])
def test_a_bounded_count_decides_as_far_as_it_can(count: list[int], expected: str) -> None:
    assert outcome({"value": "class1_ip", "at_least": 2}, class1_ip=count) == expected


def test_an_empty_verdict_is_for_a_person() -> None:
    assert outcome({"verdict": "brand_verdict"}) == MANUAL
    assert outcome({"verdict": "brand_verdict"}, brand_verdict=False) == UNMET


def test_a_choice_is_unknown_until_given() -> None:
    clause = {"fact": "rd_institution_level", "is": ["provincial", "national"]}
    assert outcome(clause) == UNKNOWN
    assert outcome(clause, rd_institution_level="national") == MET
    assert outcome(clause, rd_institution_level="none") == UNMET


def test_a_choice_that_every_value_meets_is_met_while_unknown() -> None:
    assert outcome({"fact": "product_field", "is": ["other", "strategic_emerging"]}) == MET


@pytest.mark.parametrize(
    ("until", "expected"),
    [(None, MET), ("n/a", MET), ("2026-04-30", MET), ("2026-05-01", UNMET), ("2027-01-01", UNMET)],
)
def test_a_ban_lasts_to_and_including_its_date(until: object, expected: str) -> None:
    assert outcome({"not_barred": "fraud_ban_until"}, fraud_ban_until=until) == expected


CERTIFICATE = {
    "any": [
        {"all": [{"fact": "gbt29490_edition", "is": "2023"}, {"not_expired": "gbt29490_valid_until"}]},
        {
            "all": [
                {"fact": "gbt29490_edition", "is": "2013"},
                {"not_expired": "gbt29490_valid_until"},
                {"assessed_by": "2025-12-31"},
            ]
        },
    ]
}


@pytest.mark.parametrize(
    ("edition", "on", "expected"),
    [
        ("2023", date(2026, 1, 1), MET),
        ("2013", date(2025, 12, 31), MET),
        ("2013", date(2026, 1, 1), UNMET),
        ("none", date(2025, 1, 1), UNMET),
        (None, date(2025, 1, 1), UNKNOWN),
    ],
)
def test_a_2013_certificate_is_no_evidence_after_the_transition(edition: object, on: date, expected: str) -> None:
    facts = {"gbt29490_edition": edition, "gbt29490_valid_until": "2026-06-30"}
    assert outcome(CERTIFICATE, on=on, **facts) == expected


def test_an_expired_certificate_is_no_evidence() -> None:
    assert outcome(CERTIFICATE, gbt29490_edition="2023", gbt29490_valid_until="2026-04-30") == UNMET


def test_a_clause_for_new_applications_is_not_applicable_in_renewals() -> None:
    clause = {"value": "revenue", "at_least": 5, "kinds": ["new"]}
    assert outcome(clause, revenue=1) == UNMET
    assert outcome(clause, revenue=1, kind="renewal") == NA


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"revenue": 20000, "rd_expense": 700}, UNMET),
        ({"revenue": 20000.01, "rd_expense": 700}, MET),
        ({"rd_expense": 0}, UNMET),
        ({"rd_expense": 700}, UNKNOWN),
        ({"revenue": [30000, 40000], "rd_expense": 10}, UNMET),
    ],
)
def test_the_case_that_applies_is_tested_with_the_fact_confined_to_it(facts: dict[str, Any], expected: str) -> None:
    ratio = {"ratio": ["rd_expense", "revenue"]}
    cases = [
        {"from": 20000, "exclusive": True, "then": {"value": ratio, "at_least": "3%"}},
        {"then": {"value": ratio, "at_least": "4%"}},
    ]
    assert outcome({"by": "revenue", "cases": cases}, **facts) == expected


def test_a_score_without_a_name_decides_and_leaves_no_row() -> None:
    line = {"id": "line", "title": {"zh": "线", "en": "Line"}, "at_least": 5}
    part = {"id": "p", "title": {"zh": "项", "en": "Part"}, "max": 9, "value": "niche_years",
            "bands": [{"to": 3, "points": 0}, {"from": 3, "points": 9}]}  # fmt: skip
    inner = {"score": [part], "max": 9, "pass": [line]}
    assert [outcome({"all": [inner]}, niche_years=years) for years in (2, 3, None)] == [UNMET, MET, UNKNOWN]


def test_what_has_no_test_is_no_clause() -> None:
    with pytest.raises(TypeError, match="no test for Clause"):
        kinds.test(Clause(), Frame([{}], on=date(2026, 5, 1)))
    with pytest.raises(TypeError, match="no points for Part"):
        give(Part.model_validate({"id": "a", "title": {"zh": "项", "en": "p"}, "max": 1}),
             Frame([{}], on=date(2026, 5, 1)), lambda clause: np.zeros(1, dtype=np.int8))  # fmt: skip


def test_a_limit_only_touched_at_the_open_end_of_a_case_is_not_met() -> None:
    """600 of more than 20,000 is always below 3 %, though it tends to it."""
    ratio = {"ratio": ["rd_expense", "revenue"]}
    cases = [
        {"from": 20000, "exclusive": True, "then": {"value": ratio, "at_least": "3%"}},
        {"then": {"value": ratio, "at_least": "400%"}},
    ]
    assert outcome({"by": "revenue", "cases": cases}, rd_expense=600, revenue=[20000, 90000]) == UNMET
