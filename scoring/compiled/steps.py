"""A part of a scorecard as a step function of its one fact, read off the engine.

Limits only say where points may change; what they are, at each limit and between any two, is asked of the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from ..edges import edges_of
from ..facts import NUMERIC, Fact, Indicator, parse_fact, read_indicators
from ..frame import Frame
from ..partial import evaluate_part
from ..rulebook import Rulebook
from ..schema import Bands, Kind, Ladder, Mark, Part

Ends = tuple[float, float]
FloatType = type[np.float32] | type[np.float64]


@dataclass(frozen=True)
class Cut:
    """Points change from a limit on, or only above it."""

    limit: Decimal
    strictly: bool

    def smallest(self, kind: FloatType) -> Any:
        """The smallest number of a float type that is past the cut, read as its shortest decimal."""
        number = kind(self.limit)
        while not self._is_past(number):
            number = np.nextafter(number, kind(np.inf))
        return number

    def _is_past(self, number: Any) -> bool:
        value = float(str(number))
        return value > float(self.limit) if self.strictly else value >= float(self.limit)


@dataclass(frozen=True)
class Steps:
    """Lowest and highest points of a part by one fact.

    Attributes
    ----------
    fact : str
    cuts : tuple of Cut
        In ascending order.
    points : tuple of (float, float)
        Below the first cut, and from each cut on.
    unknown : (float, float)
        Where the fact is not known.
    """

    fact: str
    cuts: tuple[Cut, ...]
    points: tuple[Ends, ...]
    unknown: Ends

    @cached_property
    def numbers(self) -> list[float]:
        """The cuts as float64."""
        return [float(cut.smallest(np.float64)) for cut in self.cuts]


def read_steps(rulebook: Rulebook, part: Part, *, on: date, kind: Kind) -> Steps | None:
    """The step function of a part; None where it reads several facts, a mark or a text, or works a value out."""
    fact = _only_fact(part)
    if fact is None:
        return None
    limits = _limits(read_indicators()[fact], part, on)
    samples = _around([float(limit) for limit in limits])
    nothing = parse_fact(fact, None)
    known: list[Fact] = [nothing, *samples]
    row = evaluate_part(rulebook, part, Frame([{fact: value} for value in known], on=on, kind=kind))
    assert row.points is not None
    unknown, *points = zip(*(end.tolist() for end in row.points), strict=True)
    return Steps(fact, *_changes(limits, points), unknown)


def _only_fact(part: Part) -> str | None:
    facts = set(part.facts())
    has_mark = isinstance(part, Mark) or (isinstance(part, (Bands, Ladder)) and part.mark is not None)
    if len(facts) != 1 or has_mark or part.children():
        return None
    fact = facts.pop()
    is_plain = all(edge.value.code for edge in edges_of(part)) and read_indicators()[fact].type != "text"
    return fact if is_plain else None


def _limits(indicator: Indicator, part: Part, on: date) -> list[Decimal]:
    """Where points may change, in ascending order."""
    if indicator.type in NUMERIC:
        return sorted({edge.limit for edge in edges_of(part)} or {Decimal(0)})
    if indicator.type == "date":
        return [Decimal(on.toordinal())]
    return [Decimal(index) for index in range(1, max(2, len(indicator.choices)))]


def _around(limits: Sequence[float]) -> list[float]:
    """One number below all limits, and then each limit and one between it and the next."""
    inner = [number for one, two in pairwise(limits) for number in (one, (one + two) / 2)]
    return [limits[0] - max(1.0, abs(limits[0])), *inner, limits[-1], limits[-1] + max(1.0, abs(limits[-1]))]


def _changes(limits: Sequence[Decimal], points: Sequence[Ends]) -> tuple[tuple[Cut, ...], tuple[Ends, ...]]:
    cuts, kept = [], [points[0]]
    for place, here in enumerate(points[1:]):
        if here != kept[-1]:
            cuts.append(Cut(limits[place // 2], strictly=place % 2 == 1))
            kept.append(here)
    return tuple(cuts), tuple(kept)
