"""Facts of many firms as columns: every fact an interval, so that what is unknown takes part in the arithmetic.

A known fact has ``lo == hi``; an unknown one spans its whole range. Choices and yes/no are numbered, dates counted in
days. The same columns exist twice: as float64 for all rows, and as fractions for the few rows where float64 can't tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .facts import NO_BAR, NOT_APPLICABLE, UNKNOWN, Fact, Indicator, read_indicators
from .schema import Kind

Numbers = NDArray[Any]
Mask = NDArray[np.bool_]
# Larger than any fact (facts.LARGEST) and any limit of a rulebook, and finite, so that no arithmetic yields inf or nan.
HUGE = 1e30


@dataclass(frozen=True)
class Span:
    """One number per row, as an interval.

    Attributes
    ----------
    lo, hi : ndarray, shape (n,)
        Lowest and highest value it may take where it can be computed.
    some, void : ndarray of bool, shape (n,)
        Whether some values of the facts give a number, and whether some give none (a zero denominator).
    na : ndarray of bool, shape (n,)
        Whether a fact it needs is not applicable.
    """

    lo: Numbers
    hi: Numbers
    some: Mask
    void: Mask
    na: Mask

    @property
    def known(self) -> Mask:
        """Where the value is one number for certain."""
        return np.asarray((self.lo == self.hi) & self.some & ~self.void & ~self.na, dtype=bool)


class Frame:
    """The facts of ``n`` firms on one date, for one kind of application.

    Parameters
    ----------
    rows : sequence of mapping
        Parsed facts by code; a missing code is unknown.
    on : date
        Date of assessment.
    kind : "new" or "renewal"
    """

    def __init__(self, rows: Sequence[Mapping[str, Fact]], *, on: date, kind: Kind = "new") -> None:
        self.rows = rows
        self.on = on
        self.kind = kind
        self.size = len(rows)
        self.is_exact = False
        # What can be proved of a rulebook holds for firms that stay unknown too: their settled points are then one
        # more possibility, and not the answer.
        self.is_survey = False
        self.cache: dict[str, Any] = {}
        self._columns: dict[str, Span] = {}
        self._narrowed: dict[str, tuple[float, float]] = {}

    def column(self, code: str) -> Span:
        """The interval column of one fact."""
        if code not in self._columns:
            span = self._read(code)
            bounds = self._narrowed.get(code)
            span = span if bounds is None else replace(span, lo=span.lo.clip(*bounds), hi=span.hi.clip(*bounds))
            self._columns[code] = _as_fractions(span) if self.is_exact else span
        return self._columns[code]

    def texts(self, code: str) -> list[Fact]:
        """One fact of each row as it is, unknown included."""
        return [row.get(code, UNKNOWN) for row in self.rows]

    def chosen(self, places: NDArray[np.intp]) -> Frame:
        """The rows at some places, with the same size table."""
        other = self._of(places)
        other.cache.update({key: value for key, value in self.cache.items() if key == "size:table"})
        return other

    def _of(self, places: NDArray[np.intp]) -> Frame:
        return Frame([self.rows[place] for place in places.tolist()], on=self.on, kind=self.kind)

    def exact(self, places: NDArray[np.intp]) -> Frame:
        """The rows at some places with every number as a fraction of its shortest decimal."""
        chosen = Frame([self.rows[place] for place in places.tolist()], on=self.on, kind=self.kind)
        chosen._narrowed = self._narrowed
        chosen.is_exact = True
        return chosen

    def narrowed(self, code: str, least: float, most: float) -> Frame:
        """The same rows with one fact known to lie between bounds; the caller masks rows where it can't."""
        other = self._again()
        other._narrowed = {**self._narrowed, code: (least, most)}
        other.is_survey = self.is_survey
        other.cache.update({key: value for key, value in self.cache.items() if key.startswith("size:")})
        return other

    def _again(self) -> Frame:
        """The same rows, with nothing worked out yet."""
        return Frame(self.rows, on=self.on, kind=self.kind)

    def _read(self, code: str) -> Span:
        indicator = read_indicators()[code]
        least, most = domain(indicator)
        empty: Fact = NO_BAR if indicator.empty_is_none else UNKNOWN
        facts = [row.get(code, empty) for row in self.rows]
        ends = [
            (least, most) if fact is UNKNOWN or fact is NOT_APPLICABLE else as_numbers(indicator, fact)
            for fact in facts
        ]
        lo, hi = np.array(ends, dtype=float).reshape(-1, 2).T.copy()
        na = np.array([fact is NOT_APPLICABLE for fact in facts], dtype=bool)
        return Span(lo, hi, ~na, np.zeros(self.size, dtype=bool), na)


def domain(indicator: Indicator) -> tuple[float, float]:
    """Lowest and highest number an unknown fact may turn out to be."""
    if indicator.type == "boolean":
        return 0.0, 1.0
    if indicator.type == "choice":
        return 0.0, float(len(indicator.choices) - 1)
    if indicator.type == "date":
        return 2.0, float(date.max.toordinal())
    least = -HUGE if indicator.least is None else indicator.least
    return float(least), HUGE if indicator.most is None else float(indicator.most)


def as_numbers(indicator: Indicator, fact: Fact) -> tuple[float, float]:
    """The interval of a known fact: a number twice, or the two ends of a bounded count."""
    if isinstance(fact, tuple):
        return fact
    if isinstance(fact, date):
        return (float(fact.toordinal()),) * 2
    if isinstance(fact, str):
        return (float(list(indicator.choices).index(fact)),) * 2 if indicator.choices else (0.0, 0.0)
    assert isinstance(fact, (int, float)), fact
    return float(fact), float(fact)


def _as_fractions(span: Span) -> Span:
    return replace(span, lo=fractions_of(span.lo), hi=fractions_of(span.hi))


def fractions_of(numbers: Numbers) -> Numbers:
    """Float64 as exact fractions of the shortest decimals that mean them: 0.1 is one tenth."""
    exact = np.empty(len(numbers), dtype=object)
    exact[:] = [Fraction(repr(float(number))) for number in numbers]
    return exact
