"""News of the pools that upper apps act on."""

from dataclasses import dataclass

from cultivation.core.actors import Actor
from cultivation.core.events import Event


@dataclass(frozen=True)
class FirmsPlaced(Event):
    round_id: int
    placement_ids: tuple[int, ...]
    actor: Actor
