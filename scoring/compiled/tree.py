"""The parts of a scorecard as a flat list, each after those below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import singledispatch

from ..rulebook import Rulebook
from ..schema import Bands, Group, Items, Kind, Ladder, Part
from .steps import Steps, read_steps

ROOT = -1


@dataclass(frozen=True)
class Node:
    """One part.

    Attributes
    ----------
    parent : int
        Place of the group above it; ``ROOT`` for the scorecard itself.
    steps : Steps or None
        How points follow from its one fact; None for groups, and where the engine must be asked.
    points : tuple of float
        Every number of points that may come of it, what a person gives within a range left aside.
    """

    part: Part
    parent: int
    steps: Steps | None
    points: tuple[float, ...]

    @property
    def is_group(self) -> bool:
        return isinstance(self.part, Group)

    @property
    def takes_marks(self) -> bool:
        """Whether a person's mark may stand in for its points."""
        return getattr(self.part, "mark", None) is not None

    @property
    def is_best(self) -> bool:
        return isinstance(self.part, Group) and self.part.combine == "best"


def read_tree(rulebook: Rulebook, *, on: date, kind: Kind) -> tuple[Node, ...]:
    """Every part of the scorecard, a group before what is in it.

    Raises
    ------
    ValueError
        The rulebook is not a scorecard.
    """
    card = rulebook.body.scorecard
    if card is None:
        raise ValueError(f"{rulebook.key}不是评分表 (is not a scorecard)")
    nodes: list[Node] = []
    for part in card.parts:
        for found, parent in _walk(part, ROOT, len(nodes)):
            steps = read_steps(rulebook, found, on=on, kind=kind)
            nodes.append(Node(found, parent, steps, tuple(sorted(_points(found, steps)))))
    return tuple(nodes)


def _walk(part: Part, parent: int, place: int) -> Iterator[tuple[Part, int]]:
    """A part and those below it, each with the place of the one above; ``place`` is its own."""
    yield part, parent
    below = place + 1
    for child in part.children():
        for found in _walk(child, place, below):
            yield found
            below += 1


def _points(part: Part, steps: Steps | None) -> set[float]:
    if steps is None:
        return {0.0, *_declared(part)}
    return {end for ends in (*steps.points, steps.unknown) for end in ends}


@singledispatch
def _declared(part: Part) -> set[float]:
    return {float(part.max)}


@_declared.register
def _of_bands(part: Bands) -> set[float]:
    return {float(end) for band in part.bands for end in band.points}


@_declared.register
def _of_ladder(part: Ladder) -> set[float]:
    return {float(end) for rung in part.ladder for end in rung.points}


@_declared.register
def _of_items(part: Items) -> set[float]:
    return {min(float(part.each) * count, float(part.max)) for count in range(1, len(part.items) + 1)}


def total_of(nodes: Iterable[Node]) -> float:
    """No sum of points of the nodes is larger in size."""
    return sum(max(map(abs, node.points)) for node in nodes if not node.is_group)
