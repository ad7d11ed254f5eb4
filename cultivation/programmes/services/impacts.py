"""A draft tried on a past round: asked for here, worked out by the app that has the firms (P03)."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import Conflict, WrongState
from cultivation.core.events import emit
from cultivation.programmes.events import ImpactRequested
from cultivation.programmes.models import PinnedRulebook, Round, RulebookDraft, RulebookImpact
from cultivation.programmes.permissions import can_use_workshop
from cultivation.programmes.services.rulebooks import SIZES


def trial_rounds(actor: Actor, *, draft: RulebookDraft) -> QuerySet[Round]:
    """Past rounds that a draft can be tried on: firms are scored, and a version of the same scheme was pinned."""
    found: QuerySet[Round] = Round.objects.visible_to(actor)
    if draft.programme == SIZES:
        return found.none()
    return found.filter(scored__gt=0, pinned__programme=draft.programme, pinned__rulebook__isnull=False).distinct()


def request_impact(actor: Actor, *, draft: RulebookDraft, round_: Round) -> RulebookImpact:
    """Try the draft as it stands now on the frozen facts of a round, against the version pinned there."""
    from scoring import RulebookError, parse_rulebook

    can_use_workshop.require(actor)
    pin = PinnedRulebook.objects.filter(round=round_, programme=draft.programme).select_related("rulebook").first()
    if draft.programme == SIZES or pin is None or pin.rulebook is None or not round_.scored:
        raise Conflict("这个批次没有可以对照的评分结果。", code="nothing_to_compare")
    try:
        parse_rulebook(draft.document)
    except RulebookError as error:
        raise WrongState(f"这一稿还不能评分：{error.zh}。", code="unreadable_draft") from error
    with transaction.atomic():
        impact = RulebookImpact.objects.create(
            draft=draft,
            round=round_,
            old=pin.rulebook,
            document=draft.document,
            fingerprint=draft.fingerprint,
            asked_by_id=actor.user_id,
        )
        audit.record(actor, "rulebookdraft.impact", draft, detail={"round": round_.pk, "document": draft.fingerprint})
        emit(ImpactRequested(impact.pk, actor))
    impact.refresh_from_db()
    return impact


def store_impact(impact: RulebookImpact, summary: dict[str, Any]) -> None:
    """The app with the firms tells what it found."""
    impact.summary, impact.done_at = summary, timezone.now()
    impact.save(update_fields=["summary", "done_at"])


def is_fresh(impact: RulebookImpact) -> bool:
    """Whether it speaks of the draft as it stands now."""
    return bool(impact.fingerprint == impact.draft.fingerprint)
