"""A round at a glance, across the apps: how far it is, what was found, what can be done next."""

from typing import Any

from cultivation.assessments.models import Assessment, ImportProblem, WorkbookImport
from cultivation.assessments.permissions import can_import
from cultivation.assessments.states import SCORED
from cultivation.core.actors import Actor
from cultivation.core.flow import action
from cultivation.core.jobs.queue import is_busy, jobs_of
from cultivation.core.models import Job
from cultivation.documents.models import Certificate
from cultivation.pools.models import Placement
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import Round
from cultivation.programmes.permissions import can_run_round
from cultivation.programmes.services import DEADLINE_MOVES, TIMETABLE_OVER
from cultivation.publication.permissions import can_issue
from cultivation.publication.services import is_out, series_of, why_not_issue
from cultivation.publication.states import LISTED_TIERS
from cultivation.support.models import Plan


def latest_import(round_: Round) -> WorkbookImport | None:
    return WorkbookImport.objects.filter(round=round_).select_related("file").first()


def latest_job(round_: Round) -> Job | None:
    return jobs_of(round_).first()


def counts(round_: Round, actor: Actor) -> dict[str, int]:
    """Each number is the length of the list that opens behind it, for this actor."""
    placements = Placement.objects.visible_to(actor).filter(round=round_)
    plans = Plan.objects.visible_to(actor).filter(assessment__round=round_)
    firms = Assessment.objects.visible_to(actor).standing().filter(round=round_)
    imported = WorkbookImport.objects.visible_to(actor).filter(round=round_).first()
    return {
        "firms": firms.count(),
        "scored": firms.filter(state__in=SCORED).count(),
        "placed": placements.count(),
        "listed": placements.filter(tier__in=LISTED_TIERS).count(),
        "problems": ImportProblem.objects.filter(workbook=imported).count() if imported else 0,
        "plans": plans.count(),
        "plans_approved": plans.exclude(state="draft").count(),
        "certificates": Certificate.objects.visible_to(actor).filter(series=series_of(round_)).count(),
    }


def actions(round_: Round, actor: Actor) -> list[dict[str, Any]]:
    """The moves of the round, and issuing certificates once it is published."""
    found = round_flow.available(round_, actor)
    if is_out(round_) and can_issue.holds(actor, round_):
        found.insert(0, action("issue_certificates", "签发证书", reason=why_not_issue(round_)))
    return found


def upload_action(round_: Round, actor: Actor) -> dict[str, Any] | None:
    """Whether a workbook may be uploaded now, and why not."""
    if not can_import.holds(actor, round_) or "import" not in round_.stages:
        return None
    reason = ""
    if round_.state not in {"draft", "deciding"}:
        reason = f"批次处于“{round_.get_state_display()}”，不能再导入。"
    elif is_busy(round_):
        reason = "有任务正在进行，完成后再导入。"
    return action("upload", "导入汇总表", reason=reason)


def schedule_action(round_: Round, actor: Actor) -> dict[str, Any] | None:
    """Whether the timetable may be changed now, and why not."""
    if not can_run_round.holds(actor, round_):
        return None
    reason = "名单已发布，时间表不再变动。" if round_.state in TIMETABLE_OVER else ""
    return action("schedule", "修改时间表", reason=reason)


def deadline_action(round_: Round, actor: Actor) -> dict[str, Any] | None:
    """Whether the end of filling may be moved now, and why not."""
    if round_.filling_until is None or not can_run_round.holds(actor, round_):
        return None
    reason = "" if round_.state in DEADLINE_MOVES else f"批次处于“{round_.get_state_display()}”，不能再调整截止时间。"
    return action("move_deadline", "调整截止时间", reason=reason)
