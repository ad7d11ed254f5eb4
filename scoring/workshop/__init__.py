"""What the rule workshop asks of rulebooks: tables to edit, edits and what takes them back (P02)."""

from .edits import Edit, EditError, apply_edits, revert_patches
from .entries import EntryError
from .layout import lay_out

__all__ = ["Edit", "EditError", "EntryError", "apply_edits", "lay_out", "revert_patches"]
