"""Cases under a scorecard: scores and tiers as the engine gives them, and the tiers a panel meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..engine import evaluate
from ..levels import read_levels
from ..points import Floats
from ..result import Result
from ..rulebook import Rulebook
from ..schema import Tier
from .cases import Case, Frames
from .forms import Tiers

NO_TIER = -1


@dataclass(frozen=True)
class Standing:
    """Cases under one scorecard.

    Attributes
    ----------
    low, high : ndarray, shape (n,)
        The score's interval.
    tiers : ndarray of int, shape (n,)
        Tier from 0 up; -1 under a veto.
    lines : ndarray, shape (n, tiers - 1)
        How far the lowest score lies above each tier's line, from the second tier up.
    """

    low: Floats
    high: Floats
    tiers: Tiers
    lines: Floats

    def at(self, places: NDArray[Any]) -> Standing:
        """Some of the cases."""
        return Standing(self.low[places], self.high[places], self.tiers[places], self.lines[places])


def stand(rulebook: Rulebook, frames: Frames) -> Standing:
    """Score some cases by a scorecard."""
    tiers = rulebook.body.tiers
    found = Standing(
        low=np.zeros(frames.size),
        high=np.zeros(frames.size),
        tiers=np.full(frames.size, NO_TIER),
        lines=np.zeros((frames.size, len(tiers) - 1)),
    )
    for places, frame in frames.parts:
        result = evaluate(rulebook, frame)
        found.low[places], found.high[places] = score_of(result)
        found.tiers[places] = tier_places(result)
        for column, tier in enumerate(tiers[1:]):
            found.lines[places, column] = _above(result, tier)
    return found


def tier_places(result: Result) -> list[int]:
    """The tier of every firm from 0 up; -1 under a veto."""
    names = [tier.id for tier in result.rulebook.body.tiers]
    return [NO_TIER if level.level is None else names.index(level.level) for level in read_levels(result)]


def score_of(result: Result) -> tuple[Floats, Floats]:
    """The score's interval of a scorecard's result."""
    assert result.score is not None
    return result.score


def _above(result: Result, tier: Tier) -> Floats:
    """How far the lowest of what its line is on lies above it."""
    low = (result.row(tier.id).line or score_of(result))[0]
    return low - float(tier.at_least or 0)


def panel_tiers(cases: Sequence[Case], expert: Rulebook) -> Tiers:
    """The tier each case was given; without one that of its score by the expert scorecard's thresholds."""
    tiers = expert.body.tiers
    names = [tier.id for tier in tiers]
    lines = [float("-inf" if tier.at_least is None else tier.at_least) for tier in tiers]

    def place(case: Case) -> int:
        if case.tier is not None:
            return names.index(case.tier)
        assert case.score is not None
        return max(place for place, line in enumerate(lines) if case.score >= line)

    return np.array([place(case) for case in cases], dtype=np.intp)
