"""What a piece of evidence is used for, its own dates, and its removal."""

import unicodedata
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Assessment, Evidence, EvidenceUse, Submission
from cultivation.assessments.permissions import can_fill, can_keep_evidence
from cultivation.assessments.services.filling.catalogue import fields_of
from cultivation.assessments.services.filling.lock import LOCKED, lock_of
from cultivation.assessments.services.filling.save import require_open
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, Conflict, NotHere, WrongState
from cultivation.core.files import forget_file

MOST_YEARS = (1950, 2100)


def require_code(draft: Assessment, code: str) -> None:
    if code not in {field.code for field in fields_of(draft.round)}:
        raise BadInput("表中没有这一项。", code="no_such_field", fields={"/code": "没有这一项"})
    if lock_of(draft).holds(code):
        raise WrongState(LOCKED, code="not_returned")


def use_evidence(
    actor: Actor, *, draft: Assessment, evidence: Evidence, code: str, note: str | None = None
) -> EvidenceUse:
    """Lay a file under one more fact; the same twice is once. `note` tells where in it the proof is; none leaves it."""
    _require_own(actor, draft, evidence)
    require_code(draft, code)
    note = None if note is None else _plain(note)
    with transaction.atomic():
        use, created = EvidenceUse.objects.get_or_create(
            evidence=evidence, assessment=draft, code=code, defaults={"note": note or ""}
        )
        if created:
            audit.record(actor, "evidence.use", draft, detail={"evidence": evidence.pk, "code": code})
        if note is not None and use.note != note:
            detail = {"evidence": evidence.pk, "code": code, "before": use.note, "after": note}
            use.note = note
            use.save(update_fields=["note"])
            audit.record(actor, "evidence.note", draft, detail=detail)
    return use


def drop_use(actor: Actor, *, draft: Assessment, evidence: Evidence, code: str) -> None:
    _require_own(actor, draft, evidence)
    if lock_of(draft).holds(code):
        raise WrongState(LOCKED, code="not_returned")
    gone, _ = EvidenceUse.objects.filter(evidence=evidence, assessment=draft, code=code).delete()
    if not gone:
        raise NotHere("这一项没有用到这份材料。")
    audit.record(actor, "evidence.drop_use", draft, detail={"evidence": evidence.pk, "code": code})


def change_evidence(
    actor: Actor,
    *,
    evidence: Evidence,
    draft: Assessment,
    title: str,
    dated_on: date | None,
    expires_on: date | None,
) -> Evidence:
    can_keep_evidence.require(actor, evidence)
    if reason := why_not_change(evidence, draft):
        raise WrongState(reason, code="handed_in")
    _require_dates(dated_on, expires_on)
    before = _told(evidence)
    evidence.title, evidence.dated_on, evidence.expires_on = title, dated_on, expires_on
    after = _told(evidence)
    if before != after:
        with transaction.atomic():
            evidence.save(update_fields=["title", "dated_on", "expires_on"])
            audit.record(actor, "evidence.change", evidence, detail={"before": before, "after": after})
    return evidence


def remove_evidence(actor: Actor, *, evidence: Evidence, uses: int = 0) -> None:
    """With all its uses, of which the person was shown `uses`; never what was handed in, so that it keeps its proof."""
    can_keep_evidence.require(actor, evidence)
    with transaction.atomic():
        Enterprise.objects.select_for_update().get(pk=evidence.enterprise_id)
        found = list(evidence.uses.select_related("assessment__round"))
        if reason := why_not_remove(evidence, found, handed_in(evidence.enterprise_id)):
            raise WrongState(reason, code="in_use")
        if len(found) != uses:
            raise Conflict("这份材料的用途刚刚有变化，请看清它现在用于哪些指标，再决定是否删除。", code="uses_changed")
        detail = {"sha256": evidence.sha256, "codes": [use.code for use in found], **_told(evidence)}
        audit.record(actor, "evidence.remove", evidence, detail=detail)
        file = evidence.file
        evidence.uses.all().delete()
        evidence.delete()
        forget_file(file)


def why_not_change(evidence: Evidence, draft: Assessment) -> str:
    """What a closed draft uses is judged as it was handed in: a change here would only seem to count."""
    codes = [use.code for use in evidence.uses.all() if use.assessment_id == draft.pk]
    if not codes:
        return ""
    lock = lock_of(draft)
    return why_closed(draft) or (LOCKED if all(lock.holds(code) for code in codes) else "")


def why_not_remove(evidence: Evidence, uses: Sequence[EvidenceUse], kept: frozenset[str]) -> str:
    """Empty when it may go. `kept` holds the hashes that the firm's submissions name."""
    if evidence.sha256 in kept:
        return "这份材料已随填报提交过，要作为凭据保留，不能删除。"
    closed = next((use.assessment.round.name for use in uses if why_closed(use.assessment)), "")
    return f"“{closed}”用到这份材料，而且已不能修改，所以不能删除。" if closed else ""


def why_closed(draft: Assessment) -> str:
    """Why nothing may be added to a draft or taken from it; empty while it may."""
    try:
        require_open(draft)
    except WrongState as reason:
        return str(reason)
    return ""


def handed_in(enterprise: int) -> frozenset[str]:
    """Hashes of all that the firm's submissions name as their proof."""
    rows = Submission.objects.filter(assessment__enterprise=enterprise).values_list("snapshot__evidence", flat=True)
    return frozenset(one["sha256"] for evidence in rows for one in evidence or [])


def _told(evidence: Evidence) -> dict[str, str | None]:
    days = {name: getattr(evidence, name) for name in ("dated_on", "expires_on")}
    return {"title": evidence.title, **{name: day.isoformat() if day else None for name, day in days.items()}}


def _plain(note: str) -> str:
    """One line, without what can't be seen."""
    kept = "".join(char for char in note if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    return " ".join(kept.split())


def _require_own(actor: Actor, draft: Assessment, evidence: Evidence) -> None:
    can_fill.require(actor, draft)
    require_open(draft)
    if evidence.enterprise_id != draft.enterprise_id:
        raise NotHere("没有找到，或者您无权查看。")


def _require_dates(dated_on: date | None, expires_on: date | None) -> None:
    first, last = MOST_YEARS
    fields = {
        f"/{name}": f"年份应在 {first} 到 {last} 之间"
        for name, day in (("dated_on", dated_on), ("expires_on", expires_on))
        if day is not None and not first <= day.year <= last
    }
    if not fields and dated_on and expires_on and expires_on < dated_on:
        fields = {"/expires_on": "有效期至不能早于材料日期"}
    if fields:
        raise BadInput("请核对日期。", fields=fields)
