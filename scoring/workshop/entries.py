"""What a clerk types into a cell, as the document holds it: numbers stay as written, ``5%`` is ``5%``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from ..errors import ReasonError
from ..facts import read_indicators
from .cells import Cell

LONGEST_TEXT = 2_000
MOST_WORDS = 200
_SEPARATORS = re.compile(r"[、,，;；\s]+")
_RANGE = re.compile(r"^\s*(-?[\d.]+%?)\s*[-–—~至]\s*(-?[\d.]+%?)\s*$")


class EntryError(ReasonError):
    """An entry of another kind than its cell."""


def read_entry(cell: Cell, raw: Any) -> Any:
    """A value for a cell; what is no number or date stays as typed, for the laws to name.

    Returns
    -------
    Any
        None for an emptied cell.

    Raises
    ------
    EntryError
        The value can't stand in such a cell at all: no text, too long, or none of the options.
    """
    return None if raw is None or raw == "" or raw == [] else _READERS[cell.type](cell, raw)


def _text(cell: Cell, raw: Any) -> str | None:
    if not isinstance(raw, str):
        raise EntryError(f"{cell.label.zh}：应为文字", f"{cell.label.en}: must be text")
    found = raw.encode(errors="ignore").decode().replace("\x00", "").strip()
    if len(found) > LONGEST_TEXT:
        zh, en = f"不能超过{LONGEST_TEXT}个字", f"must not exceed {LONGEST_TEXT} characters"
        raise EntryError(f"{cell.label.zh}：{zh}", f"{cell.label.en}: {en}")
    return found or None


def _number(cell: Cell, raw: Any) -> int | float | str | None:
    """A number as it is written down in JSON; a percentage, and what is no number, as text."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return raw
    typed = _text(cell, raw)
    return None if typed is None else _as_written(unicodedata.normalize("NFKC", typed).replace(" ", ""))


def _as_written(typed: str) -> int | float | str:
    try:
        number = Decimal(typed)
    except InvalidOperation:
        return typed
    if not number.is_finite() or "e" in typed.lower() or len(typed) > 20:
        return typed
    if number == number.to_integral_value():
        return int(number)
    return float(typed) if Decimal(repr(float(typed))) == number else typed


def _points(cell: Cell, raw: Any) -> Any:
    """One number, or the two ends of a range within which a person marks."""
    if isinstance(raw, list):
        return [_number(cell, end) for end in raw[:2]]
    found = _RANGE.match(unicodedata.normalize("NFKC", raw)) if isinstance(raw, str) else None
    return [_as_written(end) for end in found.groups()] if found else _number(cell, raw)


def _choice(cell: Cell, raw: Any) -> str:
    if not isinstance(raw, str) or raw not in cell.options:
        raise EntryError(f"{cell.label.zh}：没有“{raw}”这个选项", f"{cell.label.en}: {raw} is not one of the options")
    return raw


def _choices(cell: Cell, raw: Any) -> list[str]:
    """Those chosen, in the order of the options."""
    if not isinstance(raw, list):
        raise EntryError(f"{cell.label.zh}：应为一组选项", f"{cell.label.en}: must be a list of options")
    chosen = [_choice(cell, one) for one in raw]
    return [code for code in cell.options if code in chosen]


def _list(cell: Cell, raw: Any) -> list[str] | None:
    words = raw if isinstance(raw, list) else _SEPARATORS.split(_text(cell, raw) or "")
    found = [word for one in words if (word := _text(cell, one))]
    if len(found) > MOST_WORDS:
        raise EntryError(f"{cell.label.zh}：不能超过{MOST_WORDS}项", f"{cell.label.en}: at most {MOST_WORDS}")
    return found or None


def _boolean(cell: Cell, raw: Any) -> bool | None:
    """Of an optional flag, no is what its absence says."""
    if not isinstance(raw, bool):
        raise EntryError(f"{cell.label.zh}：应为是或否", f"{cell.label.en}: must be yes or no")
    return None if cell.is_optional and not raw else raw


def _fact(cell: Cell, raw: Any) -> str:
    if not isinstance(raw, str) or raw not in read_indicators():
        raise EntryError(f"{raw}：没有这个指标", f"{raw}: there is no such indicator")
    return raw


_READERS: Mapping[str, Callable[[Cell, Any], Any]] = {
    "number": _number,
    "points": _points,
    "text": _text,
    "date": _text,
    "choice": _choice,
    "choices": _choices,
    "list": _list,
    "boolean": _boolean,
    "fact": _fact,
}
