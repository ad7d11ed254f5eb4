"""The life of a round, whose absent stages are skipped, and of a rulebook's draft."""

from django.utils import timezone

from cultivation.core.flow import Flow, Transition
from cultivation.core.jobs.queue import is_busy
from cultivation.programmes import effects
from cultivation.programmes.models import Designation, DesignationList, Round, RulebookDraft
from cultivation.programmes.permissions import (
    can_approve_rules,
    can_keep_designations,
    can_publish_round,
    can_run_round,
    can_withdraw_rules,
    can_write_rules,
)
from cultivation.programmes.states import DESIGNATION_STATES, DRAFT_STATES, LIST_STATES, ROUND_STATES


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


def _lacks_reality(round_: Round) -> str:
    return "模拟批次只用来演示学习评分，不公示、不发布。" if round_.is_simulated else ""


def _lacks_scores(round_: Round) -> str:
    if round_.is_simulated:
        return _lacks_reality(round_)
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
        Transition(
            "publicise",
            "开始公示",
            ("deciding",),
            "publicised",
            can_publish_round,
            ready=_lacks_reality,
            stage="publicity",
        ),
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


def _lacks_soundness(draft: RulebookDraft) -> str:
    return f"还有 {draft.problem_count} 个问题，改好后再办理。" if draft.problem_count else ""


def _lacks_trial(draft: RulebookDraft) -> str:
    """An impact of this very document, or why there is none."""
    is_explained = draft.no_impact_reason and draft.no_impact_for == draft.fingerprint
    is_tried = draft.impacts.filter(fingerprint=draft.fingerprint, done_at__isnull=False).exists()
    return "" if is_tried or is_explained else "请先用往期批次测算本稿的影响，或说明不测算的理由。"


def _lacks_anything(draft: RulebookDraft) -> str:
    return _lacks_soundness(draft) or _lacks_trial(draft)


draft_flow = Flow(
    RulebookDraft,
    (
        Transition(
            "submit_draft",
            "提交审批",
            ("draft",),
            "submitted",
            can_write_rules,
            effects.note_submission,
            _lacks_anything,
            needs=("reason",),
        ),
        Transition(
            "explain_no_impact",
            "说明不测算的理由",
            ("draft",),
            "draft",
            can_write_rules,
            effects.explain_no_impact,
            needs=("reason",),
        ),
        Transition("withdraw_draft", "撤回修改", ("submitted",), "draft", can_withdraw_rules),
        Transition(
            "approve_draft",
            "批准并发布",
            ("submitted",),
            "published",
            can_approve_rules,
            effects.publish_draft,
            _lacks_anything,
            confirm="发布后内容冻结，从施行日起按新版本固定批次；以后只能再出新版本。",
        ),
        Transition(
            "return_draft",
            "退回修改",
            ("submitted",),
            "draft",
            can_approve_rules,
            effects.note_return,
            needs=("reason",),
        ),
        Transition("discard_draft", "放弃本稿", ("draft",), "discarded", can_write_rules, confirm="放弃后不能再修改。"),
    ),
    DRAFT_STATES,
)


def _lacks_correctness(found: DesignationList) -> str:
    errors = sum(problem["severity"] == "error" for problem in found.problems)
    if errors:
        return f"还有 {errors} 处错误，请改正文件后重新上传。"
    return "" if any(row["state"] == "new" for row in found.rows) else "没有可以登记的企业。"


designation_list_flow = Flow(
    DesignationList,
    (
        Transition(
            "confirm",
            "确认导入",
            ("previewed",),
            "confirmed",
            can_keep_designations,
            effects.enter_designations,
            _lacks_correctness,
            confirm="将登记表中“将登记”的企业；平台上没有的企业不登记。",
        ),
        Transition("discard", "放弃", ("previewed",), "discarded", can_keep_designations),
    ),
    LIST_STATES,
)


def _has_ended(record: Designation) -> str:
    """What was revoked or voided at the firm that was absorbed since the merger can't pass on."""
    original = record.taken_over_from
    is_standing = original is not None and original.state == "standing"
    return "" if is_standing else "这一称号在被合并企业名下已撤销或作废，不能承继。"


designation_flow = Flow(
    Designation,
    (
        Transition(
            "confirm_taking",
            "确认承继",
            ("pending",),
            "standing",
            can_keep_designations,
            effects.confirm_taking,
            _has_ended,
            confirm="发证机关同意由存续企业承继的才确认；确认后自合并之日起计入。",
            needs=("reason",),
        ),
        Transition(
            "decline_taking",
            "不承继",
            ("pending",),
            "declined",
            can_keep_designations,
            effects.decline_taking,
            confirm="发证机关不同意承继的，这一称号不计入存续企业。",
            needs=("reason",),
        ),
        Transition(
            "revoke",
            "撤销",
            ("standing",),
            "revoked",
            can_keep_designations,
            effects.note_revocation,
            confirm="自撤销日起不再算作这一称号。",
            needs=("reason", "on"),
        ),
        Transition(
            "void",
            "登记有误，作废",
            ("standing", "revoked", "passed"),
            "voided",
            can_keep_designations,
            effects.note_voiding,
            confirm="作废后按从未登记处理。",
            needs=("reason",),
        ),
    ),
    DESIGNATION_STATES,
)
