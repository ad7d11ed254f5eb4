"""News of rounds and rulebooks that upper apps act on."""

from dataclasses import dataclass

from cultivation.core.actors import Actor
from cultivation.core.events import Event


@dataclass(frozen=True)
class ScoringRequested(Event):
    round_id: int
    actor: Actor


@dataclass(frozen=True)
class RoundPublished(Event):
    round_id: int
    actor: Actor


@dataclass(frozen=True)
class ImpactRequested(Event):
    impact_id: int
    actor: Actor
