"""One firm bound to a compiled scorecard: what a change of facts makes of its points, in microseconds.

Only parts that read a changed fact are looked at: step functions are looked up, of the others the engine is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from functools import reduce
from operator import add
from typing import NamedTuple

from ..facts import Fact
from ..frame import Frame
from ..partial import evaluate_part
from ..sizes import set_table
from .card import Card
from .leaf import Cell, make_cell
from .scale import Units
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
        self._ledger.regroup(place for place in reversed(range(len(card.nodes))) if card.nodes[place].is_group)

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
        places = self.card.readers(changes)
        for place in places:
            ledger.put(place, self._read(place, facts))
        ledger.regroup(self.card.above(places))
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
    """Units of all nodes, and those of the groups as they follow."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.units: list[tuple[Units, Units]] = [(0, 0)] * len(card.nodes)
        self.parts: dict[str, Ends] = dict.fromkeys((node.part.id for node in card.nodes), (0.0, 0.0))

    def copy(self) -> _Ledger:
        other = copy(self)
        other.units, other.parts = self.units.copy(), self.parts.copy()
        return other

    def put(self, place: int, cell: Cell) -> None:
        self.units[place], self.parts[self.card.nodes[place].part.id] = (cell.low, cell.high), cell.points

    def regroup(self, places: Iterable[int]) -> None:
        """Work out some groups again, given inside out."""
        for place in places:
            node, cap = self.card.nodes[place], self.card.caps[place]
            put_together = max if node.is_best else add
            below = [self.units[child] for child in self.card.children[place]]
            low = min(reduce(put_together, [low for low, _ in below]), cap)
            high = min(reduce(put_together, [high for _, high in below]), cap)
            self.put(place, Cell(low, high, (self.card.scale.points(low), self.card.scale.points(high))))

    def read(self) -> Points:
        base, scale = self.card.scale.units(self.card.base), self.card.scale
        tops = [self.units[top] for top in self.card.children[ROOT]]
        low, high = reduce(add, [low for low, _ in tops], base), reduce(add, [high for _, high in tops], base)
        return Points((scale.points(low), scale.points(high)), self.parts)
