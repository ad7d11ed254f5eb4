"""A firm takes in another (吸收合并、新设合并): asked by the one that lives on, answered by the other side (E37)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from cultivation.accounts.models import Enterprise, EnterpriseChange, Membership
from cultivation.accounts.permissions import can_change_firm
from cultivation.accounts.services.joining import read_uscc
from cultivation.accounts.services.letters import post_letter
from cultivation.accounts.services.offices import office_addresses
from cultivation.accounts.services.proofs import store_proof
from cultivation.accounts.states import MERGER_FORMS
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, Conflict

Addresses = list[tuple[str, str]]


def report_merger(
    actor: Actor, *, enterprise: Enterprise, uscc: str, form: str, happened_on: date, name: str = "", note: str = "",
    proof: UploadedFile | None = None,
) -> EnterpriseChange:  # fmt: skip
    """Of a firm known here it is asked for, and changes nothing before the other side confirms it; else it is told."""
    code = read_uscc(uscc).code
    other = Enterprise.objects.filter(uscc=code).first()
    told = EnterpriseChange(
        enterprise=enterprise, kind="merger", form=form, other=other, other_uscc=code, note=note.strip(),
        before=other.name if other else name.strip(), after=enterprise.name, happened_on=happened_on,
        region_before=enterprise.region, told_by=actor.name, state="merging" if other else "told",
    )  # fmt: skip
    can_change_firm.require(actor, told)
    _check(told)
    with transaction.atomic():
        told.proof = store_proof(proof)
        _save(told)
        audit.record(actor, "enterprise.merger", enterprise, before=code, after=told.state, detail={"change": told.pk})
        tell_merger(told)
    return told


def _save(told: EnterpriseChange) -> None:
    try:
        with transaction.atomic():
            told.save()
    except IntegrityError:
        raise Conflict("这家企业已有一项合并在等待确认。", code="merger_is_open") from None


def _check(told: EnterpriseChange) -> None:
    if told.form not in MERGER_FORMS:
        raise BadInput("请选择吸收合并或新设合并。", code="bad_form", fields={"/form": "请选择合并方式"})
    if told.happened_on > timezone.localdate():
        raise BadInput("变更日期不能晚于今天。", code="bad_date", fields={"/happened_on": "晚于今天"})
    if told.other_uscc == told.enterprise.uscc:
        raise BadInput("不能与本企业自己合并。", code="own_firm", fields={"/uscc": "这是本企业的代码"})
    if not told.before:
        raise BadInput("平台上没有这家企业，请填写它的名称。", code="bad_input", fields={"/name": "不能为空"})
    for firm in (told.enterprise, told.other):
        if firm and firm.successor:
            raise Conflict(f"{firm.name}已并入{firm.successor}，不能再合并。", code="already_merged")


def heir_of(enterprise: Enterprise) -> dict[str, Any] | None:
    """The firm that stands in the place of one that was merged into it."""
    heir = enterprise.successor
    return {"name": heir.name, "uscc": heir.uscc, "merged_on": enterprise.merged_on} if heir else None


def heirs_of(codes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The same by code, of those that were merged: a list that was frozen says where its firms are now."""
    wanted = set(codes)
    merged = Enterprise.objects.filter(successor__isnull=False).select_related("successor")
    return {one.uscc: heir for one in merged if one.uscc in wanted and (heir := heir_of(one))}


def why_merged(enterprise: Enterprise) -> str:
    """Why a firm takes part in nothing any more, or nothing."""
    return f"{enterprise.name}已并入{enterprise.successor}，由后者填报。" if enterprise.successor else ""


def tell_merger(change: EnterpriseChange) -> None:
    """Asked: who is to answer, and both offices. Answered or taken back: all of them again."""
    letter = "merger_answered" if change.state in {"confirmed", "refused", "withdrawn"} else "merger_asked"
    facts: dict[str, str | int] = {
        "firm": change.enterprise.name, "absorbed": change.before, "uscc": change.other_uscc, "state": change.state,
        "answer": change.answer, "late": change.is_late,
    }  # fmt: skip
    to = office_addresses(change.enterprise.region)
    if change.other:
        to += office_addresses(change.other.region) + _signers(change.other_id)
    if letter == "merger_answered":
        to += _signers(change.enterprise_id)
    for address, language in dict.fromkeys(to):
        post_letter(letter, address, language, **facts)


def _signers(enterprise_id: int | None) -> Addresses:
    people = Membership.objects.approvers_of(enterprise_id or 0).exclude(user__email="").select_related("user")
    return [(row.user.email, row.user.language) for row in people]
