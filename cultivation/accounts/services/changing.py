"""A firm that was renamed, moved or merged: kept as history and told to its office (E37).

A new name holds at once. A move is asked for, and takes effect when the office of the new place confirms it (C01). A
merger is asked for in `merging`.
"""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cultivation.accounts.flow import change_flow
from cultivation.accounts.models import Enterprise, EnterpriseChange, EnterpriseName, Membership
from cultivation.accounts.permissions import can_change_firm
from cultivation.accounts.services.joining import require_place
from cultivation.accounts.services.letters import post_letter
from cultivation.accounts.services.merging import tell_merger
from cultivation.accounts.services.offices import office_addresses
from cultivation.accounts.services.proofs import store_proof
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, Conflict
from cultivation.core.regions import load_regions

ASKED = ("name", "region", "zone", "division")


def report_change(
    actor: Actor, *, enterprise: Enterprise, kind: str, after: str, happened_on: date, note: str = "",
    proof: UploadedFile | None = None,
) -> EnterpriseChange:  # fmt: skip
    """Name and zone change at once, and what the firm holds follows it. A move is a request; a division is told."""
    told = EnterpriseChange(
        enterprise=enterprise, kind=kind, before=_before(enterprise, kind), after=after.strip(), note=note.strip(),
        happened_on=happened_on, region_before=enterprise.region, told_by=actor.name,
    )  # fmt: skip
    can_change_firm.require(actor, told)
    require_standing(enterprise)
    _check(told)
    is_move = kind == "region" and bool(enterprise.region)
    told.state = "asked" if is_move else "told"
    with transaction.atomic():
        told.proof = store_proof(proof) if proof or kind != "zone" else None
        told.save()
        if not is_move:
            _apply(told, enterprise)
        audit.record(actor, f"enterprise.{kind}", enterprise, before=told.before[:40], after=told.after[:40])
        _tell_offices(told)
    return told


def answer_change(actor: Actor, *, change: EnterpriseChange, move: str, reason: str = "") -> EnterpriseChange:
    """An office takes note, or answers a move; what was answered goes to the firm and to the office it leaves."""
    data = {"reason": reason} if move in {"refuse_move", "refuse_merger"} else {}
    with transaction.atomic():
        change_flow.run(change, move, actor=actor, **data)
        if change.kind == "merger" and change.state != "noted":
            tell_merger(change)
        elif change.state in {"confirmed", "refused"}:
            _tell_answer(change)
    return change


def require_standing(enterprise: Enterprise) -> None:
    """A firm that was merged into another has nothing left to report."""
    if enterprise.successor:
        raise Conflict(f"本企业已并入{enterprise.successor}，信息不再变更。", code="merged")


def _tell_answer(change: EnterpriseChange) -> None:
    people = Membership.objects.approvers_of(change.enterprise_id).exclude(user__email="").select_related("user")
    to = [(row.user.email, row.user.language) for row in people]
    if change.state == "confirmed":
        to += office_addresses(change.region_before)
    facts = {
        "firm": change.enterprise.name,
        "place": load_regions().name_of(change.after) or change.after,
        "answer": change.answer,
    }
    for address, language in dict.fromkeys(to):
        post_letter("change_answered", address, language, confirmed=int(change.state == "confirmed"), **facts)


def _before(enterprise: Enterprise, kind: str) -> str:
    return str(getattr(enterprise, kind)) if kind in {"name", "region", "zone"} else enterprise.name


def require_past(day: date) -> None:
    if day > timezone.localdate():
        raise BadInput("变更日期不能晚于今天。", code="bad_date", fields={"/happened_on": "晚于今天"})


def _check(told: EnterpriseChange) -> None:
    if told.kind not in ASKED:
        raise BadInput("请选择变更的种类。", code="bad_kind", fields={"/kind": "没有这种变更"})
    require_past(told.happened_on)
    if told.after == told.before:
        raise BadInput("变更后的内容与现在相同。", code="no_change", fields={"/after": "与现在相同"})
    if not told.after and told.kind != "zone":
        raise BadInput("请填写变更后的内容。", code="bad_input", fields={"/after": "不能为空"})
    if told.kind == "region" and told.enterprise.changes.filter(state="asked").exists():
        raise Conflict("已有一项属地变更在等待迁入地确认，可先撤回。", code="move_is_open")
    if told.kind in {"region", "zone"}:
        region = told.after if told.kind == "region" else told.enterprise.region
        require_place(region, told.after if told.kind == "zone" else "")


def _apply(told: EnterpriseChange, enterprise: Enterprise) -> None:
    """Titles, certificates and results are tied to the firm, not to its name: they follow by themselves."""
    if told.kind == "division":
        return
    setattr(enterprise, told.kind, told.after)
    if told.kind == "region":
        enterprise.zone = ""
    if told.kind == "name":
        EnterpriseName.objects.get_or_create(
            enterprise=enterprise, name=told.after, defaults={"heard_on": told.happened_on}
        )
    enterprise.save(update_fields=["name", "region", "zone"])


def _tell_offices(told: EnterpriseChange) -> None:
    """The present office; of a move that is asked for also the office that is to confirm it."""
    places = dict.fromkeys([told.enterprise.region, *([told.after] if told.state == "asked" else [])])
    facts: dict[str, str | int] = {
        "firm": told.enterprise.name,
        "kind": told.get_kind_display(),
        "kind_code": told.kind,
        "late": told.is_late,
    }
    for place in places:
        letter = "change_asked" if told.state == "asked" and place == told.after else "change_told"
        for to, language in dict.fromkeys(office_addresses(place)):
            post_letter(letter, to, language, **facts)
