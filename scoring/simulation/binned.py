"""Firms put into the bins of a scorecard once, and scored again by looking points up.

Every indicator sorts firms into a few bins: the bands their value may lie in, the rungs and items that hold. What a bin
gives is asked of the engine for one firm of each bin; all others get the same. So a change of points costs a look-up,
a change of one indicator's edges bins that indicator alone, and unknown values are bins like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..compiled.scale import Scale
from ..compiled.tree import Node, read_tree, scale_of
from ..engine import evaluate
from ..frame import Frame
from ..kinds import Outcome, Outcomes
from ..partial import evaluate_clause, evaluate_part
from ..result import Interval
from ..rulebook import Rulebook
from ..schema import Clause, Part
from .bins import Bins, shape_of, sort_firms
from .leaves import Leaf
from .ordered import add_in_order
from .packs import Packer
from .whole import add_whole

NO_LEVEL = -1
PASSED = (Outcome.MET, Outcome.NOT_APPLICABLE)


@dataclass(frozen=True)
class Standing:
    """Firms under one scorecard.

    Attributes
    ----------
    level : ndarray of int8, shape (n,)
        Index of the tier, -1 under a veto.
    score : (ndarray, ndarray)
        Lowest and highest score.
    """

    level: NDArray[np.int8]
    score: Interval


class Binned:
    """Firms in the bins of the scorecards they have been scored by.

    Parameters
    ----------
    frame : Frame
        Facts, with the size table set where a clause asks for the size class.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._bins: dict[str, Bins] = {}
        self._outcomes: dict[str, Outcomes] = {}
        self._packer = Packer()
        self._samples: dict[tuple[str, ...], Frame] = {}

    def score(self, rulebook: Rulebook) -> Standing:
        """Score every firm by a scorecard: as ``evaluate`` and ``read_levels`` do, to the last digit.

        Raises
        ------
        ValueError
            The rulebook is not a scorecard.
        """
        nodes = read_tree(rulebook)
        leaves = self._leaves(rulebook, nodes)
        tiers = rulebook.body.tiers
        wanted = dict.fromkeys(part for tier in tiers for part in tier.of)
        scale = _scale(rulebook, nodes)
        if scale is not None:
            score, lows = add_whole(nodes, leaves, wanted, scale=scale, packer=self._packer, base=_base(rulebook))
        else:
            score, lows = add_in_order(nodes, leaves, wanted, places=rulebook.places, base=_base(rulebook))
        level = np.full(self.frame.size, NO_LEVEL, dtype=np.int8)
        for index, tier in enumerate(tiers):
            low = lows(tier.of) if tier.of else score[0]
            reached = low >= float("-inf" if tier.at_least is None else tier.at_least)
            for gate in tier.gates:
                reached &= np.isin(self._decide(rulebook, gate), PASSED)
            np.copyto(level, index, where=reached)
        for veto in rulebook.body.vetoes:
            np.copyto(level, NO_LEVEL, where=(self._decide(rulebook, veto) == Outcome.UNMET) & (veto.id is not None))
        return Standing(level, score)

    def _leaves(self, rulebook: Rulebook, nodes: Sequence[Node]) -> dict[int, Leaf]:
        """Parts without parts below them, by place, with what each bin gives."""
        names = {place: shape_of(node.part) for place, node in enumerate(nodes) if not node.is_group}
        bins = {place: self._sort(rulebook, nodes[place].part, name) for place, name in names.items()}
        sorted_ = {place: own for place, own in bins.items() if own is not None}
        given = self._ask(
            rulebook, {nodes[place].part.id: own for place, own in sorted_.items()}, tuple(names.values())
        )
        return {
            place: Leaf(names[place], own, self._marked(rulebook, part) if own is None else given[part.id])
            for place, own in bins.items()
            for part in [nodes[place].part]
        }

    def _sort(self, rulebook: Rulebook, part: Part, name: str) -> Bins | None:
        """Bins of a part, remembered by what decides them; None where a mark gives the points."""
        if name not in self._bins:
            bins = sort_firms(part, self.frame, lambda clauses: [self._decide(rulebook, clause) for clause in clauses])
            if bins is None:
                return None
            self._bins[name] = bins
        return self._bins[name]

    def _ask(self, rulebook: Rulebook, bins: Mapping[str, Bins], key: tuple[str, ...]) -> dict[str, Interval]:
        """What the bins of each part give, asked of the engine for one firm of each, all at once."""
        if key not in self._samples:
            rows = [own.sample for own in bins.values()]
            self._samples[key] = self.frame.chosen(np.concatenate([*rows, np.empty(0, dtype=np.intp)]))
        points = {row.id: row.points for row in evaluate(rulebook, self._samples[key]).rows}
        found: dict[str, Interval] = {}
        end = 0
        for name, own in bins.items():
            begin, end = end, end + own.count
            low, high = points[name] or (np.empty(0), np.empty(0))
            found[name] = low[begin:end], high[begin:end]
        return found

    def _marked(self, rulebook: Rulebook, part: Part) -> Interval:
        """Points of a part for every firm, by the engine."""
        points = evaluate_part(rulebook, part, self.frame).points
        assert points is not None
        return points

    def _decide(self, rulebook: Rulebook, clause: Clause) -> Outcomes:
        key = shape_of(clause)
        if key not in self._outcomes:
            self._outcomes[key] = evaluate_clause(rulebook, clause, self.frame)
        return self._outcomes[key]


def _scale(rulebook: Rulebook, nodes: Sequence[Node]) -> Scale | None:
    """The unit of points; None where they can't be counted in whole units: learned ones, and absurdly large ones."""
    try:
        scale = scale_of(rulebook, nodes)
    except ValueError:
        return None
    return scale if scale.is_whole else None


def _base(rulebook: Rulebook) -> float:
    card = rulebook.body.scorecard
    return float(card.base) if card else 0.0
