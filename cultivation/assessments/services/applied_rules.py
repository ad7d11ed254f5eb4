"""What the other kind of application follows on the same day (E14)."""

from typing import Literal

from cultivation.programmes.models import Round
from cultivation.programmes.services import published_library
from cultivation.programmes.states import Kind

Lang = Literal["zh", "en"]
OTHER: dict[Kind, Kind] = {"new": "renewal", "renewal": "new"}


def other_kind(round_: Round, code: str, lang: Lang) -> str:
    """Where it follows another rulebook, which and why: who holds a title must know both."""
    library, own = published_library(), round_.application
    here, there = (
        library.find(code, kind=kind, region=round_.region, on=round_.assessed_on, lang=lang)
        for kind in (own, OTHER[own])
    )
    if there.rulebook is None or (here.rulebook and here.rulebook.key == there.rulebook.key):
        return ""
    return there.reason
