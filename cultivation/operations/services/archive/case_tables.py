"""What the archive holds of each assessment: answers with every edit, ledger, submissions, result, plan."""

from typing import Any

from cultivation.assessments.models import (
    Answer,
    AnswerEdit,
    Assessment,
    EvidenceUse,
    Ledger,
    LedgerImport,
    LedgerRight,
    Result,
    Return,
    ReturnNote,
    Scenario,
    Submission,
)
from cultivation.assessments.services import fact_names
from cultivation.support.models import Plan, PlanItem

from .firm_tables import OWN, SERIAL
from .shape import Row, Scope, Table

THIS = "就是这次评估"
OUTCOME = "结果（saved 已保存，conflict 有冲突另存，late 已过期另存，same 未变，refused 未收）"


def _of(model: Any) -> Any:
    return lambda scope: model.objects.filter(assessment=scope.assessment)


def _case(scope: Scope) -> Any:
    return scope.assessments.filter(pk=scope.assessment.pk) if scope.assessment else scope.assessments


def _result(scope: Scope) -> Any:
    return Result.objects.filter(assessment=scope.assessment) if scope.is_told else Result.objects.none()


def _plan(scope: Scope) -> Any:
    return Plan.objects.visible_to(scope.actor).filter(assessment=scope.assessment)


def _plan_items(scope: Scope) -> Any:
    return PlanItem.objects.filter(plan__in=_plan(scope))


def _scenarios(scope: Scope) -> Any:
    return Scenario.objects.visible_to(scope.actor).filter(assessment=scope.assessment)


def _named(row: Any) -> Row:
    name, unit = fact_names().get(row.code, (row.code, ""))
    return {"code_label": name, "unit": unit}


