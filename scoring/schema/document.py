"""The whole document: head, periods, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from ..errors import ReasonError
from .basics import Id, Kind, Node, Number, Sourced, SourceStatus, Text
from .effort import Effort
from .limits import Threshold
from .nodes import AnyClause, Clause, Group, Part, walk_clause, walk_part
from .numbers import numbers_of
from .rights import Condition, RightRule, walk_rule

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*/[A-Za-z0-9][A-Za-z0-9_.-]*$")]


class Scorecard(Node):
    """The dimensions (and bonus) of a scorecard that places firms in tiers; ``base`` is what everybody begins with."""

    max: Number
    base: Number = Decimal(0)
    parts: tuple[Group, ...] = Field(min_length=1)

    def numbers(self) -> Iterator[Decimal]:
        """Every number of points that may stand in a sum."""
        yield self.base
        for part in self.parts:
            for node in walk_part(part):
                yield from numbers_of(node)


class Tier(Sourced):
    """A level: its threshold on the score, and its gates, all of which must be met. The lowest has no threshold.

    ``of`` names dimensions: then the threshold is on their sum and not on the score.
    """

    id: Id
    title: Text
    at_least: Number | None = None
    of: tuple[Id, ...] = ()
    gates: tuple[AnyClause, ...] = ()


class SizeRow(Sourced):
    """One industry of the size table: lower bounds of large, medium and small for each fact."""

    id: Id
    title: Text
    industries: tuple[Annotated[str, StringConstraints(pattern=r"^\d{2,4}$")], ...] = Field(min_length=1)
    facts: tuple[Literal["employees", "revenue", "total_assets"], ...] = Field(min_length=1)
    large: tuple[Number, ...]
    medium: tuple[Number, ...]
    small: tuple[Number, ...]

    @model_validator(mode="after")
    def _bounds_every_fact(self) -> Self:
        if {len(self.large), len(self.medium), len(self.small)} != {len(self.facts)}:
            raise ReasonError(
                "大型、中型、小型都要对每个指标写一个下限", "large, medium and small need one bound for each fact"
            )
        return self


class Validity(Node):
    """How long a title lasts."""

    years: int = Field(ge=1)
    source: str
    status: SourceStatus


class Period(Node):
    """When a rulebook is in force, for which kinds and regions (code prefixes; none means everywhere)."""

    kinds: tuple[Kind, ...] = Field(("new", "renewal"), min_length=1)
    regions: tuple[Annotated[str, StringConstraints(pattern=r"^\d{2,6}$")], ...] = ()
    from_: date | None = Field(alias="from", default=None)
    to: date | None = None
    status: SourceStatus | None = None
    reason: Text | None = None


class RulebookDocument(Node):
    """One immutable, dated document with every number of one scheme."""

    id: Id
    version: str
    title: Text
    issuer: str
    document: str
    source: str
    status: SourceStatus
    applies: tuple[Period, ...] = Field(min_length=1)
    supersedes: tuple[Key, ...] = ()
    note: Text | None = None
    validity: Validity | None = None
    scope: AnyClause | None = None
    criteria: AnyClause | None = None
    scorecard: Scorecard | None = None
    tiers: tuple[Tier, ...] = ()
    vetoes: tuple[AnyClause, ...] = ()
    sizes: tuple[SizeRow, ...] = ()
    rights: tuple[RightRule, ...] = ()
    effort: Effort | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        given = [bool(self.criteria), bool(self.scorecard), bool(self.sizes), bool(self.rights)]
        if sum(given) != 1:
            raise ReasonError(
                "规则书只能有criteria、scorecard、sizes、rights四者之一",
                "a rulebook has criteria, a scorecard, sizes or rights, exactly one of them",
            )
        return self

    @model_validator(mode="after")
    def _measures_tiers_by_its_parts(self) -> Self:
        known = {part.id for part in self.scorecard.parts} if self.scorecard else set()
        unknown = sorted({name for tier in self.tiers for name in tier.of} - known)
        if unknown:
            raise ReasonError(
                f"等级分数线计入的{'、'.join(unknown)}不是本表的维度",
                f"no dimension {', '.join(unknown)} for a tier's threshold",
            )
        return self

    @model_validator(mode="after")
    def _narrows_earlier_rules(self) -> Self:
        known: set[str] = set()
        for rule in self.rights:
            if rule.within and rule.within not in known:
                raise ReasonError(
                    f"{rule.id}在{rule.within}之内，但前面没有这一条",
                    f"{rule.id} is within {rule.within}, which is no earlier rule",
                )
            known.add(rule.id)
        return self

    def walk(self) -> Iterator[Clause | Part | Threshold | Tier | SizeRow | RightRule | Condition]:
        """Every named node, depth first."""
        for clause in (self.scope, self.criteria, *self.vetoes):
            if clause is not None:
                yield from walk_clause(clause)
        for part in self.scorecard.parts if self.scorecard else ():
            yield from walk_part(part)
        for tier in self.tiers:
            yield tier
            for gate in tier.gates:
                yield from walk_clause(gate)
        yield from self.sizes
        for rule in self.rights:
            yield from walk_rule(rule)
