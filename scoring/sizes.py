"""Size classes of firms by 国统字〔2017〕213号, kept in a rulebook of their own.

A class asks for all its lower bounds, else the next one down; more of a fact never makes a firm smaller, so the classes
at the lowest and at the highest values of unknown facts are the bounds, and the class is told when both agree.
"""

from __future__ import annotations

from functools import reduce

import numpy as np
from numpy.typing import NDArray

from .facts import State
from .frame import HUGE, Frame, Numbers
from .schema import SizeRow

CLASSES = ("micro", "small", "medium", "large")
UNTOLD = "unknown"
OUTSIDE = "not_applicable"
Classes = NDArray[np.str_]


def set_table(frame: Frame, table: tuple[SizeRow, ...]) -> None:
    """Give the frame the size table in force; clauses read it through ``classes``."""
    frame.cache["size:table"] = table


def classes(frame: Frame) -> Classes:
    """Size class of every row: large, medium, small, micro, unknown, or not_applicable outside the table."""
    if "size:classes" not in frame.cache:
        frame.cache["size:classes"] = _classify(frame, frame.cache.get("size:table", ()))
    found: Classes = frame.cache["size:classes"]
    return found


def _classify(frame: Frame, table: tuple[SizeRow, ...]) -> Classes:
    result = np.full(frame.size, UNTOLD, dtype="<U14")
    if not table:
        return result
    industries = [find_row(table, code) for code in frame.texts("industry_code")]
    for row in {industry.id: industry for industry in industries if isinstance(industry, SizeRow)}.values():
        here = np.array([industry is row for industry in industries])
        low, high = (_rank(frame, row, end)[here] for end in ("lo", "hi"))
        result[here] = np.where(low == high, np.array(CLASSES)[low], UNTOLD)
    result[[industry == OUTSIDE for industry in industries]] = OUTSIDE
    return result


def find_row(table: tuple[SizeRow, ...], code: object) -> SizeRow | str:
    """The row of an industry code by its longest prefix; unknown when too short to tell, else not_applicable."""
    if code is State.UNKNOWN:
        return UNTOLD
    prefixes = {prefix: row for row in table for prefix in row.industries}
    text = code if isinstance(code, str) else ""
    if any(len(prefix) > len(text) and prefix.startswith(text) for prefix in prefixes) and text:
        return UNTOLD
    found = [prefix for prefix in prefixes if text.startswith(prefix)]
    return prefixes[max(found, key=len)] if found else OUTSIDE


def _rank(frame: Frame, row: SizeRow, end: str) -> NDArray[np.intp]:
    """Index into ``CLASSES`` at one end of the facts' intervals."""
    numbers = [_bound(frame, fact, end) for fact in row.facts]
    reached = [
        reduce(np.logical_and, [column >= float(bound) for column, bound in zip(numbers, bounds, strict=True)])
        for bounds in (row.small, row.medium, row.large)
    ]
    return np.select(reached[::-1], [3, 2, 1], 0)


def _bound(frame: Frame, fact: str, end: str) -> Numbers:
    """A fact that is not applicable can't be told either."""
    span = frame.column(fact)
    return np.where(span.na, 0.0 if end == "lo" else HUGE, getattr(span, end))
