"""What granting, refusing and accepting do."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from cultivation.accounts.events import EnterprisesMerged
from cultivation.accounts.models import Claim, Enterprise, EnterpriseChange, Invitation, Membership
from cultivation.accounts.queries import APPROVER
from cultivation.accounts.states import ENTERPRISE_ROLES
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, Conflict
from cultivation.core.events import emit

SHORTEST_REASON = 5


def seat(user_id: int, enterprise: Enterprise, role: str) -> Membership:
    """One role for one person in one firm; the constraint holds it against two tabs."""
    if role not in ENTERPRISE_ROLES:
        raise BadInput("请选择填报员、审核人或法定代表人。", code="bad_role", fields={"/role": "没有这种角色"})
    try:
        with transaction.atomic():
            return Membership.objects.create(user_id=user_id, enterprise=enterprise, role=role)
    except IntegrityError:
        raise Conflict("此人已是这家企业的人员。", code="already_member") from None


def grant_claim(claim: Claim, *, actor: Actor, role: str = "", answer: str = "") -> None:
    """An office puts somebody in charge; approvers say which role they give."""
    role = APPROVER if claim.decider == "office" else role or "enterprise_filler"
    inside = claim.enterprise.memberships.filter(user=claim.claimant_id, role="enterprise_filler", is_active=True)
    if role != APPROVER or not inside.update(role=role):
        seat(claim.claimant_id, claim.enterprise, role)
    _decide(claim, actor, answer)


def refuse_claim(claim: Claim, *, actor: Actor, answer: str = "") -> None:
    if len(answer.strip()) < SHORTEST_REASON:
        raise BadInput("请写明不通过的理由，申请人会看到。", code="reason_missing", fields={"/answer": "至少 5 个字"})
    _decide(claim, actor, answer)


def confirm_move(change: EnterpriseChange, *, actor: Actor) -> None:
    """The file moves with its history: whoever sees the firm's region sees all of it. A zone is left behind."""
    firm = Enterprise.objects.select_for_update().get(pk=change.enterprise_id)
    firm.region, firm.zone = change.after, ""
    firm.save(update_fields=["region", "zone"])
    change.enterprise = firm


def confirm_merger(change: EnterpriseChange, *, actor: Actor) -> None:
    """From now on the absorbed firm's record leads to the one that lives on; so do those of firms it took in before.

    What becomes of its titles and certificates is for upper apps, which hear of it.
    """
    assert change.other_id is not None
    both = Enterprise.objects.select_for_update().order_by("pk").in_bulk([change.enterprise_id, change.other_id])
    firm, absorbed = both[change.enterprise_id], both[change.other_id]
    for one in (firm, absorbed):
        if one.successor_id:
            raise Conflict(f"{one.name}已并入{one.successor}，不能再合并。", code="already_merged")
    Enterprise.objects.filter(successor=absorbed).update(successor=firm)
    absorbed.successor, absorbed.merged_on = firm, change.happened_on
    absorbed.save(update_fields=["successor", "merged_on"])
    audit.record(actor, "enterprise.absorbed", absorbed, after=firm.uscc, detail={"change": change.pk})
    emit(EnterprisesMerged(absorbed.pk, firm.pk, change.happened_on, actor))


def refuse_move(change: EnterpriseChange, *, actor: Actor, reason: str = "") -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise BadInput("请写明不予确认的理由，企业会看到。", code="reason_missing", fields={"/reason": "至少 5 个字"})
    change.answer = reason.strip()


def _decide(claim: Claim, actor: Actor, answer: str) -> None:
    claim.answer, claim.decided_by_id, claim.decided_at = answer.strip(), actor.user_id, timezone.now()


def accept_invitation(invitation: Invitation, *, actor: Actor) -> None:
    assert actor.user_id is not None
    seat(actor.user_id, invitation.enterprise, invitation.role)
    invitation.accepted_by_id = actor.user_id
