"""Finds the table in a sheet: its header rows, what its columns are called, and where its data begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cultivation.core.sheets.cells import address, clean
from cultivation.core.sheets.files import Grid

from .headers import HeaderBook
from .vocabulary import fold

SEARCHED_ROWS = 40
_USCC_LIKE = re.compile(r"[0-9A-Z]{15,20}")
_FORM_LINE = re.compile(r"(填报|制表|审核|盖章|单位[:：]|日期[:：]|附件|[:：]\s*$)")


@dataclass(frozen=True, slots=True)
class Layout:
    """Zero-based header rows and, for every column, its header texts from the widest group to the leaf."""

    first: int
    last: int
    headers: tuple[tuple[str, ...], ...]

    @property
    def title_rows(self) -> range:
        return range(self.first)

    def leaf_address(self, column: int) -> str:
        return address(self.last, column)


def find_layout(grid: Grid, book: HeaderBook) -> Layout | None:
    """The header block with the most known wordings near the top of the sheet; None when there is none."""
    scores = {row: _known(grid, row, book) for row in range(min(len(grid.rows), SEARCHED_ROWS))}
    best = max(scores, key=lambda row: (scores[row], -row), default=None)
    if best is None or scores[best] < 3:
        return None
    spans = _spans(grid)
    first, last = _grow_up(grid, best), _grow_down(grid, best, spans, book)
    headers = tuple(_levels(grid, spans, first, last, column) for column in range(grid.width))
    return Layout(first, last, headers)


def _known(grid: Grid, row: int, book: HeaderBook) -> int:
    meanings = [book.meaning([clean(raw)], last_year=None) for raw in grid.rows[row] if isinstance(raw, str) and raw]
    return len({(m.column.code, m.years_back) for m in meanings if m is not None and m.column.type != "skip"})


def _texts(grid: Grid, row: int) -> list[str]:
    return [text for raw in grid.rows[row] if (text := clean(raw))]


def _grow_up(grid: Grid, best: int) -> int:
    first = best
    while first > 0 and first > best - 4:
        texts = _texts(grid, first - 1)
        if len(set(texts)) < 2 or any(_FORM_LINE.search(text) for text in texts):
            break
        first -= 1
    return first


def _grow_down(grid: Grid, best: int, spans: "Spans", book: HeaderBook) -> int:
    last = best
    while last + 1 < len(grid.rows) and last < best + 4 and _is_header_row(grid, last + 1, best, spans, book):
        last += 1
    return last


def _is_header_row(grid: Grid, row: int, best: int, spans: "Spans", book: HeaderBook) -> bool:
    """A second header line, a line of units, or the line of column numbers under a header."""
    texts = _texts(grid, row)
    if not texts or any(_USCC_LIKE.fullmatch(fold(text).upper()) for text in texts):
        return False
    if _is_numbering(texts):
        return True
    if any(not isinstance(raw, str) for raw in grid.rows[row] if raw != ""):
        return False
    if _known(grid, row, book) >= 3 or all(book.is_unit(text) for text in texts):
        return True
    under = [column for column, raw in enumerate(grid.rows[row]) if raw != ""]
    return len(texts) >= 2 and all(_under_group(spans, best, column, grid) for column in under)


def _is_numbering(texts: Sequence[str]) -> bool:
    if len(texts) < 3:
        return False
    numbers = [text.strip("()栏") for text in texts if text.strip("()栏").isdigit()]
    return len(numbers) >= 0.8 * len(texts) and [int(n) for n in numbers] == list(
        range(int(numbers[0]), int(numbers[0]) + len(numbers))
    )


Spans = dict[tuple[int, int], tuple[int, int, int, int]]


def _spans(grid: Grid) -> Spans:
    """Which merged range a cell near the top belongs to; ranges as (top, left, bottom, right)."""
    spans: Spans = {}
    for top, left, bottom, right in grid.merged:
        if top < SEARCHED_ROWS + 4:
            for row in range(top, min(bottom, SEARCHED_ROWS + 4) + 1):
                for column in range(left, min(right, grid.width - 1) + 1):
                    spans[row, column] = (top, left, bottom, right)
    return spans


def _under_group(spans: Spans, best: int, column: int, grid: Grid) -> bool:
    span = spans.get((best, column))
    if span is not None:
        return span[3] > span[1]
    row = grid.rows[best]
    return column < len(row) and row[column] == ""


def _levels(grid: Grid, spans: Spans, first: int, last: int, column: int) -> tuple[str, ...]:
    levels: list[str] = []
    for row in range(first, last + 1):
        text = _header_text(grid, spans, row, column, is_leaf=row == last)
        if text and (not levels or levels[-1] != text):
            levels.append(text)
    return tuple(levels)


def _header_text(grid: Grid, spans: Spans, row: int, column: int, *, is_leaf: bool) -> str:
    if span := spans.get((row, column)):
        return clean(grid.rows[span[0]][span[1]])
    values = grid.rows[row]
    text = clean(values[column]) if column < len(values) else ""
    if text.strip("()栏").isdigit() and _is_numbering(_texts(grid, row)):
        return ""
    if text or is_leaf or grid.merged:
        return text
    return next((found for left in range(column, -1, -1) if (found := clean(values[left]))), "")
