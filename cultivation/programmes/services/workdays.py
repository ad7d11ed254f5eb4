"""Working days by the State Council's holidays and 调休, from a kept table; a year it does not hold is not guessed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from cultivation.core.errors import BadInput

ONE_DAY = timedelta(days=1)
SOURCE = "国务院办公厅历年部分节假日安排通知（chinesecalendar 数据表）"


class UnknownYear(BadInput):
    """Days of a year whose holidays have not been announced, or not been taken into the table yet."""

    code = "unknown_year"

    def __init__(self, year: int, *, fields: dict[str, object] | None = None) -> None:
        sentence = f"{year}年的放假调休安排还没有公布（节假日表到{last_year_known()}年），不能按工作日计算。"
        super().__init__(sentence, fields=fields)
        self.year = year


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """From now to a deadline. `working_days` is null where `unknown_year` says which year's holidays are missing."""

    over: bool
    hours: int
    days: int
    working_days: int | None
    unknown_year: int | None


def first_year_known() -> int:
    return min(_known_days()).year


def last_year_known() -> int:
    return max(_known_days()).year


def is_working_day(day: date) -> bool:
    """Raises `UnknownYear`."""
    from chinese_calendar import is_workday

    _require_known(day)
    return bool(is_workday(day))


def working_days_between(after: date, until: date) -> int:
    """How many working days lie after the first day up to the last, that one included. Raises `UnknownYear`."""
    if until <= after:
        return 0
    _require_known(after + ONE_DAY)
    _require_known(until)
    return sum(is_working_day(after + ONE_DAY * n) for n in range(1, (until - after).days + 1))


def time_left(until: datetime, now: datetime | None = None) -> TimeLeft:
    """Days are counted by the calendar of the office: from tomorrow to the last day, that one included."""
    now = now or timezone.now()
    today, last = timezone.localdate(now), timezone.localdate(until)
    try:
        working_days, unknown = working_days_between(today, last), None
    except UnknownYear as error:
        working_days, unknown = None, error.year
    return TimeLeft(
        over=now >= until,
        hours=max(0, int((until - now).total_seconds() // 3600)),
        days=max(0, (last - today).days),
        working_days=working_days,
        unknown_year=unknown,
    )


def _require_known(day: date) -> None:
    if not first_year_known() <= day.year <= last_year_known():
        raise UnknownYear(day.year)


def _known_days() -> dict[date, str]:
    from chinese_calendar import holidays

    return holidays
