"""News goes up: a lower app emits, upper apps subscribe in `apps.py`; all in one transaction."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction


@dataclass(frozen=True)
class Event:
    """Base of the events that apps declare in their `events.py`."""


E = TypeVar("E", bound=Event)
_subscribers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[E], handler: Callable[[E], None]) -> None:
    """Registering the same handler again changes nothing, so `ready` may run twice."""
    if handler not in _subscribers[kind]:
        _subscribers[kind].append(handler)


def emit(event: Event) -> None:
    with transaction.atomic():
        for handler in _subscribers[type(event)]:
            handler(event)
