"""What a move of a plan does."""

from django.utils import timezone

from cultivation.core.actors import Actor
from cultivation.support.models import Plan


def note_approval(plan: Plan, *, actor: Actor) -> None:
    plan.approved_by, plan.approved_at = actor.name, timezone.now()
