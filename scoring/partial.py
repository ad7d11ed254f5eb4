"""One part or clause evaluated alone, by the engine that evaluates the whole."""

from __future__ import annotations

from dataclasses import replace

from .engine import evaluate
from .frame import Frame
from .kinds import Outcomes
from .result import Result, Row
from .rulebook import Rulebook
from .schema import Clause, Part, Scorecard


def evaluate_part(rulebook: Rulebook, part: Part, frame: Frame) -> Row:
    """The row of one part, with its points."""
    card = Scorecard.model_construct(max=part.max, parts=(part,))  # type: ignore[arg-type]
    return _evaluate(rulebook, frame, scorecard=card, criteria=None).row(part.id)


def evaluate_clause(rulebook: Rulebook, clause: Clause, frame: Frame) -> Outcomes:
    """Outcomes of one clause, of shape (n,)."""
    return _evaluate(rulebook, frame, scorecard=None, criteria=clause).outcome


def _evaluate(rulebook: Rulebook, frame: Frame, **body: object) -> Result:
    nothing = {"scope": None, "tiers": (), "vetoes": (), "sizes": ()}
    return evaluate(replace(rulebook, body=rulebook.body.model_copy(update=nothing | body)), frame)
