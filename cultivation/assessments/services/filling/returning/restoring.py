"""Puts a form back to what was handed in: answers, files under their facts, and the ledger."""

from datetime import date
from typing import Any

from django.utils import timezone

from cultivation.assessments.models import Answer, Assessment, Evidence, EvidenceUse, LedgerRight, Submission
from cultivation.assessments.services.ledger import row_of, stored_fields
from cultivation.assessments.services.workbook.same_rights import judge_on

from ..ledger.desk import ledger_of
from ..ledger.settle import settle

Page = dict[str, Any]
DATES = ("filed_on", "granted_on")


def restore(assessment: Assessment, submission: Submission) -> None:
    """What the firm changed since stays in the record of its edits."""
    frozen = submission.snapshot
    _ledger(assessment, frozen)
    _answers(assessment, frozen["answers"])
    _proofs(assessment, frozen.get("evidence", ()))


def _answers(assessment: Assessment, frozen: list[Page]) -> None:
    """Versions only ever grow, so that an edit based on what was there is still seen as one."""
    standing = {answer.code: answer for answer in assessment.answers.all()}
    for code in standing.keys() - {one["code"] for one in frozen}:
        standing[code].delete()
    for one in frozen:
        answer = standing.get(one["code"]) or Answer(assessment=assessment, code=one["code"], version=0)
        if (answer.declared, answer.state, answer.typed) == (one["value"], one["state"], "") and answer.pk:
            continue
        answer.declared, answer.state, answer.typed = one["value"], one["state"], ""
        answer.source, answer.confirmed = one["source"], one["confirmed"]
        answer.version = max(answer.version, one["version"]) + 1
        answer.changed_by, answer.changed_at = one["changed_by"], timezone.now()
        answer.save()


def _proofs(assessment: Assessment, frozen: list[Page]) -> None:
    assessment.evidence_uses.all().delete()
    known = dict(Evidence.objects.filter(enterprise=assessment.enterprise_id).values_list("sha256", "pk"))
    EvidenceUse.objects.bulk_create(
        EvidenceUse(
            assessment=assessment, evidence_id=known[one["sha256"]], code=code, note=one.get("notes", {}).get(code, "")
        )
        for one in frozen
        for code in one["codes"]
    )


def _ledger(assessment: Assessment, frozen: Page) -> None:
    ledger = ledger_of(assessment)
    if ledger.version == frozen.get("ledger", {}).get("version", 0):
        return
    assessment.rights.all().delete()
    ledger.version += 1
    settle(assessment, ledger, [_right(assessment, one) for one in frozen["rights"]])


def _right(assessment: Assessment, frozen: Page) -> LedgerRight:
    days = {name: date.fromisoformat(frozen[name]) if frozen[name] else None for name in DATES}
    told = LedgerRight(**{**frozen, **days}, row=0)
    row = judge_on(row_of(told), assessment.round.assessed_on)
    return LedgerRight(
        assessment=assessment, source=frozen["source"], confirmed=frozen["confirmed"], **stored_fields(row)
    )
