"""What the moves of an assessment do."""

from datetime import datetime

from django.utils import timezone

from cultivation.assessments.models import Advice, Assessment
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput

SHORTEST_REASON, LONGEST_REASON = 4, 2_000


def hand_in(assessment: Assessment, *, actor: Actor, number: int, sha256: str, at: datetime) -> None:
    assessment.submitted_at, assessment.opened_at = at, None


def hand_back(assessment: Assessment, *, actor: Actor) -> None:
    assessment.submitted_at = assessment.opened_at = None


def note_opened(assessment: Assessment, *, actor: Actor) -> None:
    """From here on the firm can't take it back."""
    assessment.opened_at = assessment.opened_at or timezone.now()


def send_back(assessment: Assessment, *, actor: Actor, number: int, until: datetime, notes: int) -> None:
    """The return itself is written beside it; number, end and how many notes are for the trail."""
    assessment.opened_at = None


def take_up(assessment: Assessment, *, actor: Actor, number: int) -> None:
    """What was handed in under that number is judged after all."""
    assessment.submitted_at = assessment.submissions.get(number=number).at
    assessment.opened_at = timezone.now()


def clear_draft(assessment: Assessment, *, actor: Actor, **counts: int) -> None:
    """All that was written in it, and who wrote it; `counts` are for the trail. The ledger stays."""
    for rows in (assessment.answers, assessment.edits, assessment.scenarios, assessment.evidence_uses):
        rows.all().delete()


def approve_declared(assessment: Assessment, *, actor: Actor) -> None:
    """In a round without a city check what was handed in counts as approved."""
    answers = list(assessment.answers.all())
    for answer in answers:
        answer.approved = answer.declared
    assessment.answers.model.objects.bulk_update(answers, ["approved"])
    assessment.opened_at = assessment.opened_at or timezone.now()


def take_advice(advice: Advice, *, actor: Actor) -> None:
    advice.handler_id, advice.handler = actor.user_id, actor.name


def give_back_advice(advice: Advice, *, actor: Actor) -> None:
    advice.handler_id, advice.handler = None, ""


def keep_tier(advice: Advice, *, actor: Actor, reason: str = "") -> None:
    _settle(advice, actor, "keep", reason)


def ask_review(advice: Advice, *, actor: Actor, reason: str = "") -> None:
    _settle(advice, actor, "review", reason)


def _settle(advice: Advice, actor: Actor, outcome: str, reason: str) -> None:
    """A person's word with a reason; the tier itself is changed by nothing but facts and rulebooks."""
    found = reason.strip()
    if not SHORTEST_REASON <= len(found) <= LONGEST_REASON:
        wanted = f"请写 {SHORTEST_REASON} 至 {LONGEST_REASON} 个字。"
        raise BadInput(f"请写明理由。{wanted}", code="reason_missing", fields={"/reason": wanted})
    advice.outcome, advice.reason = outcome, found
    advice.settled_by, advice.settled_at = actor.name, timezone.now()
