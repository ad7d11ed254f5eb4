"""The rounds that concern a firm: open ones, and those it has begun (E39)."""

from typing import Any

from django.utils import timezone

from cultivation.accounts.models import Enterprise
from cultivation.accounts.services import why_merged
from cultivation.assessments.flow import why_late
from cultivation.assessments.models import Assessment
from cultivation.assessments.permissions import can_submit
from cultivation.assessments.services.filling.catalogue import fields_of
from cultivation.assessments.services.filling.checklist import checklist_of
from cultivation.assessments.services.filling.lock import due_of, open_return
from cultivation.assessments.states import FILLING
from cultivation.core.actors import Actor
from cultivation.programmes.models import Round
from cultivation.programmes.services import time_left, why_not_filling, window_of

from .progress import progress_of, signers_of

Page = dict[str, Any]
OVER = frozenset({"published", "closed"})
NOT_BEGUN: Page = {
    **dict.fromkeys(("state", "state_label", "since", "expected", "result_expected")),
    **dict.fromkeys(("place", "hands", "todo", "next"), ""),
    "is_overdue": False,
    "steps": [],
}


def my_rounds(actor: Actor) -> list[Page]:
    """Newest first; a round that is over without the firm having begun is left out."""
    if actor.enterprise_id is None:
        return []
    own = Assessment.objects.visible_to(actor).in_place().filter(enterprise_id=actor.enterprise_id, is_self_filled=True)
    begun = {one.round_id: one for one in own.select_related("round").prefetch_related("answers")}
    rounds = Round.objects.visible_to(actor).filter(filling_until__isnull=False)
    merged = why_merged(Enterprise.objects.get(pk=actor.enterprise_id))
    pages = [_page(actor, round_, begun.get(round_.pk), merged) for round_ in rounds]
    return [page for page in pages if page["assessment"] or page["window"] != "over"]


def _page(actor: Actor, round_: Round, own: Assessment | None, merged: str) -> Page:
    due = due_of(own) if own else round_.filling_until
    closed = merged or (why_late(own) if own else why_not_filling(round_))
    return {
        **{key: getattr(round_, key) for key in ("id", "name", "kind", "filling_from", "filling_until", "is_trial")},
        "is_demonstration": round_.is_demonstration,
        "now": timezone.now(),
        "closed": closed,
        "window": _window(round_, own, closed),
        "due": due,
        "left": time_left(due) if due else None,
        "is_over": round_.state in OVER,
        "assessment": own.pk if own else None,
        **(_standing(own) if own else NOT_BEGUN),
        "may_sign": own is not None and can_submit.holds(actor, own),
        "signers": signers_of(own) if own and own.state in FILLING else [],
        "open": None,
        "required": None,
        **(_left(own) if own and own.state in FILLING else {}),
    }


def _standing(own: Assessment) -> Page:
    page = progress_of(own)
    return {key: page[key] for key in NOT_BEGUN}


def _left(draft: Assessment) -> Page:
    """How much must still be done, of how much: of the form, or of what was sent back."""
    fields, sent = fields_of(draft.round), open_return(draft)
    blocking = {item.code for item in checklist_of(draft, fields=fields) if item.severity == "blocking"}
    required = len(sent.notes.all()) if sent else sum(field.is_required for field in fields)
    return {"open": len(blocking), "required": required}


def _window(round_: Round, own: Assessment | None, closed: str) -> str:
    """A firm that was sent back has days of its own, whether the round's are over or not."""
    if own and own.state == "returned":
        return "over" if closed else "open"
    return "over" if closed and window_of(round_) == "open" else window_of(round_)
