"""The life of a round. Stages that a round leaves out are skipped: its imported values count as approved."""

from django.utils import timezone

from cultivation.core.flow import Flow, Transition
from cultivation.core.jobs.queue import is_busy
from cultivation.programmes import effects
from cultivation.programmes.models import Round
from cultivation.programmes.permissions import can_publish_round, can_run_round
from cultivation.programmes.states import ROUND_STATES


def _lacks_firms(round_: Round) -> str:
    if is_busy(round_):
        return "有任务正在进行，完成后再评分。"
    if round_.state == "open" and round_.filling_until and timezone.now() < round_.filling_until:
        return f"企业填报还没有截止（{timezone.localtime(round_.filling_until):%Y-%m-%d %H:%M:%S}）。"
    if round_.state == "open":
        return "" if round_.firms else "还没有企业提交。"
    return "" if round_.firms else "请先导入汇总表。"


def _lacks_window(round_: Round) -> str:
    return "" if round_.filling_until and timezone.now() < round_.filling_until else "填报截止时间已过，请先调整。"


def _lacks_scores(round_: Round) -> str:
    if is_busy(round_):
        return "有任务正在进行，完成后再发布。"
    if not round_.firms:
        return "请先导入汇总表并评分。"
    missing = round_.firms - round_.scored
    return f"还有 {missing} 家企业没有评分。" if missing else ""


round_flow = Flow(
    Round,
    (
        Transition("open", "开放填报", ("draft",), "open", can_run_round, ready=_lacks_window, stage="filling"),
        Transition("review", "开始审核", ("open",), "reviewing", can_run_round, stage="city_check"),
        Transition(
            "score", "评分入库", ("reviewing",), "deciding", can_run_round, effects.request_scoring, _lacks_firms
        ),
        Transition(
            "rescore",
            "重新评分",
            ("deciding",),
            "deciding",
            can_run_round,
            effects.request_scoring,
            _lacks_firms,
            confirm="将按本批次锁定的规则书重新评分，尚未批准的培育方案会重新生成。",
        ),
        Transition("publicise", "开始公示", ("deciding",), "publicised", can_publish_round, stage="publicity"),
        Transition(
            "publish",
            "发布名单",
            ("publicised",),
            "published",
            can_publish_round,
            effects.announce_publication,
            _lacks_scores,
            confirm="名单发布后即冻结，企业和社会公众都能看到。",
        ),
        Transition("close", "结束批次", ("published",), "closed", can_run_round, confirm="批次结束后不再变动。"),
    ),
    ROUND_STATES,
    stages=lambda round_: round_.stages,
)
