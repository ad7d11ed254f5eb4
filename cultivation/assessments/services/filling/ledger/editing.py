"""Single rights by hand: written, changed, taken out; and what came from last time confirmed (E07, E18)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cultivation.assessments.models import Assessment, LedgerRight
from cultivation.assessments.services.ledger import row_of, stored_fields
from cultivation.assessments.services.workbook.model import RightRow
from cultivation.assessments.services.workbook.own_checks import FIRST_FILING, PATENT_KINDS
from cultivation.assessments.services.workbook.own_ledger import MOST_RIGHTS
from cultivation.assessments.services.workbook.rights import state_of_text
from cultivation.assessments.services.workbook.same_rights import PUBLISHED, identities, judge_on
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, NotHere
from cultivation.core.identifiers import BadIdentifier, half_width, other_right_kind, parse_patent_number

from .desk import Desk, open_desk

Values = Mapping[str, Any]
Wrong = dict[str, str]
STATE_WORDS = {"valid": "有效", "pending": "审中", "lapsed": "失效", "refused": "驳回"}
KIND_WORDS = {"invention": "发明", "utility_model": "实用新型", "design": "外观设计"}


def add_right(actor: Actor, *, draft: Assessment, values: Values) -> LedgerRight:
    with open_desk(actor, draft) as desk:
        last = desk.draft.rights.order_by("-row").values_list("row", flat=True).first() or 0
        if desk.draft.rights.count() >= MOST_RIGHTS:
            raise BadInput(f"台账最多 {MOST_RIGHTS:,} 项。", code="too_many_rights")
        blank = RightRow("", True, "", "unknown", None, None, None, "", "", "", last + 1)
        fields = _checked(desk, blank, values)
        right = LedgerRight.objects.create(assessment=desk.draft, source="form", **fields)
        desk.touched = (None, right)
        desk.record("add", right=right.pk, number=right.number)
    return _fresh(right)


def change_right(actor: Actor, *, draft: Assessment, pk: int, values: Values, base: int | None = None) -> LedgerRight:
    """Only what `values` names; a right that somebody looked at is confirmed by it."""
    with open_desk(actor, draft, base=base) as desk:
        right = _own(desk, pk)
        fields = _checked(desk, row_of(right), values, right.pk) | {"confirmed": True}
        for name, value in fields.items():
            setattr(right, name, value)
        right.save()
        desk.touched = (right.counting, right)
        desk.record("change", right=pk, number=right.number, fields=sorted(values))
    return _fresh(right)


def remove_right(actor: Actor, *, draft: Assessment, pk: int) -> None:
    with open_desk(actor, draft) as desk:
        right = _own(desk, pk)
        right.delete()
        desk.touched = (right.counting, None)
        desk.record("remove", right=pk, number=right.number)


def confirm_rights(actor: Actor, *, draft: Assessment) -> int:
    """All that was taken over from last time, after somebody has looked through it."""
    with open_desk(actor, draft) as desk:
        confirmed: int = desk.draft.rights.filter(confirmed=False).update(confirmed=True)
        desk.touched = (None, None)
        desk.record("confirm", rights=confirmed)
    return confirmed


def clear_ledger(actor: Actor, *, draft: Assessment) -> int:
    """The firm leaves its ledger and declares the counts itself, as one whose office has no list of its rights."""
    with open_desk(actor, draft) as desk:
        removed, _ = desk.draft.rights.all().delete()
        desk.record("clear", rights=removed)
    return removed


def _own(desk: Desk, pk: int) -> LedgerRight:
    right = desk.draft.rights.filter(pk=pk).first()
    if right is None:
        raise NotHere("台账里没有这一项。")
    return right


def _fresh(right: LedgerRight) -> LedgerRight:
    return LedgerRight.objects.select_related("carried_from__round").get(pk=right.pk)


def _checked(desk: Desk, row: RightRow, values: Values, own: int | None = None) -> dict[str, Any]:
    """The row with its new values, judged on the round's day; raises `BadInput` naming every field."""
    row = replace(row, **values)
    row.legal_state = STATE_WORDS.get(row.legal_state, row.legal_state)
    row.family = [half_width(member) for member in row.family] if row.family else row.family
    wrong: Wrong = {}
    _read_number(row, wrong)
    wrong |= dict(_wrong_days(row))
    if not row.title.strip():
        wrong["/title"] = "请填写名称"
    if not wrong and (other := _same(desk, row, own)):
        wrong["/number"] = f"台账里已有这一项：{other.number or other.publication} {other.title}"
    if wrong:
        raise BadInput("请更正标出的各栏。", code="bad_right", fields=wrong)
    if "legal_state" in values:
        row.state = state_of_text(row.legal_state)
    return stored_fields(judge_on(row, desk.draft.round.assessed_on))


def _read_number(row: RightRow, wrong: Wrong) -> None:
    """One written form; a wrong check digit is kept as such, for some genuine early numbers fail it."""
    row.publication = half_width(row.publication)
    text = half_width(row.number)
    if row.kind not in PATENT_KINDS:
        row.number, row.number_ok = text, other_right_kind(text) is not None
        if not text:
            wrong["/number"] = "请填写登记号或注册号"
        return
    if not text:
        row.number, row.number_ok = "", False
        if not row.publication:
            wrong["/number"] = "请填写申请号"
        return
    try:
        number = parse_patent_number(text)
    except BadIdentifier as error:
        wrong["/number"] = str(error)
        return
    row.number, row.number_ok = number.canonical, number.check_ok
    if number.kind != row.kind:
        wrong["/kind"] = f"申请号表示的是{KIND_WORDS[number.kind]}"


def _wrong_days(row: RightRow) -> Iterator[tuple[str, str]]:
    today = timezone.localdate()
    for name in ("filed_on", "granted_on", "transferred_on"):
        day = getattr(row, name)
        if day and day > today:
            yield f"/{name}", "日期在今天以后"
        elif day and row.kind in PATENT_KINDS and day < FIRST_FILING:
            yield f"/{name}", f"早于专利法施行之日（{FIRST_FILING.isoformat()}）"
        elif day and name != "filed_on" and row.filed_on and day < row.filed_on:
            yield f"/{name}", f"早于申请日（{row.filed_on.isoformat()}）"


def _same(desk: Desk, row: RightRow, own: int | None) -> LedgerRight | None:
    """Looked for by what the table can find, and told by what a right is known by."""
    wanted = set(identities(row))
    likely = Q(number=row.number) if row.number else Q()
    for one in wanted:
        if one.startswith(PUBLISHED):
            likely |= Q(publication__startswith=f"CN{one.removeprefix(PUBLISHED)}")
    if not likely:
        return None
    others = desk.draft.rights.filter(likely).exclude(pk=own or 0).defer("counting")
    return next((right for right in others if wanted & set(identities(right))), None)
