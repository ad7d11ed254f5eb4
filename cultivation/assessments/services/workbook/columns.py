"""The columns of the summary table: which code each header means, and what could not be mapped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from cultivation.core.sheets.cells import Cell
from cultivation.core.sheets.files import Grid

from .headers import HeaderBook, Meaning
from .layout import Layout
from .problems import Findings
from .values import Asked
from .vocabulary import load_words, read_data

IDENTITY = ("name", "uscc", "region")


@cache
def rules() -> Mapping[str, Any]:
    return read_data("columns.yaml")


@dataclass(slots=True)
class Table:
    """The summary table with its columns resolved to codes."""

    grid: Grid
    layout: Layout
    columns: dict[str, int] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)

    def cell(self, row: int, code: str) -> Cell:
        return self.grid.cell(row, self.columns[code])

    @property
    def rows(self) -> range:
        return range(self.layout.last + 1, len(self.grid.rows))


def resolve_columns(
    grid: Grid, layout: Layout, book: HeaderBook, *, last_year: int | None, money_unit: str, findings: Findings
) -> Table:
    """Codes of the columns; what can't be mapped, and what is mapped twice, is reported."""
    table = Table(grid, layout)
    for column, levels in enumerate(layout.headers):
        meaning = book.meaning(levels, last_year=last_year) if levels else None
        code = None if meaning is None else meaning.code
        if meaning is not None and meaning.column.type == "skip":
            continue
        if meaning is None or code is None:
            _report_unmapped(grid, layout, column, book, meaning, findings)
        elif code in table.columns:
            _report_second(grid, layout, column, table.columns[code], findings)
        else:
            table.columns[code] = column
            if code not in IDENTITY:
                table.asked[code] = _asked(table, code, meaning, money_unit)
    return table


def header_cell(grid: Grid, layout: Layout, column: int) -> Cell:
    return Cell(grid.name, layout.last, column, " / ".join(layout.headers[column]))


def _report_unmapped(
    grid: Grid, layout: Layout, column: int, book: HeaderBook, meaning: Meaning | None, findings: Findings
) -> None:
    values = [grid.cell(row, column) for row in range(layout.last + 1, len(grid.rows))]
    levels = layout.headers[column]
    if all(cell.is_blank for cell in values) and not levels:
        return
    cell = header_cell(grid, layout, column)
    if not levels:
        findings.warning(cell, "no_header", "这一列有内容而没有表头", done="整列未采用", todo="补上表头后重新上传")
        return
    if meaning is not None:
        findings.warning(
            cell,
            "unused_year",
            "这一列的年度不在所需的年度之内",
            done="整列未采用",
            todo="只需上年度及前两年的数据，可不处理",
        )
        return
    near = book.suggestion(levels)
    hint = f"若就是“{near}”，请改用这个表头" if near else "若与指标有关，请改用指标名称作表头"
    findings.warning(
        cell, "unmapped_column", "认不出这一列是哪项指标", done="整列未采用", todo=f"{hint}；无关的列可不处理"
    )


def _report_second(grid: Grid, layout: Layout, column: int, first: int, findings: Findings) -> None:
    where = layout.leaf_address(first)
    findings.warning(
        header_cell(grid, layout, column),
        "repeated_column",
        f"与 {where} 列是同一项指标",
        done=f"采用 {where} 列，这一列未采用",
        todo="删去多余的一列，或把表头改清楚",
    )


def _asked(table: Table, code: str, meaning: Meaning, money_unit: str) -> Asked:
    kind = meaning.column.type
    low, high = rules()["ranges"].get(code, rules()["default_ranges"].get(kind, (0, 0)))
    unit = meaning.unit or (money_unit if kind == "money" else "")
    if kind == "money" and unit in load_words().count_units:
        unit = money_unit
    asked = Asked(code, kind, unit, Decimal(low), Decimal(high))
    if kind != "percent":
        return asked
    numbers = [
        cell.raw
        for row in table.rows
        if isinstance((cell := table.cell(row, code)).raw, int | float) and not cell.percent
    ]
    largest = rules()["fractions_up_to"].get(code, 1)
    fractions = any(numbers) and all(abs(number) <= largest for number in numbers)
    return Asked(code, kind, unit, asked.low, asked.high, fractions)


def report_fractions(table: Table, findings: Findings) -> None:
    for code, asked in table.asked.items():
        if asked.fractions:
            cell = header_cell(table.grid, table.layout, table.columns[code])
            findings.warning(
                cell,
                "fractions",
                "这一列的数字都很小，且没有设百分比格式",
                done="按小数比例理解，如 0.185 作 18.5%",
                todo="若本来就是百分之零点几，请写成带“%”的文本",
            )
