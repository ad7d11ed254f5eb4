"""What the boosting sees: the facts and values the expert scorecard reads, each with its better direction.

Ladders and items are taken apart into the values they compare and the conditions they ask; a choice is numbered in the
order of the scorecard's points. Every feature is a small whole number, or NaN where there is no value to go by.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

import numpy as np

from ..compare import reaches
from ..edges import edges_of
from ..facts import read_indicators
from ..frame import Frame
from ..kinds import Outcome
from ..limits import value_words
from ..partial import evaluate_clause
from ..points import Floats, rising_bands
from ..rulebook import Rulebook
from ..schema import (
    Bands,
    ByCase,
    Choices,
    Clause,
    Compare,
    Group,
    Items,
    Ladder,
    Limits,
    Mark,
    Part,
    Text,
    Value,
)
from ..values import measure, numbers_of
from ..words import fact_name, test_words
from .cases import Frames
from .cuts import Cut, choose_cuts

Direction = Literal[-1, 0, 1]


@dataclass(frozen=True)
class Feature(ABC):
    """One number the boosting sees.

    Attributes
    ----------
    part : str
        The part of the expert scorecard that reads it; where several do, the first.
    key : str
        What it is, unique.
    title : Text
    direction : -1, 0 or 1
        Whether less or more of it never gives fewer points in the expert scorecard; 0 where neither holds.
    """

    part: str
    key: str
    title: Text
    direction: Direction

    @property
    @abstractmethod
    def size(self) -> int:
        """How many different numbers it can be, apart from NaN."""

    @property
    def slug(self) -> str:
        """Its key as a piece of an id."""
        return re.sub(r"[^A-Za-z0-9_]+", "-", self.key).strip("-")

    @abstractmethod
    def codes(self, rulebook: Rulebook, frame: Frame) -> Floats:
        """Its number for every row; NaN is unknown, not applicable or not computable."""


@dataclass(frozen=True)
class ValueFeature(Feature):
    """How many of its cut points a value has reached."""

    value: Value
    cuts: tuple[Cut, ...] = ()

    @property
    def size(self) -> int:
        return len(self.cuts) + 1

    def codes(self, rulebook: Rulebook, frame: Frame) -> Floats:
        reached = [reaches(self.value, frame, cut.at, strictly=cut.strictly)[0] for cut in self.cuts]
        return np.where(measure(self.value, frame).known, np.sum(reached, axis=0, dtype=float), np.nan)


@dataclass(frozen=True)
class ChoiceFeature(Feature):
    """A choice by its rank in the scorecard's points; choices of equal points are one."""

    fact: str
    ranks: Mapping[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return max(self.ranks.values()) + 1

    def codes(self, rulebook: Rulebook, frame: Frame) -> Floats:
        span = frame.column(self.fact)
        ranks = np.array([self.ranks[choice] for choice in read_indicators()[self.fact].choices], dtype=float)
        return np.where(span.known, ranks[np.where(span.known, span.lo, 0).astype(np.intp)], np.nan)


@dataclass(frozen=True)
class ClauseFeature(Feature):
    """Whether a condition holds: 1 or 0."""

    clause: Clause

    @property
    def size(self) -> int:
        return 2

    @property
    def slug(self) -> str:
        return "-".join(self.clause.facts())

    def codes(self, rulebook: Rulebook, frame: Frame) -> Floats:
        outcome = evaluate_clause(rulebook, self.clause, frame)
        known = np.where(outcome == Outcome.MET, 1.0, 0.0)
        return np.where(np.isin(outcome, (Outcome.MET, Outcome.UNMET)), known, np.nan)


def find_features(expert: Rulebook, frames: Frames, most_cuts: int) -> list[Feature]:
    """Everything the expert scorecard reads, each once, in its order, with cut points for the cases at hand.

    A value that is the same for all cases, or unknown for all, is left with no cut point.
    """
    assert expert.body.scorecard is not None
    leaves = [leaf for part in expert.body.scorecard.parts for leaf in leaves_of(part)]
    found: dict[str, Feature] = {}
    for feature in (feature for leaf in leaves for feature in _read(leaf)):
        known = found.setdefault(feature.key, feature)
        if known.direction != feature.direction:
            found[feature.key] = replace(known, direction=0)
    limits = _limits(leaves)
    return [
        _with_cuts(feature, frames, limits.get(feature.key, ()), most_cuts)
        if isinstance(feature, ValueFeature)
        else feature
        for feature in found.values()
    ]


def leaves_of(part: Part) -> Iterator[Part]:
    """Parts that have none below them."""
    if isinstance(part, Group):
        for child in part.parts:
            yield from leaves_of(child)
    else:
        yield part


def _limits(leaves: Sequence[Part]) -> dict[str, list[Decimal]]:
    limits: dict[str, list[Decimal]] = {}
    for edge in (edge for leaf in leaves for edge in edges_of(leaf)):
        limits.setdefault(edge.value.key, []).append(edge.limit)
    return limits


def _with_cuts(feature: ValueFeature, frames: Frames, given: Sequence[Decimal], most: int) -> Feature:
    numbers = frames.collect(lambda frame: _known_numbers(feature.value, frame))
    numbers = numbers[~np.isnan(numbers)]
    cuts = choose_cuts(feature.value, numbers, sorted(set(given)), most, strictly=feature.direction != 1)
    return replace(feature, cuts=tuple(cuts))


def _known_numbers(value: Value, frame: Frame) -> Floats:
    span = measure(value, frame)
    return np.where(span.known, numbers_of(value, span), np.nan)


def _read(part: Part) -> Iterator[Feature]:
    """The features of one leaf."""
    if isinstance(part, Bands):
        yield _value(part, part.value, _direction_of_bands(part))
    if isinstance(part, Choices):
        yield _choice(part)
    if isinstance(part, Ladder):
        for rung in part.ladder:
            yield from _conditions(part, rung.when)
    if isinstance(part, Items):
        for item in part.items:
            yield from _conditions(part, item)
    if isinstance(part, (Bands, Ladder, Mark)) and part.mark is not None:
        yield _value(part, Value(op="fact", code=part.mark), 1)


def _value(part: Part, value: Value, direction: Direction) -> ValueFeature:
    zh = value_words(value, "zh", lambda code: fact_name(code, "zh"))
    en = value_words(value, "en", lambda code: fact_name(code, "en"))
    return ValueFeature(part.id, value.key, Text(zh=zh, en=en), direction, value)


def _direction_of_bands(part: Bands) -> Direction:
    points = [band.points[1] for band in rising_bands(part)]
    if all(above >= below for below, above in pairwise(points)):
        return 1
    return -1 if all(above <= below for below, above in pairwise(points)) else 0


def _choice(part: Choices) -> ChoiceFeature:
    order = sorted({points[1] for points in part.choices.values()})
    ranks = {choice: order.index(points[1]) for choice, points in part.choices.items()}
    title = Text(zh=fact_name(part.fact, "zh"), en=fact_name(part.fact, "en"))
    return ChoiceFeature(part.id, part.fact, title, 1, part.fact, ranks)


def _conditions(part: Part, clause: Clause) -> Iterator[Feature]:
    """The values and conditions of a clause: that a rung or an item holds never gives fewer points."""
    if isinstance(clause, Compare):
        yield _value(part, clause.value, _direction_of_limits(clause))
    elif isinstance(clause, ByCase):
        yield _value(part, Value(op="fact", code=clause.by), _direction_of_cases(clause))
    elif not clause.children():
        title = Text(zh=test_words(clause, "zh"), en=test_words(clause, "en"))
        yield ClauseFeature(part.id, f"{type(clause).__name__}: {title.en}", title, 1, clause)
    for child in clause.children():
        yield from _conditions(part, child)


def _direction_of_limits(limits: Limits) -> Direction:
    if limits.between is not None:
        return 0
    return 1 if limits.at_least is not None or limits.more_than is not None else -1


def _direction_of_cases(clause: ByCase) -> Direction:
    """Whether the cases ask for more (-1) or less (1) the larger the deciding fact; 0 where they can't be compared."""
    limits = [_asked(case.then) for case in clause.cases]
    known = [limit for limit in limits if limit is not None]
    if len(known) < len(limits) or len({key for key, _ in known}) > 1:
        return 0
    if all(upper >= lower for (_, upper), (_, lower) in pairwise(known)):
        return -1
    return 1 if all(upper <= lower for (_, upper), (_, lower) in pairwise(known)) else 0


def _asked(clause: Clause) -> tuple[str, Decimal] | None:
    """What is compared and how much of it is asked for; None for anything but a lower bound."""
    if isinstance(clause, Compare) and clause.at_least is not None:
        return clause.value.key, clause.at_least
    return None
