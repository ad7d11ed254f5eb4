"""Two ways to learn ordered tiers: one score with cut points, or one yes-or-no model for every threshold.

References
----------
.. [1] E. Frank, M. Hall, "A simple approach to ordinal classification", ECML 2001: a binary model for each threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..points import Floats
from .boosting import Additive, fit, raw_output, tabulate
from .features import Feature
from .settings import TrainingSettings

Form = Literal["score", "thresholds"]
FORMS: tuple[Form, ...] = ("score", "thresholds")
Tiers = NDArray[np.intp]


@dataclass(frozen=True)
class Learned:
    """Models with the lines their outputs must reach, from the second tier up.

    Attributes
    ----------
    form : "score" or "thresholds"
    models : tuple of Additive
        One for all lines, or one for each.
    lines : tuple of float
        For ``thresholds`` all 0: even odds.
    outputs : tuple of ndarray, shape (n,)
        What scikit-learn's own models make of the cases they were trained on.
    """

    form: Form
    models: tuple[Additive, ...]
    lines: tuple[float, ...]
    outputs: tuple[Floats, ...]


def learn(
    form: Form,
    features: Sequence[Feature],
    matrix: Floats,
    scores: Floats,
    tiers: Tiers,
    count: int,
    settings: TrainingSettings,
) -> Learned:
    """Train one form on some cases.

    Parameters
    ----------
    form : "score" or "thresholds"
    features : sequence of Feature
    matrix : ndarray, shape (n, features)
    scores : ndarray, shape (n,)
        What the panel gave, or the tier's number where it gave none.
    tiers : ndarray of int, shape (n,)
    count : int
        Number of tiers.
    """
    sizes, directions = [feature.size for feature in features], [feature.direction for feature in features]
    is_score = form == "score"
    targets = [scores] if is_score else [(tiers >= tier).astype(int) for tier in range(1, count)]
    fitted = [fit(matrix, target, directions, settings, is_score=is_score) for target in targets]
    models = tuple(tabulate(model, sizes) for model in fitted)
    lines = choose_lines(models[0].raw(matrix), tiers, count) if is_score else (0.0,) * (count - 1)
    return Learned(form, models, lines, tuple(raw_output(model, matrix) for model in fitted))


def choose_lines(outputs: Floats, tiers: Tiers, count: int) -> tuple[float, ...]:
    """The rising lines on one output that put cases furthest from wrong: the least sum of tiers too high or too low.

    Found exactly, over all places between two outputs. Each line is the shortest decimal there. Where the outputs don't
    differ enough, the upper lines lie above them all.
    """
    distinct = np.unique(outputs)
    wrong = [_misplaced(outputs, tiers >= tier, distinct) for tier in range(1, count)]
    places = _rising(wrong)
    edges = [*distinct.tolist(), *(distinct[-1] + step for step in range(1, count + 1))]
    return tuple(_between(edges[place - 1] if place else None, edges[place]) for place in places)


def _misplaced(outputs: Floats, above: NDArray[np.bool_], distinct: Floats) -> NDArray[np.intp]:
    """Cases on the wrong side of a line that the i-th output is the first to reach; the last is reached by none."""
    place = np.searchsorted(distinct, outputs)
    highs = np.bincount(place[above], minlength=len(distinct) + 1)
    lows = np.bincount(place[~above], minlength=len(distinct) + 1)
    missed = np.concatenate([[0], np.cumsum(highs)])[: len(distinct) + 1]
    return np.asarray(missed + lows.sum() - np.concatenate([[0], np.cumsum(lows)])[: len(distinct) + 1])


def _rising(wrong: Sequence[NDArray[np.intp]]) -> list[int]:
    """Strictly rising places, one for each line, of the least sum; the lowest among equals.

    Places run past the outputs by one for each line, so that there always are enough.
    """
    width = len(wrong[0]) + len(wrong) - 1
    best: list[NDArray[np.float64]] = []
    for line in wrong:
        cost = np.concatenate([line, np.full(width - len(line), line[-1])]).astype(float)
        before = np.concatenate([[np.inf], np.minimum.accumulate(best[-1])[:-1]]) if best else np.zeros(width)
        best.append(cost + before)
    places = [int(np.argmin(best[-1]))]
    for totals in best[-2::-1]:
        places.insert(0, int(np.argmin(totals[: places[0]])))
    return places


def _between(below: float | None, at: float) -> float:
    """The shortest decimal above one number and not above another."""
    for digits in range(16):
        step = Decimal(1).scaleb(-digits)
        number = (Decimal(repr(at)) // step) * step
        if number > Decimal(repr(at)):
            number -= step
        if below is None or float(number) > below:
            return float(number)
    return at
