"""Which IP rights a count takes: conditions on one row of a ledger, again a closed set of kinds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, Tag, model_validator

from ..errors import ReasonError
from .basics import FactCode, Id, Node, Number, Sourced, SourceStatus, Text
from .nodes import by_key

RightKind = Literal[
    "invention",
    "utility_model",
    "design",
    "software",
    "trademark",
    "ic_layout",
    "plant_variety",
    "national_crop_variety",
    "national_new_drug",
    "tcm_protection",
]
State = Literal["valid", "pending", "lapsed", "refused"]
Obtained = Literal["original", "transferred", "gifted", "merged"]
Flag = Literal["related", "in_use", "emerging", "used_in_hnte", "overseas_revenue"]
Award = Literal["china_patent", "national_science"]
Place = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Years = Annotated[int, Field(ge=1, le=200)]


class Condition(Sourced):
    """Base of all conditions. ``for`` keeps one to some kinds of right; of the others it asks nothing."""

    for_: tuple[RightKind, ...] = Field(alias="for", default=())

    def children(self) -> tuple[Condition, ...]:
        return ()


class EveryOf(Condition):
    all_: tuple[AnyCondition, ...] = Field(alias="all", min_length=1)

    def children(self) -> tuple[Condition, ...]:
        return self.all_


class OneOf(Condition):
    """Any of several cases; the title names them in the sentence that says that none applies."""

    title: Text
    any_: tuple[AnyCondition, ...] = Field(alias="any", min_length=1)

    def children(self) -> tuple[Condition, ...]:
        return self.any_


class Term(Node):
    """How long a kind of right lasts from filing, by which law; ``filed_from`` where only later filings have it."""

    kinds: tuple[RightKind, ...] = Field(min_length=1)
    years: Years
    filed_from: date | None = None
    source: str
    status: SourceStatus


class InForce(Condition):
    """Granted and alive on the date: by its legal state, and by its term. The first fitting term decides."""

    in_force: tuple[Term, ...]


class Elapsed(Node):
    """Years that must have passed; the anniversary itself is enough for ``at_least``, not for ``more_than``."""

    at_least: Years | None = None
    more_than: Years | None = None

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if (self.at_least is None) == (self.more_than is None):
            raise ReasonError("at_least、more_than只能写一个", "exactly one of at_least, more_than")
        return self

    @property
    def years(self) -> int:
        return self.at_least or self.more_than or 0


class SinceTransfer(Condition):
    """Years since the firm took the right over; what it obtained originally waits for nothing."""

    since_transfer: Elapsed


class SinceGrant(Condition):
    since_grant: Elapsed


class SinceFiling(Condition):
    since_filing: Elapsed


class FiledWithin(Condition):
    """Filed in the last so many years up to the date."""

    filed_within: Years


class GrantedWithin(Condition):
    """Granted in the last so many years up to the date, alive or not."""

    granted_within: Years


class ObtainedBy(Condition):
    """The ways of obtaining that count."""

    obtained: tuple[Obtained, ...] = Field(min_length=1)


class NotObtainedBy(Condition):
    """Ways of obtaining that are left out where the ledger names them; an unstated way passes."""

    not_obtained: tuple[Obtained, ...] = Field(min_length=1)


class HolderRank(Condition):
    holder_rank_at_most: Annotated[int, Field(ge=1)]


class Flagged(Condition):
    """A yes or no of the ledger."""

    flag: Flag
    is_: bool = Field(alias="is")


class FamilyGranted(Condition):
    """A family member granted in one of some places, or anywhere outside some."""

    family_granted: Places


class Places(Node):
    in_: tuple[Place, ...] = Field(alias="in", default=())
    outside: tuple[Place, ...] = ()

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if bool(self.in_) == bool(self.outside):
            raise ReasonError("in、outside只能写一个", "exactly one of in, outside")
        return self


class Pledged(Condition):
    """A pledge amount in 万元; ``awaits`` in place of a figure nobody has published."""

    pledged: PledgeLine


class PledgeLine(Node):
    at_least: Number | None = None
    awaits: Text | None = None

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if (self.at_least is None) == (self.awaits is None):
            raise ReasonError("at_least、awaits只能写一个", "exactly one of at_least, awaits")
        return self


class Awarded(Condition):
    awarded: tuple[Award, ...] = Field(min_length=1)


class Unlisted(Node):
    """What a ledger may leave out.

    Until it lists a right of these kinds, or in these states, its count has no upper end; the declared number of
    ``closed_by`` closes it.
    """

    kinds: tuple[RightKind, ...] = ()
    states: tuple[State, ...] = ()
    closed_by: FactCode | None = None

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if bool(self.kinds) == bool(self.states):
            raise ReasonError("kinds、states只能写一个", "exactly one of kinds, states")
        return self


class RightRule(Sourced):
    """One count: which kinds of right, under which conditions, for which indicator.

    ``within`` names an earlier rule of the document that this one narrows: its kinds and conditions hold as well.
    """

    id: Id
    title: Text
    counts: FactCode
    kinds: tuple[RightKind, ...] = ()
    within: Id | None = None
    where: tuple[AnyCondition, ...] = Field(min_length=1)
    unlisted: Unlisted | None = None

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if bool(self.kinds) == bool(self.within):
            raise ReasonError("kinds、within只能写一个", "exactly one of kinds, within")
        return self


AnyCondition = Annotated[
    Annotated[EveryOf, Tag("all")]
    | Annotated[OneOf, Tag("any")]
    | Annotated[InForce, Tag("in_force")]
    | Annotated[SinceTransfer, Tag("since_transfer")]
    | Annotated[SinceGrant, Tag("since_grant")]
    | Annotated[SinceFiling, Tag("since_filing")]
    | Annotated[FiledWithin, Tag("filed_within")]
    | Annotated[GrantedWithin, Tag("granted_within")]
    | Annotated[ObtainedBy, Tag("obtained")]
    | Annotated[NotObtainedBy, Tag("not_obtained")]
    | Annotated[HolderRank, Tag("holder_rank_at_most")]
    | Annotated[Flagged, Tag("flag")]
    | Annotated[FamilyGranted, Tag("family_granted")]
    | Annotated[Pledged, Tag("pledged")]
    | Annotated[Awarded, Tag("awarded")],
    by_key(
        "all",
        "any",
        "in_force",
        "since_transfer",
        "since_grant",
        "since_filing",
        "filed_within",
        "granted_within",
        "obtained",
        "not_obtained",
        "holder_rank_at_most",
        "flag",
        "family_granted",
        "pledged",
        "awarded",
    ),
]


def walk_condition(condition: Condition) -> Iterator[Condition]:
    """A condition and all below it."""
    yield condition
    for child in condition.children():
        yield from walk_condition(child)


def walk_rule(rule: RightRule) -> Iterator[RightRule | Condition]:
    """A rule and its own conditions, depth first."""
    yield rule
    for condition in rule.where:
        yield from walk_condition(condition)


for _model in (EveryOf, OneOf, FamilyGranted, Pledged, RightRule):
    _model.model_rebuild()
