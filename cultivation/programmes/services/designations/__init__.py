"""Dated titles and designations: lists read, confirmed and entered, titles revoked; what they say of a firm."""

from .lists import move_designation, move_list, preview_list
from .taking import take_over
from .titles import Title, find_titles

__all__ = ["Title", "find_titles", "move_designation", "move_list", "preview_list", "take_over"]
