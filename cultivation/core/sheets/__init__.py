"""Tables that offices send: workbooks opened safely, cells with addresses, and dates as people type them."""

from .cells import Cell, Raw, address, clean, display
from .dates import BadDate, find_date, parse_date, years_before
from .errors import SheetError
from .files import Grid, open_grids, read_bytes
from .text import open_tables

__all__ = [
    "BadDate",
    "Cell",
    "Grid",
    "Raw",
    "SheetError",
    "address",
    "clean",
    "display",
    "find_date",
    "open_grids",
    "open_tables",
    "parse_date",
    "read_bytes",
    "years_before",
]
