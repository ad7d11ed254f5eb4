"""The rounds that concern a firm: open ones, and those it has begun (E39)."""

from typing import Any

from django.utils import timezone

from cultivation.accounts.models import Enterprise
from cultivation.accounts.services import why_merged
from cultivation.assessments.models import Assessment
from cultivation.assessments.services.filling.catalogue import fields_of
from cultivation.assessments.services.filling.checklist import checklist_of
from cultivation.assessments.states import FILLING
from cultivation.core.actors import Actor
from cultivation.programmes.models import Round
from cultivation.programmes.services import why_not_filling

from .progress import progress_of

Page = dict[str, Any]
NOT_BEGUN: Page = {"state": None, "state_label": None, "hands": "", "since": None, "next": "", "steps": []}


def my_rounds(actor: Actor) -> list[Page]:
    """Newest first; what has not begun in a round that is over is left out."""
    if actor.enterprise_id is None:
        return []
    own = Assessment.objects.visible_to(actor).in_place().filter(enterprise_id=actor.enterprise_id, is_self_filled=True)
    begun = {one.round_id: one for one in own.select_related("round").prefetch_related("answers")}
    rounds = Round.objects.visible_to(actor).filter(filling_until__isnull=False)
    merged = why_merged(Enterprise.objects.get(pk=actor.enterprise_id))
    pages = [_page(round_, begun.get(round_.pk), merged) for round_ in rounds]
    return [page for page in pages if page["assessment"] or not page["closed"]]


def _page(round_: Round, own: Assessment | None, merged: str) -> Page:
    return {
        **{key: getattr(round_, key) for key in ("id", "name", "kind", "filling_from", "filling_until", "is_trial")},
        "is_demonstration": round_.is_demonstration,
        "now": timezone.now(),
        "closed": merged or why_not_filling(round_),
        "assessment": own.pk if own else None,
        **(_standing(own) if own else NOT_BEGUN),
        "open": None,
        "required": None,
        **(_left(own) if own and own.state in FILLING else {}),
    }


def _standing(own: Assessment) -> Page:
    page = progress_of(own)
    return {key: page[key] for key in NOT_BEGUN}


def _left(draft: Assessment) -> Page:
    """How much of the form must still be done, of how much."""
    fields = fields_of(draft.round)
    blocking = {item.code for item in checklist_of(draft, fields=fields) if item.severity == "blocking"}
    return {"open": len(blocking), "required": sum(field.is_required for field in fields)}
