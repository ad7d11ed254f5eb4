"""The kinds of part that give points: an interval of points a firm, over all values its unknown facts may have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce, singledispatch
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .compare import reaches
from .facts import read_indicators
from .frame import Frame, Mask
from .kinds import Outcome, Outcomes
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
        waiting = np.where(self.open, Outcome.UNKNOWN, Outcome.MANUAL_REVIEW)
        certain = np.where(self.hi > 0, Outcome.MET, Outcome.UNMET)
        is_certain = self.lo == self.hi if self.assumed is None else (self.lo == self.hi) & ~self.assumed
        result = np.where(is_certain, certain, waiting)
        return np.where(self.na, Outcome.NOT_APPLICABLE, result).astype(np.int8)


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
    rising = rising_bands(part)
    low = high = np.zeros(frame.size, dtype=np.intp)
    for below, above in pairwise(rising):
        assert above.from_ is not None
        reached = reaches(part.value, frame, above.from_, strictly=not border_goes_up(below, above))
        low, high = low + reached[0], high + reached[1]
    span = measure(part.value, frame)
    possible = [span.some & (low <= index) & (index <= high) for index in range(len(rising))]
    void = span.void if part.unknown is None else span.void & ~span.some
    given = _collect([band.points for band in rising], possible, void, span.na, frame, part.mark, _order(part, rising))
    return settle(given, part, ~span.known, frame)


def rising_bands(part: Bands) -> list[Band]:
    """The bands from the lowest values to the highest."""
    return sorted(part.bands, key=lambda band: -np.inf if band.from_ is None else float(band.from_))


def _order(part: Bands, rising: list[Band]) -> list[int]:
    return [part.bands.index(band) for band in rising]


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
        possible.append(~above & np.isin(outcome, (Outcome.MET, Outcome.UNKNOWN, Outcome.MANUAL_REVIEW)))
        above = above | (outcome == Outcome.MET)
    na = np.all([outcome == Outcome.NOT_APPLICABLE for outcome in outcomes], axis=0)
    void = ~above & ~na
    points = [rung.points for rung in part.ladder]
    given = _collect(points, possible, void, na, frame, part.mark, falls_to_zero=True)
    unsure = [here & (outcome != Outcome.MET) for here, outcome in zip(possible, outcomes, strict=True)]
    return settle(given, part, np.any(unsure, axis=0) | na, frame)


@give.register
def _items(part: Items, frame: Frame, evaluate: Evaluate) -> Given:
    outcomes = np.stack([evaluate(item) for item in part.items])
    certain = (outcome_is(outcomes, Outcome.MET)).sum(axis=0)
    awaited, judged = (
        outcome_is(outcomes, waiting).sum(axis=0) for waiting in (Outcome.UNKNOWN, Outcome.MANUAL_REVIEW)
    )
    lo, hi = (np.minimum(float(part.each) * count, float(part.max)) for count in (certain, certain + awaited + judged))
    na = np.asarray(outcome_is(outcomes, Outcome.NOT_APPLICABLE).all(axis=0), dtype=bool)
    none = np.zeros(frame.size, dtype=bool)
    return Given(lo, hi, (lo != hi) & (awaited > 0), none, na, none)


def outcome_is(outcomes: Outcomes, outcome: Outcome) -> Mask:
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
    possible: Sequence[Mask],
    void: Mask,
    na: Mask,
    frame: Frame,
    mark: str | None,
    order: list[int] | None = None,
    *,
    falls_to_zero: bool = False,
) -> Given:
    """Lowest and highest points over the possible bands, and 0 where none need be hit.

    A known mark stands in for the range of every band that allows it; in the others it is a bad value and the range
    stays.
    """
    lo, hi = np.full(frame.size, np.inf), np.full(frame.size, -np.inf)
    first, last = (np.full(frame.size, -1, dtype=np.intp) for _ in range(2))
    fits, count = np.zeros(frame.size, dtype=bool), np.zeros(frame.size, dtype=np.intp)
    for index, (band, here) in enumerate(zip(points, possible, strict=True)):
        least, most, fitting = _within_band(band, frame, mark)
        position = index if order is None else order[index]
        first, last = np.where(here & (least < lo), position, first), np.where(here & (most > hi), position, last)
        lo, hi = np.where(here, np.minimum(lo, least), lo), np.where(here, np.maximum(hi, most), hi)
        fits, count = fits | (here & fitting), count + here
    zero = (void | (count == 0)) & ~na
    first = np.where(zero & (lo > 0), -1, first)
    lo, hi = np.where(zero, np.minimum(lo, 0.0), lo), np.where(zero, np.maximum(hi, 0.0), hi)
    lo, hi = np.where(na, 0.0, lo), np.where(na, 0.0, hi)
    fits = fits | (zero & _is_zero(frame, mark))
    alternatives = count + zero
    never = zero & (count == 0) & (not falls_to_zero)
    return Given(
        lo, hi, (lo != hi) & (alternatives > 1), never, na, _is_given(frame, mark) & ~fits & ~na, (first, last)
    )


def _within_band(band: Points, frame: Frame, mark: str | None) -> tuple[Floats, Floats, Mask]:
    least, most = float(band[0]), float(band[1])
    given = frame.column(mark).lo if mark else np.zeros(frame.size)
    fitting = _is_given(frame, mark) & (least <= given) & (given <= most)
    return np.where(fitting, given, least), np.where(fitting, given, most), fitting


def _is_given(frame: Frame, mark: str | None) -> Mask:
    if mark is None:
        return np.zeros(frame.size, dtype=bool)
    span = frame.column(mark)
    return np.asarray((span.lo == span.hi) & ~span.na, dtype=bool)


def _is_zero(frame: Frame, mark: str | None) -> Mask:
    return _is_given(frame, mark) & (frame.column(mark).lo == 0) if mark else _is_given(frame, mark)
