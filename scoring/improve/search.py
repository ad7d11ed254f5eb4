"""The least cost of reaching a line: facts are worked out one after the other, each from the tables it stands in.

A front is what a set of facts can achieve at best: for points, number of moves and conditions met, the least cost.
Facts that share no table never meet in one; so the work grows with the widest table, not with the number of facts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

Chosen = tuple[tuple[str, int], ...]
Mark = tuple[int, int, int]
Front = dict[Mark, tuple[int, Chosen]]
Assignment = tuple[int, ...]
NOTHING: Front = {(0, 0, 0): (0, ())}


@dataclass(frozen=True)
class Table:
    """What some facts together give: a front for each combination of their options; one that is absent can't be."""

    scope: tuple[str, ...]
    rows: Mapping[Assignment, Front] = field(repr=False)


@dataclass(frozen=True)
class Search:
    """Facts with the costs of their options (the first is to stay, at 0), and the tables they stand in.

    Attributes
    ----------
    need : int
        Points from which more don't count.
    limit : int
        Number of moves beyond which they are no longer counted one by one.
    """

    costs: Mapping[str, Sequence[int]]
    tables: Sequence[Table]
    need: int
    limit: int

    def run(self) -> Front:
        """The front of all facts together."""
        tables, left = list(self.tables), set(self.costs)
        while left:
            fact = min(sorted(left), key=lambda code: self._width(code, tables))
            standing = [table for table in tables if fact in table.scope]
            tables = [table for table in tables if fact not in table.scope] + [self._without(fact, standing)]
            left.remove(fact)
        whole = NOTHING
        for table in sorted(tables, key=lambda table: len(table.rows.get((), {}))):
            whole = self._join(whole, table.rows.get((), {}))
        return whole

    def _width(self, fact: str, tables: Sequence[Table]) -> int:
        scope = {code for table in tables if fact in table.scope for code in table.scope}
        return math.prod(len(self.costs[code]) for code in scope)

    def _without(self, fact: str, tables: Sequence[Table]) -> Table:
        """The best that any option of a fact allows, for each combination of its neighbours."""
        scope = tuple(sorted({code for table in tables for code in table.scope} - {fact}))
        rows = {}
        for assignment in product(*(range(len(self.costs[code])) for code in scope)):
            chosen = dict(zip(scope, assignment, strict=True))
            front: Front = {}
            for option, cost in enumerate(self.costs[fact]):
                chosen[fact] = option
                self._merge(front, self._option(fact, option, cost, chosen, tables))
            rows[assignment] = _prune(front)
        return Table(scope, rows)

    def _option(self, fact: str, option: int, cost: int, chosen: Mapping[str, int], tables: Sequence[Table]) -> Front:
        front: Front = {(0, 1, 0): (cost, ((fact, option),))} if option else NOTHING
        for table in tables:
            front = self._join(front, table.rows.get(tuple(chosen[code] for code in table.scope), {}))
        return front

    def _join(self, one: Front, two: Front) -> Front:
        found: Front = {}
        for (points, count, bits), (cost, moves) in one.items():
            for (more, others, flags), (price, further) in two.items():
                mark = (min(points + more, self.need), min(count + others, self.limit + 1), bits | flags)
                _keep(found, mark, (cost + price, moves + further))
        return _prune(found)

    @staticmethod
    def _merge(front: Front, other: Front) -> None:
        for mark, entry in other.items():
            _keep(front, mark, entry)


def _keep(front: Front, mark: Mark, entry: tuple[int, Chosen]) -> None:
    old = front.get(mark)
    if old is None or (entry[0], len(entry[1]), entry[1]) < (old[0], len(old[1]), old[1]):
        front[mark] = entry


def _prune(front: Front) -> Front:
    """Without what costs no less than more points by as many moves with the same conditions."""
    kept: Front = {}
    least: dict[tuple[int, int], int] = {}
    for (points, count, bits), entry in sorted(front.items(), reverse=True, key=lambda item: item[0]):
        if entry[0] < least.get((count, bits), entry[0] + 1):
            least[count, bits] = entry[0]
            kept[points, count, bits] = entry
    return kept
