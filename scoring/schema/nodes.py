"""Clauses, which have outcomes, and parts, which give points. Each may hold the other, so they live together."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from .basics import FactCode, Id, Kind, Node, Number, Points, SizeClass, Sourced, Text, ValueField
from .limits import Limits, Threshold


class Clause(Sourced):
    """Base of all clauses. ``kinds`` leaves it out (not applicable) for the other kinds of application."""

    kinds: tuple[Kind, ...] = Field(("new", "renewal"), min_length=1)

    def children(self) -> tuple[Clause, ...]:
        return ()

    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for child in self.children() for code in child.facts()))


class AllOf(Clause):
    all_: tuple[AnyClause, ...] = Field(alias="all", min_length=1)

    def children(self) -> tuple[Clause, ...]:
        return self.all_


class AnyOf(Clause):
    any_: tuple[AnyClause, ...] = Field(alias="any", min_length=1)

    def children(self) -> tuple[Clause, ...]:
        return self.any_


class Compare(Clause, Limits):
    """A value against a limit."""

    value: ValueField

    def facts(self) -> tuple[str, ...]:
        return self.value.facts()


class FactClause(Clause):
    """Base of clauses that read one fact directly."""

    @abstractmethod
    def code(self) -> str:
        """The fact."""

    def facts(self) -> tuple[str, ...]:
        return (self.code(),)


class FactIs(FactClause):
    """A yes/no fact or a choice."""

    fact: FactCode
    is_: bool | str | tuple[str, ...] = Field(alias="is")

    def code(self) -> str:
        return self.fact


class Verdict(FactClause):
    """A person's yes or no; empty is ``manual_review``."""

    verdict: FactCode

    def code(self) -> str:
        return self.verdict


class NotBarred(FactClause):
    """A ban that lasts to and including a date; an empty date is no ban."""

    not_barred: FactCode

    def code(self) -> str:
        return self.not_barred


class NotExpired(FactClause):
    """A paper that is still valid on the date of assessment."""

    not_expired: FactCode

    def code(self) -> str:
        return self.not_expired


class AssessedBy(Clause):
    """The date of assessment itself: met up to and including the date."""

    assessed_by: date


class Awaits(Clause):
    """A criterion nobody has published yet: always ``manual_review``, with what is awaited."""

    awaits: Text


class SizeIn(Clause):
    """The firm's size class by the size table in force."""

    size_in: tuple[SizeClass, ...] = Field(min_length=1)

    def facts(self) -> tuple[str, ...]:
        return ("industry_code", "employees", "revenue", "total_assets")


class Case(Node):
    """One row of ``by``: from (included unless ``exclusive``) a bound of the deciding value upward."""

    from_: Number | None = Field(alias="from", default=None)
    exclusive: bool = False
    then: AnyClause


class ByCase(Clause):
    """Which test applies depends on one fact; cases run downward, the last has no ``from``."""

    by: FactCode
    cases: tuple[Case, ...] = Field(min_length=2)

    def children(self) -> tuple[Clause, ...]:
        return tuple(case.then for case in self.cases)

    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.by, *super().facts())))


class ScoreClause(Clause):
    """A score with its lines: the outcome is that of all thresholds."""

    score: tuple[AnyPart, ...] = Field(min_length=1)
    max: Number
    pass_: tuple[Threshold, ...] = Field(alias="pass", min_length=1)

    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for part in self.score for code in part.facts()))


class Part(Sourced):
    """Base of what gives points. ``max`` also caps a group; ``evidence`` and ``hint`` help the firm filling it in."""

    id: Id
    title: Text
    max: Number
    unit: Text | None = None
    evidence: Text | None = None
    hint: Text | None = None

    def children(self) -> tuple[Part, ...]:
        return ()

    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for part in self.children() for code in part.facts()))


class Group(Part):
    """Several parts: their sum (``capped`` when it may exceed ``max``) or the best of them."""

    parts: tuple[AnyPart, ...] = Field(min_length=1)
    combine: Literal["sum", "best"] = "sum"
    capped: bool = False

    def children(self) -> tuple[Part, ...]:
        return self.parts


