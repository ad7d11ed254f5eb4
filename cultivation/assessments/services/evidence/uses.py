"""What a piece of evidence is used for, its own dates, and its removal."""

from datetime import date

from django.db import transaction

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Assessment, Evidence, EvidenceUse, Submission
from cultivation.assessments.permissions import can_fill, can_keep_evidence
from cultivation.assessments.services.filling.catalogue import fields_of
from cultivation.assessments.services.filling.save import require_open
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, NotHere, WrongState
from cultivation.core.files import forget_file

MOST_YEARS = (1950, 2100)


def require_code(draft: Assessment, code: str) -> None:
    if code not in {field.code for field in fields_of(draft.round)}:
        raise BadInput("表中没有这一项。", code="no_such_field", fields={"/code": "没有这一项"})


def use_evidence(actor: Actor, *, draft: Assessment, evidence: Evidence, code: str) -> EvidenceUse:
    """Lay a file under one more fact; the same twice is once."""
    _require_own(actor, draft, evidence)
    require_code(draft, code)
    use, created = EvidenceUse.objects.get_or_create(evidence=evidence, assessment=draft, code=code)
    if created:
        audit.record(actor, "evidence.use", draft, detail={"evidence": evidence.pk, "code": code})
    return use


def drop_use(actor: Actor, *, draft: Assessment, evidence: Evidence, code: str) -> None:
    _require_own(actor, draft, evidence)
    gone, _ = EvidenceUse.objects.filter(evidence=evidence, assessment=draft, code=code).delete()
    if not gone:
        raise NotHere("这一项没有用到这份材料。")
    audit.record(actor, "evidence.drop_use", draft, detail={"evidence": evidence.pk, "code": code})


def change_evidence(
    actor: Actor, *, evidence: Evidence, title: str, dated_on: date | None, expires_on: date | None
) -> Evidence:
    can_keep_evidence.require(actor, evidence)
    _require_dates(dated_on, expires_on)
    before = _told(evidence)
    evidence.title, evidence.dated_on, evidence.expires_on = title, dated_on, expires_on
    after = _told(evidence)
    if before != after:
        with transaction.atomic():
            evidence.save(update_fields=["title", "dated_on", "expires_on"])
            audit.record(actor, "evidence.change", evidence, detail={"before": before, "after": after})
    return evidence


def remove_evidence(actor: Actor, *, evidence: Evidence) -> None:
    """Only what is used nowhere and stands in no submission, so that nothing handed in loses its proof."""
    can_keep_evidence.require(actor, evidence)
    with transaction.atomic():
        Enterprise.objects.select_for_update().get(pk=evidence.enterprise_id)
        if evidence.uses.exists() or evidence.sha256 in handed_in(evidence.enterprise_id):
            raise WrongState("这份材料还在使用，请先从各项下移除；已提交过的材料不能删除。", code="in_use")
        audit.record(actor, "evidence.remove", evidence, detail={"sha256": evidence.sha256, **_told(evidence)})
        file = evidence.file
        evidence.delete()
        forget_file(file)


def handed_in(enterprise: int) -> frozenset[str]:
    """Hashes of all that the firm's submissions name as their proof."""
    rows = Submission.objects.filter(assessment__enterprise=enterprise).values_list("snapshot__evidence", flat=True)
    return frozenset(one["sha256"] for evidence in rows for one in evidence or [])


def _told(evidence: Evidence) -> dict[str, str | None]:
    days = {name: getattr(evidence, name) for name in ("dated_on", "expires_on")}
    return {"title": evidence.title, **{name: day.isoformat() if day else None for name, day in days.items()}}


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
