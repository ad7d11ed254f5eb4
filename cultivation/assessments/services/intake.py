"""Bring a city office's workbook into a round: keep the file, the firms, the ledger and every finding."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from cultivation.accounts.services import register_enterprise
from cultivation.assessments.events import AssessmentsWithdrawn
from cultivation.assessments.flow import assessment_flow
from cultivation.assessments.models import Answer, Assessment, ImportProblem, LedgerRight, WorkbookImport
from cultivation.assessments.permissions import can_import
from cultivation.assessments.services.facts import as_answer
from cultivation.assessments.states import SCORED
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, WrongState
from cultivation.core.events import emit
from cultivation.core.files import read_file, store_file
from cultivation.core.jobs import enqueue
from cultivation.core.jobs.queue import is_busy
from cultivation.core.models import Job
from cultivation.programmes.models import Round
from cultivation.programmes.services import note_firms, rights_library

if TYPE_CHECKING:
    from cultivation.assessments.services.workbook import FirmRow, RightRow, Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BATCH = 50
Progress = Callable[[int, int, str], None]


def receive_workbook(actor: Actor, *, round_: Round, data: bytes, filename: str) -> Job:
    """Keep the file and ask for its import. The round's row is locked, so that of two uploads at once one waits."""
    can_import.require(actor, round_)
    require_open(round_)
    require_size(len(data))
    read_workbook_bytes(data)
    with transaction.atomic():
        require_open(Round.objects.select_for_update().get(pk=round_.pk))
        file = store_file(data, name=filename, media_type=XLSX)
        record = WorkbookImport.objects.create(round=round_, file=file, uploaded_by=actor.name)
        return enqueue(actor, "assessments.import_workbook", label="导入汇总表", subject=round_, import_id=record.pk)


def require_open(round_: Round) -> None:
    if round_.state not in {"draft", "deciding"} or "import" not in round_.stages:
        raise WrongState(f"批次处于“{round_.get_state_display()}”，不能再导入汇总表。", code="round_not_open")
    if is_busy(round_):
        raise WrongState("有任务正在进行，完成后再导入。", code="round_busy")


def require_size(size: int) -> None:
    if size > settings.UPLOAD_MAX_BYTES:
        raise BadInput(f"文件超过 {settings.UPLOAD_MAX_BYTES // 2**20} MB，请拆分后再上传。", code="too_large")


def read_workbook_bytes(data: bytes, *, on: date | None = None) -> "Workbook":
    """Rights are judged on ``on``, or on the sheet's own date."""
    from cultivation.assessments.services.workbook import WorkbookError, read_workbook

    try:
        return read_workbook(data, on=on)
    except WorkbookError as error:
        raise BadInput(str(error), code="unreadable_workbook") from error


def import_workbook(actor: Actor, *, record: WorkbookImport, progress: Progress = lambda *at: None) -> dict[str, Any]:
    """Read the kept file into the round. Safe to run again: firms are taken up, not doubled.

    Until it has ended the round counts as empty, so that nobody scores or publishes half a workbook.
    """
    round_ = record.round
    workbook = read_workbook_bytes(read_file(record.file), on=round_.assessed_on)
    note_firms(round_.pk, firms=0, scored=0)
    findings = [problem.as_dict() for problem in workbook.problems]
    done = 0
    for batch in _batches(workbook.firms):
        with transaction.atomic():
            for firm in batch:
                findings += _take_firm(actor, round_, workbook, firm)
        done += len(batch)
        progress(done, len(workbook.firms), f"已读入 {done} 家企业")
    with transaction.atomic():
        _withdraw_absent(actor, round_, {firm.uscc for firm in workbook.firms})
        _close(record, workbook, findings)
    return {"firms": len(workbook.firms), "rights": len(workbook.rights), "problems": len(findings)}


def _batches(firms: Sequence["FirmRow"]) -> Iterator[list["FirmRow"]]:
    rest = iter(firms)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _take_firm(actor: Actor, round_: Round, workbook: "Workbook", firm: "FirmRow") -> list[dict[str, Any]]:
    enterprise = register_enterprise(
        actor,
        uscc=firm.uscc,
        name=firm.name,
        region=firm.county or firm.region or "",
        zone=firm.zone,
        uscc_check_ok=firm.uscc_check_ok,
        on=round_.assessed_on,
        demonstration=round_.is_demonstration,
    )
    assessment, _ = Assessment.objects.in_place().get_or_create(round=round_, enterprise=enterprise)
    Assessment.objects.filter(pk=assessment.pk).update(sheet=firm.sheet, row=firm.row)
    findings = _store_facts(assessment, workbook, firm)
    assessment_flow.run(assessment, "accept_import", actor=actor)
    return findings


def _store_facts(assessment: Assessment, workbook: "Workbook", firm: "FirmRow") -> list[dict[str, Any]]:
    """The declared values, and the approved ones: the ledger's counts where there is a ledger."""
    from cultivation.assessments.services.ledger import derive_counts, reconcile

    rights = workbook.rights_of(firm.uscc)
    approved: dict[str, Any] = dict(firm.values)
    findings: list[dict[str, Any]] = []
    counts = None
    if workbook.has_ledger:
        round_ = assessment.round
        counts = derive_counts(rights, on=round_.assessed_on, library=rights_library(round_))
        approved, problems = reconcile(firm, counts)
        findings = [problem.as_dict() for problem in problems]
    assessment.answers.all().delete()
    Answer.objects.bulk_create(
        as_answer(
            assessment,
            code,
            declared=firm.values.get(code),
            approved=value,
            source="workbook" if code in firm.values and firm.values[code] == value else "ledger",
            cell=firm.cells.get(code, ""),
        )
        for code, value in approved.items()
    )
    _store_rights(assessment, rights, counts)
    return findings


def _store_rights(assessment: Assessment, rights: Sequence["RightRow"], counts: Any) -> None:
    from cultivation.assessments.services.ledger import standing_of, stored_fields

    assessment.rights.all().delete()
    judged = [(right, counts.reasons_of(right) if counts else {}) for right in rights]
    LedgerRight.objects.bulk_create(
        LedgerRight(assessment=assessment, **stored_fields(right), counting=counting, standing=standing_of(counting))
        for right, counting in judged
    )


def _withdraw_absent(actor: Actor, round_: Round, present: set[str]) -> None:
    """A firm that the new workbook no longer names leaves the round, with its answers kept."""
    rows = Assessment.objects.standing().filter(round=round_).select_related("enterprise")
    absent = [assessment for assessment in rows if assessment.enterprise.uscc not in present]
    for assessment in absent:
        assessment_flow.run(assessment, "withdraw", actor=actor)
    if absent:
        emit(AssessmentsWithdrawn(round_.pk, tuple(a.pk for a in absent), actor))


def _close(record: WorkbookImport, workbook: "Workbook", findings: list[dict[str, Any]]) -> None:
    record.problems.all().delete()
    ImportProblem.objects.bulk_create(ImportProblem(workbook=record, **finding) for finding in findings)
    record.title, record.filled_on = workbook.title[:200], workbook.filled_on
    record.firms, record.rights, record.is_finished = len(workbook.firms), len(workbook.rights), True
    record.save()
    standing = Assessment.objects.standing().filter(round=record.round)
    scored = standing.filter(state__in=SCORED).count()
    note_firms(record.round_id, firms=standing.count(), scored=scored)
