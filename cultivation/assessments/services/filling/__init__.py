"""A firm fills in its self-assessment: begin, save, see where it stands, leave with Excel and come back."""

from .checklist import Item, checklist_of
from .discard import discard_draft
from .form import form_of, saved_page
from .live import live_of
from .receipt import receipt_draft
from .returning import Note, reply_to, returns_of, send_back, take_up
from .save import Change, Saved, require_filling, save_answers, takes_changes, versions_of
from .sheet_in import Comparison, Difference, compare_workbook
from .sheet_out import form_workbook
from .start import earlier_of, start_assessment, told_values
from .submit import PLEDGE, actions_of, submit_assessment, take_back

__all__ = [
    "PLEDGE",
    "Change",
    "Comparison",
    "Difference",
    "Item",
    "Note",
    "Saved",
    "actions_of",
    "checklist_of",
    "compare_workbook",
    "discard_draft",
    "earlier_of",
    "form_of",
    "form_workbook",
    "live_of",
    "receipt_draft",
    "reply_to",
    "require_filling",
    "returns_of",
    "save_answers",
    "saved_page",
    "send_back",
    "start_assessment",
    "submit_assessment",
    "take_back",
    "take_up",
    "takes_changes",
    "told_values",
    "versions_of",
]
