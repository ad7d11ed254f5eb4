"""How a person comes to act for a firm: by registering a new one, or by claiming one that is known already."""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from cultivation.accounts.effects import SHORTEST_REASON, seat
from cultivation.accounts.flow import claim_flow
from cultivation.accounts.models import Claim, Enterprise, EnterpriseChange, EnterpriseName, Membership, User
from cultivation.accounts.services.letters import post_letter
from cultivation.accounts.services.offices import office_addresses
from cultivation.accounts.services.proofs import store_proof
from cultivation.accounts.states import APPROVERS
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, Conflict, NotAllowed
from cultivation.core.identifiers import BadIdentifier, Uscc, parse_uscc
from cultivation.core.regions import load_regions


@dataclass(frozen=True, slots=True)
class Found:
    """What a code means: how it is written, and the firm that bears it, if it is known here."""

    uscc: Uscc
    enterprise: Enterprise | None
    approvers: int

    @property
    def decider(self) -> str:
        return "approvers" if self.approvers else "office"


def find_firm(raw: str) -> Found:
    code = read_uscc(raw)
    enterprise = Enterprise.objects.filter(uscc=code.code).first()
    approvers = Membership.objects.approvers_of(enterprise.pk).count() if enterprise else 0
    return Found(code, enterprise, approvers)


def read_uscc(raw: str) -> Uscc:
    try:
        return parse_uscc(raw)
    except BadIdentifier as problem:
        raise BadInput(problem, code="bad_uscc", fields={"/uscc": str(problem)}) from None


def register_firm(
    actor: Actor, *, person: User, uscc: str, name: str, region: str, zone: str = "", note: str = ""
) -> Membership:
    """A firm that nobody has named before; who registers it is its first approver, and its office is told."""
    _require_confirmed(person)
    found = find_firm(uscc)
    if found.enterprise:
        require_alive(found.enterprise)
        raise Conflict("这家企业已有登记，请申请加入。", code="known_firm")
    _require_note(found.uscc, note)
    require_place(region, zone)
    with transaction.atomic():
        enterprise = _create(found.uscc, name=name.strip(), region=region, zone=zone, note=note.strip())
        EnterpriseName.objects.create(enterprise=enterprise, name=enterprise.name, heard_on=timezone.localdate())
        EnterpriseChange.objects.create(
            enterprise=enterprise, kind="registration", after=enterprise.name, happened_on=timezone.localdate(),
            note=enterprise.uscc_note, told_by=actor.name,
        )  # fmt: skip
        membership = seat(person.pk, enterprise, "enterprise_approver")
        audit.record(actor, "enterprise.register", enterprise, detail={"uscc": enterprise.uscc, "note": note})
    return membership


def require_alive(enterprise: Enterprise) -> None:
    """Who looks for a firm that was merged into another is told where it went."""
    if heir := enterprise.successor:
        raise Conflict(f"{enterprise.name}已并入{heir}（{heir.uscc}），请改为加入这家企业。", code="merged")


