"""What people type into the form, read as generously as a workbook: 1,234.50, 5%, 12万元, 2024年3月5日 (E05)."""

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cultivation.assessments.services.workbook.model import NOT_APPLICABLE as NONE_APPLIES
from cultivation.assessments.services.workbook.values import Asked, BadCell, plain
from cultivation.assessments.services.workbook.values import read_value as read_cell
from cultivation.assessments.services.workbook.vocabulary import fold, load_words
from cultivation.core.sheets.cells import Cell

if TYPE_CHECKING:
    from scoring import Indicator

LARGEST = Decimal(10) ** 15
AMBIGUOUS = "看不出是没有还是不知道：没有请填 0，不清楚请选“暂不知道”。"
UNKNOWN = "暂不知道"
_HUGE = re.compile(r"[+-]?[\d.,]+e[+-]?\d{3,}")
NO_DATE = "没有日期时请在下面选一个。"
SHOWN = 40
READ_AS = {"industry_code": "code"}


class Unreadable(ValueError):
    """Text that can't be read as the fact; the sentence says why, and what to do."""


def read_typed(indicator: "Indicator", text: str) -> tuple[Any, str]:
    """The value in the terms of the engine's reader, and how it was understood where that may surprise.

    Raises
    ------
    Unreadable
        With a sentence for whoever typed it.
    """
    words, word = load_words(), fold(text)
    if word in words.unknown or word == UNKNOWN:
        return _unknown(indicator, text)
    if _HUGE.fullmatch(word):
        raise Unreadable("不是能识别的数字，请写出完整的数。")
    try:
        fact = read_cell(Cell("", 0, 0, text), _asked(indicator), words).fact
    except BadCell as problem:
        raise Unreadable(f"{problem.problem}，{problem.todo}。") from problem
    if fact is NONE_APPLIES:
        return "n/a", _understood(text, "不适用")
    if fact is None:
        return _none(indicator, text)
    return _plain(fact), _note(indicator, text, fact)


def _asked(indicator: "Indicator") -> Asked:
    low = -LARGEST if indicator.least is None else Decimal(str(indicator.least))
    high = LARGEST if indicator.most is None else Decimal(str(indicator.most))
    return Asked(indicator.code, READ_AS.get(indicator.code, indicator.type), indicator.unit, low, min(high, LARGEST))


def _unknown(indicator: "Indicator", text: str) -> tuple[None, str]:
    """A dash says nothing for certain, and where nothing stated is an answer, neither does 不清楚."""
    if indicator.empty_is_none or not any(char.isalpha() for char in text):
        raise Unreadable(NO_DATE if indicator.type == "date" else AMBIGUOUS)
    return None, _understood(text, UNKNOWN)


def _none(indicator: "Indicator", text: str) -> tuple[None, str]:
    """无 under a date: an answer only where none is one."""
    if not indicator.empty_is_none:
        raise Unreadable(NO_DATE)
    return None, _understood(text, "没有")


def _note(indicator: "Indicator", text: str, fact: Any) -> str:
    if not isinstance(fact, Decimal | int) or isinstance(fact, bool):
        return ""
    digits = fold(text).replace(",", "").removesuffix(fold(indicator.unit))
    try:
        is_plain = Decimal(digits) == fact
    except ArithmeticError:
        is_plain = False
    return "" if is_plain else _understood(text, f"{plain(Decimal(fact))} {indicator.unit}".strip())


def _understood(text: str, meaning: str) -> str:
    shown = f" {meaning} " if meaning.lstrip("-")[0].isdigit() else f"“{meaning}”"
    return f"“{text.strip()[:SHOWN]}”已按{shown}保存。"


def _plain(fact: Any) -> Any:
    if isinstance(fact, Decimal):
        return plain(fact)
    return fact.isoformat() if isinstance(fact, date) else fact
