"""The parts of a scorecard as a flat list, a group before what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..points import DECIMALS
from ..rulebook import Rulebook
from ..schema import Group, Items, Mark, Part
from ..schema.numbers import numbers_of
from .scale import Scale, find_scale

ROOT = -1


@dataclass(frozen=True)
class Node:
    """One part.

    Attributes
    ----------
    parent : int
        Place of the group above it; ``ROOT`` for the scorecard itself.
    points : tuple of float
        What it states of points, and 0: nothing that comes of it is more or less. A person's mark may be between.
    """

    part: Part
    parent: int
    points: tuple[float, ...]

    @property
    def is_group(self) -> bool:
        return isinstance(self.part, Group)

    @property
    def is_best(self) -> bool:
        return isinstance(self.part, Group) and self.part.combine == "best"

    @property
    def takes_marks(self) -> bool:
        """Whether a person's mark may stand in for its points."""
        return getattr(self.part, "mark", None) is not None


def read_tree(rulebook: Rulebook) -> tuple[Node, ...]:
    """Every part of the scorecard.

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
            nodes.append(Node(found, parent, tuple(sorted(_points(found)))))
    return tuple(nodes)


def _walk(part: Part, parent: int, place: int) -> Iterator[tuple[Part, int]]:
    """A part and those below it, each with the place of the one above; ``place`` is its own."""
    yield part, parent
    below = place + 1
    for child in part.children():
        for found in _walk(child, place, below):
            yield found
            below += 1


def _points(part: Part) -> set[float]:
    most = {part.max} if isinstance(part, (Group, Items, Mark)) else set()
    return {0.0, *map(float, most.union(numbers_of(part)))}


def total_of(nodes: Iterable[Node]) -> float:
    """No sum of points of the nodes is larger in size."""
    return sum(max(map(abs, node.points)) for node in nodes if not node.is_group)


def scale_of(rulebook: Rulebook, nodes: Iterable[Node]) -> Scale:
    """The unit that tells every number of points of a scorecard, those of a person's mark included.

    Raises
    ------
    ValueError
        Points are too large to be counted exactly.
    """
    nodes = tuple(nodes)
    card = rulebook.body.scorecard
    base = float(card.base) if card else 0.0
    marks = {10.0**-DECIMALS} if any(node.takes_marks for node in nodes) else set()
    points = marks.union([base], *(node.points for node in nodes))
    return find_scale(points, places=rulebook.places, total=total_of(nodes) + abs(base))
