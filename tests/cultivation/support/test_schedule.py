from hypothesis import given
from hypothesis import strategies as st

from cultivation.support.services.schedule import last_week, schedule

from .cards import service

WEEKS = st.lists(st.integers(1, 40), min_size=1, max_size=8)


def services_of(weeks: list[int]) -> list:
    return [service(f"S{n}", weeks=w) for n, w in enumerate(weeks)]


def test_short_services_come_first_two_at_a_time() -> None:
    slots = schedule(services_of([10, 3, 5]), parallel=2)
    assert [(s.service.code, s.start, s.end) for s in slots] == [("S1", 0, 3), ("S2", 0, 5), ("S0", 3, 13)]


@given(WEEKS, st.integers(1, 3), st.data())
def test_taking_a_service_out_never_ends_the_plan_later(weeks: list[int], parallel: int, data: st.DataObject) -> None:
    services = services_of(weeks)
    without = [s for s in services if s is not data.draw(st.sampled_from(services))]
    assert last_week(without, parallel=parallel) <= last_week(services, parallel=parallel)


@given(WEEKS, st.integers(1, 3))
def test_no_more_services_run_at_once_than_the_firm_can_carry(weeks: list[int], parallel: int) -> None:
    slots = schedule(services_of(weeks), parallel=parallel)
    assert all(sum(s.start <= week < s.end for s in slots) <= parallel for week in range(sum(weeks)))
