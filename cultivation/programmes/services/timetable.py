"""By which day each step of a round is expected; what the office has not set stays open (E24, O14)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, WrongState
from cultivation.programmes.models import Round
from cultivation.programmes.permissions import can_run_round
from cultivation.programmes.states import MILESTONES

from .workdays import UnknownYear, is_working_day, working_days_between

FURTHEST_YEARS = 5
TIMETABLE_OVER = frozenset({"published", "closed"})


@dataclass(frozen=True, slots=True)
class Milestone:
    """`working_days` is the length of the notice period, where both of its ends are set."""

    code: str
    label: str
    on: date | None
    working_days: int | None


def milestones_of(round_: Round) -> list[Milestone]:
    """The steps that the round has, in order."""
    days = expected_days(round_)
    return [Milestone(code, MILESTONES[code][0], days.get(code), _length(code, days)) for code in _codes(round_)]


def expected_days(round_: Round) -> dict[str, date]:
    return {code: date.fromisoformat(day) for code, day in round_.expected.items()}


def set_timetable(actor: Actor, *, round_: Round, days: Mapping[str, date | None]) -> Round:
    """Set or clear expected days. Raises `UnknownYear` for a notice period that can't be counted in working days."""
    can_run_round.require(actor, round_)
    with transaction.atomic():
        locked = Round.objects.select_for_update().get(pk=round_.pk)
        if locked.state in TIMETABLE_OVER:
            raise WrongState("名单已发布，时间表不再变动。", code="already_published")
        known = expected_days(locked) | dict(days)
        merged = {code: day for code, day in known.items() if day is not None}
        _require_sound(locked, merged)
        before = locked.expected
        locked.expected = {code: day.isoformat() for code, day in merged.items()}
        locked.save(update_fields=["expected"])
        audit.record(actor, "round.set_timetable", locked, detail={"before": before, "after": locked.expected})
    return locked


def require_timetable_after(round_: Round, until: datetime) -> None:
    """A deadline is not moved past the day by which the next step is promised."""
    last = timezone.localdate(until)
    code = next((code for code, day in expected_days(round_).items() if day < last), None)
    if code:
        sentence = f"“{MILESTONES[code][0]}”预计 {round_.expected[code]} 完成，早于新的截止日。请先调整时间表。"
        raise BadInput(sentence, code="timetable_before_deadline", fields={"/until": "晚于时间表上的日期"})


def _codes(round_: Round) -> list[str]:
    return [code for code, (_, stage) in MILESTONES.items() if not stage or stage in round_.stages]


def _length(code: str, days: Mapping[str, date]) -> int | None:
    """From the day after the decision to the last day of the notice."""
    if code != "publicity" or not {"decide", "publicity"} <= set(days):
        return None
    try:
        return working_days_between(days["decide"], days["publicity"])
    except UnknownYear:
        return None


def _require_sound(round_: Round, days: Mapping[str, date]) -> None:
    wrong = dict(_misplaced(round_, days))
    if wrong:
        raise BadInput("时间表有不对的地方。", code="bad_timetable", fields=wrong)
    if "publicity" in days:
        _require_countable(days["publicity"])


def _misplaced(round_: Round, days: Mapping[str, date]) -> Iterator[tuple[str, str]]:
    codes = _codes(round_)
    yield from ((f"/{code}", "这个批次没有这一环节") for code in days if code not in codes)
    present = [code for code in codes if code in days]
    ends = timezone.localdate(round_.filling_until) if round_.filling_until else round_.assessed_on
    for code in present:
        if days[code] < ends:
            yield f"/{code}", f"不能早于{ends}"
        elif days[code].year > timezone.localdate().year + FURTHEST_YEARS:
            yield f"/{code}", f"最多到 {FURTHEST_YEARS} 年以后"
    for sooner, later in pairwise(present):
        if days[later] < days[sooner]:
            yield f"/{later}", f"不能早于“{MILESTONES[sooner][0]}”的 {days[sooner]}"


def _require_countable(last: date) -> None:
    """A notice runs in working days, so its end is one, in a year whose holidays are known."""
    try:
        is_open = is_working_day(last)
    except UnknownYear as error:
        raise UnknownYear(error.year, fields={"/publicity": "这一年的放假安排还没有公布，暂不能排公示期"}) from error
    if not is_open:
        raise BadInput(
            "公示期按工作日计算，最后一天须是工作日。",
            code="not_a_working_day",
            fields={"/publicity": f"{last} 不是工作日"},
        )
