"""The firm answers a note: why it stands by what it said, or what it has set right (E23, E33)."""

from django.db import transaction
from django.utils import timezone

from cultivation.assessments.flow import why_late
from cultivation.assessments.models import Assessment, ReturnNote
from cultivation.assessments.permissions import can_fill
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, Conflict, NotHere, WrongState

from ..lock import open_return

LONGEST = 600


def reply_to(actor: Actor, *, assessment: Assessment, code: str, reply: str, version: int) -> ReturnNote:
    """`version` is that of the answer which the person saw, so that no other's words are lost."""
    can_fill.require(actor, assessment)
    text = reply.strip()
    if len(text) > LONGEST:
        raise BadInput(f"说明最多 {LONGEST} 个字。", fields={"/reply": f"最多 {LONGEST} 个字"})
    with transaction.atomic():
        locked = Assessment.objects.select_for_update(of=("self",)).select_related("round").get(pk=assessment.pk)
        note = _open_note(locked, code)
        if reason := why_late(locked):
            raise WrongState(reason, code="not_filling")
        if text == note.reply:
            return note
        if note.reply_version != version:
            raise Conflict(f"{note.replied_by}刚刚改过这条说明：“{note.reply}”。请看过后再保存。", code="reply_changed")
        note.reply, note.reply_version = text, version + 1
        note.replied_by, note.replied_at = actor.name, timezone.now()
        note.save(update_fields=["reply", "reply_version", "replied_by", "replied_at"])
        audit.record(actor, "assessment.reply", locked, detail={"code": code, "version": note.reply_version})
    return note


def _open_note(assessment: Assessment, code: str) -> ReturnNote:
    sent = open_return(assessment)
    if sent is None:
        raise WrongState(f"当前状态是“{assessment.get_state_display()}”，没有要答复的退回意见。", code="not_returned")
    note = next((one for one in sent.notes.all() if one.code == code), None)
    if note is None:
        raise NotHere("这一项没有退回意见。")
    return note
