"""The kinds of part that give points: an interval of points a firm, over all values its unknown facts may have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce, singledispatch
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .compare import Borders, count_reached
from .facts import read_indicators
from .frame import Frame, Mask, Span
from .kinds import MANUAL_REVIEW, MET, NOT_APPLICABLE, UNKNOWN, UNMET, Outcomes
from .once import once
from .schema import Band, Bands, Choices, Clause, Items, Ladder, Mark, Part, Points, Settled
from .values import measure

Floats = NDArray[np.float64]
Evaluate = Callable[[Clause], Outcomes]
DECIMALS = 9


@dataclass(frozen=True)
class Given:
    """Points of one part for every row.

    Attributes
    ----------
    lo, hi : ndarray, shape (n,)
        Lowest and highest points.
    open : ndarray of bool
        Whether facts of the firm could still change them; else only a person's mark could.
    void, na : ndarray of bool
        Not computable for certain, and not applicable: 0 points, for that reason.
    bad_mark : ndarray of bool
        A mark was given that no possible band allows.
    band : (ndarray, ndarray)
        Index of the lowest- and highest-scoring band that may be hit, counted from the first as written; -1 is none.
    assumed : ndarray of bool, optional
        Where the points are those of an unknown value.
    """

    lo: Floats
    hi: Floats
    open: Mask
    void: Mask
    na: Mask
    bad_mark: Mask
    band: tuple[NDArray[np.intp], NDArray[np.intp]] | None = None
    assumed: Mask | None = None

    def outcome(self) -> Outcomes:
        """Met when points are certain, unmet when none can be had; else who could still change them decides."""
        waiting = np.where(self.open, UNKNOWN, MANUAL_REVIEW)
        certain = np.where(self.hi > 0, MET, UNMET)
        is_certain = self.lo == self.hi if self.assumed is None else (self.lo == self.hi) & ~self.assumed
        result = np.where(is_certain, certain, waiting)
        return np.where(self.na, NOT_APPLICABLE, result)


def combine(given: Sequence[Given], most: Decimal, places: int, *, best: bool = False) -> Given:
    """Sum or best of some parts, at most the maximum of the whole."""
    low, high = (_whole([getattr(part, end) for part in given], most, places, best) for end in ("lo", "hi"))
    is_open = (low != high) & np.any([part.open & (part.lo != part.hi) for part in given], axis=0)
    void, na = (np.all([getattr(part, name) for part in given], axis=0) for name in ("void", "na"))
    return Given(low, high, is_open, void, na, np.zeros(len(low), dtype=bool))


def _whole(points: Sequence[Floats], most: Decimal, places: int, best: bool) -> Floats:
    return np.minimum(np.max(points, axis=0) if best else add_up(points, places), float(most))


def add_up(points: Sequence[Floats], places: int) -> Floats:
    """Points added as the decimals they are.

    Up to nine decimal places the sum is rounded to nine, so that 0.1 and 0.2 make 0.3. Longer ones (learned points) are
    told by float64 to its last digit, and rounding would only move them away. Always from the first to the last, so
    that a firm alone gets what it gets among others.
    """
    total = reduce(np.add, points)
    return np.round(total, DECIMALS) if places <= DECIMALS else np.asarray(total)


def settle(given: Given, part: Settled, missing: Mask, frame: Frame) -> Given:
    """The points a part states for where it has no value, in their place."""
    if part.unknown is None:
        return given
    points = float(part.unknown)
    lo, hi = (np.minimum(given.lo, points), np.maximum(given.hi, points)) if frame.is_survey else (points, points)
    first, last = given.band or (np.full(frame.size, -1, dtype=np.intp),) * 2
    return replace(
        given,
        lo=np.where(missing, lo, given.lo),
        hi=np.where(missing, hi, given.hi),
        open=given.open | missing,
        band=(np.where(missing, -1, first), np.where(missing, -1, last)),
        assumed=missing & ~given.void,
    )


@singledispatch
def give(part: Part, frame: Frame, evaluate: Evaluate) -> Given:
    """Points of a part that has no parts below it; ``evaluate`` gives the outcomes of its clauses."""
    raise TypeError(f"no points for {type(part).__name__}")


@give.register
def _bands(part: Bands, frame: Frame, evaluate: Evaluate) -> Given:
    """The bands between those of the lowest and the highest value; 0 where the value can't be computed."""
    low, high = count_reached(part.value, frame, borders_of(part))
    span = measure(part.value, frame)
    places = np.arange(len(part.bands))[:, None]
    possible = span.some & (low <= places) & (places <= high)
    void = span.void if part.unknown is None else span.void & ~span.some
    points = [band.points for band in rising_bands(part)]
    given = _collect(points, possible, void, span.na, frame, part.mark, _order(part))
    return settle(given, part, ~span.known, frame)


@once
def rising_bands(part: Bands) -> list[Band]:
    """The bands from the lowest values to the highest."""
    return sorted(part.bands, key=lambda band: -np.inf if band.from_ is None else float(band.from_))


@once
def borders_of(part: Bands) -> Borders:
    """Where the bands meet, in ascending order, and whether a border belongs below."""
    near = list(pairwise(rising_bands(part)))
    return Borders(
        part.value,
        tuple(above.from_ for _, above in near if above.from_ is not None),
        tuple(not border_goes_up(below, above) for below, above in near),
    )


@once
def _order(part: Bands) -> NDArray[np.intp]:
    """Where the rising bands stand in the document."""
    places = {id(band): place for place, band in enumerate(part.bands)}
    return np.array([places[id(band)] for band in rising_bands(part)], dtype=np.intp)


