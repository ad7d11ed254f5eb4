"""The lives of an invitation, of a claim and of a change that an office is told of."""

from cultivation.accounts import effects
from cultivation.accounts.models import Claim, EnterpriseChange, Invitation
from cultivation.accounts.permissions import (
    can_accept_invitation,
    can_answer_merger,
    can_answer_move,
    can_decide_claim,
    can_note_change,
    can_revoke_invitation,
    can_withdraw_claim,
    can_withdraw_move,
)
from cultivation.accounts.states import CHANGE_STATES, CLAIM_STATES, INVITATION_STATES
from cultivation.core.flow import Flow, Transition


def _lapsed(invitation: Invitation) -> str:
    return "这份邀请已过期，请联系邀请您的人重新发出。" if invitation.has_lapsed else ""


invitation_flow = Flow(
    Invitation,
    (
        Transition(
            "accept", "接受邀请", ("open",), "accepted", can_accept_invitation, effects.accept_invitation, ready=_lapsed
        ),
        Transition(
            "take_back",
            "撤回邀请",
            ("open",),
            "revoked",
            can_revoke_invitation,
            confirm="撤回后，发出的链接即失效。",
        ),
    ),
    INVITATION_STATES,
)

claim_flow = Flow(
    Claim,
    (
        Transition("grant", "通过", ("filed",), "granted", can_decide_claim, effects.grant_claim),
        Transition("refuse", "不通过", ("filed",), "refused", can_decide_claim, effects.refuse_claim),
        Transition("withdraw", "撤回申请", ("filed",), "withdrawn", can_withdraw_claim, confirm="撤回后可以重新申请。"),
    ),
    CLAIM_STATES,
)

change_flow = Flow(
    EnterpriseChange,
    (
        Transition("note", "已知悉", ("told",), "noted", can_note_change),
        Transition(
            "confirm_move",
            "确认迁入",
            ("asked",),
            "confirmed",
            can_answer_move,
            effects.confirm_move,
            confirm="确认后，这家企业连同历年材料和结果转到迁入地，迁出地不再办理。",
        ),
        Transition(
            "refuse_move", "不予确认", ("asked",), "refused", can_answer_move, effects.refuse_move, needs=("reason",)
        ),
        Transition(
            "withdraw_move",
            "撤回",
            ("asked",),
            "withdrawn",
            can_withdraw_move,
            confirm="撤回后属地不变，可再提出。",
        ),
        Transition(
            "confirm_merger",
            "确认合并",
            ("merging",),
            "confirmed",
            can_answer_merger,
            effects.confirm_merger,
            confirm="确认后，被合并企业不再填报；它的称号和证书列在存续企业名下，由发证机关确认是否承继。不能撤销。",
        ),
        Transition(
            "refuse_merger",
            "不予确认",
            ("merging",),
            "refused",
            can_answer_merger,
            effects.refuse_move,
            needs=("reason",),
        ),
        Transition(
            "withdraw_merger",
            "撤回",
            ("merging",),
            "withdrawn",
            can_withdraw_move,
            confirm="撤回后两家企业都不变，可再提出。",
        ),
    ),
    CHANGE_STATES,
)
