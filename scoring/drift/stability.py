"""Population stability index: has the distribution of a score or a fact moved between two sets of firms?"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..facts import UNKNOWN, Fact, State
from .quantiles import TWO_SIDED, chi_square_quantile

Verdict = Literal["stable", "moved", "shifted", "too_few"]
BINS = 10
FEWEST = 20
MOVED, SHIFTED = 0.10, 0.25
HALF = 0.5


@dataclass(frozen=True)
class Bin:
    """One bin: numbers from ``low`` to below ``high`` (None is open), or the label of what is no number.

    Attributes
    ----------
    label : str
        Empty for numbers.
    low, high : float or None
        In the unit of what is measured.
    before, after : int
        Firms in it.
    """

    label: str
    low: float | None
    high: float | None
    before: int
    after: int


@dataclass(frozen=True)
class Stability:
    """How far one distribution lies from another.

    Attributes
    ----------
    psi : float or None
        The index; None when a set has too few firms to be measured.
    chance : float or None
        What sets of these sizes exceed by chance alone once in twenty times. A smaller index says nothing.
    verdict : "stable", "moved", "shifted" or "too_few"
        ``moved`` from 0.10, ``shifted`` from 0.25, and never below ``chance``.
    bins : tuple of Bin
        What the index is made of.
    """

    psi: float | None
    chance: float | None
    verdict: Verdict
    bins: tuple[Bin, ...]


def measure_stability(before: Sequence[Fact], after: Sequence[Fact]) -> Stability:
    """The population stability index of a score or a fact.

    Bins are tenths of ``before``, or of both where all of ``before`` is one number; unknown, not applicable, choices
    and yes/no are bins of their own. Half a firm is added to every bin, so that an empty one stays finite.

    Parameters
    ----------
    before, after : sequence of Fact
        One value a firm. A count between bounds counts as unknown.

    Returns
    -------
    Stability

    References
    ----------
    .. [1] N. Siddiqi, *Credit Risk Scorecards*, Wiley 2006, ch. 10: the index and its customary limits 0.10 and 0.25.
    .. [2] B. Yurdakul, "Statistical properties of population stability index", Western Michigan University 2018:
       without change the index is near (1/n + 1/m) times chi-square with bins - 1 degrees of freedom.
    """
    bins = _count(before, after)
    if min(len(before), len(after)) < FEWEST:
        return Stability(None, None, "too_few", bins)
    if len(bins) < 2:
        return Stability(0.0, 0.0, "stable", bins)
    chance = (1 / len(before) + 1 / len(after)) * chi_square_quantile(TWO_SIDED, len(bins) - 1)
    psi = _index(bins)
    verdict: Verdict = "stable" if psi < max(MOVED, chance) else "moved" if psi < SHIFTED else "shifted"
    return Stability(psi, chance, verdict, bins)


def _index(bins: Sequence[Bin]) -> float:
    shares = [_shares([getattr(one, side) for one in bins]) for side in ("before", "after")]
    return math.fsum((after - before) * math.log(after / before) for before, after in zip(*shares, strict=True))


def _shares(counts: Sequence[int]) -> list[float]:
    total = sum(counts) + HALF * len(counts)
    return [(count + HALF) / total for count in counts]


def _count(before: Sequence[Fact], after: Sequence[Fact]) -> tuple[Bin, ...]:
    known = [[number for fact in side if (number := as_number(fact)) is not None] for side in (before, after)]
    edges = _edges(known[0]) or _edges(known[0] + known[1])
    keys = [[_key(fact, edges) for fact in side] for side in (before, after)]
    order = sorted({*keys[0], *keys[1]}, key=lambda key: (isinstance(key, str), key))
    return tuple(_bin(key, edges, keys[0].count(key), keys[1].count(key)) for key in order)


def as_number(fact: Fact) -> float | None:
    """A known amount; a yes/no, a choice, a date or a count between bounds is none."""
    return float(fact) if isinstance(fact, (int, float)) and not isinstance(fact, bool) else None


def _edges(numbers: Sequence[float]) -> list[float]:
    """Tenths of what is known; where few values repeat, fewer."""
    if not numbers:
        return []
    found = np.unique(np.quantile(numbers, np.arange(1, BINS) / BINS, method="higher"))
    return [edge for edge in found.tolist() if edge > min(numbers)]


def _key(fact: Fact, edges: Sequence[float]) -> int | str:
    number = as_number(fact)
    if number is not None:
        return int(np.searchsorted(edges, number, side="right"))
    if isinstance(fact, tuple):
        return UNKNOWN.value
    return fact.value if isinstance(fact, State) else str(fact)


def _bin(key: int | str, edges: Sequence[float], before: int, after: int) -> Bin:
    if isinstance(key, str):
        return Bin(key, None, None, before, after)
    low = edges[key - 1] if key else None
    high = edges[key] if key < len(edges) else None
    return Bin("", low, high, before, after)


def bin_reader(bins: Sequence[Bin]) -> Callable[[Fact], int | None]:
    """Which of the bins a value falls into; None for none of them.

    Parameters
    ----------
    bins : sequence of Bin
        Those of a ``Stability``.

    Returns
    -------
    callable
        Takes a fact, and gives the place of its bin or None.
    """

    def find(fact: Fact) -> int | None:
        number = as_number(fact)
        label = None if number is not None else _key(fact, ())
        for index, one in enumerate(bins):
            is_in = one.label == label if number is None else not one.label and _holds(one, number)
            if is_in:
                return index
        return None

    return find


def _holds(one: Bin, number: float) -> bool:
    return (one.low is None or one.low <= number) and (one.high is None or number < one.high)
