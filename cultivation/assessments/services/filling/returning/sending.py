"""An office sends an assessment back (退回补正), or takes up what was handed in when no answer came (E23, C05, C06)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from cultivation.accounts.services import firm_addresses, office_name, post_letter
from cultivation.assessments.flow import assessment_flow
from cultivation.assessments.models import Assessment, Return, ReturnNote
from cultivation.assessments.permissions import can_check
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, WrongState
from cultivation.programmes.services import UnknownYear, working_days_between

from ..catalogue import Field, fields_of
from ..lock import LEDGER, standing_submission
from .reasons import OTHER, listed_reasons
from .restoring import restore
from .told import told_in

LEDGER_NAME = ("知识产权台账", "IP ledger")
SHORTEST, LONGEST, LONGEST_BELATED = 12, 600, 300
MOST_DAYS = timedelta(days=180)
ADDRESS = "贵公司"
LAST_SECOND = time(23, 59, 59)
PUBLIC_ID = re.compile(r"[A-Z]")  # as rules print them; others only tell clauses apart


@dataclass(frozen=True, slots=True)
class Note:
    """What is wrong with one fact; `reason` is a code of the list, `belated` why it was not told the first time."""

    code: str
    reason: str
    text: str
    belated: str = ""


def send_back(actor: Actor, *, assessment: Assessment, until: date, notes: Sequence[Note]) -> Return:
    """Only the facts named are opened to the firm, until the end of a day that leaves it at least one working day."""
    can_check.require(actor, assessment)
    with transaction.atomic():
        locked = (
            Assessment.objects.select_for_update(of=("self",))
            .select_related("round", "enterprise")
            .get(pk=assessment.pk)
        )
        submission = standing_submission(locked)
        if locked.state != "submitted" or submission is None:
            raise WrongState(f"当前状态是“{locked.get_state_display()}”，不能退回。", code="wrong_state")
        fields = {field.code: field for field in fields_of(locked.round)}
        needing = needs_explaining(locked)
        _check(notes, fields, needing, until)
        sent = Return.objects.create(
            assessment=locked, number=locked.returns.count() + 1, submission=submission, until=_end_of(until),
            office=office_name(actor), by=actor.name, by_user=actor.user_id, at=timezone.now(),
        )  # fmt: skip
        ReturnNote.objects.bulk_create(_kept(sent, note, fields, needing) for note in notes)
        kept = {"number": sent.number, "until": sent.until, "notes": len(notes)}
        assessment_flow.run(locked, "send_back", actor=actor, **kept)
        _tell(sent, len(notes))
    assessment.refresh_from_db()
    return sent


def take_up(actor: Actor, *, assessment: Assessment) -> Assessment:
    """No answer came in time: what was signed last is judged, and stands in the form again."""
    can_check.require(actor, assessment)
    with transaction.atomic():
        submission = standing_submission(assessment)
        if submission is None:
            raise WrongState("企业还没有提交过。", code="wrong_state")
        assessment_flow.run(assessment, "take_up", actor=actor, number=submission.number)
        restore(assessment, submission)
    return assessment


def needs_explaining(assessment: Assessment) -> frozenset[str]:
    """Facts of which a defect could have been told at an earlier return: they stand as they stood then (C05).

    What was told then and is not set right yet is no new defect.
    """
    latest, earlier = standing_submission(assessment), list(assessment.returns.select_related("submission"))
    if latest is None or not earlier:
        return frozenset()
    now, then = told_in(latest), [told_in(sent.submission) for sent in earlier]
    told = set(ReturnNote.objects.filter(sending__in=earlier).values_list("code", flat=True))
    codes = {LEDGER, *(field.code for field in fields_of(assessment.round))} - told
    return frozenset(code for code in codes if any(now.is_same(one, code) for one in then))


def first_day() -> date:
    """The first day that leaves a working day; of a year whose holidays are not known, tomorrow."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return next((day for n in range(30) if not _day_problem(day := tomorrow + timedelta(days=n))), tomorrow)


