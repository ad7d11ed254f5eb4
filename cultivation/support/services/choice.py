"""Which services gain most within a budget: exact, by components that can't influence each other.

Services meet where the facts they change are counted together. Services that meet, directly or through others, form
a component; inside one every affordable subset is scored jointly, across them gains add up. What is left is a knapsack
over effort, which a table bounds exactly, and the end date, which the search checks.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from cultivation.support.services.catalogue import Budget, Service
from cultivation.support.services.schedule import last_week

Subset = tuple[Service, ...]
Worth = tuple[Decimal, int, int, int]
"""Gain, then less effort, then services of the firm's own package, then fewer services."""
GainsOf = Callable[[Sequence[Subset]], Sequence[Decimal]]
EffortOf = Callable[[Service], int]
NOTHING: Worth = (Decimal(0), 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Option:
    services: Subset
    worth: Worth

    @property
    def effort(self) -> int:
        return -self.worth[1]


def choose_services(
    candidates: Iterable[Service],
    *,
    gains_of: GainsOf,
    couplings: Iterable[Collection[str]],
    budget: Budget,
    effort_of: EffortOf,
    package: Collection[str] = (),
) -> Subset:
    """The set with the greatest joint gain; among equals the least effort, the most of the package, the fewest."""
    groups = [list(_affordable(g, budget, effort_of)) for g in components(candidates, couplings)]
    gains = iter(gains_of([subset for group in groups for subset in group]))
    options = [[_option(subset, next(gains), effort_of, package) for subset in group] for group in groups]
    return _Search([[o for o in group if o.worth[0] > 0] for group in options], budget).best()


def components(candidates: Iterable[Service], couplings: Iterable[Collection[str]]) -> list[list[Service]]:
    """Candidates grouped so that no facts that count together are changed from two groups."""
    together = [frozenset(facts) for facts in couplings]
    groups: list[tuple[set[object], list[Service]]] = []
    for service in sorted(candidates, key=lambda s: s.code):
        facts = {change.indicator for change in service.changes}
        places: set[object] = facts | {place for place, bundle in enumerate(together) if bundle & facts}
        meeting = [group for group in groups if group[0] & places]
        groups = [group for group in groups if group not in meeting]
        groups.append((places.union(*(g[0] for g in meeting)), [*(s for g in meeting for s in g[1]), service]))
    return [members for _, members in groups]


def _affordable(group: Sequence[Service], budget: Budget, effort_of: EffortOf) -> Iterator[Subset]:
    for size in range(1, len(group) + 1):
        for subset in combinations(group, size):
            if sum(map(effort_of, subset)) <= budget.effort and _in_time(subset, budget):
                yield subset


def _in_time(services: Iterable[Service], budget: Budget) -> bool:
    return last_week(services, parallel=budget.parallel) <= budget.weeks


def _option(subset: Subset, gain: Decimal, effort_of: EffortOf, package: Collection[str]) -> Option:
    effort = sum(map(effort_of, subset))
    return Option(subset, (gain, -effort, sum(s.code in package for s in subset), -len(subset)))


def _plus(one: Worth, other: Worth) -> Worth:
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3])


class _Search:
    """Depth first over the components. `bound[i][e]` is the exact best of components i and on with effort e, were time
    no matter; so the first dive lands on the optimum unless time forbids it."""

    def __init__(self, groups: list[list[Option]], budget: Budget) -> None:
        self.groups, self.budget = groups, budget
        self.bound = [[NOTHING] * (budget.effort + 1)]
        for group in reversed(groups):
            self.bound.insert(0, [self._best_with(group, effort) for effort in range(budget.effort + 1)])
        self.found: Worth = NOTHING
        self.chosen: Subset = ()

    def best(self) -> Subset:
        self._descend(0, (), NOTHING)
        return self.chosen

    def _best_with(self, group: list[Option], effort: int) -> Worth:
        rest = self.bound[0]
        return max([rest[effort], *(_plus(o.worth, rest[effort - o.effort]) for o in group if o.effort <= effort)])

    def _descend(self, place: int, taken: Subset, worth: Worth) -> None:
        if worth > self.found:
            self.found, self.chosen = worth, taken
        if place == len(self.groups):
            return
        left = self.budget.effort + worth[1]
        for reach, option in self._promising(place, left):
            chosen = (*taken, *option.services)
            if _plus(worth, reach) > self.found and _in_time(chosen, self.budget):
                self._descend(place + 1, chosen, _plus(worth, option.worth))

    def _promising(self, place: int, left: int) -> list[tuple[Worth, Option]]:
        """What each option can reach with the rest, best first."""
        open_ = [o for o in (*self.groups[place], Option((), NOTHING)) if o.effort <= left]
        reaches = [(_plus(o.worth, self.bound[place + 1][left - o.effort]), o) for o in open_]
        return sorted(reaches, key=lambda pair: pair[0], reverse=True)
