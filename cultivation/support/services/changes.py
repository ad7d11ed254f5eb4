"""What a service does to a firm's facts.

A fact is a JSON value; unknown is absent, "n/a" is not applicable, and a pair bounds a number that is not settled.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cultivation.support.services.catalogue import Change, Precondition, Service

Facts = Mapping[str, Any]
NOT_APPLICABLE = "n/a"
UNBOUNDED = 10**15


def apply_services(facts: Facts, services: Iterable[Service], *, on: date) -> dict[str, Any]:
    """The facts that the services leave different, and nothing else. The order of the services does not matter."""
    after = dict(facts)
    for service in sorted(services, key=lambda s: s.code):
        after |= _changes_of(service, after, on)
    return {code: value for code, value in after.items() if value != facts.get(code)}


def is_open_to(service: Service, facts: Facts) -> bool:
    """False when a precondition is known to fail. An unknown one leaves the service open."""
    return all(_may_hold(condition, facts) for condition in service.requires)


def years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def ends(value: Any, *, most: int = UNBOUNDED) -> tuple[Decimal, Decimal]:
    """The least and the greatest number that a fact can be."""
    if value is None:
        return Decimal(0), Decimal(most)
    low, high = value if isinstance(value, list | tuple) else (value, value)
    return Decimal(str(low)), Decimal(most) if high is None else Decimal(str(high))


def _changes_of(service: Service, facts: Facts, on: date) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for change in service.changes:
        present = facts.get(change.indicator)
        after = _changed(change, present, on, is_new=bool(found))
        if after != present:
            found[change.indicator] = after
    return found


def _changed(change: Change, present: Any, on: date, *, is_new: bool) -> Any:
    if present == NOT_APPLICABLE:
        return present
    if change.set is not None:
        return change.set if present is None or present in change.start else present
    if change.years_on is not None:
        return _prolonged(present, years_after(on, change.years_on).isoformat(), is_new=is_new)
    return _raised(change, present)


def _prolonged(present: Any, until: str, *, is_new: bool) -> Any:
    """A date that is merely not reported is no reason for a service: then it must bring something new besides."""
    if present is None:
        return until if is_new else None
    return max(str(present), until)


def _raised(change: Change, present: Any) -> Any:
    """An unknown number stays open upward, so that no more than the least is promised."""
    most = Decimal(UNBOUNDED if change.up_to is None else change.up_to)
    low, high = (_raise(change, end, most) for end in ends(present, most=int(most)))
    return _plain(low) if low == high else [_plain(low), _plain(high)]


def _raise(change: Change, end: Decimal, most: Decimal) -> Decimal:
    wanted = Decimal(change.at_least) if change.at_least is not None else end + (change.add or 0)
    return max(end, min(wanted, most))


def _plain(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)


def _may_hold(condition: Precondition, facts: Facts) -> bool:
    values = [facts.get(code) for code in condition.any]
    return any(value != NOT_APPLICABLE and ends(value)[1] >= condition.at_least for value in values)