class Band(Node):
    """From ``from`` to ``to``. A border belongs to the higher-scoring neighbour unless ``exclusive`` keeps it out."""

    from_: Number | None = Field(alias="from", default=None)
    to: Number | None = None
    exclusive: bool = False
    points: Points


class Settled(Part):
    """Base of parts that may say with ``unknown`` which points are given where there is no value to go by.

    That is where a fact is unknown or not applicable, or the value can't be computed. Without ``unknown`` the first is
    an interval of points, the others are 0.
    """

    unknown: Number | None = None


class Bands(Settled):
    """Points by the band a value lies in."""

    value: ValueField
    bands: tuple[Band, ...] = Field(min_length=2)
    mark: FactCode | None = None
    monotone: Literal["up", "down"] | None = None

    def facts(self) -> tuple[str, ...]:
        return self.value.facts() + ((self.mark,) if self.mark else ())


class Choices(Settled):
    """Points by the value of a choice."""

    fact: FactCode
    choices: dict[str, Points]

    def facts(self) -> tuple[str, ...]:
        return (self.fact,)


class Rung(Node):
    when: AnyClause
    points: Points


class Ladder(Settled):
    """The best rung whose clause holds, from the top; 0 when none does."""

    ladder: tuple[Rung, ...] = Field(min_length=1)
    mark: FactCode | None = None

    def facts(self) -> tuple[str, ...]:
        found = [code for rung in self.ladder for code in rung.when.facts()]
        return tuple(dict.fromkeys(found + ([self.mark] if self.mark else [])))


class Items(Part):
    """``each`` points for every item that holds, up to ``max``."""

    items: tuple[AnyClause, ...] = Field(min_length=1)
    each: Number

    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for item in self.items for code in item.facts()))


class Mark(Part):
    """A mark that a person gives, from 0 to ``max``; the interval of both until then."""

    mark: FactCode

    def facts(self) -> tuple[str, ...]:
        return (self.mark,)


KINDS_WANTED = "needs one of the kinds "


def by_key(*keys: str) -> Any:
    """Recognise a kind by the first of ``keys`` that a mapping has; models name themselves."""

    def tag(raw: Any) -> str | None:
        if isinstance(raw, Mapping):
            return next((key for key in keys if key in raw), None)
        fields = {info.alias or name for name, info in getattr(type(raw), "model_fields", {}).items()}
        return next((key for key in keys if key in fields), None)

    return Discriminator(tag, custom_error_type="kind", custom_error_message=f"{KINDS_WANTED}{', '.join(keys)}")


AnyClause = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[ScoreClause, Tag("score")]
    | Annotated[ByCase, Tag("by")]
    | Annotated[Compare, Tag("value")]
    | Annotated[FactIs, Tag("fact")]
    | Annotated[Verdict, Tag("verdict")]
    | Annotated[NotBarred, Tag("not_barred")]
    | Annotated[NotExpired, Tag("not_expired")]
    | Annotated[AssessedBy, Tag("assessed_by")]
    | Annotated[SizeIn, Tag("size_in")]
    | Annotated[Awaits, Tag("awaits")],
    by_key(
        "all",
        "any",
        "score",
        "by",
        "value",
        "fact",
        "verdict",
        "not_barred",
        "not_expired",
        "assessed_by",
        "size_in",
        "awaits",
    ),
]
AnyPart = Annotated[
    Annotated[Group, Tag("parts")]
    | Annotated[Bands, Tag("bands")]
    | Annotated[Choices, Tag("choices")]
    | Annotated[Ladder, Tag("ladder")]
    | Annotated[Items, Tag("items")]
    | Annotated[Mark, Tag("mark")],
    by_key("parts", "bands", "choices", "ladder", "items", "mark"),
]


def walk_clause(clause: Clause) -> Iterator[Clause | Part | Threshold]:
    """A clause and all below it; a score's thresholds and parts included."""
    yield clause
    for child in clause.children():
        yield from walk_clause(child)
    if isinstance(clause, ScoreClause):
        yield from clause.pass_
        for part in clause.score:
            yield from walk_part(part)


def walk_part(part: Part) -> Iterator[Part]:
    yield part
    for child in part.children():
        yield from walk_part(child)


for _model in (AllOf, AnyOf, Compare, Case, ByCase, ScoreClause, Group, Bands, Rung, Ladder, Items):
    _model.model_rebuild()
