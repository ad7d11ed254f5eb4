"""One firm's way to a tier as a search: what gives points, what a gate asks, and what can't be true together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from ..edges import Edge, edges_of
from ..facts import Contradiction, Fact, read_contradictions
from ..frame import Frame
from ..kinds import Outcome
from ..partial import evaluate_clause, evaluate_part
from ..points import DECIMALS
from ..rulebook import Rulebook
from ..schema import Clause, Group, Kind, Part, SizeRow, Tier, Value
from ..sizes import set_table
from .gates import Gates, take_apart
from .search import Assignment, Front, Search, Table
from .targets import Facts, Start, Target, find_targets, refuse_above

MOST_ROWS = 20_000


@dataclass(frozen=True)
class Problem:
    """Everything that decides whether a firm reaches a tier.

    Attributes
    ----------
    units : tuple of Part
        Parts whose points simply add up to what the tier's line is on, beside its base.
    conditions : tuple of Clause
        What the gates are made of.
    pairs : tuple of Contradiction
        Parts and wholes; moves may not make a part exceed its whole.
    """

    rulebook: Rulebook
    start: Start
    kind: Kind
    table: tuple[SizeRow, ...]
    tier: Tier
    base: Decimal
    units: tuple[Part, ...]
    gates: Gates
    conditions: tuple[Clause, ...]
    pairs: tuple[Contradiction, ...]
    targets: Mapping[str, Sequence[Target]]

    def search(self, limit: int) -> Search:
        """The search for the least cost, with points counted in their last place above the least each part can give."""
        costs = {code: [0, *(target.cost for target in targets)] for code, targets in self.targets.items()}
        need = self._count(Decimal(self.tier.at_least or 0) - self.base)
        tables = []
        for unit in self.units:
            table, least = self._points(unit)
            tables.append(table)
            need -= least
        tables += [self._outcomes(place, clause) for place, clause in enumerate(self.conditions)]
        tables += [self._allowed(pair) for pair in self.pairs]
        return Search(costs, tables, 0 if self.tier.at_least is None else max(0, need), limit)

    def _points(self, unit: Part) -> tuple[Table, int]:
        scope, assignments, frame = self._combine(unit.facts())
        row = evaluate_part(self.rulebook, unit, frame)
        assert row.points is not None
        points = [self._count(Decimal(repr(number))) for number in row.points[0].tolist()]
        least = min(points)
        return Table(
            scope, {key: _front(points=got - least) for key, got in zip(assignments, points, strict=True)}
        ), least

    def _count(self, points: Decimal) -> int:
        return round(points.scaleb(max(DECIMALS, self.rulebook.places)))

    def _outcomes(self, place: int, clause: Clause) -> Table:
        scope, assignments, frame = self._combine(clause.facts())
        met = evaluate_clause(self.rulebook, clause, frame) == Outcome.MET
        return Table(
            scope, {key: _front(bits=int(holds) << place) for key, holds in zip(assignments, met, strict=True)}
        )

    def _allowed(self, pair: Contradiction) -> Table:
        scope, assignments, frame = self._combine((pair.part, pair.whole))
        kept = {
            key: _front() for key, facts in zip(assignments, frame.rows, strict=True) if not contradicts(pair, facts)
        }
        return Table(scope, kept)

    def _combine(self, codes: Sequence[str]) -> tuple[tuple[str, ...], list[Assignment], Frame]:
        """The firm once for every combination of the options of some facts; the first option is to stay."""
        scope = tuple(code for code in codes if code in self.targets)
        sizes = [range(len(self.targets[code]) + 1) for code in scope]
        refuse_above(MOST_ROWS, map(len, sizes), scope)
        assignments = list(product(*sizes))
        base = {code: self.start.fact(code) for code in codes}
        rows = [base | self.moved(dict(zip(scope, key, strict=True))) for key in assignments]
        return scope, assignments, frame_of(rows, self)

    def moved(self, options: Mapping[str, int]) -> dict[str, Fact]:
        """The facts that options other than staying change, as they become."""
        return {code: self.targets[code][option - 1].value for code, option in options.items() if option}


def _front(*, points: int = 0, bits: int = 0) -> Front:
    return {(points, 0, bits): (0, ())}


def frame_of(rows: Sequence[Facts], problem: Problem) -> Frame:
    frame = Frame(rows, on=problem.start.on, kind=problem.kind)
    set_table(frame, problem.table)
    return frame


def pose(rulebook: Rulebook, start: Start, tier: Tier, *, kind: Kind, table: tuple[SizeRow, ...]) -> Problem:
    """The problem of reaching a tier; facts that stand in nothing that counts have no targets."""
    card = rulebook.body.scorecard
    assert card is not None
    units = tuple(unit for part in card.parts if not tier.of or part.id in tier.of for unit in _units(part))
    base = Decimal(0) if tier.of else card.base
    firm = Frame([start.facts], on=start.on, kind=kind)
    set_table(firm, table)
    gates, conditions = take_apart(
        tier.gates, lambda clause: Outcome(int(evaluate_clause(rulebook, clause, firm)[0])), kind
    )
    pairs = tuple(pair for pair in read_contradictions() if not contradicts(pair, start.facts))
    problem = Problem(rulebook, start, kind, table, tier, base, units, gates, tuple(conditions), pairs, {})
    nodes: tuple[Part | Clause, ...] = (*units, *conditions)
    used = {code for node in nodes for code in node.facts()}
    targets = find_targets(start, list(_edges(problem)))
    return _without_idle(replace(problem, targets=targets), used)


def _without_idle(problem: Problem, used: set[str]) -> Problem:
    """Only facts that count, or whose whole or part does; only pairs that a move can touch."""
    paired = [{pair.part, pair.whole} for pair in problem.pairs]
    wanted = used.union(*(pair for pair in paired if pair & used))
    targets = {code: found for code, found in problem.targets.items() if code in wanted}
    pairs = tuple(pair for pair in problem.pairs if {pair.part, pair.whole} & targets.keys())
    return replace(problem, targets=targets, pairs=pairs)


def _edges(problem: Problem) -> Iterator[Edge]:
    nodes: tuple[Part | Clause, ...] = (*problem.units, *problem.conditions)
    for node in nodes:
        yield from edges_of(node)
    for pair in problem.pairs:
        room = Value(op="difference", args=(_fact(pair.whole), _fact(pair.part)))
        yield Edge(room, Decimal(0), up=False)


def _fact(code: str) -> Value:
    return Value(op="fact", code=code)


def _units(part: Part) -> Iterator[Part]:
    """Parts below a group that only adds them up; else the part itself."""
    if isinstance(part, Group) and part.combine == "sum" and sum(child.max for child in part.parts) <= part.max:
        for child in part.parts:
            yield from _units(child)
    else:
        yield part


def contradicts(pair: Contradiction, facts: Facts) -> bool:
    part, whole = facts.get(pair.part), facts.get(pair.whole)
    return isinstance(part, (int, float)) and isinstance(whole, (int, float)) and part > whole
