"""What a rulebook may say: a closed vocabulary, checked by pydantic, with nothing that is executed.

Three small languages, each a closed set of kinds recognised by the key that names them:

* **values** turn facts into one number (``ratio``, ``growth``, ``sum`` …);
* **clauses** turn values and facts into an outcome (``all``, ``any``, ``value``, ``fact`` …);
* **parts** of a scorecard turn them into points (``bands``, ``choices``, ``ladder``, ``items``, ``mark``) or gather other parts (``parts``).

``rulebooks/README.md`` lists every kind with an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag, model_validator

SourceStatus = Literal["official", "secondary", "calibrated"]
Kind = Literal["new", "renewal"]
SizeClass = Literal["large", "medium", "small", "micro"]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
FactCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]

VALUE_ARITY: dict[str, tuple[int, int]] = {
    "fact": (0, 0),
    "ratio": (2, 2),
    "growth": (2, 2),
    "mean_growth": (3, 3),
    "hnte_growth": (3, 3),
    "compound_growth": (2, 2),
    "sum": (2, 9),
    "mean": (2, 9),
    "difference": (2, 2),
    "first_known": (2, 9),
    "years_since": (1, 1),
}
_PERCENT = re.compile(r"^-?\d+(\.\d+)?%$")


def read_number(raw: object) -> Decimal:
    """A number as written: ``0.05``, ``100`` or ``5%``; never through binary arithmetic."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str, Decimal)):
        raise ValueError(f"not a number: {raw!r}")
    text = raw.strip() if isinstance(raw, str) else repr(raw) if isinstance(raw, float) else str(raw)
    scale = Decimal(100) if _PERCENT.match(text) else Decimal(1)
    try:
        number = Decimal(text.rstrip("%")) / scale
    except ArithmeticError as problem:
        raise ValueError(f"not a number: {raw!r}") from problem
    if not number.is_finite() or (text.endswith("%") and scale == 1):
        raise ValueError(f"not a number: {raw!r}")
    return number


def read_points(raw: object) -> object:
    """Points are one number, or a range ``[7, 8]`` within which a person gives the mark."""
    if isinstance(raw, (list, tuple)):
        return tuple(read_number(part) for part in raw)
    return (read_number(raw), read_number(raw))


def read_value(raw: object) -> object:
    """``revenue`` is a fact; ``{ratio: [rd_expense, revenue]}`` is a kind with its arguments."""
    if isinstance(raw, str):
        return {"op": "fact", "code": raw}
    if isinstance(raw, Mapping) and "op" not in raw:
        if len(raw) != 1:
            raise ValueError("a value is a fact code or one kind with its arguments")
        op, args = next(iter(raw.items()))
        if op not in VALUE_ARITY or op == "fact":
            raise ValueError(f"unknown kind of value {op!r}; known: {', '.join(sorted(VALUE_ARITY))}")
        return {"op": op, "args": [args] if isinstance(args, str) else args}
    return raw


Number = Annotated[Decimal, BeforeValidator(read_number)]
Points = Annotated[tuple[Decimal, Decimal], BeforeValidator(read_points)]


class Node(BaseModel):
    """Base of everything in a rulebook: immutable, and strict about unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Text(Node):
    zh: str
    en: str


class Value(Node):
    """One number made of facts. ``args`` nest, so a ratio of two sums is a value too."""

    op: str
    args: tuple[ValueField, ...] = ()
    code: FactCode | None = None

    @model_validator(mode="after")
    def _has_its_arguments(self) -> Self:
        least, most = VALUE_ARITY[self.op]
        if not least <= len(self.args) <= most:
            raise ValueError(f"{self.op} takes {least} to {most} arguments, not {len(self.args)}")
        return self

    @property
    def key(self) -> str:
        """The value written out, unique per meaning: used for caching and for readable traces."""
        return self.code or f"{self.op}({', '.join(arg.key for arg in self.args)})"

    def facts(self) -> tuple[str, ...]:
        """Codes of the facts it reads, in order, each once."""
        found = [self.code] if self.code else [code for arg in self.args for code in arg.facts()]
        return tuple(dict.fromkeys(found))


ValueField = Annotated[Value, BeforeValidator(read_value)]


class Sourced(Node):
    """What a reader must be able to look up: title, clause of the document, status of the number."""

    id: Id | None = None
    title: Text | None = None
    source: str | None = None
    status: SourceStatus | None = None
    note: Text | None = None


class Clause(Sourced):
    """Base of all clauses. ``kinds`` leaves it out (not applicable) for the other kinds of application."""

    kinds: tuple[Kind, ...] = ("new", "renewal")

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


class Limits(Node):
    """Exactly one comparison, or ``between`` with both ends included."""

    at_least: Number | None = None
    more_than: Number | None = None
    at_most: Number | None = None
    less_than: Number | None = None
    between: tuple[Number, Number] | None = None

    @model_validator(mode="after")
    def _compares_once(self) -> Self:
        given = [name for name in Limits.model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("exactly one of at_least, more_than, at_most, less_than, between")
        return self


class Compare(Clause, Limits):
    """A value against a limit."""

    value: ValueField

    def facts(self) -> tuple[str, ...]:
        return self.value.facts()


class FactClause(Clause):
    """Base of clauses that read one fact directly."""

    def code(self) -> str:
        raise NotImplementedError

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


class Threshold(Sourced, Limits):
    """A line the score, or the sum of the named parts, must reach."""

    of: tuple[Id, ...] = ()


class ScoreClause(Clause):
    """A score with its lines: the outcome is that of all thresholds."""

    score: tuple[AnyPart, ...] = Field(min_length=1)
    max: Number
    pass_: tuple[Threshold, ...] = Field(alias="pass", min_length=1)

    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for part in self.score for code in part.facts()))


class Part(Sourced):
    """Base of what gives points. ``max`` is also the cap of a group; ``evidence`` and ``hint`` help the firm that fills it in."""

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


class Bands(Part):
    """Points by the band a value lies in; a value that can't be computed gets 0."""

    value: ValueField
    bands: tuple[Band, ...] = Field(min_length=2)
    mark: FactCode | None = None
    monotone: Literal["up", "down"] | None = None

    def facts(self) -> tuple[str, ...]:
        return self.value.facts() + ((self.mark,) if self.mark else ())


