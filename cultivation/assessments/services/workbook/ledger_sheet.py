"""The table of rights in a sheet: its columns, and access to its cells by what they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from cultivation.core.sheets.cells import Cell
from cultivation.core.sheets.files import Grid

from .headers import ledger_headers
from .layout import Layout
from .model import NOT_APPLICABLE
from .problems import Findings
from .values import Asked, BadCell, read_value
from .vocabulary import Words, fold, load_words, read_data


@dataclass(frozen=True, slots=True)
class LedgerWords:
    kinds: Mapping[str, str]
    states: Mapping[str, str]
    obtained: Mapping[str, str]
    title_kinds: Mapping[str, str]


@cache
def ledger_words() -> LedgerWords:
    data = read_data("ledger_columns.yaml")
    kinds, states, obtained = (_by_word(data[name]) for name in ("kinds", "states", "obtained"))
    return LedgerWords(kinds, states, obtained, data["title_kinds"])


def _by_word(meanings: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {fold(word): meaning for meaning, words in meanings.items() for word in words}


@dataclass(slots=True)
class LedgerSheet:
    """The ledger's table with its columns, and what the rows are judged against."""

    grid: Grid
    columns: Mapping[str, int]
    types: Mapping[str, str]
    units: Mapping[str, str]
    firms: Mapping[str, str]
    codes: frozenset[str]
    on: date | None
    findings: Findings
    words: Words = field(default_factory=load_words)
    likely_kind: str | None = None
    """What the sheet itself says of its rows' kind, where neither the row nor its number does."""

    def cell(self, row: int, code: str) -> Cell:
        return self.grid.cell(row, self.columns[code]) if code in self.columns else Cell(self.grid.name, row, 0, "")

    def text(self, row: int, code: str) -> str:
        cell = self.cell(row, code)
        return "" if fold(cell.text) in self.words.unknown else cell.text

    def fact(self, row: int, code: str) -> Any:
        """A fact of an optional column; a bad cell is reported and unknown."""
        if code not in self.columns:
            return None
        cell = self.cell(row, code)
        asked = Asked(code, self.types[code], self.units.get(code, ""), Decimal(0), Decimal(10) ** 8)
        try:
            fact = read_value(cell, asked, self.words).fact
        except BadCell as bad:
            self.findings.warning(cell, bad.code, bad.problem, done="按未知处理，这项权利保留", todo=bad.todo)
            return None
        return None if fact == NOT_APPLICABLE else fact


def resolve_ledger_columns(
    grid: Grid, layout: Layout, findings: Findings
) -> tuple[dict[str, int], dict[str, str], dict[str, str]]:
    book = ledger_headers()
    columns: dict[str, int] = {}
    types: dict[str, str] = {}
    units: dict[str, str] = {}
    for place, levels in enumerate(layout.headers):
        meaning = book.meaning(levels, last_year=None) if levels else None
        cell = Cell(grid.name, layout.last, place, " / ".join(levels))
        if meaning is None:
            if levels:
                findings.info(
                    cell, "unmapped_column", "认不出这一列是权利的哪项信息", done="整列未采用", todo="无关的列可不处理"
                )
            continue
        code = meaning.column.code
        if meaning.column.type == "skip":
            continue
        if code in columns:
            where = layout.leaf_address(columns[code])
            findings.info(cell, "repeated_column", f"与 {where} 列含义相同", done=f"采用 {where} 列", todo="无需处理")
            continue
        columns[code], types[code], units[code] = place, meaning.column.type, meaning.unit
    return columns, types, units
