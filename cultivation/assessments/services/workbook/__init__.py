"""The pure reader of a city office's summary workbook: firms, rights and every problem found."""

from .model import NOT_APPLICABLE, Fact, FirmRow, Problem, RightRow, Workbook, WorkbookError
from .read import read_workbook

__all__ = [
    "NOT_APPLICABLE",
    "Fact",
    "FirmRow",
    "Problem",
    "RightRow",
    "Workbook",
    "WorkbookError",
    "read_workbook",
]
