"""The values a fact can be moved to, and what each costs: the smallest ones that reach each higher step."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import numpy as np

from ..edges import Edge, slope, solve
from ..facts import LARGEST, NO_BAR, NOT_APPLICABLE, NUMERIC, UNKNOWN, Fact, Indicator, read_indicators
from ..frame import Frame
from ..schema import Effort, FactEffort, Value

Facts = Mapping[str, Fact]
# The values whose edges led to a number; one that led to it can't hold it up a second time.
Way = frozenset[str]
Found = dict[str, dict[float, set[Way]]]
MOST_WAYS = 2_000


class TooWide(ValueError):
    """Some facts can be combined in more ways than can be tried."""


def refuse_above(most: int, sizes: Iterable[int], codes: Sequence[str]) -> None:
    """Say which facts have too many combinations rather than leave some out."""
    if math.prod(sizes) > most:
        raise TooWide(f"{'、'.join(codes)}：组合过多，无法逐一比较 (too many combinations to compare)")


@dataclass(frozen=True)
class Target:
    """A value to move to. ``steps`` times the cost of its effort class is its cost."""

    value: Fact
    steps: int
    effort: str
    cost: int


@dataclass(frozen=True)
class Start:
    """A firm as it is, and what it can work on."""

    facts: Facts
    on: date
    effort: Effort

    def fact(self, code: str) -> Fact:
        return self.facts.get(code, NO_BAR if read_indicators()[code].empty_is_none else UNKNOWN)

    def movable(self) -> dict[str, FactEffort]:
        """What can be changed or stated: facts with an effort class that apply to the firm."""
        rows = {row.fact: row for row in self.effort.facts}
        return {code: row for code, row in rows.items() if self.fact(code) is not NOT_APPLICABLE}


def is_unknown(fact: Fact) -> bool:
    """Not given, or only bounded: stating it is a move."""
    return fact is UNKNOWN or isinstance(fact, tuple)


def find_targets(start: Start, edges: Sequence[Edge]) -> dict[str, list[Target]]:
    """Targets of every fact that has any, nearest first."""
    movable = start.movable()
    values = _numbers(start, movable, edges)
    for code, row in movable.items():
        if read_indicators()[code].type not in NUMERIC:
            values[code] = _others(start, row)
    found = {code: [_price(start, movable[code], value) for value in values[code]] for code in movable}
    return {code: _nearest_first(movable[code], targets) for code, targets in found.items() if targets}


def _nearest_first(row: FactEffort, targets: list[Target]) -> list[Target]:
    """By cost, then the number that changes least; of an unknown one, the number that asks least."""

    def nearness(target: Target) -> tuple[int, float]:
        number = target.value if isinstance(target.value, (int, float)) else 0.0
        return target.cost, number if row.direction == "up" else -number

    return sorted(targets, key=nearness)


def _others(start: Start, row: FactEffort) -> list[Fact]:
    """Values of a yes/no, a choice or a date."""
    indicator, now = read_indicators()[row.fact], start.fact(row.fact)
    wanted: list[Fact] = []
    if indicator.type == "boolean":
        wanted = [row.direction == "up"]
    if indicator.type == "choice":
        order = list(indicator.choices)
        floor = order.index(now) if isinstance(now, str) else -1
        wanted = [choice for choice in row.to or order if order.index(choice) > floor]
    if indicator.type == "date":
        day = start.on if row.direction == "up" else start.on - timedelta(days=1)
        is_there = isinstance(now, date) and (now >= day if row.direction == "up" else now <= day)
        wanted = [] if is_there else [day]
    return [value for value in wanted if value != now]


def _numbers(start: Start, movable: Mapping[str, FactEffort], edges: Sequence[Edge]) -> dict[str, list[Fact]]:
    """Numbers at which something changes, given those of the facts that share a value: found in rounds.

    Rounds end, because no number is led to twice through one value.
    """
    numeric = [code for code in movable if read_indicators()[code].type in NUMERIC]
    found: Found = {code: {number: {frozenset()} for number in _first(start, code)} for code in numeric}
    before = -1
    while before != _count(found):
        before = _count(found)
        for code in numeric:
            for edge in edges:
                if code in edge.value.facts():
                    _cross(start, movable[code], edge, found)
            for number in _strides(start, movable[code], edges, found[code]):
                found[code].setdefault(number, {frozenset()})
    return {code: [*sorted(numbers)] for code, numbers in found.items()}


def _count(found: Found) -> int:
    return sum(len(ways) for numbers in found.values() for ways in numbers.values())


def _first(start: Start, code: str) -> list[float]:
    """Stating an unknown number at its least already settles what else it stands in."""
    return [_range(start, code)[0]] if is_unknown(start.fact(code)) else []


def _range(start: Start, code: str) -> tuple[float, float]:
    """What a number can be: the bounds a ledger leaves, else those of the indicator."""
    now, indicator = start.fact(code), read_indicators()[code]
    if isinstance(now, tuple):
        return now
    least = -LARGEST if indicator.least is None else indicator.least
    return float(least), LARGEST if indicator.most is None else float(indicator.most)


def _cross(start: Start, row: FactEffort, edge: Edge, found: Found) -> None:
    """Add the numbers of one fact that bring a value to an edge, whatever the other facts of the value may be.

    A fact that is not known may be anything: its least and the edges above it stand for all it may be, whichever side
    is the better one.
    """
    if row.direction == "up" or is_unknown(start.fact(row.fact)):
        _cross_from(start, row, edge, found, 1)
    if row.direction == "down":
        _cross_from(start, row, edge, found, -1)


def _cross_from(start: Start, row: FactEffort, edge: Edge, found: Found, direction: int) -> None:
    sense = slope(edge.value, row.fact) * direction
    exceeded = edge.up if sense > 0 else edge.down
    if sense == 0 or exceeded is None:
        return
    frame, ways = _around(start, row.fact, edge.value, found)
    limit = np.full(frame.size, Fraction(edge.limit), dtype=object)
    numbers, fits = solve(edge.value, limit, row.fact, frame, "lo" if sense > 0 else "hi")
    for exact, fit, way in zip(numbers.tolist(), fits.tolist(), ways, strict=True):
        number = _land(read_indicators()[row.fact], exact, direction, exceeded) if fit else None
        if number is not None and _is_ahead(start, row, number):
            _add(found[row.fact].setdefault(number, set()), way)


def _add(ways: set[Way], way: Way) -> None:
    """Keep only ways that are not longer forms of another."""
    if not any(known <= way for known in ways):
        ways -= {known for known in ways if way < known}
        ways.add(way)


def _around(start: Start, code: str, value: Value, found: Found) -> tuple[Frame, list[Way]]:
    """The firm once for every combination of what the other facts of a value may be moved to without that value."""
    others = [other for other in value.facts() if other != code]
    options = [[(start.fact(other), Way()), *_known(found.get(other, {}), value.key)] for other in others]
    refuse_above(MOST_WAYS, map(len, options), [code, *others])
    chosen = list(product(*options))
    rows = [{other: fact for other, (fact, _) in zip(others, picked, strict=True)} for picked in chosen]
    ways = [Way({value.key}).union(*(way for _, way in picked)) for picked in chosen]
    return Frame(rows, on=start.on).exact(np.arange(len(rows))), ways


def _known(numbers: Mapping[float, set[Way]], key: str) -> list[tuple[Fact, Way]]:
    """Each number with one way to it that doesn't lead through the value itself."""
    return [
        (number, min(fit, key=len))
        for number in sorted(numbers)
        if (fit := [w for w in numbers[number] if key not in w])
    ]


