"""How numbers and dates read in a Chinese document."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .payloads import Number


def plain(value: Number) -> str:
    """Points in a table: no trailing zeros, at most two decimals (58.50 → 58.5, 4.0 → 4)."""
    rounded = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return f"{rounded + 0:f}"


def score(value: Number) -> str:
    """A score keeps one decimal even when it is whole, so that columns of scores line up (71 → 71.0)."""
    text = plain(value)
    return text if "." in text else f"{text}.0"


def span(low: Number, high: Number) -> str:
    return plain(low) if low == high else f"{plain(low)}–{plain(high)}"


def long_date(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"
