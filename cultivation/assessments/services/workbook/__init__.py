"""The pure reader of a city office's summary workbook: firms, rights and every problem found."""

from .model import NOT_APPLICABLE, Fact, FirmRow, Problem, RightRow, Workbook, WorkbookError
from .read import read_workbook
from .reconcile import NO_UPPER_BOUND, reconcile

__all__ = [
    "NOT_APPLICABLE",
    "NO_UPPER_BOUND",
    "Fact",
    "FirmRow",
    "Problem",
    "RightRow",
    "Workbook",
    "WorkbookError",
    "read_workbook",
    "reconcile",
]
