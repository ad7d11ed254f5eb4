"""One workbook carried through a whole trial round, step by step, on the same services as the browser's path."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils import timezone

from cultivation.assessments.models import Assessment, ImportProblem, WorkbookImport
from cultivation.assessments.services import diagnosis_draft, has_diagnosis, read_workbook_bytes, receive_workbook
from cultivation.core.actors import SYSTEM
from cultivation.core.errors import BadInput
from cultivation.core.jobs import run_now
from cultivation.core.jobs.queue import jobs_of
from cultivation.core.models import Job
from cultivation.documents.models import Certificate
from cultivation.documents.services.issuing import Draft
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import Round
from cultivation.programmes.services import create_round
from cultivation.programmes.states import Kind
from cultivation.publication.services import issue_certificates
from cultivation.support.models import Plan
from cultivation.support.services import plan_draft

Watch = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial round and what its workbook left in it."""

    round: Round
    workbook: WorkbookImport

    def assessments(self) -> list[Assessment]:
        """The firms that survived, in the order of the workbook."""
        rows = Assessment.objects.standing().filter(round=self.round)
        return list(
            rows.select_related("enterprise", "result", "round").prefetch_related("answers").order_by("row", "pk")
        )

    def problems(self) -> list[ImportProblem]:
        return list(self.workbook.problems.all())


def start_trial(data: bytes, *, filename: str, on: date | None, kind: Kind, watch: Watch) -> Trial:
    """The trial round of this very file, date and kind; run twice, it is the same round."""
    assessed_on = on or read_workbook_bytes(data).filled_on or timezone.localdate()
    mark = sha256(data + assessed_on.isoformat().encode() + kind.encode()).hexdigest()[:8]
    name = f"{assessed_on.year}年度试运行批次 {mark}"
    round_ = Round.objects.filter(name=name).first()
    if round_ is None:
        round_ = create_round(SYSTEM, name=name, assessed_on=assessed_on, kind=kind, without_scorecard=True)
    settle(round_)
    finish(receive_workbook(SYSTEM, round_=round_, data=data, filename=filename), watch)
    round_.refresh_from_db()
    workbook = WorkbookImport.objects.filter(round=round_).select_related("file").latest("pk")
    return Trial(round_, workbook)


def score_trial(trial: Trial, watch: Watch) -> None:
    round_flow.run(trial.round, "score" if trial.round.state == "draft" else "rescore", actor=SYSTEM)
    finish(jobs_of(trial.round).filter(kind="assessments.score_round").latest("pk"), watch)


def certify_trial(trial: Trial, watch: Watch) -> list[Certificate]:
    return issue_certificates(SYSTEM, round_=trial.round, progress=watch)


def finish(job: Job, watch: Watch) -> None:
    """Run a job here and now, or wait for the worker that has it; what stopped it is said, not swallowed."""
    end(job, watch)
    if job.state != "done":
        raise BadInput(job.error or f"任务“{job.label}”没有完成。", code="job_failed")


def settle(round_: Round) -> None:
    """End what a run that was killed has left behind: its lease runs out, then it is taken over here."""
    for job in jobs_of(round_).filter(state__in=["queued", "running"]).order_by("pk"):
        end(job, lambda *at: None)
    round_.refresh_from_db()


def end(job: Job, watch: Watch) -> None:
    while not run_now(job, watch=watch).is_over:
        time.sleep(settings.JOB_POLL_SECONDS)


def drafts_of(trial: Trial) -> Iterator[tuple[str, str, Draft]]:
    """Folder, USCC and draft of each firm's report and plan."""
    plans = {plan.assessment_id: plan for plan in Plan.objects.filter(assessment__round=trial.round)}
    for assessment in trial.assessments():
        uscc = assessment.enterprise.uscc
        if has_diagnosis(assessment):
            yield "reports", uscc, diagnosis_draft(assessment)
        if assessment.pk in plans:
            yield "plans", uscc, plan_draft(plans[assessment.pk])


def result_objects(trial: Trial) -> list[dict[str, Any]]:
    """The stored assess objects with who the firm is and its plan."""
    plans = {
        plan.assessment_id: plan
        for plan in Plan.objects.filter(assessment__round=trial.round).prefetch_related("items")
    }
    return [_result(assessment, plans.get(assessment.pk)) for assessment in trial.assessments()]


def _result(assessment: Assessment, plan: Plan | None) -> dict[str, Any]:
    enterprise = assessment.enterprise
    return {
        **assessment.result.object,
        "uscc": enterprise.uscc,
        "name": enterprise.name,
        "region": enterprise.region or None,
        "zone": enterprise.zone or None,
        "plan": [_service(item) for item in plan.items.all()] if plan else [],
    }


def _service(item: Any) -> dict[str, Any]:
    return {
        "service": item.service,
        "title": item.title,
        "reason": item.reason,
        "expected_points": item.expected_points,
    }
