"""News of firms that upper apps act on."""

from dataclasses import dataclass
from datetime import date

from cultivation.core.actors import Actor
from cultivation.core.events import Event


@dataclass(frozen=True)
class EnterprisesMerged(Event):
    """One firm was absorbed by another on a day, and both sides have confirmed it."""

    absorbed_id: int
    successor_id: int
    merged_on: date
    actor: Actor
