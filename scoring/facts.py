"""The catalogue of indicators, and one fact read from what somebody wrote.

A fact is a value, ``UNKNOWN`` or ``NOT_APPLICABLE``; 0 and false are known values. A count may also be a pair
``(least, most)`` when a ledger bounds it without settling it.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib.resources import files
from numbers import Real
from typing import Any, Final, Literal

import numpy as np

from .errors import UNPRINTABLE, ReasonError, as_text, shorten
from .yamltext import read_yaml


class State(Enum):
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "n/a"


UNKNOWN: Final = State.UNKNOWN
NOT_APPLICABLE: Final = State.NOT_APPLICABLE
NO_BAR: Final = date.min
Fact = float | int | bool | str | date | tuple[float, float] | State
NUMERIC = ("money", "integer", "number", "percent")
LARGEST: Final = 1e15
EARLIEST: Final = date(1900, 1, 1)
LONGEST_TEXT: Final = 500
_WORDS: Mapping[str, State | None] = {"": None, "n/a": NOT_APPLICABLE}
_INDUSTRY = re.compile("[0-9]{2,4}")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


class BadValue(ReasonError):
    """A value that can't be that fact."""


@dataclass(frozen=True)
class Indicator:
    """One fixed indicator.

    Attributes
    ----------
    code, group : str
        What it is called in files and rulebooks, and the section of the form it belongs to.
    type : str
        ``money``, ``integer``, ``number``, ``percent``, ``boolean``, ``choice``, ``date`` or ``text``.
    unit : str
        Of a number: 万元 for money.
    zh, en : str
        Its name.
    note : str
        How it is counted, and the choices of a choice.
    least, most : float or None
        Range of a number; None is unbounded.
    choices : dict
        Choice code to its Chinese and English label, in ascending order.
    is_judgement : bool
        Whether a person other than the firm gives it.
    empty_is_none : bool
        Whether an empty value is an answer ("no bar").
    """

    code: str
    group: str
    type: Literal["money", "integer", "number", "percent", "boolean", "choice", "date", "text"]
    unit: str
    zh: str
    en: str
    note: str
    least: float | None
    most: float | None
    choices: Mapping[str, tuple[str, str]]
    is_judgement: bool
    empty_is_none: bool


@dataclass(frozen=True)
class Contradiction:
    """A part that may not exceed its whole."""

    part: str
    whole: str


@cache
def _extras() -> Any:
    return read_yaml(files("scoring").joinpath("facts.yaml").read_text("utf-8")).data


@cache
def read_indicators() -> Mapping[str, Indicator]:
    """All indicators by code.

    Returns
    -------
    mapping of str to Indicator
        In the order of the fixed list.
    """
    with files("scoring").joinpath("indicators.csv").open(encoding="utf-8") as lines:
        return {row["code"]: _indicator(row) for row in csv.DictReader(lines)}


@cache
def read_contradictions() -> tuple[Contradiction, ...]:
    """Pairs of facts that can't both be right."""
    return tuple(Contradiction(**pair) for pair in _extras()["contradictions"])


def _indicator(row: Mapping[str, str]) -> Indicator:
    extras, code, type_ = _extras(), row["code"], row["type"]
    least, most = extras["ranges"].get(code, extras["types"].get(type_, (None, None)))
    choices = {choice: (zh, en) for choice, (zh, en) in extras["choices"].get(code, {}).items()}
    is_judgement = row["group"] == "judgement" or code in extras["marks"]
    texts = {key: row[key] for key in ("code", "group", "unit", "zh", "en", "note")}
    return Indicator(
        type=type_,  # type: ignore[arg-type]
        least=least,
        most=most,
        choices=choices,
        is_judgement=is_judgement,
        empty_is_none=code in extras["empty_is_none"],
        **texts,
    )


def parse_fact(code: str, raw: object) -> Fact:
    """Read one fact from what a file or a form holds.

    Parameters
    ----------
    code : str
        Indicator code.
    raw : object
        None or empty text is unknown, ``n/a`` not applicable; numbers, booleans and dates as such or as text; a pair
        bounds a count.

    Returns
    -------
    Fact
        A value of the indicator's type, ``UNKNOWN`` or ``NOT_APPLICABLE``.

    Raises
    ------
    BadValue
        Wrong type or out of range.
    KeyError
        No such indicator.
    """
    indicator = read_indicators()[code]
    if isinstance(raw, str):
        raw = _WORDS.get(raw.strip().lower(), raw.strip())
    if raw is None:
        return NO_BAR if indicator.empty_is_none else UNKNOWN
    if isinstance(raw, State):
        return raw
    if indicator.type in NUMERIC:
        return _read_numeric(indicator, raw)
    return _READERS[indicator.type](indicator, raw)


