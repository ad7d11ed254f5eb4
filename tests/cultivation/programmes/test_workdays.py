"""Working days by the State Council's holidays and 调休; a year that is not known is not guessed (O14)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cultivation.programmes.services import (
    UnknownYear,
    is_working_day,
    last_year_known,
    time_left,
    working_days_between,
)

BEIJING = ZoneInfo("Asia/Shanghai")
THURSDAY = date(2026, 11, 26)


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=BEIJING)


class TestDays:
    @pytest.mark.parametrize(
        ("day", "works"),
        [
            (date(2026, 2, 14), True),  # a Saturday worked for the spring festival
            (date(2026, 2, 17), False),
            (date(2026, 10, 1), False),
            (date(2026, 10, 10), True),  # a Saturday worked for the national day
            (THURSDAY, True),
            (THURSDAY + timedelta(days=2), False),
        ],
    )
    def test_holidays_and_worked_weekends(self, day: date, works: bool) -> None:
        assert is_working_day(day) is works

    def test_from_tomorrow_to_the_last_day(self) -> None:
        assert working_days_between(THURSDAY, date(2026, 12, 3)) == 5
        assert working_days_between(THURSDAY, THURSDAY) == 0
        assert working_days_between(THURSDAY, THURSDAY - timedelta(days=9)) == 0

    def test_the_notice_of_2023_had_five(self) -> None:
        """工信部 showed the fifth batch of little giants from 14 to 20 July 2023."""
        assert working_days_between(date(2023, 7, 13), date(2023, 7, 20)) == 5

    def test_a_year_that_is_not_announced_is_refused_by_name(self) -> None:
        unknown = last_year_known() + 1
        with pytest.raises(UnknownYear, match=f"{unknown}年的放假调休安排还没有公布") as refused:
            is_working_day(date(unknown, 6, 1))
        assert (refused.value.year, refused.value.code) == (unknown, "unknown_year")
        with pytest.raises(UnknownYear):
            working_days_between(date(unknown - 1, 12, 20), date(unknown, 1, 8))

    def test_before_the_table_begins_is_unknown_too(self) -> None:
        with pytest.raises(UnknownYear):
            is_working_day(date(2003, 12, 31))


class TestTimeLeft:
    def test_working_days_beside_calendar_days(self) -> None:
        left = time_left(at(date(2026, 12, 3), 17), at(THURSDAY, 18, 42))
        assert (left.over, left.working_days, left.days, left.unknown_year) == (False, 5, 7, None)

    def test_an_unknown_year_leaves_calendar_days(self) -> None:
        left = time_left(at(date(2027, 1, 15), 17), at(THURSDAY, 9))
        assert (left.working_days, left.days, left.unknown_year) == (None, 50, 2027)

    def test_to_the_second(self) -> None:
        end = at(THURSDAY, 17)
        assert not time_left(end, end - timedelta(seconds=1)).over
        assert time_left(end, end).over

    def test_days_are_those_of_the_office_not_of_utc(self) -> None:
        """01:00 in Beijing is still yesterday in UTC."""
        left = time_left(at(THURSDAY, 1), at(THURSDAY, 0, 30))
        assert (left.days, left.hours) == (0, 0)