def last_day() -> date:
    return timezone.localdate() + MOST_DAYS


def label_of(code: str, field: Field | None) -> tuple[str, str]:
    return (field.indicator.zh, field.indicator.en) if field else LEDGER_NAME if code == LEDGER else (code, code)


def _check(notes: Sequence[Note], fields: Mapping[str, Field], needing: frozenset[str], until: date) -> None:
    problems = _day_problem(until)
    if not notes:
        problems["/notes"] = "请至少退回一项。"
    seen: set[str] = set()
    for note in notes:
        if found := "".join(_problems(note, fields, needing, seen)):
            problems[f"/{note.code}"] = found
        seen.add(note.code)
    if problems:
        raise BadInput("请核对退回意见。", code="bad_return", fields=problems)


def _problems(note: Note, fields: Mapping[str, Field], needing: frozenset[str], seen: set[str]) -> Iterable[str]:
    if note.code not in fields and note.code != LEDGER:
        yield "表中没有这一项。"
    if note.code in seen:
        yield "同一项只写一条意见。"
    if note.reason not in listed_reasons():
        yield "请从列表中选择退回原因。"
    if not SHORTEST <= len(note.text.strip()) <= LONGEST:
        yield f"意见请写 {SHORTEST} 至 {LONGEST} 个字。"
    elif note.reason in listed_reasons() and note.text.strip() == prefilled(note, fields):
        yield "请把问题写完整。"
    elif ADDRESS not in note.text:
        yield f"意见是写给企业的，请以“{ADDRESS}”称呼对方。"
    if note.code in needing and not 4 <= len(note.belated.strip()) <= LONGEST_BELATED:
        yield "上次退回时就能看到的问题，请说明为什么当时没有一次告知。"


def prefilled(note: Note, fields: Mapping[str, Field]) -> str:
    """How a note for another reason begins: no sentence yet, so it can't be sent as it stands."""
    what = label_of(note.code, fields.get(note.code))[0]
    return listed_reasons()[OTHER]["text"].format(what=what) if note.reason == OTHER else ""


def _day_problem(until: date) -> dict[str, object]:
    today = timezone.localdate()
    if not today < until <= last_day():
        return {"/until": f"补正期限应在明天到 {last_day():%Y-%m-%d} 之间。"}
    try:
        return {} if working_days_between(today, until) else {"/until": "期限内没有工作日，企业来不及补正。"}
    except UnknownYear:
        return {}


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, LAST_SECOND))


def _kept(sent: Return, note: Note, fields: Mapping[str, Field], needing: frozenset[str]) -> ReturnNote:
    return ReturnNote(
        sending=sent,
        code=note.code,
        reason=listed_reasons()[note.reason]["zh"],
        text=note.text.strip(),
        clause=clause_of(fields.get(note.code)),
        belated=note.belated.strip() if note.code in needing else "",
    )


def clause_of(field: Field | None) -> str:
    """Where the fact is asked for, in the first rulebook that reads it: one clause by title, several by their ids."""
    if field is None or not field.readers:
        return ""
    first = field.readers[0]
    own = [row for row in field.readers if row["rulebook"] == first["rulebook"]]
    printed = [row for row in own if PUBLIC_ID.match(row["id"])]
    one = [row["id"] for row in printed] + [(printed or own)[0]["title"]]
    words = "、".join(row["id"] for row in printed) if len(printed) > 1 else " ".join(filter(None, one))
    return f"{first['rulebook_title']} {words}".strip()[:200]


def _tell(sent: Return, notes: int) -> None:
    firm = sent.assessment.enterprise
    facts: dict[str, str | int] = {
        "firm": firm.name, "round": sent.assessment.round.name, "office": sent.office, "notes": notes,
        "until": timezone.localtime(sent.until).strftime("%Y-%m-%d %H:%M:%S"), "assessment": sent.assessment_id,
    }  # fmt: skip
    for address, language in dict.fromkeys(firm_addresses(firm.pk)):
        post_letter("assessment_returned", address, language, **facts)
