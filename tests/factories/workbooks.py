"""Small summary workbooks cut from the demonstration one: its headers, a few of its firms, their patents."""

import io
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from tests.factories.accounts import valid_uscc

DEMONSTRATION = Path(__file__).parents[2] / "demo" / "round-2026.xlsx"
SUMMARY, LEDGER = "汇总表", "专利清单"
HEADER_ROWS = 4
NAME, USCC, CITY = 1, 2, 3
HOLDER = 6


@dataclass(frozen=True)
class Line:
    """A firm with the facts of one row of the demonstration workbook, under a name and a place of its own."""

    row: int
    name: str
    uscc: str
    city: str


ADVANTAGE = Line(5, "武汉光谷精密仪器有限公司", valid_uscc(900001), "武汉市")
ELSEWHERE = Line(29, "宜昌清江化工有限公司", valid_uscc(900002), "宜昌市")
STARTER = Line(14, "潜江龙虾食品有限公司", valid_uscc(900003), "潜江市")
VETOED = Line(42, "孝感米酒酿造有限公司", valid_uscc(900004), "孝感市")
FIRMS = (ADVANTAGE, ELSEWHERE, STARTER, VETOED)


@cache
def _sheets() -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(DEMONSTRATION)
    return {name: [list(row) for row in book[name].iter_rows(values_only=True)] for name in (SUMMARY, LEDGER)}


@cache
def _merges() -> tuple[str, ...]:
    return tuple(str(cells) for cells in openpyxl.load_workbook(DEMONSTRATION)[SUMMARY].merged_cells.ranges)


@cache
def cut_workbook(firms: Sequence[Line] = FIRMS, *, rights: int = 12) -> bytes:
    """As an office would send it, with at most so many patents for each firm."""
    book = openpyxl.Workbook()
    summary = book.active
    summary.title = SUMMARY
    for row in [*_sheets()[SUMMARY][:HEADER_ROWS], *(_firm_row(firm) for firm in firms)]:
        summary.append(row)
    for cells in _merges():
        summary.merge_cells(cells)
    ledger = book.create_sheet(LEDGER)
    for row in [_sheets()[LEDGER][0], *(right for firm in firms for right in _rights(firm)[:rights])]:
        ledger.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _firm_row(firm: Line) -> list[Any]:
    row = copy(_sheets()[SUMMARY][firm.row - 1])
    row[NAME], row[USCC], row[CITY] = firm.name, firm.uscc, firm.city
    return row


def _rights(firm: Line) -> list[list[Any]]:
    known_as = _sheets()[SUMMARY][firm.row - 1][NAME]
    found = [copy(row) for row in _sheets()[LEDGER] if row[HOLDER] == known_as]
    for row in found:
        row[HOLDER] = firm.name
    return found
