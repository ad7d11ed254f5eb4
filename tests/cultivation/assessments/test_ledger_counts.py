"""E19: what each rule counts, row by row, with bounds where the ledger lacks a fact."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cultivation.assessments.services.ledger import derive_counts
from cultivation.assessments.services.workbook import RightRow, read_workbook
from scoring import Library, load_library, parse_rulebook
from tests.cultivation.assessments.offices import SHARED

ON = date(2026, 3, 31)
PLAIN = RightRow(
    number="ZL201811070331.7",
    number_ok=True,
    title="一种装置",
    kind="invention",
    filed_on=date(2018, 9, 13),
    granted_on=date(2020, 5, 1),
    holder="91420106MA4KYJ51X1",
    holder_name="甲企业有限公司",
    legal_state="有效",
    sheet="专利",
    row=2,
    state="valid",
    family=[],
    pledge=Decimal(0),
    awards=[],
    obtained="original",
    holder_rank=1,
    related=True,
    in_use=True,
    emerging=False,
    used_in_hnte=False,
)
YES, NO, MAY = (1, 1), (0, 0), (0, 1)


def count(code: str, **changed: Any) -> tuple[int, int]:
    return derive_counts([replace(PLAIN, **changed)], on=ON).counts[code]


def test_fully_described_right_is_decided_under_every_rule() -> None:
    counts = derive_counts([PLAIN], on=ON).counts
    assert {code for code, (low, high) in counts.items() if low != high} == set()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, YES),
        ({"state": "lapsed"}, NO),
        ({"state": "refused"}, NO),
        ({"state": "pending", "granted_on": None}, NO),
        ({"state": "unknown"}, MAY),
        ({"granted_on": None}, YES),
        ({"granted_on": date(2026, 4, 1)}, NO),
        ({"granted_on": date(2026, 3, 31)}, YES),
        ({"filed_on": date(2006, 3, 31)}, NO),
        ({"filed_on": date(2006, 4, 1)}, YES),
        ({"number_ok": False}, MAY),
        ({"status": "duplicate"}, NO),
        ({"obtained": "licensed"}, NO),
        ({"obtained": "transferred", "transferred_on": date(2026, 3, 1)}, YES),
        ({"kind": "utility_model"}, NO),
        ({"kind": "unknown"}, MAY),
    ],
)
def test_valid_inventions(changed: dict[str, Any], expected: tuple[int, int]) -> None:
    assert count("valid_invention_patents", **changed) == expected


@pytest.mark.parametrize(
    ("kind", "filed", "code", "expected"),
    [
        ("utility_model", date(2016, 3, 31), "valid_utility_models", NO),
        ("utility_model", date(2016, 4, 1), "valid_utility_models", YES),
        ("design", date(2016, 3, 31), "valid_designs", NO),
        ("design", date(2021, 6, 1), "valid_designs", YES),
    ],
)
def test_right_whose_term_is_over_does_not_count(kind: str, filed: date, code: str, expected: tuple[int, int]) -> None:
    assert count(code, kind=kind, filed_on=filed) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, NO),
        ({"emerging": True}, YES),
        ({"emerging": None}, MAY),
        ({"filed_on": date(2016, 3, 30)}, YES),
        ({"filed_on": date(2016, 3, 31)}, NO),
        ({"family": ["US10123456B2"]}, YES),
        ({"family": ["US"]}, MAY),
        ({"family": ["WO"]}, NO),
        ({"family": None}, MAY),
        ({"awards": ["中国专利优秀奖"]}, YES),
        ({"awards": ["湖北专利奖金奖"]}, NO),
        ({"awards": ["国家科学技术进步奖二等奖"]}, YES),
        ({"pledge": Decimal(3000)}, MAY),
        ({"pledge": None}, MAY),
        ({"state": "lapsed", "emerging": True}, NO),
    ],
)
def test_high_value_inventions_of_cnipas_five_classes(changed: dict[str, Any], expected: tuple[int, int]) -> None:
    assert count("high_value_invention_patents", **changed) == expected


def test_high_pledge_needs_a_figure_which_nobody_published() -> None:
    """With a figure in a new version of the rulebook the pledge is judged."""
    right = replace(PLAIN, pledge=Decimal(3000))
    counts = [derive_counts([right], on=ON, library=with_pledge_from(least)).counts for least in (3000, 3001)]
    assert [count["high_value_invention_patents"] for count in counts] == [YES, NO]


def with_pledge_from(least: int) -> Library:
    """The shipped rulebooks with a figure for a high pledge."""
    document = deepcopy(load_library().get("rights-cnipa/2021").document())
    classes = next(rule for rule in document["rights"] if rule["id"] == "high-value")["where"][0]["any"]
    next(one for one in classes if "pledged" in one)["pledged"] = {"at_least": least}
    return Library([parse_rulebook(document)])


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, YES),
        ({"kind": "plant_variety"}, YES),
        ({"kind": "ic_layout"}, YES),
        ({"kind": "utility_model"}, NO),
        ({"related": None}, MAY),
        ({"related": False}, NO),
        ({"obtained": "transferred", "transferred_on": date(2025, 4, 1)}, NO),
        ({"obtained": "transferred", "transferred_on": date(2025, 3, 31)}, YES),
        ({"obtained": "transferred", "transferred_on": None}, MAY),
        ({"obtained": "unknown"}, MAY),
    ],
)
def test_class1_of_the_2022_measure(changed: dict[str, Any], expected: tuple[int, int]) -> None:
    assert count("class1_ip", **changed) == expected


@pytest.mark.parametrize(
    ("code", "changed", "expected"),
    [
        ("class1_ip_self_developed", {"obtained": "transferred", "transferred_on": date(2020, 1, 1)}, NO),
        ("class1_ip_in_use", {"in_use": None}, MAY),
        ("class1_ip_in_use", {"in_use": False}, NO),
        ("class1_ip_high_value", {"emerging": True}, NO),
        ("class1_ip_high_value", {"family": ["JP6123456B2"]}, YES),
        ("class1_ip_high_value", {"family": ["MY123456B2"]}, NO),
        ("class1_ip_high_value", {"awards": ["中国专利金奖"]}, YES),
        ("class1_ip_self_applied_in_use", {}, YES),
        ("class1_ip_self_applied_in_use", {"holder_rank": 3}, YES),
        ("class1_ip_self_applied_in_use", {"holder_rank": 4}, NO),
        ("class1_ip_self_applied_in_use", {"holder_rank": None}, MAY),
        ("class1_ip_self_applied_in_use", {"obtained": "transferred", "transferred_on": date(2010, 1, 1)}, NO),
        ("class1_ip_plain", {"obtained": "transferred", "transferred_on": date(2026, 3, 1)}, YES),
    ],
)
def test_class1_in_its_other_meanings(code: str, changed: dict[str, Any], expected: tuple[int, int]) -> None:
    assert count(code, **changed) == expected


@pytest.mark.parametrize(
    ("code", "changed", "expected"),
    [
        ("class2_ip", {"granted_on": date(2024, 3, 30)}, YES),
        ("class2_ip", {"granted_on": date(2024, 3, 31)}, NO),
        ("class2_ip", {"granted_on": None}, MAY),
        ("class2_ip", {"kind": "software", "granted_on": date(2026, 1, 1)}, YES),
        ("class2_ip_plain", {"granted_on": date(2026, 1, 1)}, YES),
        ("class2_ip_unused_hnte", {"used_in_hnte": True}, NO),
        ("class2_ip_unused_hnte", {"used_in_hnte": None}, MAY),
        ("class2_ip_unused_hnte", {}, YES),
    ],
)
def test_class2(code: str, changed: dict[str, Any], expected: tuple[int, int]) -> None:
    assert count(code, **({"kind": "utility_model"} | changed)) == expected


@pytest.mark.parametrize(
    ("code", "changed", "expected"),
    [
        ("patent_applications_3y", {"filed_on": date(2023, 3, 31)}, NO),
        ("patent_applications_3y", {"filed_on": date(2023, 4, 1), "kind": "design"}, YES),
        ("patent_applications_3y", {"filed_on": date(2024, 1, 1), "state": "refused"}, YES),
        ("patent_applications_3y", {"filed_on": None}, MAY),
        ("patent_applications_3y", {"filed_on": date(2024, 1, 1), "obtained": "transferred"}, NO),
        ("invention_applications_3y", {"filed_on": date(2024, 1, 1), "kind": "design"}, NO),
        ("invention_grants_3y", {"granted_on": date(2024, 1, 1)}, YES),
        ("invention_grants_3y", {"granted_on": date(2024, 1, 1), "state": "lapsed"}, YES),
    ],
)
def test_three_years(code: str, changed: dict[str, Any], expected: tuple[int, int]) -> None:
    assert count(code, **changed) == expected


def test_counts_add_up_over_rights() -> None:
    rights = [replace(PLAIN, row=2), replace(PLAIN, row=3, related=None), replace(PLAIN, row=4, state="lapsed")]
    counts = derive_counts(rights, on=ON).counts
    assert (counts["valid_invention_patents"], counts["class1_ip"]) == ((2, 2), (1, 2))


def test_every_right_has_a_reason_and_a_clause_under_every_rule() -> None:
    right = replace(PLAIN, obtained="transferred", transferred_on=date(2025, 6, 15))
    reasons = derive_counts([right], on=ON).reasons_of(right)
    counted = {rule.counts for rulebook in load_library().rulebooks.values() for rule in rulebook.body.rights}
    assert set(reasons) == counted
    assert reasons["class1_ip"] == {
        "code": "class1_ip",
        "rulebook": "rights-sme-2022/2022",
        "rule": "Ⅰ类知识产权",
        "rule_en": "Class I",
        "clause": "工信部企业〔2022〕63号 附件“部分指标和要求说明”",
        "status": "secondary",
        "outcome": "excluded",
        "reason": "2025-06-15 转入，不满 1 年",
        "reason_en": "transferred on 2025-06-15, less than 1 year ago",
    }
    assert [item for item in reasons.values() if not (item["reason"] and item["reason_en"] and item["clause"])] == []


def test_reasons_agree_with_the_counts_on_the_demonstration_ledger() -> None:
    book = read_workbook(SHARED)
    for firm in book.firms:
        rights = book.rights_of(firm.uscc)
        counts = derive_counts(rights, on=ON)
        for code, bounds in counts.counts.items():
            outcomes = [counts.reasons_of(right)[code]["outcome"] for right in rights]
            least = outcomes.count("counts")
            assert (least, least + outcomes.count("possible")) == bounds


def test_list_of_granted_patents_leaves_other_rights_and_applications_open() -> None:
    opened = derive_counts([PLAIN], on=ON).open_above
    assert (opened["class1_ip"], opened["class2_ip"], opened["patent_applications_3y"]) == (
        "other_ip",
        "software_copyrights",
        "",
    )
    assert "valid_invention_patents" not in opened


def test_fuller_ledger_closes_them() -> None:
    rights = [
        PLAIN,
        replace(PLAIN, row=3, kind="software"),
        replace(PLAIN, row=4, kind="ic_layout"),
        replace(PLAIN, row=5, state="pending"),
    ]
    assert derive_counts(rights, on=ON).open_above == {}
