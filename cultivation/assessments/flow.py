"""The life of an assessment: filled in and handed in by the firm, or imported as checked by the city office."""

from datetime import datetime

from django.utils import timezone

from cultivation.accounts.services import why_merged
from cultivation.assessments import effects
from cultivation.assessments.models import Advice, Assessment, LearnedScorecard
from cultivation.assessments.permissions import (
    can_check,
    can_decide,
    can_discard,
    can_import,
    can_learn,
    can_reopen,
    can_settle,
    can_submit,
    can_take_back,
)
from cultivation.assessments.states import ADVICE_STATES, ASSESSMENT_STATES, SCORECARD_STATES
from cultivation.core.flow import Flow, Transition
from cultivation.programmes.services import why_not_filling

STILL_CHECKED = frozenset({"open", "reviewing", "deciding"})
MOMENT = "%Y-%m-%d %H:%M:%S"


def why_late(assessment: Assessment, now: datetime | None = None) -> str:
    """Why the firm's time is over: the round's window, or once it was sent back, the days that it was given then."""
    last = assessment.returns.first()
    if last is None:
        return why_not_filling(assessment.round, now)
    if assessment.round.state not in STILL_CHECKED:
        return f"批次处于“{assessment.round.get_state_display()}”，不能再补正。"
    is_over = (now or timezone.now()) >= last.until
    return f"补正已于{timezone.localtime(last.until).strftime(MOMENT)}截止。" if is_over else ""


def _is_too_late(assessment: Assessment) -> str:
    return why_merged(assessment.enterprise) or why_late(assessment)


def _is_decided(assessment: Assessment) -> str:
    if assessment.round.state in STILL_CHECKED:
        return ""
    return f"批次处于“{assessment.round.get_state_display()}”，不能再退回。"


def _has_time_left(assessment: Assessment) -> str:
    last = assessment.returns.first()
    if last is None or why_late(assessment):
        return ""
    return f"补正期限到{timezone.localtime(last.until).strftime(MOMENT)}，还没有截止。"


def _is_opened_or_too_late(assessment: Assessment) -> str:
    return "审核人员已经打开，不能再撤回。" if assessment.opened_at else _is_too_late(assessment)


def _was_handed_in(assessment: Assessment) -> str:
    return "提交过的内容要留存，这份草稿不能删除。" if assessment.submissions.exists() else ""


def _waits_for_city(assessment: Assessment) -> str:
    return "由市州局审核后再评定。" if "city_check" in assessment.round.stages else ""


assessment_flow = Flow(
    Assessment,
    (
        Transition(
            "submit",
            "签署并提交",
            ("draft", "returned"),
            "submitted",
            can_submit,
            effects.hand_in,
            _is_too_late,
            stage="filling",
            confirm="提交后内容即冻结，并生成带校验码的回执。截止时间以前、审核人员打开以前可以撤回。",
        ),
        Transition(
            "take_back",
            "撤回修改",
            ("submitted",),
            "draft",
            can_take_back,
            effects.hand_back,
            _is_opened_or_too_late,
            stage="filling",
            confirm="撤回后请在截止时间以前重新提交，否则视为未提交。",
        ),
        Transition(
            "reopen",
            "撤回修改",
            ("submitted",),
            "returned",
            can_reopen,
            effects.hand_back,
            _is_opened_or_too_late,
            stage="filling",
            confirm="撤回后请在补正期限以前重新提交。",
        ),
        Transition("open", "打开审核", ("submitted",), "submitted", can_check, effects.note_opened, stage="filling"),
        Transition(
            "send_back",
            "退回补正",
            ("submitted",),
            "returned",
            can_check,
            effects.send_back,
            _is_decided,
            stage="filling",
        ),
        Transition(
            "take_up",
            "按原提交审核",
            ("returned",),
            "submitted",
            can_check,
            effects.take_up,
            _has_time_left,
            stage="filling",
            confirm="企业在期限内没有重新提交。确认后，内容恢复为上一次签署提交时的样子，企业之后的改动只留在记录里。",
        ),
        Transition(
            "discard",
            "删除草稿",
            ("draft",),
            "discarded",
            can_discard,
            effects.clear_draft,
            _was_handed_in,
            stage="filling",
            confirm="删除后不能恢复。",
        ),
        Transition(
            "accept",
            "收下提交内容",
            ("submitted",),
            "city_checked",
            can_decide,
            effects.approve_declared,
            _waits_for_city,
            stage="filling",
        ),
        Transition(
            "accept_import",
            "接收汇总表",
            ("draft", "city_checked", "decided", "withdrawn"),
            "city_checked",
            can_import,
            stage="import",
        ),
        Transition("decide", "评定", ("city_checked", "decided"), "decided", can_decide),
        Transition("announce", "公布", ("decided",), "announced", can_decide),
        Transition("withdraw", "撤回", ("draft", "city_checked", "decided"), "withdrawn", can_import),
    ),
    ASSESSMENT_STATES,
    stages=lambda assessment: assessment.round.stages,
)


scorecard_flow = Flow(
    LearnedScorecard,
    (
        Transition(
            "retire",
            "停用",
            ("advising",),
            "retired",
            can_learn,
            confirm="停用后不再提示分歧，已有的分歧记录保留。",
        ),
    ),
    SCORECARD_STATES,
)


advice_flow = Flow(
    Advice,
    (
        Transition("take", "由我处理", ("open",), "looking", can_settle, effects.take_advice),
        Transition("give_back", "退回待处理", ("looking",), "open", can_settle, effects.give_back_advice),
        Transition(
            "keep_tier",
            "维持评分表等级",
            ("open", "looking"),
            "settled",
            can_settle,
            effects.keep_tier,
            needs=("reason",),
        ),
        Transition(
            "ask_review",
            "转人工复核",
            ("open", "looking"),
            "settled",
            can_settle,
            effects.ask_review,
            needs=("reason",),
        ),
    ),
    ADVICE_STATES,
)
