"""Cell addresses, and cell contents as an office would see them."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

NUL = "\x00"  # Excel writes it as _x0000_; PostgreSQL can't hold it
Raw = int | float | str | bool | time | date | datetime | timedelta


def address(row: int, column: int) -> str:
    """``H5`` for the zero-based row 4 and column 7."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def exact(number: float | int) -> Decimal:
    """The number that Excel shows: 15 significant digits, so that 0.1+0.2 is 0.3."""
    return Decimal(number) if isinstance(number, int) else Decimal(format(number, ".15g"))


def display(raw: Raw) -> str:
    """The cell's content in words, for a report."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, int | float):
        return f"{exact(raw).normalize():f}"
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ")
    return str(raw).replace(NUL, "")


def clean(raw: Raw) -> str:
    """The cell's text with ordinary characters and single blanks, for reading."""
    return _clean_text(raw if isinstance(raw, str) else display(raw))


@lru_cache(maxsize=20_000)
def _clean_text(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text.replace(NUL, "")).split())


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with its address, and what Excel knows of it beyond its value."""

    sheet: str
    row: int
    column: int
    raw: Raw
    percent: bool = False
    hidden: str = ""

    @property
    def address(self) -> str:
        return address(self.row, self.column)

    @property
    def text(self) -> str:
        return clean(self.raw)

    @property
    def shown(self) -> str:
        """What stood there: an Excel error or an uncalculated formula is otherwise read as blank."""
        return self.hidden or display(self.raw)

    @property
    def is_blank(self) -> bool:
        return not self.hidden and isinstance(self.raw, str) and self.text == ""
