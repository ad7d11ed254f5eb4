"""Two more companies of the demonstration: one has handed in, the other was sent back and has days left (E23)."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cultivation.accounts.models import Enterprise, User
from cultivation.assessments.models import Assessment
from cultivation.assessments.services.filling import (
    Change,
    Note,
    checklist_of,
    earlier_of,
    save_answers,
    send_back,
    start_assessment,
    submit_assessment,
    told_values,
)
from cultivation.programmes.models import Round
from cultivation.programmes.services import UnknownYear, is_working_day, why_not_filling

DAYS = timedelta(days=10)
NOTES = (
    Note(
        "revenue",
        "proof_differs",
        "贵公司填报的营业收入比上次填报增长六成，没有附审计报告，请核对后更正，或补充审计报告并说明原因。",
    ),
    Note("ip_strategy", "proof_missing", "贵公司选择的知识产权战略规划情况没有附文件，请补充规划文本和发文文号。"),
    Note("ledger", "ledger_incomplete", "贵公司的知识产权台账有专利没有注明法律状态，请逐件核对后更正。"),
)


def hand_in(person: User, *, round_: Round, firm: Enterprise) -> Assessment | None:
    """Complete with what is known and 暂不知道 for the rest, and signed; once, while the round is open."""
    if why_not_filling(round_) or Assessment.objects.filter(round=round_, enterprise=firm).exists():
        return None
    actor = person.actor
    draft = start_assessment(actor, round_=round_, enterprise=firm)
    known = {answer.code: answer for answer in draft.answers.all()}
    open_ = [item.code for item in checklist_of(draft) if item.severity == "blocking"]
    carried = [code for code, answer in known.items() if not answer.confirmed and answer.source == "prefill"]
    before = told_values(earlier_of(draft)).get("revenue")
    told = {"revenue": _leap(before)} if before else {}
    changes = [Change(code, told.get(code), 0) for code in open_ if code not in known]
    changes += [Change(code, known[code].declared, known[code].version) for code in carried]
    save_answers(actor, draft=draft, changes=changes)
    submit_assessment(actor, draft=draft, signed_name=actor.name, agreed=True)
    return draft


def _leap(revenue: Any) -> float:
    """By three fifths, so that an officer has something to ask."""
    return round(revenue * 1.6, 2)


def return_case(officer: User, case: Assessment) -> None:
    send_back(officer.actor, assessment=case, until=_some_days_on(), notes=NOTES)


def _some_days_on() -> date:
    """The next working day after some days; of a year whose holidays are not known, the day itself."""
    days = (timezone.localdate() + DAYS + timedelta(days=more) for more in range(15))
    try:
        return next(day for day in days if is_working_day(day))
    except UnknownYear:
        return timezone.localdate() + DAYS
