"""A tier's gates taken apart into conditions that facts decide one by one, and put together again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..kinds import Outcome
from ..schema import AllOf, AnyOf, Clause, Kind

Decide = Callable[[Clause], Outcome]


@dataclass(frozen=True)
class Gates:
    """``all`` or ``any`` of other gates or of conditions, told by their place in the list of conditions."""

    link: Literal["all", "any"]
    parts: tuple[Gates | int, ...]

    def hold(self, bits: int) -> bool:
        """Whether they hold when the conditions of these bits do."""
        found = (bool(bits >> part & 1) if isinstance(part, int) else part.hold(bits) for part in self.parts)
        return all(found) if self.link == "all" else any(found)


def take_apart(gates: Sequence[Clause], decide: Decide, kind: Kind) -> tuple[Gates, list[Clause]]:
    """Gates and their conditions, without those that are not applicable to the firm: moves don't change that."""
    conditions: list[Clause] = []
    return Gates("all", _parts(gates, decide, kind, conditions)), conditions


def _parts(clauses: Sequence[Clause], decide: Decide, kind: Kind, conditions: list[Clause]) -> tuple[Gates | int, ...]:
    found: list[Gates | int] = []
    for clause in clauses:
        if kind not in clause.kinds:
            continue
        if isinstance(clause, (AllOf, AnyOf)):
            parts = _parts(clause.children(), decide, kind, conditions)
            found += [Gates("all" if isinstance(clause, AllOf) else "any", parts)] if parts else []
        elif decide(clause) != Outcome.NOT_APPLICABLE:
            conditions.append(clause)
            found.append(len(conditions) - 1)
    return tuple(found)
