"""Where a value may change its points: a few round numbers, chosen from the facts alone and never from the labels.

Boosting would sort values into bins of its own, at halves between two firms. Ours are numbers people can read, tested
exactly as every limit of a rulebook is, and the boosting sees only how many of them a firm has reached. So the
scorecard made of it agrees with it for every firm, also for one that stands exactly on a border.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

import numpy as np

from ..facts import read_indicators
from ..points import Floats
from ..schema import Value
from .decimals import round_between, round_off

WHOLE = ("fact", "sum", "difference")


@dataclass(frozen=True, order=True)
class Cut:
    """A number that a value reaches, or (``strictly``) exceeds."""

    at: Decimal
    strictly: bool = False


def choose_cuts(value: Value, numbers: Floats, given: Iterable[Decimal], most: int, *, strictly: bool) -> list[Cut]:
    """Cut points of one value, from the lowest to the highest.

    Parameters
    ----------
    value : Value
    numbers : ndarray
        Known values of the cases.
    given : iterable of Decimal
        Limits the expert scorecard has for the value: they are taken before any other.
    most : int
        Most cut points.
    strictly : bool
        Whether a border belongs below. Where fewer points are given above, it must.

    Returns
    -------
    list of Cut
        Each with a case between it and the next, below the first and above the last. With zeros among positive values
        that are no whole numbers, the first step is "more than 0".
    """
    distinct = np.unique(numbers)
    zero = [] if strictly or is_whole(value) or 0 not in distinct else [Cut(Decimal(0), strictly=True)]
    found = _splits([*zero, *(Cut(limit, strictly) for limit in given)], distinct, most)
    wanted = (
        _between(distinct, strictly) if len(distinct) <= most + 1 else _quantiles(value, numbers, most - len(found))
    )
    more = [Cut(number, strictly) for number in wanted]
    found = {**_splits(more, distinct, most), **found}
    return [found[below] for below in sorted(found)][:most]


def _splits(cuts: Iterable[Cut], distinct: Floats, most: int) -> dict[int, Cut]:
    """Cuts by the number of different values below them: the first of each, and none that parts nothing."""
    found: dict[int, Cut] = {}
    for cut in cuts:
        below = int(np.searchsorted(distinct, float(cut.at), side="right" if cut.strictly else "left"))
        if 0 < below < len(distinct) and len(found) < most:
            found.setdefault(below, cut)
    return found


def is_whole(value: Value) -> bool:
    """Whether it counts things."""
    types = {read_indicators()[code].type for code in value.facts()}
    return types == {"integer"} and value.op in WHOLE


def _between(distinct: Floats, strictly: bool) -> Iterator[Decimal]:
    """Round numbers that part any two neighbours."""
    for below, at in pairwise(distinct.tolist()):
        yield -round_between(-at, -below) if strictly else round_between(below, at)


def _quantiles(value: Value, numbers: Floats, most: int) -> Iterator[Decimal]:
    """Round numbers near those that split the cases evenly."""
    for number in np.quantile(numbers, np.arange(1, most + 1) / (most + 1), method="higher").tolist():
        yield Decimal(repr(number)).to_integral_value(ROUND_CEILING) if is_whole(value) else round_off(number)
