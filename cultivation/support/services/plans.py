"""Draft and approve plans of assessed firms."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from cultivation.assessments.models import Assessment
from cultivation.assessments.services import assess_with, facts_of
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.canonical import fingerprint
from cultivation.pools.events import FirmsPlaced
from cultivation.support.flow import plan_flow
from cultivation.support.models import Plan, PlanItem
from cultivation.support.permissions import can_draft_plans
from cultivation.support.services.catalogue import Catalogue, load_catalogue
from cultivation.support.services.planner import Case, Draft, Item, Task, draft_plan
from cultivation.support.services.words import capability_rulebook, tiers_of, words_of


def plan_placed(event: FirmsPlaced) -> None:
    """Plan for the firms just placed, and again for those that lost their place: their draft promises too much."""
    lost = Q(round_id=event.round_id, placement__isnull=True, plan__state="draft") & ~Q(plan__kind="rectification")
    rows = Assessment.objects.standing().filter(Q(placement__in=event.placement_ids) | lost).order_by("pk")
    rows = rows.select_related("round", "enterprise", "result", "placement")
    draft_plans(event.actor, assessments=rows.prefetch_related("answers", "placement__tracks"))


def draft_plans(actor: Actor, *, assessments: Iterable[Assessment]) -> list[Plan]:
    """A plan for each scored firm. Drafting again replaces a draft and leaves what is approved as it is."""
    can_draft_plans.require(actor)
    catalogue = load_catalogue()
    with transaction.atomic():
        drafts = [_draft(actor, assessment, catalogue) for assessment in assessments]
    return [plan for plan in drafts if plan]


def approve_plan(actor: Actor, *, plan: Plan) -> Plan:
    return plan_flow.run(plan, "approve", actor=actor)


def _draft(actor: Actor, assessment: Assessment, catalogue: Catalogue) -> Plan | None:
    case = case_of(assessment)
    standing = Plan.objects.select_for_update().filter(assessment=assessment).first()
    if case is None or (standing and standing.state != "draft"):
        return standing
    draft = draft_plan(case, assess_with=lambda changes: assess_with(assessment, changes), catalogue=catalogue)
    plan, _ = Plan.objects.update_or_create(
        assessment=assessment, defaults={**_fields(draft, case), "catalogue": fingerprint(catalogue.model_dump())}
    )
    plan.items.all().delete()
    PlanItem.objects.bulk_create(_row(plan, place, item) for place, item in enumerate(draft.items, start=1))
    audit.record(actor, "plan.draft", plan, after="draft", detail={"services": [i.service.code for i in draft.items]})
    return plan


def case_of(assessment: Assessment) -> Case | None:
    """None where the round has no capability rulebook: there are no points to plan for."""
    rulebook = capability_rulebook(assessment.round)
    if rulebook is None:
        return None
    placement = getattr(assessment, "placement", None)
    return Case(
        facts=facts_of(assessment),
        found=assessment.result.object,
        starts_on=assessment.round.assessed_on,
        tracks=tuple(track.track for track in placement.tracks.all()) if placement else (),
        tiers=tiers_of(rulebook),
        words=words_of(assessment, rulebook),
    )


def _fields(draft: Draft, case: Case) -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "starts_on": case.starts_on,
        "score_low": float(draft.score_low),
        "score_then": float(draft.score_then),
        "level": draft.level,
        "level_then": draft.level_then,
        "summary": draft.summary,
        "tasks": [_task(task) for task in draft.tasks],
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "kind": task.kind,
        "title": task.title,
        "reason": task.reason,
        "basis": task.basis,
        "indicators": dict(task.indicators),
        "points_open": None if task.points_open is None else float(task.points_open),
        "due": task.due.isoformat(),
    }


def _row(plan: Plan, place: int, item: Item) -> PlanItem:
    return PlanItem(
        plan=plan,
        place=place,
        service=item.service.code,
        title=item.service.zh,
        reason=item.reason,
        gap=item.gap,
        indicators=dict(item.indicators),
        expected_points=float(item.points),
        effort=item.effort,
        duration=item.service.duration.zh,
        owner=item.owner,
        deliverable=item.service.deliverable,
        resource=item.resource,
        starts_on=item.starts_on,
        due=item.due,
    )
