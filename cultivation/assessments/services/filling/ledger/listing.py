"""A ledger page by page: which rights are asked for, how many of each sort there are, what is told of each (E18)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from cultivation.assessments.models import Assessment, LedgerRight
from cultivation.assessments.states import ANSWER_SOURCES, RIGHT_STANDINGS
from cultivation.core.actors import Actor
from cultivation.core.identifiers import half_width

from .claims import Claim, claims_of, is_claimed, is_office

Page = dict[str, Any]
UNKNOWN = "unknown"
_PATENT = re.compile(r"(?:ZL|CN)?(\d{8}|\d{12})\.?[\dX]?")
_KEPT = (
    "number", "number_ok", "publication", "title", "kind", "filed_on", "granted_on", "legal_state", "status",
    "holder_name", "sheet", "row", "facts", "counting", "source", "confirmed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty is everything."""

    standing: str = ""
    kind: str = ""
    state: str = ""
    text: str = ""
    unconfirmed: bool = False
    claimed: bool = False


def rights_of(actor: Actor, draft: Assessment, wanted: Wanted) -> QuerySet[LedgerRight]:
    rows = draft.rights.select_related("carried_from__round")
    if wanted.standing:
        rows = rows.filter(standing=wanted.standing)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        is_known = wanted.state != UNKNOWN
        rows = rows.filter(facts__state=wanted.state) if is_known else rows.filter(facts__state__isnull=True)
    if wanted.unconfirmed:
        rows = rows.filter(confirmed=False)
    if wanted.claimed:
        rows = rows.exclude(number="").filter(is_claimed(draft)) if is_office(actor) else rows.none()
    return rows.filter(_holding(wanted.text)) if wanted.text else rows


def _holding(text: str) -> Q:
    """A patent number is found however it is written: with ZL, CN or neither, with or without the dot."""
    number = half_width(text)
    match = _PATENT.fullmatch(number)
    sought = Q(number__icontains=match[1] if match else number) | Q(publication__icontains=number)
    return sought | Q(title__icontains=text) | Q(holder_name__icontains=text)


def tally_of(actor: Actor, draft: Assessment) -> Page:
    """How many rights there are of each standing and kind, and how many another firm lists as well."""
    rows = draft.rights.order_by().values_list("standing", "kind").annotate(rights=Count("pk"))
    standings, kinds = dict.fromkeys(RIGHT_STANDINGS, 0), dict[str, int]()
    for standing, kind, rights in rows:
        standings[standing] += rights
        kinds[kind] = kinds.get(kind, 0) + rights
    claimed = draft.rights.exclude(number="").filter(is_claimed(draft)).count() if is_office(actor) else 0
    return {
        **standings,
        "total": sum(standings.values()),
        "kinds": [{"code": kind, "count": kinds[kind]} for kind in sorted(kinds, key=lambda kind: -kinds[kind])],
        "claimed": claimed,
    }


def right_pages(actor: Actor, draft: Assessment, rights: Sequence[LedgerRight]) -> list[Page]:
    claims = claims_of(actor, draft, rights)
    return [_right(right, claims) for right in rights]


def _right(right: LedgerRight, claims: Mapping[int, list[Claim]]) -> Page:
    carried = right.carried_from
    return {
        "id": right.pk,
        **{key: getattr(right, key) for key in (*_KEPT, "standing")},
        "notes": [*right.notes, *right.facts.get("said", [])],
        "source_label": ANSWER_SOURCES[right.source],
        "carried_from": round_words(carried) if carried else "",
        "claimed_by": claims.get(right.pk, []),
    }


def round_words(carried: Assessment) -> str:
    return f"{carried.round.name}（{carried.round.assessed_on.isoformat()}）"
