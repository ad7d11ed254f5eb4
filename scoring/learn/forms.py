"""Two ways to learn ordered tiers: one score with cut points, or one yes-or-no model for every threshold.

References
----------
.. [1] E. Frank, M. Hall, "A simple approach to ordinal classification", ECML 2001: a binary model for each threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..points import Floats
from .boosting import Additive, fit, raw_output, tabulate
from .decimals import round_between
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

    Every line by itself has fewest cases on its wrong side. The lowest places where that is so never fall from tier to
    tier, because the cases above a tier are among those above the one below; so together they are least wrong too. Each
    line is a round number there. A tier that nobody has begins above everybody.
    """
    distinct = np.unique(outputs)
    places = [int(np.argmin(_misplaced(outputs, tiers >= tier, distinct))) for tier in range(1, count)]
    edges = [*distinct.tolist(), float(distinct[-1]) + 1]
    lines: list[float] = []
    for place in reversed(places):
        below = edges[place - 1] if place else edges[0] - 2
        top = (below + lines[0]) / 2 if lines and lines[0] <= edges[place] else edges[place]
        lines.insert(0, float(round_between(below, top)))
    return tuple(lines)


def _misplaced(outputs: Floats, above: NDArray[np.bool_], distinct: Floats) -> NDArray[np.intp]:
    """Cases on the wrong side of a line that the i-th output is the first to reach; the last is reached by none."""
    place = np.searchsorted(distinct, outputs)
    highs = np.bincount(place[above], minlength=len(distinct) + 1)
    lows = np.bincount(place[~above], minlength=len(distinct) + 1)
    missed = np.concatenate([[0], np.cumsum(highs)])[: len(distinct) + 1]
    return np.asarray(missed + lows.sum() - np.concatenate([[0], np.cumsum(lows)])[: len(distinct) + 1])
