"""The rounds that concern a firm: open ones, and those it has begun (E39)."""

from typing import Any

from cultivation.assessments.models import Assessment
from cultivation.assessments.services.filling.checklist import checklist_of
from cultivation.core.actors import Actor
from cultivation.programmes.models import Round
from cultivation.programmes.services import why_not_filling

from .progress import progress_of

Page = dict[str, Any]


def my_rounds(actor: Actor) -> list[Page]:
    """Newest first; what has not begun in a round that is over is left out."""
    if actor.enterprise_id is None:
        return []
    own = Assessment.objects.visible_to(actor).filter(enterprise_id=actor.enterprise_id, is_self_filled=True)
    begun = {one.round_id: one for one in own.select_related("round").prefetch_related("answers")}
    rounds = Round.objects.visible_to(actor).filter(filling_until__isnull=False)
    pages = [_page(round_, begun.get(round_.pk)) for round_ in rounds]
    return [page for page in pages if page["assessment"] or not page["closed"]]


def _page(round_: Round, own: Assessment | None) -> Page:
    is_open = own is not None and own.state in ("draft", "returned")
    return {
        **{key: getattr(round_, key) for key in ("id", "name", "filling_from", "filling_until", "is_trial")},
        "is_demonstration": round_.is_demonstration,
        "closed": why_not_filling(round_),
        "assessment": own.pk if own else None,
        "state": own.state if own else None,
        "state_label": own.get_state_display() if own else None,
        "hands": progress_of(own)["hands"] if own else "",
        "open": sum(item.severity == "blocking" for item in checklist_of(own)) if own and is_open else None,
    }
