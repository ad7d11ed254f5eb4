"""The same right in two firms' ledgers of one round: told to the offices of both, never to a firm (C10)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from cultivation.accounts.states import BUREAU_ROLES
from cultivation.assessments.models import Assessment, LedgerRight
from cultivation.core.actors import Actor
from cultivation.core.regions import load_regions

SAME_KIND = Q(kind=OuterRef("kind")) | Q(number__startswith="ZL")
"""A patent's number tells its kind; numbers of registers are told apart by the kind."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Another firm that lists the right. An office that may not see it is told the region whose office can."""

    region: str
    firm: str = ""
    assessment: int | None = None


Claims = dict[int, list[Claim]]


def is_office(actor: Actor) -> bool:
    return actor.is_system or actor.role in BUREAU_ROLES


def others_of(draft: Assessment) -> QuerySet[LedgerRight]:
    """Rights of the other firms that take part in the round."""
    others = Assessment.objects.standing().filter(round_id=draft.round_id).exclude(pk=draft.pk)
    return LedgerRight.objects.filter(assessment__in=others).exclude(number="").exclude(status="duplicate").order_by()


def is_claimed(draft: Assessment) -> Exists:
    return Exists(others_of(draft).filter(SAME_KIND, number=OuterRef("number")))


def claims_of(actor: Actor, draft: Assessment, rights: Sequence[LedgerRight]) -> Claims:
    """By right, the other firms of the round that list it as well; nobody's points change by it (P08)."""
    if not is_office(actor):
        return {}
    rows = others_of(draft).filter(number__in={right.number for right in rights if right.number})
    rows = rows.select_related("assessment__enterprise").defer("counting", "facts", "notes").order_by("pk")
    by_number: dict[str, list[LedgerRight]] = {}
    for row in rows:
        by_number.setdefault(row.number, []).append(row)
    seen = Assessment.objects.visible_to(actor).filter(pk__in={row.assessment_id for row in rows})
    visible = set(seen.values_list("pk", flat=True))
    return {
        right.pk: _once([
            _claim(row, visible)
            for row in by_number.get(right.number, ())
            if row.kind == right.kind or row.number.startswith("ZL")
        ])
        for right in rights
    }  # fmt: skip


def _claim(row: LedgerRight, visible: set[int]) -> Claim:
    firm = row.assessment.enterprise
    regions = load_regions()
    division = regions.division_of(firm.region)
    region = (regions.name_of(division) if division else None) or ""
    return Claim(region, firm.name, row.assessment_id) if row.assessment_id in visible else Claim(region)


def _once(claims: list[Claim]) -> list[Claim]:
    return list(dict.fromkeys(claims))
