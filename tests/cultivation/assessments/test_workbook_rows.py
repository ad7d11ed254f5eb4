"""Rows and columns: who is read, who is left out, what is merged, and that nothing is dropped in silence."""

from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from cultivation.assessments.services.workbook import Problem, Workbook, read_workbook
from tests.cultivation.assessments.offices import (
    ALICE,
    BOB,
    CHARLIE,
    FORM_LINE,
    IDENTITY,
    problems_of,
    read_cells,
    saved,
    table_file,
)

HEADER = [*IDENTITY, "营业收入", "从业人数"]


def read_rows(*rows: Any) -> Workbook:
    return read_workbook(table_file([[FORM_LINE], HEADER, *rows]))


def found(book: Workbook) -> list[tuple[str, str, str]]:
    return [(problem.severity, problem.code, problem.cell) for problem in book.problems]


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A0", "+86公司", "-甲公司", "@甲公司"])
def test_formula_as_a_name_leaves_the_firm_out(name: str) -> None:
    book = openpyxl.Workbook()
    for row in ([FORM_LINE], HEADER, ["x", *BOB[1:], 1, 2], [*ALICE, 1, 2]):
        book.active.append(row)
    book.active["A3"].value = name
    book.active["A3"].data_type = "s"
    read = read_workbook(saved(book))
    assert ([firm.name for firm in read.firms], found(read)) == ([ALICE[0]], [("error", "bad_name", "A3")])


def test_live_formula_as_a_name_is_seen_although_it_has_no_result() -> None:
    book = read_rows(["=1+1", *BOB[1:], 1, 2], [*ALICE, 1, 2])
    (problem,) = problems_of(book, "bad_name")
    assert (problem.value, len(book.firms)) == ("=1+1", 1)


def test_formula_without_a_result_is_no_blank() -> None:
    (problem,) = read_rows([*ALICE, "=H5*2", 2]).problems
    assert (problem.code, problem.value, problem.cell) == ("formula_without_result", "=H5*2", "D3")


def test_excel_error_is_no_blank() -> None:
    book = openpyxl.Workbook()
    for row in ([FORM_LINE], HEADER, [*ALICE, "#REF!", 2]):
        book.active.append(row)
    book.active["D3"].data_type = "e"
    (problem,) = read_workbook(saved(book)).problems
    assert (problem.code, problem.value, problem.cell) == ("excel_error", "#REF!", "D3")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["", *BOB[1:], 1, 2], ("error", "bad_name", "A3")),
        (["123", *BOB[1:], 1, 2], ("error", "bad_name", "A3")),
        ([BOB[0], "", BOB[2], 1, 2], ("error", "bad_uscc", "B3")),
        ([BOB[0], "9142010078199577H", BOB[2], 1, 2], ("error", "bad_uscc", "B3")),
        ([BOB[0], 914403001922038216, BOB[2], 1, 2], ("error", "uscc_as_number", "B3")),
    ],
)
def test_unusable_identity_leaves_the_firm_out(row: list[Any], problem: tuple[str, str, str]) -> None:
    book = read_rows(row, [*ALICE, 1, 2])
    assert ([firm.name for firm in book.firms], found(book)) == ([ALICE[0]], [problem])


def test_normalised_code_is_said() -> None:
    book = read_rows([ALICE[0], " ９１420106ma4kyj51x1", ALICE[2], 1, 2])
    assert (book.firms[0].uscc, found(book)) == (ALICE[1], [("info", "uscc_normalised", "B3")])


def test_exact_duplicate_counts_once() -> None:
    book = read_rows([*ALICE, 8000, 10], [*BOB, 1, 2], [*ALICE, "8,000.00", 10])
    assert (len(book.firms), found(book)) == (2, [("warning", "duplicate_firm", "B5")])


def test_same_code_with_other_data_names_the_cells_that_differ() -> None:
    book = read_rows([*ALICE, 8000, 10], [ALICE[0], ALICE[1], "孝感市", 9000, 10])
    (problem,) = problems_of(book, "conflicting_firm")
    assert (problem.severity, problem.problem, book.firms[0].values["revenue"]) == (
        "error",
        "与第 3 行是同一家企业，但内容不同：C3/C4、D3/D4",
        Decimal(8000),
    )


def test_unknown_region_keeps_the_firm() -> None:
    book = read_rows([ALICE[0], ALICE[1], "长沙市", 1, 2])
    assert (book.firms[0].region, found(book)) == (None, [("warning", "unknown_region", "C3")])


