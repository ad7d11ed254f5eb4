"""The IP ledger: what a firm's rights count for under each rulebook, and what that says of declared counts."""

from cultivation.assessments.services.workbook.reconcile import NO_UPPER_BOUND, reconcile

from .applied import open_counts, settle_ledger, with_ledger
from .counting import derive_counts, left_open
from .model import Counting, Counts, Reason, standing_of
from .store import row_of, stored_fields

__all__ = [
    "NO_UPPER_BOUND",
    "Counting",
    "Counts",
    "Reason",
    "derive_counts",
    "left_open",
    "open_counts",
    "reconcile",
    "row_of",
    "settle_ledger",
    "standing_of",
    "stored_fields",
    "with_ledger",
]