def border_goes_up(below: Band, above: Band) -> bool:
    """Whether the border of two bands belongs to the upper one: to the better-scoring one, unless kept out."""
    return above.points[1] >= below.points[1] and not above.exclusive


@give.register
def _choices(part: Choices, frame: Frame, evaluate: Evaluate) -> Given:
    span, codes = frame.column(part.fact), list(read_indicators()[part.fact].choices)
    possible = [
        span.some & (span.lo <= index) & (index <= span.hi)
        for index in (float(codes.index(choice)) for choice in part.choices)
    ]
    given = _collect(list(part.choices.values()), possible, span.void, span.na, frame, None)
    return settle(given, part, ~span.known, frame)


@give.register
def _ladder(part: Ladder, frame: Frame, evaluate: Evaluate) -> Given:
    """A rung is possible while it may hold and no rung above it surely does."""
    outcomes = [evaluate(rung.when) for rung in part.ladder]
    above = np.zeros(frame.size, dtype=bool)
    possible = []
    for outcome in outcomes:
        possible.append(~above & (outcome != UNMET) & (outcome != NOT_APPLICABLE))
        above = above | (outcome == MET)
    na = np.all([outcome == NOT_APPLICABLE for outcome in outcomes], axis=0)
    void = ~above & ~na
    points = [rung.points for rung in part.ladder]
    given = _collect(points, possible, void, na, frame, part.mark, falls_to_zero=True)
    unsure = [here & (outcome != MET) for here, outcome in zip(possible, outcomes, strict=True)]
    return settle(given, part, np.any(unsure, axis=0) | na, frame)


@give.register
def _items(part: Items, frame: Frame, evaluate: Evaluate) -> Given:
    outcomes = np.stack([evaluate(item) for item in part.items])
    certain = (outcome_is(outcomes, MET)).sum(axis=0)
    awaited, judged = (outcome_is(outcomes, waiting).sum(axis=0) for waiting in (UNKNOWN, MANUAL_REVIEW))
    lo, hi = (np.minimum(float(part.each) * count, float(part.max)) for count in (certain, certain + awaited + judged))
    na = np.asarray(outcome_is(outcomes, NOT_APPLICABLE).all(axis=0), dtype=bool)
    none = np.zeros(frame.size, dtype=bool)
    return Given(lo, hi, (lo != hi) & (awaited > 0), none, na, none)


def outcome_is(outcomes: Outcomes, outcome: np.int8) -> Mask:
    return np.asarray(outcomes == outcome, dtype=bool)


@give.register
def _mark(part: Mark, frame: Frame, evaluate: Evaluate) -> Given:
    span = frame.column(part.mark)
    none = np.zeros(frame.size, dtype=bool)
    lo, hi = (np.where(span.na, 0.0, np.clip(end, 0.0, float(part.max))) for end in (span.lo, span.hi))
    is_open = none if read_indicators()[part.mark].is_judgement else lo != hi
    return Given(lo, hi, is_open, none, span.na, none)


def _collect(
    points: Sequence[Points],
    possible: Sequence[Mask] | Mask,
    void: Mask,
    na: Mask,
    frame: Frame,
    mark: str | None,
    order: NDArray[np.intp] | None = None,
    *,
    falls_to_zero: bool = False,
) -> Given:
    """Lowest and highest points over the possible bands, and 0 where none need be hit.

    A known mark stands in for the range of every band that allows it; in the others it is a bad value and the range
    stays.
    """
    here: Mask = np.asarray(possible)
    marked = None if mark is None else frame.column(mark)
    is_given = _NOWHERE if marked is None else np.asarray((marked.lo == marked.hi) & ~marked.na, dtype=bool)
    least, most, fitting = _within_bands(points, is_given, marked)
    lows, highs = np.where(here, least, np.inf), np.where(here, most, -np.inf)
    lo, hi, count = lows.min(axis=0), highs.max(axis=0), here.sum(axis=0)
    none = count == 0
    zero = (void | none) & ~na
    first, last = (
        np.where(none, -1, place if order is None else order[place])
        for place in (lows.argmin(axis=0), highs.argmax(axis=0))
    )
    first = np.where(zero & (lo > 0), -1, first)
    lo, hi = np.where(zero, np.minimum(lo, 0.0), lo), np.where(zero, np.maximum(hi, 0.0), hi)
    lo, hi = np.where(na, 0.0, lo), np.where(na, 0.0, hi)
    never = zero & none & (not falls_to_zero)
    is_open = (lo != hi) & (count + zero > 1)
    if marked is None:
        return Given(lo, hi, is_open, never, na, np.zeros(frame.size, dtype=bool), (first, last))
    fits = (here & fitting).any(axis=0) | (zero & is_given & (marked.lo == 0))
    return Given(lo, hi, is_open, never, na, is_given & ~fits & ~na, (first, last))


_NOWHERE = np.zeros(1, dtype=bool)


def _within_bands(points: Sequence[Points], is_given: Mask, marked: Span | None) -> tuple[Floats, Floats, Mask]:
    """Least and most points of every band, shape (bands, 1) or (bands, n); where a mark fits, it is both."""
    least, most = (np.array([[float(band[end])] for band in points]) for end in (0, 1))
    if marked is None:
        return least, most, is_given
    fitting = is_given & (least <= marked.lo) & (marked.lo <= most)
    return np.where(fitting, marked.lo, least), np.where(fitting, marked.lo, most), fitting
