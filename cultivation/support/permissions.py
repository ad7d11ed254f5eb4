"""Who may draft and approve plans."""

from typing import Any

from rules.predicates import predicate

from cultivation.accounts.permissions import is_city, is_province, is_system
from cultivation.core.actors import Actor
from cultivation.core.rights import Right
from cultivation.support.models import Plan


@predicate
def is_of_own_jurisdiction(actor: Actor, plan: Any) -> bool:
    return plan is not None and Plan.objects.visible_to(actor).filter(pk=plan.pk).exists()


can_draft_plans = Right("province_only", "只有省局人员可以拟定培育方案。", is_system | is_province)
can_approve_plan = Right(
    "bureau_of_the_firm",
    "培育方案由省局或者企业属地知识产权局批准。",
    is_system | is_province | (is_city & is_of_own_jurisdiction),
)
