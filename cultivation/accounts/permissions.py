"""Who is who: the predicates that other apps build their rights from, and the rights over a firm's people."""

from typing import Any

from rules.predicates import predicate

from cultivation.accounts.models import Membership
from cultivation.accounts.queries import region_prefix
from cultivation.accounts.states import APPROVERS, BUREAU_ROLES, CITY_ROLES, ENTERPRISE_ROLES, PROVINCE_ROLES
from cultivation.core.actors import Actor
from cultivation.core.rights import Right


@predicate
def is_system(actor: Actor, obj: Any = None) -> bool:
    return actor.is_system


@predicate
def is_province(actor: Actor, obj: Any = None) -> bool:
    return actor.role in PROVINCE_ROLES


@predicate
def is_province_leader(actor: Actor, obj: Any = None) -> bool:
    return actor.role == "province_leader"


@predicate
def is_city(actor: Actor, obj: Any = None) -> bool:
    return actor.role in CITY_ROLES


@predicate
def is_bureau(actor: Actor, obj: Any = None) -> bool:
    return actor.role in BUREAU_ROLES


@predicate
def is_enterprise(actor: Actor, obj: Any = None) -> bool:
    return actor.role in ENTERPRISE_ROLES


@predicate
def is_auditor(actor: Actor, obj: Any = None) -> bool:
    return actor.role == "audit_admin"


@predicate
def is_somebody(actor: Actor, obj: Any = None) -> bool:
    return actor.user_id is not None


@predicate
def is_approver_of(actor: Actor, row: Any) -> bool:
    """Of the firm that a membership, an invitation, a claim or a change belongs to."""
    return actor.role in APPROVERS and actor.enterprise_id is not None and actor.enterprise_id == row.enterprise_id


@predicate
def is_office_of(actor: Actor, row: Any) -> bool:
    in_region = bool(actor.region) and row.enterprise.region.startswith(region_prefix(actor.region))
    return actor.role in PROVINCE_ROLES or (actor.role in CITY_ROLES and in_region)


@predicate
def is_office_of_destination(actor: Actor, change: Any) -> bool:
    """Of the region that a firm asks to move into."""
    is_own = bool(actor.region) and change.after.startswith(region_prefix(actor.region))
    return actor.role in PROVINCE_ROLES or (actor.role in CITY_ROLES and is_own)


@predicate
def is_of_absorbed(actor: Actor, change: Any) -> bool:
    """Who signs for the firm that a merger absorbs, or its office."""
    if change.other is None:
        return False
    signs = actor.role in APPROVERS and actor.enterprise_id == change.other_id
    in_region = bool(actor.region) and change.other.region.startswith(region_prefix(actor.region))
    return signs or actor.role in PROVINCE_ROLES or (actor.role in CITY_ROLES and in_region)


@predicate
def is_own_membership(actor: Actor, membership: Any) -> bool:
    return actor.user_id is not None and actor.user_id == membership.user_id


@predicate
def is_claimant(actor: Actor, claim: Any) -> bool:
    return actor.user_id is not None and actor.user_id == claim.claimant_id


@predicate
def is_for_approvers(actor: Actor, claim: Any) -> bool:
    return bool(claim.decider == "approvers")


can_manage_team = Right("approver_only", "只有本企业审核人可以管理人员。", is_approver_of)
can_leave = Right("not_your_membership", "只能退出自己所在的企业。", is_own_membership)
can_revoke_invitation = can_manage_team
can_accept_invitation = Right("not_authenticated", "请先登录。", is_somebody)
can_change_firm = Right("approver_only", "只有本企业审核人可以变更企业信息。", is_approver_of)
can_decide_claim = Right(
    "not_your_claim",
    "这项申请不由您答复。",
    ~is_claimant & ((is_for_approvers & is_approver_of) | (~is_for_approvers & is_office_of)),
)
can_withdraw_claim = Right("not_your_claim", "只有申请人可以撤回。", is_claimant)
can_note_change = Right("office_only", "由企业所在地知识产权局确认知悉。", is_office_of)
can_answer_move = Right("destination_only", "由迁入地知识产权局答复。", is_office_of_destination)
can_answer_merger = Right("absorbed_only", "由被合并企业的审核人、法定代表人或其所在地知识产权局答复。", is_of_absorbed)
can_withdraw_move = Right("approver_only", "只有本企业审核人可以撤回。", is_approver_of)


def is_last_approver(membership: Membership) -> bool:
    """Without another approver nobody could let people in or sign: such a person hands over first."""
    others = Membership.objects.approvers_of(membership.enterprise_id or 0).exclude(pk=membership.pk)
    return membership.role in APPROVERS and membership.is_active and not others.exists()
