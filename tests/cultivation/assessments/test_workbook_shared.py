"""The demonstration workbook, cell style by cell style: facts, and every trap reported at its address (E18)."""

import time
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from cultivation.assessments.services.workbook import FirmRow, read_workbook
from tests.cultivation.assessments.offices import SHARED, problems_of, shared


def firm_in(row: int) -> FirmRow:
    return next(firm for firm in shared().firms if firm.row == row)


def test_sheet_has_its_title_date_firms_and_rights() -> None:
    book = shared()
    assert (book.title, book.filled_on, len(book.firms), len(book.rights), book.has_ledger) == (
        "2026年度湖北省企业知识产权能力自评汇总表(演示数据)", date(2026, 3, 31), 58, 1614, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "code", "fact"),
    [
        (5, "registered_on", date(2002, 7, 9)),
        (6, "registered_on", date(2017, 2, 23)),
        (7, "registered_on", date(2022, 5, 11)),
        (12, "registered_on", date(1996, 5, 23)),
        (48, "registered_on", date(2015, 6, 7)),
        (22, "registered_on", date(2009, 12, 14)),
        (17, "industry_code", "0519"),
        (5, "revenue", Decimal("8331.23")),
        (8, "rd_expense_prev2", Decimal("393.80")),
        (8, "patented_product_revenue", Decimal("781.00")),
        (5, "niche_market_share", Decimal("18.5")),
        (5, "digital_level", 3),
        (6, "digital_level", 3),
        (5, "iso56005_level", 4),
        (8, "iso56005_level", 0),
        (5, "product_field", "strategic_emerging"),
        (5, "product_chain_role", "none"),
        (8, "product_chain_role", "six_bases_or_key_supplier"),
        (5, "own_brand", True),
        (7, "own_brand", False),
        (8, "qms_certified", False),
        (5, "rd_institution_level", "municipal"),
        (5, "patent_navigation", "every_project"),
        (7, "patent_navigation", None),
        (5, "gbt29490_edition", "2023"),
        (8, "gbt29490_edition", "none"),
        (5, "ip_strategy", "executed_reviewed"),
        (8, "ip_strategy", "drafted"),
        (5, "ip_department", "dedicated"),
        (5, "inventor_rewards", "paid_last_year"),
        (7, "trade_secret_system", "written"),
        (5, "infringement_monitoring", "ad_hoc"),
        (5, "valid_srdi_sme", True),
        (5, "valid_hnte", True),
        (6, "serious_dishonesty", None),
        (5, "serious_dishonesty", False),
        (5, "gold_seed_designated", False),
        (5, "licence_transfer_income_3y", Decimal(0)),
        (8, "ip_pledge_financing_3y", None),
        (5, "rd_staff", None),
        (12, "revenue", None),
        (14, "employees", None),
    ],
)
def test_cell_is_read(row: int, code: str, fact: object) -> None:
    assert firm_in(row).values[code] == fact


def test_known_zero_is_written_as_none_in_money_columns() -> None:
    pledges = [firm.values["ip_pledge_financing_3y"] for firm in shared().firms]
    assert (pledges.count(None) >= 5, pledges.count(Decimal(0)) >= 8) == (True, True)


def test_every_number_is_exact() -> None:
    facts = [fact for firm in shared().firms for fact in firm.values.values()]
    assert [fact for fact in facts if isinstance(fact, float)] == []


@pytest.mark.parametrize(
    ("code", "severity", "cells"),
    [
        ("bad_uscc", "error", ["C10"]),
        ("bad_name", "error", ["B16"]),
        ("uscc_check_digit", "warning", ["C8"]),
        ("approximate_number", "warning", ["H12"]),
        ("negative", "warning", ["G14"]),
        ("duplicate_firm", "warning", ["C67"]),
        ("total_row", "info", ["A68"]),
        ("signature_row", "info", ["A69"]),
        ("blank_rows", "info", ["A26"]),
        ("patent_check_digit", "warning", ["B20"]),
        ("duplicate_right", "warning", ["B1612", "B1613", "B1614"]),
        ("contested_right", "warning", ["G12", "G1615"]),
    ],
)
def test_trap_is_reported_at_its_address(code: str, severity: str, cells: list[str]) -> None:
    found = problems_of(shared(), code)
    assert [(problem.severity, problem.cell) for problem in found] == [(severity, cell) for cell in cells]


def test_problem_says_what_stood_there_what_was_done_and_what_to_do() -> None:
    (problem,) = problems_of(shared(), "bad_uscc")
    assert problem.as_dict() == {
        "sheet": "汇总表",
        "cell": "C10",
        "value": "914299995AGFE3GR3",
        "severity": "error",
        "code": "bad_uscc",
        "problem": "统一社会信用代码应为 18 位，此处为 17 位",
        "done": "这家企业未读入",
        "todo": "对照营业执照核对 18 位代码后重新上传",
    }


def test_every_problem_is_complete() -> None:
    unfinished = [p for p in shared().problems if not all((p.sheet, p.cell, p.problem, p.done, p.todo))]
    assert unfinished == []


def test_no_column_of_the_sheet_is_lost() -> None:
    assert (problems_of(shared(), "unmapped_column"), problems_of(shared(), "repeated_column")) == ([], [])


def test_codes_in_full_width_lower_case_or_with_blanks_are_normalised() -> None:
    assert (firm_in(12).uscc, firm_in(14).uscc, firm_in(15).uscc) == (
        "91429999C9YTB1PN9B", "91429999U6BBELEH2M", "914299994PCAH8911P",
    )  # fmt: skip


def test_functional_zone_belongs_to_wuhan_and_keeps_its_name() -> None:
    assert (firm_in(7).region, firm_in(7).zone) == ("420100", "东湖高新区")


def test_failed_check_digit_keeps_the_firm() -> None:
    assert (firm_in(8).uscc, firm_in(8).uscc_check_ok) == ("91429999MJJQXYUF4N", False)


def test_states_of_the_rights() -> None:
    assert Counter(right.status for right in shared().rights) == {
        "counted": 1268, "lapsed": 278, "not_yet_granted": 65, "duplicate": 3,
    }  # fmt: skip


def test_rights_of_unknown_holders_are_kept_and_said_once_for_each_holder() -> None:
    found = [(problem.value, problem.done.split("（")[0]) for problem in problems_of(shared(), "unknown_holder")]
    assert found == [("屈子鹦鹉食品技术有限公司(演示)", "共 9 项"), ("洪湖东湖生物科技有限公司(演示)", "共 19 项")]


def test_recent_transfers_are_marked() -> None:
    marked = [right for right in shared().rights if any("不满 1 年" in reason for reason in right.reasons)]
    assert len(marked) == len(problems_of(shared(), "recent_transfer")) > 0
    assert all(right.transferred_on > date(2025, 3, 31) for right in marked if right.transferred_on)


def test_reading_is_quick() -> None:
    """Far under the second that is asked; generous for a busy machine."""
    start = time.perf_counter()
    read_workbook(SHARED)
    assert time.perf_counter() - start < 3


def test_same_file_has_the_same_fingerprint() -> None:
    assert read_workbook(SHARED.read_bytes()).sha256 == shared().sha256
