"""A learned scorecard goes the way of every rulebook: a draft, a second person, a published version."""

from datetime import date

from django.db import transaction

from cultivation.assessments.models import LearnedScorecard
from cultivation.core.actors import Actor
from cultivation.core.errors import WrongState
from cultivation.programmes.models import RulebookDraft
from cultivation.programmes.services import begin_draft_from


def why_not_send(scorecard: LearnedScorecard) -> str:
    """Why it can't become a draft, or nothing."""
    if scorecard.origin == "simulated":
        return "模拟专家组的评分不是真实评审意见，不能用于正式评定。"
    if scorecard.draft is not None and scorecard.draft.state != "discarded":
        return f"已送入规则工坊：{scorecard.draft}。"
    return ""


def send_to_workshop(actor: Actor, *, scorecard: LearnedScorecard, version: str, starts: date) -> RulebookDraft:
    """Begin a draft of the capability scorecard with what was learned; two people decide whether it is ever used."""
    with transaction.atomic():
        locked = (
            LearnedScorecard.objects.select_for_update(of=("self",))
            .select_related("draft", "expert")
            .get(pk=scorecard.pk)
        )
        if reason := why_not_send(locked):
            raise WrongState(reason, code="not_for_the_workshop")
        draft = begin_draft_from(actor, document=locked.document, base=locked.expert, version=version, starts=starts)
        locked.draft = draft
        locked.save(update_fields=["draft"])
    return draft
