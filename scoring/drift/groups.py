"""Mean scores of groups of firms, such as cities, beside all others: with bounds, and none where firms are few."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from .quantiles import TWO_SIDED, t_quantile

FEWEST = 5


@dataclass(frozen=True)
class GroupMean:
    """One group's mean.

    Attributes
    ----------
    group : hashable
        Its label.
    size : int
        Firms in the group.
    mean : float
    bounds : (float, float) or None
        Of the mean, at 95 %; None for fewer than five firms.
    rest : float or None
        Mean of the firms outside the group; None when there are none.
    stands_out : bool
        Whether it differs from the rest by more than chance explains when so many groups are looked at.
    """

    group: Hashable
    size: int
    mean: float
    bounds: tuple[float, float] | None
    rest: float | None
    stands_out: bool


def compare_groups(scores: Sequence[float], groups: Sequence[Hashable]) -> list[GroupMean]:
    """Compare each group's mean with the mean of all others.

    Parameters
    ----------
    scores : sequence of float
    groups : sequence
        The group of each score.

    Returns
    -------
    list of GroupMean
        From the highest mean to the lowest.

    References
    ----------
    .. [1] B. L. Welch, "The generalization of Student's problem when several different population variances are
       involved", Biometrika 34 (1947) 28-35.
    .. [2] O. J. Dunn, "Multiple comparisons among means", JASA 56 (1961) 52-64: the level is shared among the groups.
    """
    found: dict[Hashable, list[float]] = defaultdict(list)
    for score, group in zip(scores, groups, strict=True):
        found[group].append(score)
    compared = sum(len(own) >= FEWEST for own in found.values())
    rows = [_row(group, own, _others(found, group), compared) for group, own in found.items()]
    return sorted(rows, key=lambda row: (-row.mean, str(row.group)))


def _others(found: dict[Hashable, list[float]], group: Hashable) -> list[float]:
    return [score for other, scores in found.items() if other != group for score in scores]


def _row(group: Hashable, own: list[float], others: list[float], compared: int) -> GroupMean:
    mean, rest = float(np.mean(own)), float(np.mean(others)) if others else None
    if len(own) < FEWEST:
        return GroupMean(group, len(own), mean, None, rest, False)
    half = t_quantile((1 + TWO_SIDED) / 2, len(own) - 1) * math.sqrt(_variance_of_mean(own))
    return GroupMean(group, len(own), mean, (mean - half, mean + half), rest, _differs(own, others, compared))


def _variance_of_mean(scores: list[float]) -> float:
    return float(np.var(scores, ddof=1)) / len(scores)


def _differs(own: list[float], others: list[float], compared: int) -> bool:
    if len(others) < FEWEST:
        return False
    one, two = _variance_of_mean(own), _variance_of_mean(others)
    apart = abs(float(np.mean(own)) - float(np.mean(others)))
    if one + two == 0:
        return apart > 0
    freedom = (one + two) ** 2 / (one**2 / (len(own) - 1) + two**2 / (len(others) - 1))
    level = 1 - (1 - TWO_SIDED) / compared
    return apart > t_quantile((1 + level) / 2, freedom) * math.sqrt(one + two)
