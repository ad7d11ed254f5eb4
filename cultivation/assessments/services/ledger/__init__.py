"""The IP ledger: what a firm's rights count for under each rulebook, and what that says of declared counts."""

from cultivation.assessments.services.workbook.reconcile import NO_UPPER_BOUND, reconcile

from .counting import derive_counts
from .model import Counts, Reason

__all__ = ["NO_UPPER_BOUND", "Counts", "Reason", "derive_counts", "reconcile"]
