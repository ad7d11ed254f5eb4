"""One firm bound to a compiled scorecard: what a change of facts makes of its points, in microseconds.

Only parts that read a changed fact are looked at: step functions are looked up, of the others the engine is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import NamedTuple

from ..facts import Fact
from ..frame import Frame
from ..partial import evaluate_part
from ..sizes import set_table
from .card import Card
from .leaf import Cell, make_cell
from .steps import Ends
from .tree import ROOT

Facts = Mapping[str, Fact]


class Points(NamedTuple):
    """Lowest and highest score, and those of every part and group by its id."""

    score: Ends
    parts: Mapping[str, Ends]


class Firm:
    """One firm under one scorecard.

    Parameters
    ----------
    card : Card
    facts : mapping
        Parsed facts by indicator code.
    """

    def __init__(self, card: Card, facts: Facts) -> None:
        self.card = card
        self.facts = facts
        self._ledger = _Ledger(card)
        for place, node in enumerate(card.nodes):
            if not node.is_group:
                self._ledger.put(place, self._read(place, facts))

    @property
    def points(self) -> Points:
        """As the firm is."""
        return self._ledger.read()

    def change(self, changes: Facts) -> Points:
        """Score and all contributions with some facts changed; the firm itself stays as it is.

        Parameters
        ----------
        changes : mapping
            Parsed facts by indicator code; those that the scorecard does not read change nothing.
        """
        ledger, facts = self._ledger.copy(), {**self.facts, **changes}
        for place in self.card.readers(changes):
            ledger.put(place, self._read(place, facts))
        return ledger.read()

    def _read(self, place: int, facts: Facts) -> Cell:
        leaf = self.card.leaves[place]
        found = None if leaf is None else leaf.find(facts.get(leaf.fact, leaf.empty))
        return self._ask(place, facts) if found is None else found

    def _ask(self, place: int, facts: Facts) -> Cell:
        frame = Frame([facts], on=self.card.on, kind=self.card.kind)
        set_table(frame, self.card.table)
        points = evaluate_part(self.card.rulebook, self.card.nodes[place].part, frame).points
        assert points is not None
        return make_cell((float(points[0][0]), float(points[1][0])), self.card.scale)


class _Ledger:
    """Units of all nodes, kept added up."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.units = [(0, 0)] * len(card.nodes)
        self.within = [(0, 0)] * len(card.nodes)
        self.total = (card.scale.units(card.base),) * 2
        self.parts: dict[str, Ends] = dict.fromkeys((node.part.id for node in card.nodes), (0.0, 0.0))

    def copy(self) -> _Ledger:
        other = copy(self)
        other.units, other.within, other.parts = self.units.copy(), self.within.copy(), self.parts.copy()
        return other

    def put(self, place: int, cell: Cell) -> None:
        """Set the points of a node, and with them those of the groups above it."""
        node, before = self.card.nodes[place], self.units[place]
        self.units[place], self.parts[node.part.id] = (cell.low, cell.high), cell.points
        more = cell.low - before[0], cell.high - before[1]
        if node.parent == ROOT:
            self.total = self.total[0] + more[0], self.total[1] + more[1]
        else:
            self.put(node.parent, self._combine(node.parent, more))

    def _combine(self, place: int, more: tuple[int, int]) -> Cell:
        """A group whose parts have so much more."""
        group, within = self.card.nodes[place], self.within[place]
        if group.is_best:
            below = [self.units[child] for child in self.card.children[place]]
            within = max(low for low, _ in below), max(high for _, high in below)
        else:
            within = within[0] + more[0], within[1] + more[1]
        self.within[place] = within
        cap = self.card.caps[place]
        low, high = min(within[0], cap), min(within[1], cap)
        return Cell(low, high, self._as_points((low, high)))

    def _as_points(self, units: tuple[int, int]) -> Ends:
        return units[0] / self.card.scale.per_point, units[1] / self.card.scale.per_point

    def read(self) -> Points:
        return Points(self._as_points(self.total), self.parts)
