"""A firm's own ledger of rights: lists it brings, rows it writes, and the counted answers they give (E18, E19)."""

from .carry import carry_ledger, take_kept_ledger
from .desk import ledger_of
from .editing import add_right, change_right, clear_ledger, confirm_rights, remove_right
from .frozen import frozen_ledger
from .importing import Preview, import_ledger, preview_ledger
from .listing import Wanted, right_pages, rights_of, tally_of
from .page import ledger_page

__all__ = [
    "Preview",
    "Wanted",
    "add_right",
    "carry_ledger",
    "change_right",
    "clear_ledger",
    "confirm_rights",
    "frozen_ledger",
    "import_ledger",
    "ledger_of",
    "ledger_page",
    "preview_ledger",
    "remove_right",
    "right_pages",
    "rights_of",
    "take_kept_ledger",
    "tally_of",
]
