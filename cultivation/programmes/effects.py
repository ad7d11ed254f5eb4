"""What the moves of a round do."""

from cultivation.core.actors import Actor
from cultivation.core.events import emit
from cultivation.programmes.events import RoundPublished, ScoringRequested
from cultivation.programmes.models import Round


def request_scoring(round_: Round, *, actor: Actor) -> None:
    round_.scored = 0
    round_.save(update_fields=["scored"])
    emit(ScoringRequested(round_.pk, actor))


def announce_publication(round_: Round, *, actor: Actor) -> None:
    emit(RoundPublished(round_.pk, actor))
