"""Place scored firms: one tier, any number of tracks, from the approved values alone (P08, S01)."""

from typing import Any

from django.db import transaction

from cultivation.assessments.events import AssessmentsScored, AssessmentsWithdrawn
from cultivation.assessments.models import Assessment
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.events import emit
from cultivation.pools.events import FirmsPlaced
from cultivation.pools.models import Placement, PlacementTrack


def place_scored(event: AssessmentsScored) -> None:
    rows = Assessment.objects.filter(pk__in=event.assessment_ids).select_related("round", "result").order_by("pk")
    with transaction.atomic():
        placed = [placement for row in rows if (placement := place_firm(event.actor, assessment=row))]
        emit(FirmsPlaced(event.round_id, tuple(p.pk for p in placed), event.actor))


def remove_withdrawn(event: AssessmentsWithdrawn) -> None:
    """A firm that left the round stands in no pool and on no list."""
    for placement in Placement.objects.filter(assessment__in=event.assessment_ids).order_by("pk"):
        _remove(event.actor, placement)


def place_firm(actor: Actor, *, assessment: Assessment) -> Placement | None:
    """The placement that the stored result says. A firm without a level, by a veto, has no place."""
    pools: list[dict[str, Any]] = assessment.result.object["pools"]
    before = Placement.objects.filter(assessment=assessment).first()
    if not pools:
        _remove(actor, before)
        return None
    placement, _ = Placement.objects.update_or_create(
        assessment=assessment,
        defaults={
            "round": assessment.round,
            "enterprise_id": assessment.enterprise_id,
            "tier": pools[0]["tier"],
            "placed_on": assessment.round.assessed_on,
        },
    )
    placement.tracks.all().delete()
    PlacementTrack.objects.bulk_create(
        PlacementTrack(placement=placement, track=pool["track"], standing=pool["status"]) for pool in pools
    )
    if before is None or before.tier != placement.tier:
        audit.record(actor, "placement.place", placement, before=before.tier if before else "", after=placement.tier)
    return placement


def _remove(actor: Actor, placement: Placement | None) -> None:
    if placement:
        audit.record(actor, "placement.remove", placement, before=placement.tier)
        placement.delete()
