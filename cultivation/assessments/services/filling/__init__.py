"""A firm fills in its self-assessment: begin, save, see where it stands, leave with Excel and come back."""

from .checklist import Item, checklist_of
from .form import form_of, saved_page
from .live import live_of
from .save import Change, Saved, require_filling, save_answers
from .sheet_in import Comparison, Difference, compare_workbook
from .sheet_out import form_workbook
from .start import earlier_of, start_assessment

__all__ = [
    "Change",
    "Comparison",
    "Difference",
    "Item",
    "Saved",
    "checklist_of",
    "compare_workbook",
    "earlier_of",
    "form_of",
    "form_workbook",
    "live_of",
    "require_filling",
    "save_answers",
    "saved_page",
    "start_assessment",
]
