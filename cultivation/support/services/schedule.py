"""When each service of a plan runs: the short and easy first, as many at a time as the firm can carry."""

from collections.abc import Iterable
from dataclasses import dataclass

from cultivation.support.services.catalogue import Service


@dataclass(frozen=True, slots=True)
class Slot:
    """Weeks from the start of the plan."""

    service: Service
    start: int
    end: int


def working_order(services: Iterable[Service]) -> list[Service]:
    return sorted(services, key=lambda s: (s.weeks, s.code))


def schedule(services: Iterable[Service], *, parallel: int) -> list[Slot]:
    """List scheduling in working order. Taking a service out never makes the plan end later."""
    free = [0] * parallel
    slots = []
    for service in working_order(services):
        start = min(free)
        free[free.index(start)] = start + service.weeks
        slots.append(Slot(service, start, start + service.weeks))
    return slots


def last_week(services: Iterable[Service], *, parallel: int) -> int:
    return max((slot.end for slot in schedule(services, parallel=parallel)), default=0)
