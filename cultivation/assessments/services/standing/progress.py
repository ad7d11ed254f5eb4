"""In plain words: in whose hands the case is, by which day, and what the firm must do next (E24)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cultivation.accounts.models import Membership
from cultivation.assessments.flow import why_late
from cultivation.assessments.models import Assessment
from cultivation.assessments.services.filling.lock import due_of, was_answered
from cultivation.core.audit import times_reached
from cultivation.programmes.services import expected_days, time_left, window_of

Page = dict[str, Any]
OVER = frozenset({"done", "withdrawn", "missed", "discarded"})
# Step, its label, the stage of the round that it belongs to, and the states in which the case waits there.
STEPS: tuple[tuple[str, str, str, frozenset[str]], ...] = (
    ("fill", "企业填报", "filling", frozenset({"draft"})),
    ("supplement", "补正", "returned", frozenset({"returned"})),
    ("check", "市州审核", "city_check", frozenset({"submitted"})),
    ("experts", "专家评审", "expert_review", frozenset({"recommended"})),
    ("province", "省局复核", "province_check", frozenset({"city_checked", "not_recommended"})),
    ("decide", "评定", "", frozenset({"submitted", "city_checked", "recommended", "province_checked"})),
    ("publicity", "公示", "publicity", frozenset({"decided"})),
    ("announce", "公布", "", frozenset({"decided", "announced"})),
)
# The state whose coming ends a step.
ENDS = {
    "fill": "submitted",
    "supplement": "submitted",
    "check": "city_checked",
    "province": "province_checked",
    "decide": "decided",
    "announce": "announced",
}
HANDS = {
    "fill": "在您手里",
    "supplement": "在您手里",
    "lapsed": "补正期限已过",
    "check": "在市州局手里",
    "experts": "在评审专家手里",
    "province": "在省局手里",
    "decide": "在省局手里",
    "publicity": "公示中",
    "announce": "在省局手里",
    "done": "已完成",
    "withdrawn": "已退出本批次",
    "missed": "没有提交",
    "discarded": "草稿已删除",
}
NEXT = {
    "fill": "请填好后由审核人或法定代表人签署提交。",
    "supplement": "请按退回意见补正后重新提交。",
    "lapsed": "补正期限已过，由审核的知识产权局决定怎样办理，请与其联系。",
    "sent": "不需要您做什么。审核人员打开以前可以撤回修改。",
    "kept": "不需要您做什么，请等候审核。",
    "wait": "不需要您做什么，请等候结果。",
    "done": "结果已公布，请查看评分、培育方案和证书。",
    "withdrawn": "如有疑问请联系主管知识产权局。",
    "missed": "截止以前没有提交，这份草稿不参加本批次，内容为您保留。",
    "discarded": "需要时可以重新开始填报。",
}
# How a case ends, as a key of both.
GONE = {"announced": "done", "withdrawn": "withdrawn", "discarded": "discarded"}


def progress_of(assessment: Assessment) -> Page:
    """Only the steps that the round has. No date is promised that nobody has set."""
    round_ = assessment.round
    steps = [step for step in STEPS if _is_there(step[2], assessment)]
    at = next((place for place, step in enumerate(steps) if assessment.state in step[3]), len(steps) - 1)
    place, todo = _place(assessment, steps[at][0]), _todo(assessment)
    days = expected_days(round_)
    expected, reached = days.get(place), times_reached(assessment)
    ended = _ended(assessment, reached)
    due = due_of(assessment) if place in ("fill", "supplement") else None
    return {
        "state": assessment.state,
        "state_label": assessment.get_state_display(),
        "place": place,
        "hands": HANDS[place],
        "since": reached.get(assessment.state) or (assessment.created_at if assessment.state == "draft" else None),
        "todo": todo,
        "next": NEXT[todo],
        "due": due,
        "left": time_left(due) if due else None,
        "expected": expected,
        "is_overdue": expected is not None and expected < timezone.localdate(),
        "result_expected": None if place in OVER else days.get("announce"),
        "submitted_at": assessment.submitted_at,
        "steps": [
            _step(code, label, _standing(n, len(steps) if place == "done" else at), days, ended)
            for n, (code, label, _, _) in enumerate(steps)
        ],
    }


def signers_of(assessment: Assessment) -> list[str]:
    """Who of the firm may sign and hand in, by name."""
    found = Membership.objects.approvers_of(assessment.enterprise_id).select_related("user").order_by("pk")
    return [str(membership.user) for membership in found]


def _ended(assessment: Assessment, reached: Mapping[str, datetime]) -> dict[str, datetime]:
    """When each step was over; after a return the filling ended when it was first handed in."""
    ended = {code: reached[state] for code, state in ENDS.items() if state in reached}
    if not was_answered(assessment):
        ended.pop("supplement", None)
    first = assessment.submissions.order_by("number").first()
    return {**ended, "fill": first.at} if first and "fill" in ended else ended


def _step(code: str, label: str, standing: str, days: Mapping[str, date], ended: Mapping[str, datetime]) -> Page:
    """With the moment it ended, or the day by which it is expected."""
    is_done = standing == "done"
    when = {"ended": ended.get(code) if is_done else None, "expected": None if is_done else days.get(code)}
    return {"code": code, "label": label, "standing": standing, **when}


def _is_there(stage: str, assessment: Assessment) -> bool:
    if stage == "returned":
        return assessment.returns.exists()
    return not stage or stage in assessment.round.stages


def _standing(place: int, at: int) -> str:
    return "done" if place < at else "current" if place == at else "ahead"


def _place(assessment: Assessment, step: str) -> str:
    """The step in which the case lies, or how it has ended."""
    if assessment.state == "draft" and window_of(assessment.round) == "over":
        return "missed"
    if assessment.state == "returned" and why_late(assessment):
        return "lapsed"
    return GONE.get(assessment.state, step)


def _todo(assessment: Assessment) -> str:
    """What the firm has to do, a key of `NEXT`."""
    if assessment.state == "draft":
        return "missed" if window_of(assessment.round) == "over" else "fill"
    if assessment.state == "submitted":
        return "kept" if assessment.opened_at or why_late(assessment) else "sent"
    if assessment.state == "returned":
        return "lapsed" if why_late(assessment) else "supplement"
    return GONE.get(assessment.state, "wait")
