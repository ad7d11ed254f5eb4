"""The IP ledger: what a firm's rights count for under each rulebook, and what that says of declared counts."""

from cultivation.assessments.services.workbook.reconcile import NO_UPPER_BOUND, reconcile

from .applied import open_counts, settle_ledger, with_ledger
from .counting import derive_counts
from .model import Counts, Reason
from .store import row_of, stored_fields

__all__ = [
    "NO_UPPER_BOUND",
    "Counts",
    "Reason",
    "derive_counts",
    "open_counts",
    "reconcile",
    "row_of",
    "settle_ledger",
    "stored_fields",
    "with_ledger",
]