class Choices(Part):
    """Points by the value of a choice."""

    fact: FactCode
    choices: dict[str, Points]

    def facts(self) -> tuple[str, ...]:
        return (self.fact,)


class Rung(Node):
    when: AnyClause
    points: Points


class Ladder(Part):
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


def _by_key(*keys: str) -> Any:
    """Recognise a kind by the first of ``keys`` that a mapping has; models name themselves."""

    def tag(raw: Any) -> str | None:
        if isinstance(raw, Mapping):
            return next((key for key in keys if key in raw), None)
        fields = {info.alias or name for name, info in type(raw).model_fields.items()}
        return next((key for key in keys if key in fields), None)

    wanted = ", ".join(keys)
    return Discriminator(tag, custom_error_type="kind", custom_error_message=f"needs one of the kinds {wanted}")


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
    _by_key(
        "all", "any", "score", "by", "value", "fact", "verdict", "not_barred", "not_expired", "assessed_by", "size_in", "awaits"
    ),
]
AnyPart = Annotated[
    Annotated[Group, Tag("parts")]
    | Annotated[Bands, Tag("bands")]
    | Annotated[Choices, Tag("choices")]
    | Annotated[Ladder, Tag("ladder")]
    | Annotated[Items, Tag("items")]
    | Annotated[Mark, Tag("mark")],
    _by_key("parts", "bands", "choices", "ladder", "items", "mark"),
]


class Scorecard(Node):
    """The dimensions (and bonus) of a scorecard that places firms in tiers."""

    max: Number
    parts: tuple[Group, ...] = Field(min_length=1)


class Tier(Sourced):
    """A level: its threshold on the score, and its gates, all of which must be met. The lowest has no threshold."""

    id: Id
    title: Text
    at_least: Number | None = None
    gates: tuple[AnyClause, ...] = ()


class SizeRow(Sourced):
    """One industry of the size table: lower bounds of large, medium and small for each fact."""

    id: Id
    title: Text
    industries: tuple[str, ...] = Field(min_length=1)
    facts: tuple[Literal["employees", "revenue", "total_assets"], ...] = Field(min_length=1)
    large: tuple[Number, ...]
    medium: tuple[Number, ...]
    small: tuple[Number, ...]

    @model_validator(mode="after")
    def _bounds_every_fact(self) -> Self:
        if {len(self.large), len(self.medium), len(self.small)} != {len(self.facts)}:
            raise ValueError("large, medium and small need one bound for each fact")
        return self


class Validity(Node):
    """How long a title lasts."""

    years: int = Field(ge=1)
    source: str
    status: SourceStatus


class Period(Node):
    """When a rulebook is in force, for which kinds and regions (code prefixes; none means everywhere)."""

    kinds: tuple[Kind, ...] = ("new", "renewal")
    regions: tuple[str, ...] = ()
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
    note: Text | None = None
    validity: Validity | None = None
    scope: AnyClause | None = None
    criteria: AnyClause | None = None
    scorecard: Scorecard | None = None
    tiers: tuple[Tier, ...] = ()
    vetoes: tuple[AnyClause, ...] = ()
    sizes: tuple[SizeRow, ...] = ()

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        given = [bool(self.criteria), bool(self.scorecard), bool(self.sizes)]
        if sum(given) != 1:
            raise ValueError("a rulebook has criteria, a scorecard or sizes, exactly one of them")
        return self

    def walk(self) -> Iterator[Clause | Part | Threshold | Tier | SizeRow]:
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


for _model in (Value, AllOf, AnyOf, Compare, Case, ByCase, ScoreClause, Group, Bands, Rung, Ladder, Items, Scorecard, Tier):
    _model.model_rebuild()
RulebookDocument.model_rebuild()
