"""退回补正: an office sends facts back with notes, the firm sets them right and answers, both see before and after."""

from .commonest import commonest_returns
from .pages import open_return_page, returns_of, unanswered
from .reasons import reason_pages
from .replying import reply_to
from .sending import Note, clause_of, first_day, label_of, last_day, needs_explaining, send_back, take_up

__all__ = [
    "Note",
    "clause_of",
    "commonest_returns",
    "first_day",
    "label_of",
    "last_day",
    "needs_explaining",
    "open_return_page",
    "reason_pages",
    "reply_to",
    "returns_of",
    "send_back",
    "take_up",
    "unanswered",
]
