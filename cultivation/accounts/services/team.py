"""The people of a firm: inviting, accepting, changing a role, handing over, leaving (E02, E38)."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from cultivation.accounts.adapters.sms import can_send_sms, send_sms
from cultivation.accounts.flow import invitation_flow
from cultivation.accounts.models import Enterprise, Invitation, Membership, User
from cultivation.accounts.permissions import (
    can_leave,
    can_manage_team,
    is_approver_of,
    is_last_approver,
    is_own_membership,
)
from cultivation.accounts.queries import APPROVER
from cultivation.accounts.services.letters import post_letter, render_text, send_letter
from cultivation.accounts.states import APPROVERS, ENTERPRISE_ROLES
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, Conflict, NotHere, WrongState
from cultivation.core.flow import action
from cultivation.core.identifiers import BadIdentifier, parse_mobile
from cultivation.core.jobs import enqueue

ROLE_MOVES = (
    ("make_filler", "enterprise_filler", "改为填报员"),
    ("make_approver", APPROVER, "改为审核人"),
    ("make_legal", "enterprise_legal", "改为法定代表人"),
)
LAST_APPROVER = "本企业只有这一位审核人，请先移交给另一位人员。"
_signer = signing.Signer(salt="accounts.invitation", sep=".")


def invite_person(
    actor: Actor, *, enterprise: Enterprise, role: str, email: str = "", phone: str = "", name: str = ""
) -> Invitation:
    """A link for one person, for seven days, once. Asking again for the same address takes the earlier link back."""
    assert actor.user_id is not None
    wanted = Invitation(
        enterprise=enterprise, role=role, name=name.strip(), email=email.strip().lower(), phone=_mobile(phone),
        nonce=secrets.token_hex(16), invited_by_id=actor.user_id,
    )  # fmt: skip
    can_manage_team.require(actor, wanted)
    _check_invitation(wanted)
    with transaction.atomic():
        for earlier in Invitation.objects.filter(
            enterprise=enterprise, email=wanted.email, phone=wanted.phone, state="open"
        ):
            invitation_flow.run(earlier, "take_back", actor=actor)
        wanted.save()
        audit.record(actor, "invitation.send", wanted, detail={"role": role, "to": wanted.address})
        enqueue(actor, "accounts.invitation", label=f"邀请 {wanted.address}", subject=wanted, invitation=wanted.pk)
    return wanted


def _mobile(raw: str) -> str:
    if not raw.strip():
        return ""
    if not can_send_sms():
        raise BadInput("本站没有开通短信，请用邮箱邀请。", code="no_sms", fields={"/phone": "请改用邮箱"})
    try:
        return parse_mobile(raw)
    except BadIdentifier as problem:
        raise BadInput(str(problem), code="bad_phone", fields={"/phone": str(problem)}) from None


def _check_invitation(wanted: Invitation) -> None:
    if bool(wanted.email) == bool(wanted.phone):
        raise BadInput("请填写邮箱或手机号，只填一项。", code="bad_address", fields={"/email": "邮箱和手机号填一项"})
    if wanted.role not in ENTERPRISE_ROLES:
        raise BadInput("请选择填报员、审核人或法定代表人。", code="bad_role", fields={"/role": "没有这种角色"})


def send_invitation(invitation: Invitation) -> None:
    """Called by the job: an invitation that was taken back meanwhile is not sent."""
    if invitation.state != "open":
        return
    language = invitation.invited_by.language
    facts = {
        "firm": invitation.enterprise.name, "role": invitation.role, "role_label": invitation.get_role_display(),
        "inviter": str(invitation.invited_by), "name": invitation.name, "link": invitation_link(invitation),
    }  # fmt: skip
    if invitation.email:
        send_letter("invitation", invitation.email, language, **facts)
    else:
        send_sms(invitation.phone, render_text("invitation", language, **facts))


def invitation_link(invitation: Invitation) -> str:
    token = _signer.sign(f"{invitation.pk}-{invitation.nonce}")
    return f"{settings.PUBLIC_BASE_URL}/invitations/{token}"


def find_invitation(token: str) -> Invitation:
    """By its link. A link that was never given out says no more than that."""
    try:
        pk, _, nonce = _signer.unsign(token).partition("-")
    except signing.BadSignature:
        raise NotHere("没有这份邀请，请检查链接是否完整。", code="no_invitation") from None
    found = Invitation.objects.filter(pk=pk, nonce=nonce).select_related("enterprise", "invited_by").first()
    if found is None:
        raise NotHere("没有这份邀请，请检查链接是否完整。", code="no_invitation")
    return found


def accept_invitation(actor: Actor, *, invitation: Invitation) -> Membership:
    with transaction.atomic():
        invitation_flow.run(invitation, "accept", actor=actor)
        inviter = invitation.invited_by
        if inviter.email:
            facts = {"firm": invitation.enterprise.name, "person": actor.name, "address": invitation.address}
            post_letter("invitation_accepted", inviter.email, inviter.language, **facts)
    return invitation.enterprise.memberships.get(user=actor.user_id, is_active=True)


def member_actions(membership: Membership, actor: Actor) -> list[dict[str, object]]:
    """What this person may do about that one."""
    if not membership.is_active:
        return []
    waits = LAST_APPROVER if is_last_approver(membership) else ""
    own = is_own_membership.test(actor, membership)
    if not is_approver_of.test(actor, membership):
        return [action("leave", "退出本企业", confirm="退出后不能再查看本企业的资料。")] if own else []
    if own:
        return [action("leave", "退出本企业", reason=waits, confirm="退出后不能再查看本企业的资料。")]
    return [
        *(action(name, label) for name, role, label in ROLE_MOVES if role != membership.role),
        action("hand_over", "移交给此人", confirm="移交后此人为审核人，您改为填报员。"),
        action("end", "停用", confirm="停用后此人立即退出登录，不能再查看本企业的资料；已填的内容保留。"),
    ]


def change_role(actor: Actor, *, membership: Membership, role: str) -> Membership:
    """From filler to approver and back; what is so already stays."""
    with _held(membership):
        can_manage_team.require(actor, membership)
        _require_other_approver(membership, role)
        if membership.role != role:
            _set_role(actor, membership, role)
    return membership


def hand_over(actor: Actor, *, membership: Membership) -> Membership:
    """The approver steps back, the other takes the place."""
    with _held(membership):
        can_manage_team.require(actor, membership)
        own = Membership.objects.approvers_of(membership.enterprise_id or 0).filter(user=actor.user_id).first()
        if own is None or own.pk == membership.pk:
            raise WrongState("只能由审核人移交给另一位人员。", code="cannot_hand_over")
        if membership.role not in APPROVERS:
            _set_role(actor, membership, APPROVER)
        _set_role(actor, own, "enterprise_filler")
    return membership


def end_membership(actor: Actor, *, membership: Membership) -> Membership:
    """A person who left, or who leaves: what they held in this firm ends, and their sessions end at once."""
    leaves = membership.user_id == actor.user_id
    with _held(membership):
        (can_leave if leaves else can_manage_team).require(actor, membership)
        _require_other_approver(membership, "")
        membership.is_active, membership.ended_at = False, timezone.now()
        membership.save(update_fields=["is_active", "ended_at"])
        audit.record(actor, "membership.leave" if leaves else "membership.end", membership)
        if not leaves:
            end_sessions(membership.user)
            _tell(membership, "membership_ended", actor)
    return membership


def end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


@contextmanager
def _held(membership: Membership) -> Iterator[None]:
    """The firm's row is locked, so that two approvers can't both leave at once; the membership is read anew."""
    with transaction.atomic():
        Enterprise.objects.select_for_update().get(memberships=membership)
        membership.refresh_from_db()
        if not membership.is_active:
            raise WrongState("此人已不在本企业。", code="not_active")
        yield


def _require_other_approver(membership: Membership, role: str) -> None:
    if role not in APPROVERS and is_last_approver(membership):
        raise Conflict(LAST_APPROVER, code="last_approver")


def _set_role(actor: Actor, membership: Membership, role: str) -> None:
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    audit.record(actor, "membership.change_role", membership, before=before, after=role)
    _tell(membership, "role_changed", actor)


def _tell(membership: Membership, letter: str, actor: Actor) -> None:
    user, firm = membership.user, membership.enterprise
    if firm and user.email and user.pk != actor.user_id:
        facts = {
            "firm": firm.name,
            "by": actor.name,
            "role": membership.role,
            "role_label": membership.get_role_display(),
        }
        post_letter(letter, user.email, user.language, **facts)
