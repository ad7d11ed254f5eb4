"""A scorecard as plain arrays: what is added for whom."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import bounds, is_whole
from ..facts import read_indicators
from .scale import Scale
from .steps import Ends, FloatType, Steps
from .tree import ROOT, Node, total_of

# Cuts are worked off so many at a time.
TILE = 4
SCORE = 0
Array = NDArray[Any]


class Program(NamedTuple):
    """Leaves are the parts of one fact, sums what they go into.

    Attributes
    ----------
    column : ndarray, shape (m,)
        Which column of the matrix a leaf reads.
    least, most, is_whole : ndarray, shape (m,)
        What its fact may be; anything else is unknown.
    first : ndarray, shape (m + 1,)
        Where its cuts begin; they come in fours, the last ones out of reach.
    cuts : ndarray, shape (c,)
        From such a number on its step is added.
    steps : ndarray, shape (2, c)
        Lowest and highest units.
    base, unknown : ndarray, shape (2, m)
        Lowest and highest units below all cuts, and without a number.
    sides : ndarray, shape (m,)
        1 where lowest and highest are the same at every number, else 2.
    slot, given_slot : ndarray, shape (m,) and (k,)
        Which sum a leaf goes into, and each part that the engine gives.
    start, is_best : ndarray, shape (s,)
        What a sum starts from, and whether it is a maximum instead. The first one is the score.
    group, above, cap : ndarray, shape (g,)
        Sums that go into another one when they are done, in this order, and how much at most.
    per_point : float
        Units in one point.
    zero : scalar
        No units.
    """

    column: Array
    least: Array
    most: Array
    is_whole: Array
    first: Array
    cuts: Array
    steps: Array
    base: Array
    unknown: Array
    sides: Array
    slot: Array
    given_slot: Array
    start: Array
    is_best: Array
    group: Array
    above: Array
    cap: Array
    per_point: float
    zero: Any


def build_program(
    nodes: Sequence[Node], columns: Sequence[str], scale: Scale, base: float, kind: FloatType
) -> tuple[Program, tuple[Node, ...]]:
    """The arrays for matrices of one float type, and the parts whose points must be given, in order.

    Parameters
    ----------
    nodes : sequence of Node
        Of ``read_tree``.
    columns : sequence of str
        Fact of each column.
    scale : Scale
    base : float
        Points everyone starts with.
    kind : float32 or float64
    """
    sums, units = Sums(nodes), scale.dtype
    leaves = {place: node.steps for place, node in enumerate(nodes) if node.steps and node.steps.fact in columns}
    given = [place for place, node in enumerate(nodes) if not node.is_group and place not in leaves]
    tables = [_Table(steps, scale, kind) for steps in leaves.values()]
    indicators = [read_indicators()[steps.fact] for steps in leaves.values()]
    within = sums.groups[::-1]
    program = Program(
        column=np.array([columns.index(steps.fact) for steps in leaves.values()], dtype=np.int64),
        least=np.array([bounds(indicator)[0] for indicator in indicators], dtype=kind),
        most=np.array([bounds(indicator)[1] for indicator in indicators], dtype=kind),
        is_whole=np.array([is_whole(indicator) for indicator in indicators], dtype=np.bool_),
        first=np.array([0, *accumulate(len(table.cuts) for table in tables)], dtype=np.int64),
        cuts=np.array([cut for table in tables for cut in table.cuts], dtype=kind),
        steps=_pairs([step for table in tables for step in table.steps], units),
        base=_pairs([table.base for table in tables], units),
        unknown=_pairs([table.unknown for table in tables], units),
        sides=np.array([table.sides for table in tables], dtype=np.int64),
        slot=np.array([sums.of[place] for place in leaves], dtype=np.int64),
        given_slot=np.array([sums.of[place] for place in given], dtype=np.int64),
        start=np.array([scale.units(base), *(scale.units(sums.start(place)) for place in sums.groups)], dtype=units),
        is_best=np.array([False, *(nodes[place].is_best for place in sums.groups)], dtype=np.bool_),
        group=np.array([sums.of[place] for place in within], dtype=np.int64),
        above=np.array([sums.above(place) for place in within], dtype=np.int64),
        cap=np.array([scale.units(float(nodes[place].part.max)) for place in within], dtype=units),
        per_point=float(scale.per_point),
        zero=units(0),
    )
    return program, tuple(nodes[place] for place in given)


def _pairs(pairs: Sequence[tuple[int, int]], units: type[Any]) -> Array:
    return np.array([[pair[side] for pair in pairs] for side in (0, 1)], dtype=units)


class Sums:
    """Which sum every node goes into; groups that only add up, and can't exceed their maximum, need none of their own.

    Attributes
    ----------
    of : list of int
        The sum a part goes into; of a group, the sum of what is in it.
    groups : list of int
        Places of the groups that have one, a group before those in it.
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.of: list[int] = []
        self.groups: list[int] = []
        most = _most_within(nodes)
        for place, node in enumerate(nodes):
            is_limited = node.is_group and most[place] > float(node.part.max)
            is_one_of = node.is_group and node.parent != ROOT and nodes[node.parent].is_best
            if node.is_best or is_limited or is_one_of:
                self.groups.append(place)
                self.of.append(len(self.groups))
            else:
                self.of.append(self.above(place))

    def above(self, place: int) -> int:
        """The sum that holds a node."""
        parent = self.nodes[place].parent
        return SCORE if parent == ROOT else self.of[parent]

    def start(self, place: int) -> float:
        """A maximum starts below anything, a sum at nothing."""
        return -total_of(self.nodes) if self.nodes[place].is_best else 0.0


def _most_within(nodes: Sequence[Node]) -> list[float]:
    """The most points of what is in each group, or of a part itself."""
    within = [0.0 if node.is_group else max(node.points) for node in nodes]
    for place, node in reversed(list(enumerate(nodes))):
        own = min(within[place], float(node.part.max)) if node.is_group else within[place]
        if node.parent != ROOT:
            above = within[node.parent]
            within[node.parent] = max(above, own) if nodes[node.parent].is_best else above + own
    return within


class _Table:
    """One step function in units."""

    def __init__(self, steps: Steps, scale: Scale, kind: FloatType) -> None:
        points = [_in_units(ends, scale) for ends in steps.points]
        missing = -len(steps.cuts) % TILE
        self.cuts = [*(cut.smallest(kind) for cut in steps.cuts), *[np.inf] * missing]
        self.steps = [*((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)), *[(0, 0)] * missing]
        self.base, self.unknown = points[0], _in_units(steps.unknown, scale)
        self.sides = 1 if all(low == high for low, high in points) else 2


def _in_units(ends: Ends, scale: Scale) -> tuple[int, int]:
    return scale.units(ends[0]), scale.units(ends[1])
