"""A firm's evidence beside one draft: what is there, where it is used, what is wrong with it, what is on its way."""

from typing import Any

from django.conf import settings

from cultivation.assessments.models import Assessment, Evidence, Upload
from cultivation.assessments.permissions import can_fill
from cultivation.assessments.services.filling.save import require_open
from cultivation.core.actors import Actor
from cultivation.core.errors import WrongState

from .flags import flags_of
from .upload import PIECE
from .uses import handed_in

Page = dict[str, Any]


def evidence_page(actor: Actor, draft: Assessment) -> Page:
    """The firm sees all it has, so that it can use a file again; others what belongs to this assessment."""
    rows = Evidence.objects.visible_to(actor).filter(enterprise=draft.enterprise)
    is_own, closed, kept = can_fill.holds(actor, draft), _why_closed(draft), handed_in(draft.enterprise_id)
    if not is_own:
        rows = rows.filter(uses__assessment=draft).distinct()
    return {
        "can_edit": is_own and not closed,
        "closed": closed,
        "items": [
            row_of(one, draft, kept) for one in rows.select_related("file").prefetch_related("uses").order_by("-pk")
        ],
        "uploads": list(Upload.objects.visible_to(actor).filter(assessment=draft)),
        "most": settings.UPLOAD_MAX_BYTES,
        "piece": PIECE,
    }


def _why_closed(draft: Assessment) -> str:
    try:
        require_open(draft)
    except WrongState as reason:
        return str(reason)
    return ""


def row_of(evidence: Evidence, draft: Assessment, kept: frozenset[str] | None = None) -> Page:
    """`kept` holds the hashes that a submission names, where they are known already."""
    uses = list(evidence.uses.all())
    here = [use.code for use in uses if use.assessment_id == draft.pk]
    told = ("id", "title", "sha256", "dated_on", "expires_on", "added_by", "added_at")
    return {
        **{key: getattr(evidence, key) for key in told},
        "name": evidence.file.name,
        "media_type": evidence.file.media_type,
        "size": evidence.file.size,
        "codes": here,
        "elsewhere": len({use.assessment_id for use in uses} - {draft.pk}),
        "flags": flags_of(evidence, draft.round.assessed_on),
        "removable": not uses and evidence.sha256 not in (handed_in(draft.enterprise_id) if kept is None else kept),
    }
