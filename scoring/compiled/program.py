"""A scorecard as plain arrays: what is added for whom, in the order of the engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import bounds, is_whole
from ..facts import read_indicators
from .scale import Scale, Units
from .steps import Ends, FloatType, Steps
from .tree import ROOT, Node, total_of

# Cuts are worked off so many at a time.
TILE = 4
SCORE = 0
LEAF, GIVEN, GROUP = range(3)
Array = NDArray[Any]


class Program(NamedTuple):
    """Leaves are the parts of one fact, groups those whose sum is kept apart until it is done.

    Attributes
    ----------
    action, which, into : ndarray, shape (a,)
        What is done, one after the other: ``which`` leaf, given part or group goes ``into`` a sum.
    column : ndarray, shape (m,)
        Which column of the matrix a leaf reads.
    least, most, is_whole : ndarray, shape (m,)
        What its fact may be; anything else is unknown.
    first : ndarray, shape (m + 1,)
        Where its cuts begin; they come in fours, the last ones out of reach.
    cuts : ndarray, shape (c,)
        From such a number on its step is added, or its next cell counts.
    steps : ndarray, shape (2, c)
        Lowest and highest units.
    cells : ndarray, shape (2, c + m)
        Lowest and highest units below the cuts of a leaf, and from each of them on.
    unknown : ndarray, shape (2, m)
        Without a number.
    sides : ndarray, shape (m,)
        1 where lowest and highest are the same at every number, else 2.
    ends : int
        1 where lowest and highest are always the same, else 2.
    cap : ndarray, shape (g,)
        The most a group may have.
    start, is_best : ndarray, shape (g + 1,)
        What a sum starts from, and whether it is a maximum instead. The first is the score, then those of the groups.
    per_point : float64
        Units in one point; of this type, so that quotients are too.
    zero : scalar
        No units.
    is_stepped : bool
        Whether steps can be added: not where their sums would be rounded.
    """

    action: Array
    which: Array
    into: Array
    column: Array
    least: Array
    most: Array
    is_whole: Array
    first: Array
    cuts: Array
    steps: Array
    cells: Array
    unknown: Array
    sides: Array
    ends: int
    cap: Array
    start: Array
    is_best: Array
    per_point: Any
    zero: Any
    is_stepped: bool


def build_program(
    nodes: Sequence[Node],
    steps: Sequence[Steps | None],
    columns: Sequence[str],
    scale: Scale,
    base: float,
    kind: FloatType,
) -> tuple[Program, tuple[Node, ...]]:
    """The arrays for matrices of one float type, and the parts whose points must be given, in order.

    Parameters
    ----------
    nodes : sequence of Node
        Of ``read_tree``.
    steps : sequence of Steps or None
        How the points of each follow from its one fact; None for groups, and where the engine must be asked.
    columns : sequence of str
        Fact of each column.
    scale : Scale
    base : float
        Points everyone starts with.
    kind : float32 or float64
    """
    units = scale.dtype
    leaves = {place: own for place, own in enumerate(steps) if own is not None and own.fact in columns}
    given = [place for place, node in enumerate(nodes) if not node.is_group and place not in leaves]
    groups = find_sums(nodes) if scale.is_whole else [place for place, node in enumerate(nodes) if node.is_group]
    tables = [_Table(own, scale, kind) for own in leaves.values()]
    indicators = [read_indicators()[own.fact] for own in leaves.values()]
    actions = list(_actions(nodes, [*leaves], given, groups))
    lowest = -total_of(nodes)
    program = Program(
        action=np.array([action for action, _, _ in actions], dtype=np.int64),
        which=np.array([which for _, which, _ in actions], dtype=np.int64),
        into=np.array([into for _, _, into in actions], dtype=np.int64),
        column=np.array([columns.index(own.fact) for own in leaves.values()], dtype=np.int64),
        least=np.array([bounds(indicator)[0] for indicator in indicators], dtype=kind),
        most=np.array([bounds(indicator)[1] for indicator in indicators], dtype=kind),
        is_whole=np.array([is_whole(indicator) for indicator in indicators], dtype=np.bool_),
        first=np.array([0, *accumulate(len(table.cuts) for table in tables)], dtype=np.int64),
        cuts=np.array([cut for table in tables for cut in table.cuts], dtype=kind),
        steps=_pairs([step for table in tables for step in table.steps], units),
        cells=_pairs([cell for table in tables for cell in table.cells], units),
        unknown=_pairs([table.unknown for table in tables], units),
        sides=np.array([table.sides for table in tables], dtype=np.int64),
        ends=1 if not given and all(table.is_certain for table in tables) else 2,
        cap=np.array([scale.units(float(nodes[place].part.max)) for place in groups], dtype=units),
        start=np.array(
            [scale.units(base), *(scale.units(lowest if nodes[place].is_best else 0.0) for place in groups)],
            dtype=units,
        ),
        is_best=np.array([False, *(nodes[place].is_best for place in groups)], dtype=np.bool_),
        per_point=np.float64(scale.per_point),
        zero=units(0),
        is_stepped=scale.is_whole,
    )
    return program, tuple(nodes[place] for place in given)


def _pairs(pairs: Sequence[tuple[Units, Units]], units: type[Any]) -> Array:
    return np.array([[pair[side] for pair in pairs] for side in (0, 1)], dtype=units)


def _actions(
    nodes: Sequence[Node], leaves: Sequence[int], given: Sequence[int], groups: Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    """Every part in order, and each group with a sum of its own after what is in it."""
    own = {place: (LEAF, which) for which, place in enumerate(leaves)}
    own |= {place: (GIVEN, which) for which, place in enumerate(given)}
    own |= {place: (GROUP, which) for which, place in enumerate(groups)}
    for place in _after_children(nodes):
        if place in own:
            yield (*own[place], _sum_above(nodes, place, groups))


def _after_children(nodes: Sequence[Node]) -> Iterator[int]:
    """Places in order, each after those below it."""
    open_: list[int] = []
    for place, node in enumerate(nodes):
        while open_ and open_[-1] != node.parent:
            yield open_.pop()
        open_.append(place)
    yield from reversed(open_)


def _sum_above(nodes: Sequence[Node], place: int, groups: Sequence[int]) -> int:
    """The sum that a node goes into."""
    above = nodes[place].parent
    while above != ROOT and above not in groups:
        above = nodes[above].parent
    return SCORE if above == ROOT else groups.index(above) + 1


def find_sums(nodes: Sequence[Node]) -> list[int]:
    """Groups that need a sum of their own: those that do more than add up, or can exceed their maximum."""
    most = _most_within(nodes)
    return [
        place
        for place, node in enumerate(nodes)
        if node.is_group and (node.is_best or _is_one_of(nodes, node) or most[place] > float(node.part.max))
    ]


def _is_one_of(nodes: Sequence[Node], node: Node) -> bool:
    return node.parent != ROOT and nodes[node.parent].is_best


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
    """One step function in units, its cuts filled up to whole tiles."""

    def __init__(self, steps: Steps, scale: Scale, kind: FloatType) -> None:
        missing = -len(steps.cuts) % TILE
        points = [_in_units(ends, scale) for ends in steps.points]
        self.cells = points + points[-1:] * missing
        self.cuts = [*(cut.smallest(kind) for cut in steps.cuts), *[np.inf] * missing]
        self.steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(self.cells)]
        self.unknown = _in_units(steps.unknown, scale)
        self.sides = 1 if all(low == high for low, high in points) else 2
        self.is_certain = self.sides == 1 and self.unknown[0] == self.unknown[1]


def _in_units(ends: Ends, scale: Scale) -> tuple[Units, Units]:
    return scale.units(ends[0]), scale.units(ends[1])