def test_county_is_kept_beside_its_division() -> None:
    book = read_rows([ALICE[0], ALICE[1], "黄石市大冶市", 1, 2], [BOB[0], BOB[1], 420100, 1, 2])
    assert [(firm.region, firm.county) for firm in book.firms] == [("420200", "420281"), ("420100", None)]


def test_blank_total_signature_and_sample_rows_are_no_firms() -> None:
    book = read_rows(
        ["示例：某某公司", *ALICE[1:], 1, 2],
        [*ALICE, 1, 2],
        [],
        ["小计", "", "", 1, 2],
        [*BOB, 1, 2],
        ["合计", "", "", 2, 4],
        [],
        ["审核人：张三", "", "", "填表人：李四"],
    )
    assert ([firm.name for firm in book.firms], found(book)) == (
        [ALICE[0], BOB[0]],
        [
            ("info", "sample_row", "A3"),
            ("info", "total_row", "A6"),
            ("info", "total_row", "A8"),
            ("info", "signature_row", "A10"),
            ("info", "blank_rows", "A5"),
        ],
    )


def test_row_with_data_but_no_identity_is_reported() -> None:
    book = read_rows([*ALICE, 1, 2], ["", "", "黄冈市", 5, 6])
    assert found(book) == [("warning", "not_a_firm", "C4")]


def test_column_that_cant_be_mapped_is_reported_with_a_suggestion() -> None:
    book = read_cells("高价值发明专利数量统计", 5)
    (problem,) = book.problems
    assert (problem.code, problem.cell, problem.value, problem.done) == (
        "unmapped_column",
        "D2",
        "高价值发明专利数量统计",
        "整列未采用",
    )
    assert "高价值发明专利" in problem.todo


def test_qualified_header_is_not_taken_for_the_plain_one() -> None:
    """Revenue abroad is not revenue."""
    book = read_cells("营业收入（境外）", 5)
    assert ("revenue" in book.firms[0].values, [p.code for p in book.problems]) == (False, ["unmapped_column"])


def test_year_that_is_not_asked_for_is_reported() -> None:
    book = read_cells("2026年营业收入", 5)
    assert ("revenue" in book.firms[0].values, [p.code for p in book.problems]) == (False, ["unused_year"])


def test_second_column_of_the_same_meaning_is_reported_and_the_first_used() -> None:
    book = read_cells("营业收入", 5, more={"营收": 7})
    (problem,) = book.problems
    assert (book.firms[0].values["revenue"], problem.code, problem.cell) == (Decimal(5), "repeated_column", "E2")


def test_column_without_a_header_is_reported() -> None:
    book = read_workbook(table_file([[FORM_LINE], [*HEADER, None], [*ALICE, 1, 2, "什么"]]))
    assert found(book) == [("warning", "no_header", "F2")]


def test_second_summary_is_not_dropped_in_silence() -> None:
    rows = [[FORM_LINE], HEADER, [*ALICE, 1, 2], [*BOB, 1, 2]]
    book = read_workbook(table_file(rows, more={"去年": [HEADER, [*CHARLIE, 1, 2]], "填表说明": [["如实填写"]]}))
    assert [(p.severity, p.code, p.sheet) for p in book.problems] == [
        ("error", "sheet_not_used", "去年"),
        ("info", "sheet_ignored", "填表说明"),
    ]


def test_part_greater_than_its_whole_is_warned_about_and_kept() -> None:
    book = read_cells("研发人员", 20)
    (problem,) = problems_of(book, "part_exceeds_whole")
    assert (problem.cell, book.firms[0].values["rd_staff"]) == ("D3", 20)


def test_firms_without_a_single_problem_have_none() -> None:
    expected: list[Problem] = []
    assert read_rows([*ALICE, 1, 2], [*BOB, 3, 4], [*CHARLIE, 5, 6]).problems == expected


def test_region_merged_over_several_firms_holds_for_all_of_them() -> None:
    book = openpyxl.Workbook()
    for row in ([FORM_LINE], HEADER, [*ALICE, 1, 2], [*BOB[:2], None, 1, 2], [*CHARLIE, 1, 2]):
        book.active.append(row)
    book.active.merge_cells("C3:C4")
    assert [firm.region for firm in read_workbook(saved(book)).firms] == ["421100", "421100", "420500"]


def test_two_firms_of_one_name_are_both_read_and_reported() -> None:
    book = read_rows([*ALICE, 1, 2], [ALICE[0], *BOB[1:], 1, 2])
    assert ([firm.uscc for firm in book.firms], found(book)) == ([ALICE[1], BOB[1]], [("warning", "same_name", "A4")])