def _read_numeric(indicator: Indicator, raw: object) -> Fact:
    if isinstance(raw, dict) and raw.keys() == {"low", "high"}:
        raw = (raw["low"], raw["high"])
    if isinstance(raw, (tuple, list)) and len(raw) == 2:
        highest = LARGEST if indicator.most is None else indicator.most
        least, most = (_read_number(indicator, end) for end in (raw[0], highest if raw[1] is None else raw[1]))
        if least > most:
            raise BadValue(f"下限{least}大于上限{most}", f"least {least} exceeds most {most}")
        return least if least == most else (least, most)
    return _read_number(indicator, raw)


def _read_number(indicator: Indicator, raw: object) -> float:
    number = _to_float(raw)
    if indicator.type == "integer" and number != int(number):
        raise BadValue(f"应为整数，得到{shorten(raw)}", f"expected a whole number, got {shorten(raw)}")
    least = -LARGEST if indicator.least is None else indicator.least
    most = LARGEST if indicator.most is None else indicator.most
    if not least <= number <= most:
        raise BadValue(
            f"{shorten(raw)}超出范围{_range(indicator, '至')}",
            f"{shorten(raw)} is out of range {_range(indicator, ' to ')}",
        )
    return number


def _range(indicator: Indicator, to: str) -> str:
    least = -LARGEST if indicator.least is None else indicator.least
    most = LARGEST if indicator.most is None else indicator.most
    return f"{least:g}{to}{most:g}"


def _to_float(raw: object) -> float:
    if isinstance(raw, (Real, Decimal)) and not isinstance(raw, bool):
        number = _as_float(raw)
    elif isinstance(raw, str) and _DECIMAL.fullmatch(raw):
        number = float(raw)
    else:
        number = math.nan
    if math.isfinite(number):
        return number + 0.0
    raise BadValue(f"应为数字，得到{shorten(raw)}", f"expected a number, got {shorten(raw)}")


def _as_float(raw: Real | Decimal) -> float:
    try:
        return float(raw)
    except (OverflowError, ValueError):
        return math.nan


def _read_boolean(indicator: Indicator, raw: object) -> Fact:
    if isinstance(raw, (bool, np.bool_)):
        return bool(raw)
    if isinstance(raw, str) and raw.lower() in ("true", "false"):
        return raw.lower() == "true"
    raise BadValue(f"应为true或false，得到{shorten(raw)}", f"expected true or false, got {shorten(raw)}")


def _read_choice(indicator: Indicator, raw: object) -> Fact:
    text = _to_text(raw)
    if text not in indicator.choices:
        known = " | ".join(indicator.choices)
        raise BadValue(f"应为{known}之一，得到{shorten(raw)}", f"expected one of {known}, got {shorten(raw)}")
    return text


def _read_date(indicator: Indicator, raw: object) -> Fact:
    if raw is NO_BAR and indicator.empty_is_none:
        return NO_BAR
    day = _as_date(raw)
    if day is None:
        raise BadValue(f"应为形如2026-05-01的日期，得到{shorten(raw)}", f"expected an ISO date, got {shorten(raw)}")
    if day < EARLIEST:
        raise BadValue(f"{day}早于{EARLIEST}", f"{day} is before {EARLIEST}")
    return day


def _as_date(raw: object) -> date | None:
    try:
        if isinstance(raw, datetime):
            return raw.date() if raw == raw else None
        if isinstance(raw, str) and len(raw) >= 10 and raw[4] == raw[7] == "-":
            return datetime.fromisoformat(raw).date()
    except ValueError:
        return None
    return raw if isinstance(raw, date) else None


def _read_text(indicator: Indicator, raw: object) -> Fact:
    text = _to_text(raw)
    if len(text) > LONGEST_TEXT or UNPRINTABLE.search(text):
        raise BadValue(
            f"应为不超过{LONGEST_TEXT}个字的文字，得到{shorten(raw)}",
            f"expected text of at most {LONGEST_TEXT} characters, got {shorten(raw)}",
        )
    if indicator.code == "industry_code" and not _INDUSTRY.fullmatch(text):
        raise BadValue(f"应为2至4位数字的行业代码，得到{shorten(raw)}", f"expected 2 to 4 digits, got {shorten(raw)}")
    return text


def _to_text(raw: object) -> str:
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, (int, str)) and not isinstance(raw, bool):
        return as_text(raw)
    raise BadValue(f"应为文字，得到{shorten(raw)}", f"expected text, got {shorten(raw)}")


_READERS = {"boolean": _read_boolean, "choice": _read_choice, "date": _read_date, "text": _read_text}
