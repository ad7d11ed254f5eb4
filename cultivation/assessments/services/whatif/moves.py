"""The shortest ways up: the cheapest moves to the next tier, in words (E11)."""

from typing import Any

from cultivation.assessments.services.outlook import Question
from cultivation.assessments.services.screen import Lang, Screen
from cultivation.programmes.services import pinned_library

from .base import Base


def shortest_paths(base: Base, *, lang: Lang = "zh") -> Screen:
    """The cheapest sets of at most one, two and three moves, and the cheapest of all; or why there is none."""
    from scoring import cheapest_moves

    library, question = pinned_library(base.assessment.round), Question.of(base.assessment.round)
    try:
        found = cheapest_moves(base.facts, on=question.on, kind=question.kind, region=question.region, library=library)
    except ValueError:  # a scorecard without effort classes, or facts that combine in more ways than can be tried
        return {"paths": [], "why_none": "unknown_effort"}
    paths = [_path(moves, library, lang) for moves in found]
    return {"paths": paths, "why_none": None if paths else _why_none(base.found["capability"], library)}


def _why_none(found: Screen, library: Any) -> str:
    if found["rulebook"] is None:
        return "no_scorecard"
    if found["vetoes"]:
        return "veto"
    highest = library.get(found["rulebook"]).body.tiers[-1].id
    return "highest" if found["level"] == highest else "none_suffice"


def _path(moves: Any, library: Any, lang: Lang) -> Screen:
    return {
        "goal": moves.goal,
        "cost": moves.cost,
        "score": list(moves.score),
        "level": moves.level,
        "changes": moves.changes(),
        "moves": [_move(move, lang) for move in moves.moves],
    }


def _move(move: Any, lang: Lang) -> Screen:
    return {
        "fact": move.fact,
        "words": move.words(lang),
        "is_report": move.is_report,
        "effort": move.effort,
        "effort_label": getattr(move.title, lang),
        "steps": move.steps,
        "cost": move.cost,
    }
