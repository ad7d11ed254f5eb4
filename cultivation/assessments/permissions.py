"""Who may bring firms into a round, fill in a draft, and decide."""

from typing import Any

from rules.predicates import predicate

from cultivation.accounts.permissions import (
    is_auditor,
    is_bureau,
    is_city,
    is_enterprise,
    is_office_of,
    is_province,
    is_system,
)
from cultivation.accounts.states import APPROVERS
from cultivation.assessments.states import FILLING
from cultivation.core.actors import Actor
from cultivation.core.rights import Right


@predicate
def is_own_firm(actor: Actor, enterprise: Any) -> bool:
    return enterprise is not None and actor.enterprise_id == enterprise.pk


@predicate
def is_own_assessment(actor: Actor, assessment: Any) -> bool:
    return assessment is not None and actor.enterprise_id == assessment.enterprise_id


@predicate
def is_approver(actor: Actor, obj: Any = None) -> bool:
    return actor.role in APPROVERS


@predicate
def is_handed_in(actor: Actor, assessment: Any) -> bool:
    return assessment is not None and assessment.state not in ("draft", "discarded")


@predicate
def is_in_hand(actor: Actor, assessment: Any) -> bool:
    """The firm is at work on it: what stands there is signed by nobody yet."""
    return assessment is not None and assessment.state in FILLING


@predicate
def was_returned(actor: Actor, assessment: Any) -> bool:
    return assessment is not None and bool(assessment.returns.exists())


@predicate
def has_city_check(actor: Actor, assessment: Any) -> bool:
    return assessment is not None and "city_check" in assessment.round.stages


can_import = Right("province_only", "只有省局人员可以导入汇总表。", is_system | is_province)
can_decide = Right("province_only", "只有省局人员可以评定。", is_system | is_province)
can_start = Right("own_firm_only", "只有本企业的人员可以填报。", is_enterprise & is_own_firm)
can_fill = Right("own_firm_only", "只有本企业的人员可以填报。", is_enterprise & is_own_assessment)
can_take_back = Right("own_firm_only", "只有本企业的人员可以撤回。", is_enterprise & is_own_assessment & ~was_returned)
can_reopen = Right("own_firm_only", "只有本企业的人员可以撤回。", is_enterprise & is_own_assessment & was_returned)
can_submit = Right("approver_only", "提交须由本企业的审核人或法定代表人签署。", is_approver & is_own_assessment)
can_discard = Right("approver_only", "删除草稿须由本企业的审核人或法定代表人操作。", is_approver & is_own_assessment)
can_keep_evidence = Right("own_firm_only", "只有本企业的人员可以修改证明材料。", is_enterprise & is_own_assessment)
can_keep = Right("own_firm_only", "只有本企业的人员可以保存方案。", is_enterprise & is_own_assessment)
can_read_answers = Right(
    "not_handed_in",
    "企业还没有提交，填报内容只有企业自己能看。",
    is_system | (is_enterprise & is_own_assessment) | (is_bureau & is_handed_in & ~is_in_hand),
)
can_review = Right("not_handed_in", "企业还没有提交，没有可以审核的内容。", is_bureau & is_handed_in)
can_check = Right(
    "checking_office_only",
    "由企业所在地知识产权局审核；没有市州审核环节的批次，省局也可以审核。",
    is_office_of & (is_city | ~has_city_check),
)
can_verify = Right(
    "province_or_audit_only", "只有省局人员和审计管理员可以发起复算核验。", is_system | is_province | is_auditor
)
can_watch = Right("province_only", "只有省局人员可以查看各市州和专家之间的比较。", is_system | is_province)
can_learn = Right("province_only", "只有省局人员可以导入专家组评分、训练和停用学习评分表。", is_system | is_province)
can_settle = Right("province_only", "只有省局人员可以处理评分表之间的分歧。", is_system | is_province)