def _land(indicator: Indicator, number: Fraction, direction: int, exceeded: bool) -> float:
    """The nearest whole number, or hundredth, that reaches (or exceeds) a number from the side one comes from."""
    grid = 1 if indicator.type == "integer" else 100
    scaled = number * grid * direction
    return direction * float(Fraction(math.floor(scaled) + 1 if exceeded else math.ceil(scaled), grid))


def _is_ahead(start: Start, row: FactEffort, number: float) -> bool:
    now, (least, most) = start.fact(row.fact), _range(start, row.fact)
    is_further = not isinstance(now, (int, float)) or (number > now if row.direction == "up" else number < now)
    return is_further and least <= number <= most


def _strides(start: Start, row: FactEffort, edges: Sequence[Edge], found: Mapping[float, object]) -> set[float]:
    """Ends of whole steps, where facts share a value: a step begun may as well be used up."""
    now, size = start.fact(row.fact), _step(start, row)
    shares = any(row.fact in edge.value.facts() and len(edge.value.facts()) > 1 for edge in edges)
    if not found or not shares or size is None or size == 1 or not isinstance(now, (int, float)):
        return set()
    direction = 1 if row.direction == "up" else -1
    furthest = max(abs(Fraction(repr(number)) - Fraction(repr(now))) for number in found)
    count = min(math.ceil(furthest / size), 50)
    reached = {float(Fraction(repr(now)) + direction * size * step) for step in range(1, count + 1)}
    whole = {math.floor(number) if direction > 0 else math.ceil(number) for number in reached}
    reached = {float(number) for number in whole} if read_indicators()[row.fact].type == "integer" else reached
    return {number for number in reached if _is_ahead(start, row, number)}


def _step(start: Start, row: FactEffort) -> Fraction | None:
    """How much of a fact one step covers; None is any change at all."""
    if row.each is None:
        return None
    if row.of is None:
        return Fraction(row.each)
    whole = start.fact(row.of)
    return Fraction(row.each) * Fraction(repr(whole)) if isinstance(whole, (int, float)) and whole > 0 else None


def _price(start: Start, row: FactEffort, value: Fact) -> Target:
    now = start.fact(row.fact)
    if is_unknown(now):
        report = start.effort.class_of(start.effort.report)
        return Target(value, 1, report.id, report.cost)
    size, effort = _step(start, row), start.effort.class_of(row.class_)
    distance = _distance(read_indicators()[row.fact], now, value)
    steps = 1 if size is None or distance is None else math.ceil(distance / size)
    return Target(value, steps, effort.id, steps * effort.cost)


def _distance(indicator: Indicator, now: Fact, value: Fact) -> Fraction | None:
    if isinstance(now, str) and isinstance(value, str):
        order = list(indicator.choices)
        return Fraction(abs(order.index(value) - order.index(now)))
    if indicator.type in NUMERIC:
        return abs(Fraction(repr(value)) - Fraction(repr(now)))
    return None
