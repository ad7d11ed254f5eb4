"""Scoring: rulebooks as data, evaluated exactly, with unknown kept apart from zero. No Django."""

from .ahp import AhpError, Priorities, Reach, Swap, require_consistent, weigh_pairs, weight_reach
from .assess import PROGRAMMES, assess, make_frame
from .describe import describe_document, describe_periods
from .diff import Change, diff_rulebooks
from .drift import (
    Bin,
    Copied,
    GroupMean,
    Jump,
    Leniency,
    Mark,
    Stability,
    bin_reader,
    compare_groups,
    compare_reviewers,
    find_copies,
    find_jumps,
    measure_stability,
)
from .engine import evaluate
from .errors import ReasonError
from .explain import describe_rulebook, describe_tiers, explain_clauses, explain_text
from .facts import NOT_APPLICABLE, UNKNOWN, BadValue, Fact, Indicator, parse_fact, read_indicators
from .frame import Frame
from .improve import Moves, WhatIf, cheapest_moves, distance_to_next, what_if
from .kinds import Outcome
from .laws import LAW_TITLES, Breach, find_breaches
from .learn import Case, Disagreement, Trained, TrainingRefused, TrainingSettings, advise, train_scorecard
from .present import plain_fact
from .readers import describe_readers, limits_of_facts
from .readiness import describe_readiness, read_preparations
from .result import Result
from .rights import RIGHT_KINDS, Right, RightCount, RightCounts, Verdict, count_rights
from .rulebook import Library, Match, Rulebook, RulebookError, load_library, parse_rulebook
from .simulation import Simulation, simulate
from .versions import OUTPUT_VERSION, as_version
from .workshop import (
    Checked,
    Edit,
    EditError,
    EntryError,
    Problem,
    VersionError,
    WeightError,
    apply_edits,
    begin_version,
    check_draft,
    find_problems,
    lay_out,
    revert_patches,
    reweigh,
    value_at,
    weighed_parts,
)

__all__ = [
    "LAW_TITLES",
    "NOT_APPLICABLE",
    "OUTPUT_VERSION",
    "PROGRAMMES",
    "RIGHT_KINDS",
    "UNKNOWN",
    "AhpError",
    "BadValue",
    "Bin",
    "Breach",
    "Case",
    "Change",
    "Checked",
    "Copied",
    "Disagreement",
    "Edit",
    "EditError",
    "EntryError",
    "Fact",
    "Frame",
    "GroupMean",
    "Indicator",
    "Jump",
    "Leniency",
    "Library",
    "Mark",
    "Match",
    "Moves",
    "Outcome",
    "Priorities",
    "Problem",
    "Reach",
    "ReasonError",
    "Result",
    "Right",
    "RightCount",
    "RightCounts",
    "Rulebook",
    "RulebookError",
    "Simulation",
    "Stability",
    "Swap",
    "Trained",
    "TrainingRefused",
    "TrainingSettings",
    "Verdict",
    "VersionError",
    "WeightError",
    "WhatIf",
    "advise",
    "apply_edits",
    "as_version",
    "assess",
    "begin_version",
    "bin_reader",
    "cheapest_moves",
    "check_draft",
    "compare_groups",
    "compare_reviewers",
    "count_rights",
    "describe_document",
    "describe_periods",
    "describe_readers",
    "describe_readiness",
    "describe_rulebook",
    "describe_tiers",
    "diff_rulebooks",
    "distance_to_next",
    "evaluate",
    "explain_clauses",
    "explain_text",
    "find_breaches",
    "find_copies",
    "find_jumps",
    "find_problems",
    "lay_out",
    "limits_of_facts",
    "load_library",
    "make_frame",
    "measure_stability",
    "parse_fact",
    "parse_rulebook",
    "plain_fact",
    "read_indicators",
    "read_preparations",
    "require_consistent",
    "revert_patches",
    "reweigh",
    "simulate",
    "train_scorecard",
    "value_at",
    "weigh_pairs",
    "weighed_parts",
    "weight_reach",
    "what_if",
]
