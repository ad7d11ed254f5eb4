"""Points added as the engine adds them, part by part: for learned ones, whose sums depend on the order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from ..compiled.tree import ROOT, Node
from ..points import Floats, add_up
from ..result import Interval
from .leaves import Leaf

Lows = Callable[[Sequence[str]], Floats]


def add_in_order(
    nodes: Sequence[Node], leaves: Mapping[int, Leaf], wanted: Iterable[str], *, places: int, base: float
) -> tuple[Interval, Lows]:
    """The score of every firm, and what gives the lowest sum of some dimensions."""
    below: dict[int, list[int]] = {}
    for place, node in enumerate(nodes):
        below.setdefault(node.parent, []).append(place)

    def total(points: Sequence[Interval]) -> Interval:
        low, high = (add_up([ends[side] for ends in points], places) for side in (0, 1))
        return low, high

    def points(place: int) -> Interval:
        if place in leaves:
            return leaves[place].interval
        inner, most = [points(child) for child in below[place]], float(nodes[place].part.max)
        if nodes[place].is_best:
            low, high = (np.max([ends[side] for ends in inner], axis=0) for side in (0, 1))
        else:
            low, high = total(inner)
        return np.minimum(low, most), np.minimum(high, most)

    tops = {nodes[place].part.id: points(place) for place in below[ROOT]}
    start = np.full(len(next(iter(tops.values()))[0]), base)
    return total([(start, start), *tops.values()]), lambda parts: total([tops[part] for part in parts])[0]
