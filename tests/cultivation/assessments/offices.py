"""Writes the summary workbooks of other city offices: the same firms in their wording, order, units and layout."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from cultivation.assessments.services.workbook import FirmRow, Problem, Workbook, read_workbook

SHARED = Path(__file__).parents[3] / "demo" / "round-2026.xlsx"
FORM_LINE = "填报单位(盖章):          填报日期:2026年3月31日          单位:万元、人、件"
Show = Callable[[Any], Any]


@cache
def shared() -> Workbook:
    return read_workbook(SHARED)


@dataclass(frozen=True)
class Column:
    """One column of an office's sheet: what it holds, how it is headed (group first), how facts are written in it."""

    code: str
    header: tuple[str, ...]
    show: Show = lambda fact: fact
    number_format: str = "General"


def firm_fact(firm: FirmRow, code: str) -> Any:
    return getattr(firm, code) if code in ("name", "uscc", "region") else firm.values.get(code)


def office_file(
    firms: Sequence[FirmRow],
    columns: Sequence[Column],
    *,
    title: str = "企业知识产权能力情况表",
    form_line: str = FORM_LINE,
    unknown: Any = "—",
    before: Sequence[Sequence[Any]] = (),
    blank_above: int = 0,
) -> bytes:
    """A workbook whose summary table has headers of as many levels as the columns', groups merged."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    rows: list[Sequence[Any]] = [[] for _ in range(blank_above)]
    rows += [[title], [form_line], *before]
    for row in rows:
        sheet.append(list(row))
    first = len(rows) + 1
    _write_headers(sheet, columns, first)
    depth = max(len(column.header) for column in columns)
    for place, firm in enumerate(firms):
        for at, column in enumerate(columns, start=1):
            fact = firm_fact(firm, column.code)
            cell = sheet.cell(first + depth + place, at, unknown if fact is None else column.show(fact))
            cell.number_format = column.number_format
    return saved(book)


def _write_headers(sheet: Worksheet, columns: Sequence[Column], first: int) -> None:
    depth = max(len(column.header) for column in columns)
    for at, column in enumerate(columns, start=1):
        for level, text in enumerate(column.header):
            sheet.cell(first + level, at, text)
        if len(column.header) < depth:
            sheet.merge_cells(
                start_row=first + len(column.header) - 1, end_row=first + depth - 1, start_column=at, end_column=at
            )
    for level in range(depth - 1):
        _merge_groups(sheet, columns, first, level)


def _merge_groups(sheet: Worksheet, columns: Sequence[Column], first: int, level: int) -> None:
    start = 0
    for at in range(1, len(columns) + 1):
        same = at < len(columns) and columns[at].header[: level + 1] == columns[start].header[: level + 1]
        if same and len(columns[at].header) > level + 1:
            continue
        if at - start > 1:
            for column in range(start + 2, at + 1):
                sheet.cell(first + level, column).value = None
            sheet.merge_cells(start_row=first + level, end_row=first + level, start_column=start + 1, end_column=at)
        start = at


def table_file(
    rows: Sequence[Sequence[Any]], *, name: str = "汇总表", more: Mapping[str, Sequence[Sequence[Any]]] | None = None
) -> bytes:
    """A workbook of plain rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for other, other_rows in (more or {}).items():
        extra = book.create_sheet(other)
        for row in other_rows:
            extra.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


IDENTITY = ("企业名称", "统一社会信用代码", "所属市州")
ALICE = ("甲企业有限公司", "91420106MA4KYJ51X1", "黄冈市")
BOB = ("乙企业有限公司", "91420100781995775H", "武汉市")
CHARLIE = ("丙企业有限公司", "91420111178092678B", "宜昌市")


def read_cells(header: str, *values: Any, more: Mapping[str, Any] | None = None) -> Workbook:
    """A sheet with one column of interest: the values of Alice, Bob and Charlie under a header."""
    others = more or {}
    rows = [[FORM_LINE], [*IDENTITY, header, *others, "从业人数", "净利润"]]
    for person, value in zip((ALICE, BOB, CHARLIE), values, strict=False):
        rows.append([*person, value, *others.values(), 10, 1])
    return read_workbook(table_file(rows))


def fact_of(header: str, value: Any, code: str) -> Any:
    """What one cell under a header is read as."""
    return read_cells(header, value).firms[0].values[code]


def problems_of(workbook: Workbook, code: str) -> list[Problem]:
    return [problem for problem in workbook.problems if problem.code == code]


def truth(yes: str, no: str) -> Show:
    return lambda fact: yes if fact else no


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def scaled(factor: str) -> Show:
    """An amount in another unit, as a number that Excel holds exactly enough."""
    return lambda amount: float(amount / Decimal(factor))
