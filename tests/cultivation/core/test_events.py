"""News goes up in the same transaction: a subscriber that fails undoes what it heard about."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from cultivation.core import events
from cultivation.core.errors import Conflict
from cultivation.core.events import Event, emit, subscribe
from cultivation.core.models import Job
from cultivation.core.numbering import next_number

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Rang(Event):
    label: str


@dataclass(frozen=True)
class Knocked(Event):
    label: str


@pytest.fixture(autouse=True)
def forget_subscribers() -> Iterator[None]:
    yield
    events._subscribers.pop(Rang, None)


def write_job(event: Rang) -> None:
    Job.objects.create(kind="test", label=event.label)


def fail(event: Rang) -> None:
    raise Conflict("听到了，但办不到。")


def test_a_subscriber_hears_its_event() -> None:
    subscribe(Rang, write_job)
    emit(Rang("叮"))
    assert list(Job.objects.values_list("label", flat=True)) == ["叮"]


def test_a_subscriber_hears_no_other_event() -> None:
    subscribe(Rang, write_job)
    emit(Knocked("咚"))
    assert Job.objects.count() == 0


def test_subscribing_twice_is_hearing_once() -> None:
    subscribe(Rang, write_job)
    subscribe(Rang, write_job)
    emit(Rang("叮"))
    assert Job.objects.count() == 1


def test_a_failing_subscriber_undoes_the_others() -> None:
    subscribe(Rang, write_job)
    subscribe(Rang, fail)
    with pytest.raises(Conflict):
        emit(Rang("叮"))
    assert Job.objects.count() == 0
    assert next_number("still usable") == 1
