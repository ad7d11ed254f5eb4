"""Scoring: rulebooks as data, evaluated exactly, with unknown kept apart from zero. No Django."""

from .assess import PROGRAMMES, assess
from .engine import evaluate
from .explain import describe_rulebook, describe_tiers, explain_clauses, explain_text
from .facts import NOT_APPLICABLE, UNKNOWN, BadValue, Fact, Indicator, parse_fact, read_indicators
from .frame import Frame
from .kinds import Outcome
from .result import Result
from .rulebook import Library, Match, Rulebook, RulebookError, load_library, parse_rulebook

__all__ = [
    "NOT_APPLICABLE",
    "PROGRAMMES",
    "UNKNOWN",
    "BadValue",
    "Fact",
    "Frame",
    "Indicator",
    "Library",
    "Match",
    "Outcome",
    "Result",
    "Rulebook",
    "RulebookError",
    "assess",
    "describe_rulebook",
    "describe_tiers",
    "evaluate",
    "explain_clauses",
    "explain_text",
    "load_library",
    "parse_fact",
    "parse_rulebook",
    "read_indicators",
]
