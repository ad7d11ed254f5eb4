"""Facts of many firms as columns of numbers: NaN is unknown, choices and yes/no are numbered, dates counted in days.

A number that can't be that fact (out of range, a broken count, a choice that is not there) counts as unknown, as it
does when a row is read. A float32 means the shortest decimal that is written for it: 0.7 is seven tenths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from .facts import LARGEST, NO_BAR, UNKNOWN, Fact, Indicator, read_indicators
from .frame import Frame, Mask, Span, domain
from .schema import Kind

Column = NDArray[Any]
_MOST_DIGITS = 9
_EVERY_WHOLE = 2.0**24


class ArrayFrame(Frame):
    """The facts of ``n`` firms given as columns.

    Parameters
    ----------
    columns : mapping of str to ndarray, shape (n,)
        Float32 or float64 by indicator code; a missing code is unknown.
    size : int
        n.
    on : date
    kind : "new" or "renewal"
    """

    def __init__(self, columns: Mapping[str, Column], *, size: int, on: date, kind: Kind = "new") -> None:
        super().__init__(ArrayRows(columns, size), on=on, kind=kind)

    def _again(self) -> Frame:
        other = ArrayFrame({}, size=self.size, on=self.on, kind=self.kind)
        other.rows = self.rows
        return other

    def _of(self, places: NDArray[np.intp]) -> Frame:
        assert isinstance(self.rows, ArrayRows)
        columns = {code: column[places] for code, column in self.rows.columns.items()}
        return ArrayFrame(columns, size=len(places), on=self.on, kind=self.kind)

    def _read(self, code: str) -> Span:
        assert isinstance(self.rows, ArrayRows)
        if code not in self.rows.columns:
            return super()._read(code)
        indicator = read_indicators()[code]
        least, most = _span_of_nothing(indicator)
        numbers = self.rows.numbers(code)
        is_given = ~np.isnan(numbers)
        none = np.zeros(self.size, dtype=bool)
        lo, hi = (np.where(is_given, numbers, end) for end in (least, most))
        return Span(lo, hi, ~none, none, none)


def _span_of_nothing(indicator: Indicator) -> tuple[float, float]:
    if indicator.empty_is_none:
        return (float(NO_BAR.toordinal()),) * 2
    return domain(indicator)


class ArrayRows(Sequence[Mapping[str, Fact]]):
    """The same columns row by row: each a mapping of the facts that are known."""

    def __init__(self, columns: Mapping[str, Column], size: int) -> None:
        self.columns = columns
        self.size = size
        self._numbers: dict[str, NDArray[np.float64]] = {}

    def numbers(self, code: str) -> NDArray[np.float64]:
        """One column as float64, NaN where nothing usable is given."""
        if code not in self._numbers:
            column = self.columns[code]
            known = np.where(is_fact(read_indicators()[code], column), column, column.dtype.type(np.nan))
            self._numbers[code] = shortest(known) if column.dtype == np.float32 else known
        return self._numbers[code]

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> Mapping[str, Fact]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Mapping[str, Fact]]: ...
    def __getitem__(self, index: int | slice) -> Mapping[str, Fact] | Sequence[Mapping[str, Fact]]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(self.size))]
        if not -self.size <= index < self.size:
            raise IndexError(index)
        known = read_indicators()
        return {code: to_fact(known[code], float(self.numbers(code)[index])) for code in self.columns}


def to_fact(indicator: Indicator, number: float) -> Fact:
    """The fact that a number in a column means."""
    if np.isnan(number):
        return NO_BAR if indicator.empty_is_none else UNKNOWN
    if indicator.type == "boolean":
        return bool(number)
    if indicator.type == "choice":
        return list(indicator.choices)[int(number)]
    if indicator.type == "date":
        return date.fromordinal(int(number))
    return number


def bounds(indicator: Indicator) -> tuple[float, float]:
    """Least and most that a fact given as a number may be."""
    if indicator.type == "date":
        return float(date.min.toordinal()), float(date.max.toordinal())
    if indicator.type in ("boolean", "choice"):
        return domain(indicator)
    least = -LARGEST if indicator.least is None else indicator.least
    return least, LARGEST if indicator.most is None else indicator.most


def is_whole(indicator: Indicator) -> bool:
    """Whether only whole numbers can be that fact."""
    return indicator.type in ("integer", "boolean", "choice", "date")


def is_fact(indicator: Indicator, column: Column) -> Mask:
    """Where a column holds a number that can be that fact; NaN can't."""
    least, most = bounds(indicator)
    fits = (column >= column.dtype.type(least)) & (column <= column.dtype.type(most))
    return np.asarray(fits & (column == np.floor(column)) if is_whole(indicator) else fits, dtype=bool)


def shortest(column: NDArray[np.float32]) -> NDArray[np.float64]:
    """Float32 as the float64 of its shortest decimal: the fewest digits that still mean the same float32."""
    wide = column.astype(np.float64)
    found = wide.copy()
    is_plain = (wide == np.rint(wide)) & (np.abs(wide) < _EVERY_WHOLE)
    open_ = np.flatnonzero(np.isfinite(wide) & ~is_plain)
    for digits in range(6, _MOST_DIGITS + 1):
        numbers = wide[open_]
        places = digits - 1 - np.floor(np.log10(np.abs(numbers)))
        tried = _round(numbers, places)
        is_same = tried.astype(np.float32) == column[open_]
        found[open_[is_same]] = tried[is_same]
        open_ = open_[~is_same]
    return found


def _round(numbers: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """To so many decimal places, correctly: both factors are powers of ten that float64 holds exactly."""
    up, down = 10.0 ** np.maximum(places, 0), 10.0 ** np.maximum(-places, 0)
    return np.asarray(np.rint(numbers * up / down) / up * down)
