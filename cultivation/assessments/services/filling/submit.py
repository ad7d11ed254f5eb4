"""Hand in: what stands in the form is frozen with its hash, under the pledge of a named person (E21, E22)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cultivation.assessments.flow import assessment_flow
from cultivation.assessments.models import Assessment, Submission
from cultivation.assessments.permissions import can_submit
from cultivation.core.actors import Actor
from cultivation.core.canonical import fingerprint
from cultivation.core.errors import BadInput
from cultivation.programmes.services import note_firms

from .checklist import checklist_of
from .discard import words_of_discard
from .snapshot import snapshot_of

Page = dict[str, Any]
OFFERED = ("submit", "take_back", "reopen", "discard")
PLEDGE = (
    "本企业承诺：所填内容和所附证据真实、准确、完整，与原件一致；"
    "已知悉弄虚作假将被取消资格并在规定年限内不得申报。上述内容由本企业负责。"
)


def submit_assessment(actor: Actor, *, draft: Assessment, signed_name: str, agreed: bool) -> Submission:
    """Check by the same list as the form, freeze, and move on; the one who signs writes their own name."""
    can_submit.require(actor, draft)
    _require_signature(actor, signed_name, agreed)
    with transaction.atomic():
        locked = Assessment.objects.select_for_update().select_related("round", "enterprise").get(pk=draft.pk)
        _require_complete(locked)
        submission = _freeze(actor, locked, timezone.now())
        kept = {"number": submission.number, "sha256": submission.sha256, "at": submission.at}
        assessment_flow.run(locked, "submit", actor=actor, **kept)
        count_firms(locked.round_id)
    draft.refresh_from_db()
    return submission


def take_back(actor: Actor, *, assessment: Assessment) -> Assessment:
    """Until a reviewer has opened it and while time is left, the firm may go on with it: the draft, or the return."""
    with transaction.atomic():
        move = "reopen" if assessment.returns.exists() else "take_back"
        assessment_flow.run(assessment, move, actor=actor)
        count_firms(assessment.round_id)
    return assessment


def count_firms(round_id: int) -> None:
    note_firms(round_id, firms=Assessment.objects.standing().filter(round_id=round_id).count())


def actions_of(assessment: Assessment, actor: Actor) -> list[Page]:
    """The moves a firm's person may make now; handing in waits for what still keeps it back."""
    moves = [m for m in assessment_flow.available(assessment, actor) if m["name"] in OFFERED]
    open_ = sum(item.severity == "blocking" for item in checklist_of(assessment)) if moves else 0
    for move in moves:
        if move["name"] == "submit" and move["enabled"] and open_:
            move |= {"enabled": False, "reason": f"还差 {open_} 项，填好后才能提交。"}
        if move["name"] == "discard":
            move |= {"confirm": words_of_discard(assessment)}
    return moves


def _require_signature(actor: Actor, name: str, agreed: bool) -> None:
    fields = {}
    if not agreed:
        fields["/agreed"] = "请阅读并同意承诺"
    if name.strip() != actor.name:
        fields["/signed_name"] = f"请填写您本人的姓名“{actor.name}”"
    if fields:
        raise BadInput("请完成签署。", code="not_signed", fields=fields)


def _require_complete(draft: Assessment) -> None:
    left = {f"/{item.code}": item.text for item in checklist_of(draft) if item.severity == "blocking"}
    if left:
        raise BadInput(f"还差 {len(left)} 项，填好后才能提交。", code="incomplete", fields=left)


def _freeze(actor: Actor, draft: Assessment, at: datetime) -> Submission:
    snapshot = snapshot_of(draft) | {"pledge": PLEDGE, "signed_by": actor.name, "at": at.isoformat()}
    return Submission.objects.create(
        assessment=draft,
        number=draft.submissions.count() + 1,
        snapshot=snapshot,
        sha256=fingerprint(snapshot),
        signed_by=actor.name,
        signed_user=actor.user_id,
        at=at,
    )
