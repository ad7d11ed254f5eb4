"""News of assessments that upper apps act on."""

from dataclasses import dataclass

from cultivation.core.actors import Actor
from cultivation.core.events import Event


@dataclass(frozen=True)
class AssessmentsScored(Event):
    """Emitted for each batch, in the transaction that stores its results."""

    round_id: int
    assessment_ids: tuple[int, ...]
    actor: Actor


@dataclass(frozen=True)
class AssessmentsWithdrawn(Event):
    """Emitted in the transaction that takes firms out of a round."""

    round_id: int
    assessment_ids: tuple[int, ...]
    actor: Actor


@dataclass(frozen=True)
class RoundScored(Event):
    """Emitted when the last firm of a round has its result."""

    round_id: int
    actor: Actor
