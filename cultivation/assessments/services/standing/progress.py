"""In plain words: in whose hands the case is, what has been done, and what the firm must do next (E24)."""

from datetime import datetime
from typing import Any

from cultivation.assessments.models import Assessment
from cultivation.core.audit import reached_at
from cultivation.programmes.services import why_not_filling

Page = dict[str, Any]
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
HANDS = {
    "fill": "在您手里",
    "supplement": "在您手里",
    "check": "在市州局手里",
    "experts": "在评审专家手里",
    "province": "在省局手里",
    "decide": "在省局手里",
    "publicity": "公示中",
    "announce": "在省局手里",
}

GONE = {"announced": "已完成", "withdrawn": "已退出本批次"}


def progress_of(assessment: Assessment) -> Page:
    """Only the steps that the round has. No date is promised that nobody has set."""
    steps = [step for step in STEPS if _is_there(step[2], assessment)]
    at = next((place for place, step in enumerate(steps) if assessment.state in step[3]), len(steps) - 1)
    is_done = assessment.state == "announced"
    return {
        "state": assessment.state,
        "state_label": assessment.get_state_display(),
        "hands": GONE.get(assessment.state) or HANDS[steps[at][0]],
        "since": since_of(assessment),
        "next": _next(assessment),
        "due": assessment.round.filling_until if assessment.state in ("draft", "returned") else None,
        "submitted_at": assessment.submitted_at,
        "steps": [
            {"code": code, "label": label, "standing": _standing(place, len(steps) if is_done else at)}
            for place, (code, label, _, _) in enumerate(steps)
        ],
    }


def since_of(assessment: Assessment) -> datetime | None:
    """When the case came into the hands that it is in; a draft lies with the firm from its first day."""
    return reached_at(assessment, assessment.state) or (assessment.created_at if assessment.state == "draft" else None)


def _is_there(stage: str, assessment: Assessment) -> bool:
    if stage == "returned":
        return assessment.state == "returned"
    return not stage or stage in assessment.round.stages


def _standing(place: int, at: int) -> str:
    return "done" if place < at else "current" if place == at else "ahead"


def _next(assessment: Assessment) -> str:
    closed = why_not_filling(assessment.round)
    sentences = {
        "draft": f"{closed}这份草稿没有提交，内容为您保留。" if closed else "请填好后由审核人或法定代表人签署提交。",
        "returned": "请按退回意见补正后重新提交。",
        "submitted": "不需要您做什么。审核人员打开以前可以撤回修改。" if not closed else "不需要您做什么，请等候审核。",
        "announced": "结果已公布，请查看评分、培育方案和证书。",
        "withdrawn": "如有疑问请联系主管知识产权局。",
    }
    return sentences.get(assessment.state, "不需要您做什么，请等候结果。")
