"""Points of one part for one firm, by look-up."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from ..facts import UNKNOWN, Fact, parse_fact, read_indicators
from ..frame import as_numbers
from .scale import Scale, Units
from .steps import Ends, Steps


class Cell(NamedTuple):
    """Lowest and highest points, in units and as they are read."""

    low: Units
    high: Units
    points: Ends


class Leaf:
    """A step function ready for look-up."""

    def __init__(self, steps: Steps, scale: Scale) -> None:
        self.fact = steps.fact
        self.indicator = read_indicators()[steps.fact]
        self.empty = parse_fact(steps.fact, None)
        self.numbers = steps.numbers
        self.cells = [make_cell(points, scale) for points in steps.points]
        self.unknown = make_cell(steps.unknown, scale)

    def find(self, fact: Fact) -> Cell | None:
        """The cell of a fact; None where the engine must be asked: not applicable, or known between bounds only."""
        if isinstance(fact, (str, date)):
            fact = as_numbers(self.indicator, fact)[0]
        if isinstance(fact, (float, int)):
            return self.cells[bisect_right(self.numbers, fact)]
        return self.unknown if fact is UNKNOWN and self.empty is UNKNOWN else None


def make_cell(points: Ends, scale: Scale) -> Cell:
    return Cell(scale.units(points[0]), scale.units(points[1]), points)
