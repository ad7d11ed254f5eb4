"""A firm's evidence beside one draft: what is there, where it is used, what is wrong with it, what is on its way."""

from typing import Any

from django.conf import settings

from cultivation.assessments.models import Assessment, Evidence, Upload
from cultivation.assessments.permissions import can_fill
from cultivation.core.actors import Actor

from .flags import flags_of
from .upload import PIECE

Page = dict[str, Any]


def evidence_page(actor: Actor, draft: Assessment) -> Page:
    """The firm sees all it has, so that it can use a file again; others what belongs to this assessment."""
    rows = Evidence.objects.visible_to(actor).filter(enterprise=draft.enterprise)
    if not can_fill.holds(actor, draft):
        rows = rows.filter(uses__assessment=draft).distinct()
    return {
        "items": [row_of(one, draft) for one in rows.select_related("file").prefetch_related("uses").order_by("-pk")],
        "uploads": list(Upload.objects.visible_to(actor).filter(assessment=draft)),
        "most": settings.UPLOAD_MAX_BYTES,
        "piece": PIECE,
    }


def row_of(evidence: Evidence, draft: Assessment) -> Page:
    uses = list(evidence.uses.all())
    here = [use.code for use in uses if use.assessment_id == draft.pk]
    kept = ("id", "title", "sha256", "dated_on", "expires_on", "added_by", "added_at")
    return {
        **{key: getattr(evidence, key) for key in kept},
        "name": evidence.file.name,
        "media_type": evidence.file.media_type,
        "size": evidence.file.size,
        "codes": here,
        "elsewhere": len({use.assessment_id for use in uses} - {draft.pk}),
        "flags": flags_of(evidence, draft.round.assessed_on),
        "removable": not uses,
    }