NAMED = {"code_label": "指标", "unit": "单位"}
CASE_TABLES: tuple[Table, ...] = (
    Table(
        "评估",
        Assessment,
        _case,
        {
            "id": "评估编号",
            "round.name": "批次",
            "round.assessed_on": "评价日期",
            "state": "状态",
            "is_self_filled": "企业自评填报",
            "submitted_at": "提交时间",
            "opened_at": "审核人员打开时间",
            "created_at": "开始时间",
        },
        {"enterprise": OWN, "sheet": "汇总表里的位置", "row": "汇总表里的位置"},
    ),
    Table(
        "填报内容",
        Answer,
        _of(Answer),
        {
            "code": "指标代码",
            "state": "知道与否",
            "declared": "申报值",
            "typed": "读不懂的原文",
            "source": "来源",
            "confirmed": "已确认",
            "carried_from_id": "带自评估编号",
            "version": "版本",
            "changed_by": "修改人",
            "changed_at": "修改时间",
            "approved": "核定值",
            "basis": "核定依据",
        },
        {"id": SERIAL, "assessment": THIS, "cell": "汇总表里的位置"},
        told=frozenset({"approved", "basis"}),
        more=_named,
        more_fields=NAMED,
    ),
    Table(
        "修改记录",
        AnswerEdit,
        _of(AnswerEdit),
        {
            "code": "指标代码",
            "version": "版本",
            "outcome": OUTCOME,
            "value": "填写的值",
            "source": "来源",
            "by": "修改人",
            "at": "时间",
        },
        {"id": SERIAL, "assessment": THIS, "key": "防重复的内部编号", "by_user": "内部编号，见修改人"},
        more=_named,
        more_fields=NAMED,
    ),
    Table(
        "台账",
        LedgerRight,
        _of(LedgerRight),
        {
            "number": "号码",
            "number_ok": "号码校验相符",
            "publication": "公开（公告）号",
            "title": "名称",
            "kind": "种类",
            "filed_on": "申请日",
            "granted_on": "授权日",
            "legal_state": "法律状态",
            "holder_name": "权利人",
            "status": "状态",
            "standing": "计入与否",
            "facts": "其他登记内容",
            "notes": "提示",
            "counting": "计入与否及原因",
            "source": "来源",
            "confirmed": "已确认",
            "carried_from_id": "带自评估编号",
            "sheet": "清单工作表",
            "row": "清单行号",
        },
        {"id": SERIAL, "assessment": THIS},
    ),
    Table(
        "台账汇总",
        Ledger,
        _of(Ledger),
        {
            "version": "版本",
            "counts": "各项数量（最少、最多）",
            "open_above": "上限未定的项目",
            "changed_by": "修改人",
            "changed_at": "修改时间",
        },
        {"id": SERIAL, "assessment": THIS},
    ),
    Table(
        "台账导入",
        LedgerImport,
        lambda scope: _of(LedgerImport)(scope).select_related("file"),
        {
            "id": "导入编号",
            "file.name": "文件名",
            "file.sha256": "SHA-256",
            "rows": "行数",
            "added": "新增",
            "changed": "修改",
            "removed": "删除",
            "by": "导入人",
            "at": "时间",
        },
        {"assessment": THIS},
    ),
    Table(
        "材料对应",
        EvidenceUse,
        lambda scope: _of(EvidenceUse)(scope).select_related("evidence"),
        {"evidence_id": "材料编号", "evidence.title": "材料名称", "note": "在材料里的位置", "code": "指标代码"},
        {"id": SERIAL, "assessment": THIS},
        more=_named,
        more_fields=NAMED,
    ),
    Table(
        "提交",
        Submission,
        _of(Submission),
        {
            "number": "第几次",
            "signed_by": "签署人",
            "at": "时间",
            "sha256": "快照的 SHA-256",
            "snapshot": "提交时冻结的全部内容",
        },
        {"id": SERIAL, "assessment": THIS, "signed_user": "内部编号，见签署人"},
    ),
    Table(
        "退回",
        Return,
        lambda scope: _of(Return)(scope).select_related("submission"),
        {
            "number": "第几次",
            "submission.number": "针对第几次提交",
            "office": "退回的知识产权局",
            "at": "时间",
            "until": "补正截止",
        },
        {"id": SERIAL, "assessment": THIS, "by": "主管局人员", "by_user": "主管局人员"},
    ),
    Table(
        "退回意见",
        ReturnNote,
        lambda scope: ReturnNote.objects.filter(sending__assessment=scope.assessment).select_related("sending"),
        {
            "sending.number": "第几次退回",
            "code": "指标代码",
            "reason": "退回原因",
            "text": "意见",
            "clause": "依据",
            "belated": "上次没有一次告知的原因",
            "reply": "企业的说明",
            "reply_version": "说明的版本",
            "replied_by": "说明人",
            "replied_at": "说明时间",
        },
        {"id": SERIAL},
        more=_named,
        more_fields=NAMED,
    ),
    Table(
        "结果",
        Result,
        _result,
        {
            "score_low": "得分（最低）",
            "score_high": "得分（最高）",
            "level": "等级",
            "level_possible": "可能达到的等级",
            "computed_at": "计算时间",
            "fingerprint": "规则书指纹",
            "facts_fingerprint": "核定值指纹",
            "output_version": "格式版本",
            "object": "逐条结果（每项的依据、得分和所用的值）",
        },
        {"id": SERIAL, "assessment": THIS},
    ),
    Table(
        "模拟方案",
        Scenario,
        _scenarios,
        {"name": "名称", "changes": "改动", "kept_by": "保存人", "created_at": "保存时间"},
        {"id": SERIAL, "assessment": THIS},
    ),
    Table(
        "培育方案",
        Plan,
        _plan,
        {
            "state": "状态",
            "kind": "种类",
            "starts_on": "开始日期",
            "score_low": "当时得分",
            "score_then": "预期得分",
            "level": "当时等级",
            "level_then": "预期等级",
            "summary": "概述",
            "tasks": "企业自己要做的事",
            "approved_at": "批准时间",
            "drafted_at": "起草时间",
        },
        {"id": SERIAL, "assessment": THIS, "catalogue": "服务目录的内部指纹", "approved_by": "主管局人员"},
    ),
    Table(
        "培育服务",
        PlanItem,
        _plan_items,
        {
            "place": "序号",
            "service": "服务代码",
            "title": "服务",
            "reason": "理由",
            "gap": "差距",
            "indicators": "提升的指标",
            "expected_points": "预期得分",
            "effort": "难易",
            "duration": "周期",
            "owner": "负责方",
            "deliverable": "交付物",
            "resource": "资源",
            "starts_on": "开始日期",
            "due": "到期日期",
        },
        {"id": SERIAL, "plan": "就是这次评估的方案"},
    ),
)
