"""What the rule workshop asks of rulebooks: tables to edit, edits and what takes them back, and what is wrong (P02)."""

from .copying import VersionError, begin_version
from .edits import Edit, EditError, apply_edits, revert_patches, value_at
from .entries import EntryError
from .layout import lay_out
from .problems import Checked, Problem, check_draft, find_problems
from .reweigh import WeightError, reweigh, weighed_parts

__all__ = [
    "Checked",
    "Edit",
    "EditError",
    "EntryError",
    "Problem",
    "VersionError",
    "WeightError",
    "apply_edits",
    "begin_version",
    "check_draft",
    "find_problems",
    "lay_out",
    "revert_patches",
    "reweigh",
    "value_at",
    "weighed_parts",
]
