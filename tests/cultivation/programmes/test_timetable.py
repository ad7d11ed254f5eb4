"""By which day each step is expected, as the office has set it; nothing is invented (E24, O14)."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from cultivation.core.actors import SYSTEM
from cultivation.core.errors import BadInput, NotAllowed, WrongState
from cultivation.core.models import AuditEvent
from cultivation.programmes.models import Round
from cultivation.programmes.services import (
    UnknownYear,
    last_year_known,
    milestones_of,
    move_deadline,
    set_timetable,
)
from tests.factories.filling import open_round
from tests.factories.rounds import new_round, published_round
from tests.people import People

pytestmark = pytest.mark.django_db
STAGES = ("filling", "city_check", "publicity")


@pytest.fixture
def round_() -> Round:
    """Filling ends in the last week of March 2026, so that no test depends on today's holidays."""
    found = new_round(stages=STAGES)
    end = timezone.make_aware(datetime(2026, 3, 27, 17))
    Round.objects.filter(pk=found.pk).update(filling_from=end - timedelta(days=9), filling_until=end)
    found.refresh_from_db()
    return found


def test_only_the_steps_of_the_round_and_none_is_set_at_first(round_: Round) -> None:
    found = [(one.code, one.on) for one in milestones_of(round_)]
    assert found == [("check", None), ("decide", None), ("publicity", None), ("announce", None)]


def test_days_are_set_changed_and_cleared(round_: Round) -> None:
    set_timetable(SYSTEM, round_=round_, days={"decide": date(2026, 4, 20), "announce": date(2026, 5, 15)})
    changed = set_timetable(SYSTEM, round_=round_, days={"announce": None, "decide": date(2026, 4, 21)})
    assert changed.expected == {"decide": "2026-04-21"}
    assert AuditEvent.objects.filter(action="round.set_timetable").count() == 2


def test_the_notice_tells_its_length_in_working_days(round_: Round) -> None:
    """30 April to 9 May: the first five days of May are a holiday, the last is a worked Saturday."""
    days = {"decide": date(2026, 4, 30), "publicity": date(2026, 5, 9)}
    notice = next(one for one in milestones_of(set_timetable(SYSTEM, round_=round_, days=days)) if one.working_days)
    assert (notice.code, notice.working_days) == ("publicity", 4)


def test_a_notice_in_an_unknown_year_is_refused(round_: Round) -> None:
    with pytest.raises(UnknownYear) as refused:
        set_timetable(SYSTEM, round_=round_, days={"publicity": date(last_year_known() + 1, 1, 12)})
    assert "/publicity" in refused.value.fields
    set_timetable(SYSTEM, round_=round_, days={"announce": date(last_year_known() + 1, 1, 12)})


def test_a_notice_does_not_end_on_a_holiday(round_: Round) -> None:
    with pytest.raises(BadInput, match="须是工作日"):
        set_timetable(SYSTEM, round_=round_, days={"publicity": date(2026, 5, 1)})


@pytest.mark.parametrize(
    ("days", "pointer"),
    [
        ({"experts": date(2026, 5, 1)}, "/experts"),
        ({"fly": date(2026, 5, 1)}, "/fly"),
        ({"check": date(2026, 3, 26)}, "/check"),
        ({"check": date(2026, 5, 1), "announce": date(2026, 4, 1)}, "/announce"),
        ({"announce": date(2099, 4, 1)}, "/announce"),
    ],
)
def test_what_cannot_be_is_refused_at_its_step(round_: Round, days: dict[str, date | None], pointer: str) -> None:
    with pytest.raises(BadInput) as refused:
        set_timetable(SYSTEM, round_=round_, days=days)
    assert list(refused.value.fields) == [pointer]


def test_a_deadline_is_not_moved_past_what_was_promised() -> None:
    round_ = open_round()
    promised = timezone.localdate() + timedelta(days=9)
    set_timetable(SYSTEM, round_=round_, days={"decide": promised})
    with pytest.raises(BadInput, match="请先调整时间表"):
        move_deadline(SYSTEM, round_=round_, until=timezone.now() + timedelta(days=20))


def test_only_the_province_and_not_after_publication(people: People) -> None:
    round_ = published_round()
    with pytest.raises(NotAllowed):
        set_timetable(people.who("city_officer").actor, round_=round_, days={"decide": date(2026, 5, 1)})
    with pytest.raises(WrongState):
        set_timetable(people.who("province_officer").actor, round_=round_, days={"decide": date(2026, 5, 1)})