def _create(uscc: Uscc, *, name: str, region: str, zone: str, note: str) -> Enterprise:
    if not name:
        raise BadInput("请填写企业名称。", fields={"/name": "不能为空"})
    try:
        with transaction.atomic():
            return Enterprise.objects.create(
                uscc=uscc.code, uscc_check_ok=uscc.check_ok, uscc_note="" if uscc.check_ok else note, name=name,
                region=region, zone=zone,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict("这家企业刚刚已由他人登记，请申请加入。", code="known_firm") from None


def _require_confirmed(person: User) -> None:
    if not person.emailaddress_set.filter(verified=True).exists():  # type: ignore[attr-defined]
        raise NotAllowed("请先在“账号安全”中确认您的邮箱，再登记或加入企业。", code="mail_not_confirmed")


def _require_note(uscc: Uscc, note: str) -> None:
    if not uscc.check_ok and len(note.strip()) < SHORTEST_REASON:
        raise BadInput(
            f"代码最后一位与校验规则不符（按规则应为 {uscc.expected}）。确认证照上就是这样，请写明情况后继续。",
            code="uscc_check", fields={"/note": "请说明情况，至少 5 个字"},
        )  # fmt: skip


def require_place(region: str, zone: str) -> None:
    """A division or one of its counties, and a zone that lies in it; asked for, never read from the code."""
    regions = load_regions()
    division = regions.division_of(region)
    if division is None:
        raise BadInput("请选择企业所在的市州或县区。", code="bad_region", fields={"/region": "不是湖北省的区划"})
    if zone and zone not in {known.name for known in regions.zones if known.division == division}:
        raise BadInput("这个功能区不在所选的市州。", code="bad_zone", fields={"/zone": "请重新选择"})


def file_claim(
    actor: Actor,
    *,
    person: User,
    uscc: str,
    name: str,
    reason: str,
    proof: UploadedFile | None = None,
    approver_left: bool = False,
) -> Claim:
    """To the firm's approvers; to the office, with a proof, where there is none or the one there is has left."""
    _require_confirmed(person)
    found = find_firm(uscc)
    if found.enterprise is None:
        raise Conflict("这家企业还没有登记，请直接登记。", code="unknown_firm")
    require_alive(found.enterprise)
    if len(reason.strip()) < SHORTEST_REASON:
        raise BadInput("请用一句话说明您与企业的关系。", code="reason_missing", fields={"/reason": "至少 5 个字"})
    to_office = approver_left or not found.approvers
    with transaction.atomic():
        _require_newcomer(person, found.enterprise, to_office)
        claim = _file(
            claimant=person, enterprise=found.enterprise, decider="office" if to_office else "approvers",
            given_name=name.strip() or found.enterprise.name, reason=reason.strip(),
            proof=store_proof(proof) if to_office or proof else None,
        )  # fmt: skip
        audit.record(actor, "claim.file", claim, detail={"uscc": found.uscc.code, "decider": claim.decider})
        _tell_deciders(claim, "claim_filed")
        if to_office and found.approvers:
            _tell_approvers(claim, "claim_over_approvers")
    return claim


def _require_newcomer(person: User, enterprise: Enterprise, to_office: bool) -> None:
    """A filler whose firm has lost its approver may ask the office to be put in charge; others are in already."""
    inside = Membership.objects.filter(user=person, enterprise=enterprise, is_active=True).first()
    if inside and (inside.role in APPROVERS or not to_office):
        raise Conflict("您已是这家企业的人员。", code="already_member")


def _file(**fields: object) -> Claim:
    try:
        with transaction.atomic():
            return Claim.objects.create(**fields)
    except IntegrityError:
        raise Conflict("您对这家企业已有一项申请正在等待答复。", code="already_asked") from None


def decide_claim(actor: Actor, *, claim: Claim, move: str, role: str = "", answer: str = "") -> Claim:
    """Grant, refuse or withdraw; the other side hears of it by mail."""
    with transaction.atomic():
        given = {"grant": {"role": role, "answer": answer}, "refuse": {"answer": answer}}.get(move, {})
        claim_flow.run(claim, move, actor=actor, **given)
        if move == "withdraw":
            _tell_deciders(claim, "claim_withdrawn")
        else:
            _post(claim, f"claim_{claim.state}", claim.claimant)
            if move == "grant" and claim.decider == "office":
                _tell_approvers(claim, "claim_granted_by_office")
    return claim


def _tell_deciders(claim: Claim, letter: str) -> None:
    if claim.decider == "approvers":
        _tell_approvers(claim, letter)
        return
    for to, language in office_addresses(claim.enterprise.region):
        post_letter(letter, to, language, **_facts(claim))


def _tell_approvers(claim: Claim, letter: str) -> None:
    for row in Membership.objects.approvers_of(claim.enterprise_id).exclude(user=claim.claimant).select_related("user"):
        _post(claim, letter, row.user)


def _post(claim: Claim, letter: str, user: User) -> None:
    if user.email:
        post_letter(letter, user.email, user.language, **_facts(claim))


def _facts(claim: Claim) -> dict[str, str | int]:
    return {
        "firm": claim.enterprise.name, "claimant": str(claim.claimant), "reason": claim.reason, "answer": claim.answer,
        "claim": claim.pk, "decider": claim.get_decider_display(), "to_office": claim.decider == "office",
    }  # fmt: skip
