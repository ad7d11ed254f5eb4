"""The kinds of value: interval arithmetic over columns, the same code for float64 and for fractions.

Bounds are exact for facts that are known or wholly unknown: where a fact occurs twice (the middle year of a mean
growth), its being unknown makes "not computable" possible as well, and with it the lowest result.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

from .frame import HUGE, Frame, Mask, Numbers, Span
from .schema import Value


def measure(value: Value, frame: Frame) -> Span:
    """Evaluate a value for every row of a frame.

    Returns
    -------
    Span
        Intervals of shape (n,), float64, or fractions for an exact frame.
    """
    if value.code:
        return frame.column(value.code)
    if value.key not in frame.cache:
        args = [measure(arg, frame) for arg in value.args]
        span = _years_since(args[0], frame.on) if value.op == "years_since" else _KINDS[value.op](*args)
        frame.cache[value.key] = span
    found: Span = frame.cache[value.key]
    return found


def numbers_of(value: Value, span: Span) -> Numbers:
    """What a value amounts to at its lower end, as people read it: compound growth is compared as a ratio."""
    return np.sqrt(np.maximum(span.lo, 0)) - 1 if value.op == "compound_growth" else span.lo


def _divide(top: Span, bottom: Span) -> Span:
    """top / bottom, over the positive and the negative values the denominator may have; 0 is not computable."""
    tiny: Any = Fraction(1, int(HUGE)) if bottom.lo.dtype == object else 1 / HUGE
    has_up, has_down = bottom.hi > 0, bottom.lo < 0
    lo, hi = _corners(top, np.maximum(bottom.lo, tiny), np.maximum(bottom.hi, tiny))
    if has_down.any():
        low, high = _corners(top, np.minimum(bottom.lo, -tiny), np.minimum(bottom.hi, -tiny))
        lo, hi = _union((lo, hi, has_up), (low, high, has_down))
    na = top.na | bottom.na
    some = top.some & bottom.some & (has_up | has_down) & ~na
    void = (top.void | bottom.void | ((bottom.lo <= 0) & (bottom.hi >= 0))) & ~na
    return Span(lo, hi, some, void.astype(bool), na)


def _corners(top: Span, least: Numbers, most: Numbers) -> tuple[Numbers, Numbers]:
    corners = [top.lo / least, top.lo / most, top.hi / least, top.hi / most]
    return reduce(np.minimum, corners), reduce(np.maximum, corners)


def _union(one: tuple[Numbers, Numbers, Mask], two: tuple[Numbers, Numbers, Mask]) -> tuple[Numbers, Numbers]:
    """Hull of two sets of intervals, each only where its mask says that it is possible."""
    (lo1, hi1, has1), (lo2, hi2, has2) = one, two
    lo = np.where(has1 & has2, np.minimum(lo1, lo2), np.where(has1, lo1, lo2))
    hi = np.where(has1 & has2, np.maximum(hi1, hi2), np.where(has1, hi1, hi2))
    return lo, hi


def _growth(now: Span, before: Span) -> Span:
    ratio = _divide(now, before)
    return replace(ratio, lo=ratio.lo - 1, hi=ratio.hi - 1)


def _mean_growth(third: Span, second: Span, first: Span) -> Span:
    one, two = _growth(third, second), _growth(second, first)
    return Span((one.lo + two.lo) / 2, (one.hi + two.hi) / 2, one.some & two.some, one.void | two.void, one.na | two.na)


def _hnte_growth(third: Span, second: Span, first: Span) -> Span:
    """国科发火〔2016〕195号: with first year 0, or none yet, the last two years; second year 0, or none yet, none."""
    long, short = _mean_growth(third, second, first), _growth(third, second)
    is_short = (first.na | ((first.lo <= 0) & (first.hi >= 0))).astype(bool)
    lo, hi = _union((long.lo, long.hi, long.some), (short.lo, short.hi, short.some & is_short))
    some = long.some | (short.some & is_short)
    void = second.na | ((second.lo <= 0) & (second.hi >= 0)).astype(bool)
    return Span(lo, hi, some & ~third.na, void & ~third.na, third.na)


def _sum(*parts: Span) -> Span:
    """Parts that are not applicable are left out; all of them, and the sum is not applicable."""
    na = reduce(np.logical_and, [part.na for part in parts])
    some = reduce(np.logical_and, [part.some | part.na for part in parts]) & ~na
    void = reduce(np.logical_or, [part.void for part in parts])
    lo, hi = (sum(np.where(part.na, 0, getattr(part, end)) for part in parts) for end in ("lo", "hi"))
    return Span(np.asarray(lo), np.asarray(hi), some, void, na)


def _mean(*parts: Span) -> Span:
    total = _sum(*parts)
    count = np.maximum(sum((~part.na).astype(int) for part in parts), 1)
    return replace(total, lo=total.lo / count, hi=total.hi / count)


def _difference(one: Span, two: Span) -> Span:
    return Span(one.lo - two.hi, one.hi - two.lo, one.some & two.some, one.void | two.void, one.na | two.na)


def _first_known(*spans: Span) -> Span:
    return reduce(lambda later, span: _where((span.lo == span.hi) | span.na, span, later), reversed(spans))


def _where(condition: Mask, one: Span, two: Span) -> Span:
    condition = condition.astype(bool)
    return Span(
        *(np.where(condition, getattr(one, name), getattr(two, name)) for name in ("lo", "hi", "some", "void", "na"))
    )


def _years_since(day: Span, on: date) -> Span:
    """Full years; an anniversary on 29 February is reached on 1 March."""

    def years(ordinal: float) -> int:
        then = date.fromordinal(int(ordinal))
        return on.year - then.year - ((on.month, on.day) < (then.month, then.day))

    count = np.vectorize(years, otypes=[day.lo.dtype])
    return replace(day, lo=count(day.hi), hi=count(day.lo)) if len(day.lo) else day


_KINDS: dict[str, Callable[..., Span]] = {
    "ratio": _divide,
    "growth": _growth,
    "mean_growth": _mean_growth,
    "hnte_growth": _hnte_growth,
    "compound_growth": _divide,
    "sum": _sum,
    "mean": _mean,
    "difference": _difference,
    "first_known": _first_known,
}
