"""What one cell of a column means: a fact, or the reason why it can't be one.

A bad cell becomes unknown and the firm stays. Words are data (words.yaml); numbers are exact.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from cultivation.core.sheets.cells import Cell, exact
from cultivation.core.sheets.dates import BadDate, parse_date

from .model import NOT_APPLICABLE, Fact
from .vocabulary import Words, fold

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,2})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_WITH_UNIT = re.compile(r"([+-]?[\d,.]+(?:e[+-]?\d{1,2})?)(\D.*)?")
_RANGE = re.compile(r"\d\s*%?\s*(?:-|~|—|–|至|到)\s*\d")
_INDUSTRY = re.compile(r"[A-T]?(\d{2,4})")


class BadCell(ValueError):
    """A content that is no fact of this column; carries what to tell the office."""

    def __init__(self, code: str, problem: str, todo: str) -> None:
        super().__init__(problem)
        self.code = code
        self.problem = problem
        self.todo = todo


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact and, where it had to be interpreted, how."""

    fact: Fact
    note: str = ""
    note_code: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a column expects of its cells."""

    code: str
    type: str
    unit: str
    low: Decimal
    high: Decimal
    fractions: bool = False


def read_value(cell: Cell, asked: Asked, words: Words) -> Reading:
    """The fact that a cell states; raises `BadCell`."""
    if cell.hidden:
        raise _unreadable(cell)
    word = fold(cell.text) if isinstance(cell.raw, str) else ""
    if cell.is_blank or (isinstance(cell.raw, str) and word in words.unknown):
        return Reading(None)
    if word and word in words.not_applicable:
        return Reading(NOT_APPLICABLE)
    return _READERS[asked.type](cell, asked, words)


def _unreadable(cell: Cell) -> BadCell:
    if cell.hidden.startswith("="):
        return BadCell("formula_without_result", "公式没有计算结果", "在 Excel 中重新计算并保存，或改填数值")
    return BadCell("excel_error", f"单元格是 Excel 错误值 {cell.hidden}", "修正公式，或改填数值")


def _money(cell: Cell, asked: Asked, words: Words) -> Reading:
    number, own_unit = _amount(cell, words)
    unit = own_unit or asked.unit or "万元"
    if unit in words.foreign_money:
        raise BadCell("foreign_money", f"金额单位是“{unit}”，不折算外币", "按人民币万元填写")
    factor = words.money_units.get(unit)
    if factor is None:
        raise BadCell("unknown_unit", f"不认识的金额单位“{unit}”", "改用万元")
    value = _checked(number * factor, asked, cell)
    if own_unit and factor != words.money_units.get(asked.unit or "万元"):
        return Reading(value, f"单元格自带单位“{own_unit}”，已折算为 {plain(value)} 万元", "unit_converted")
    return Reading(value)


def _integer(cell: Cell, asked: Asked, words: Words) -> Reading:
    number, unit = _amount(cell, words)
    if unit and unit not in words.count_units:
        raise BadCell("unknown_unit", f"不认识的单位“{unit}”", "只填整数")
    if number != number.to_integral_value():
        raise BadCell("not_an_integer", "应为整数", "填写整数")
    return Reading(int(_checked(number, asked, cell)))


def _rank(cell: Cell, asked: Asked, words: Words) -> Reading:
    match = re.fullmatch(r"第?(\d+)(?:名|位)?", fold(cell.text))
    if match:
        return Reading(int(_checked(Decimal(match[1]), asked, cell)))
    return _integer(cell, asked, words)


def _number(cell: Cell, asked: Asked, words: Words) -> Reading:
    number, unit = _amount(cell, words)
    if unit and unit not in words.count_units:
        raise BadCell("unknown_unit", f"不认识的单位“{unit}”", "只填数字")
    return Reading(_checked(number, asked, cell))


def _percent(cell: Cell, asked: Asked, words: Words) -> Reading:
    if match := re.fullmatch(r"百分之([\d.]+)", fold(cell.text)):
        return Reading(_checked(_decimal(match[1]), asked, cell))
    number, unit = _amount(cell, words)
    if unit and unit not in words.percent_units:
        raise BadCell("unknown_unit", f"不认识的单位“{unit}”", "填写百分数，如 12.5%")
    if isinstance(cell.raw, str) or not (cell.percent or asked.fractions):
        return Reading(_checked(number, asked, cell))
    return Reading(_checked(number * 100, asked, cell))


def _boolean(cell: Cell, asked: Asked, words: Words) -> Reading:
    if isinstance(cell.raw, bool):
        return Reading(cell.raw)
    truth = words.boolean(asked.code, fold(cell.text))
    if truth is None:
        raise BadCell("not_a_boolean", "看不出是“是”还是“否”", "填“是”或“否”")
    return Reading(truth)


def _choice(cell: Cell, asked: Asked, words: Words) -> Reading:
    meanings = words.choices.get(asked.code, {})
    word = fold(cell.text)
    if word in meanings:
        return Reading(meanings[word])
    if isinstance(cell.raw, bool) and (meaning := meanings.get("是" if cell.raw else "否")):
        return Reading(meaning)
    parts = {meanings.get(part) for part in re.split(r"[、,;/及和或]", word)}
    if len(parts) == 1 and (meaning := parts.pop()) is not None:
        return Reading(meaning)
    samples = "、".join(dict.fromkeys(_samples(meanings)))
    raise BadCell("unknown_choice", "不是这一列可选的填法", f"从下列填法中选一个：{samples}")


def _samples(meanings: Mapping[str, str]) -> list[str]:
    first: dict[str, str] = {}
    for word, meaning in meanings.items():
        if word != fold(meaning) or not meaning.isascii() or meaning.isdigit():
            first.setdefault(meaning, word)
    return list(first.values())


def _level(cell: Cell, asked: Asked, words: Words) -> Reading:
    word = fold(cell.text)
    if word in words.zero or word in {"否", "未评", "未评级", "未评价", "未取得", "未认证", "未达标", "×", "n"}:
        return Reading(0)
    level = words.levels.get(word)
    if level is None:
        raise BadCell("not_a_level", "不是能识别的等级", f"填写 {asked.low} 至 {asked.high} 的整数，如“3”或“三级”")
    return Reading(int(_checked(Decimal(level), asked, cell)))


def _date(cell: Cell, asked: Asked, words: Words) -> Reading:
    if isinstance(cell.raw, bool | timedelta):
        raise BadCell("not_a_date", "不是日期", "按 2026-03-31 的样式填写")
    if fold(cell.text) in words.zero:
        return Reading(None)
    try:
        return Reading(parse_date(cell.raw))
    except BadDate as error:
        raise BadCell("not_a_date", f"日期无法识别：{error}", "按 2026-03-31 的样式填写") from error


def _industry_code(cell: Cell, asked: Asked, words: Words) -> Reading:
    text = fold(cell.text).upper().replace(".", "")
    match = _INDUSTRY.match(text)
    if match is None or text[match.end() :][:1].isdigit():
        raise BadCell("bad_industry_code", "不是 GB/T 4754-2017 的行业代码", "填写 2 至 4 位数字，如 2761")
    digits = match[1]
    if not isinstance(cell.raw, str) and len(digits) in (1, 3):
        return Reading(digits, "行业代码按数字存放，前导 0 可能已丢失", "maybe_lost_zero")
    return Reading(digits)


def _text(cell: Cell, asked: Asked, words: Words) -> Reading:
    return Reading(cell.text)


def _amount(cell: Cell, words: Words) -> tuple[Decimal, str]:
    """The number in a cell and the unit written behind it."""
    if isinstance(cell.raw, bool | date | datetime | timedelta):
        raise BadCell("not_a_number", "应为数字", "填写数字")
    if isinstance(cell.raw, int | float):
        return exact(cell.raw), ""
    text = fold(cell.text)
    if text in words.zero:
        return Decimal(0), ""
    text = re.sub(r"^(?:人民币|rmb|cny|[¥￥])", "", text).replace("−", "-")
    if bracketed := re.fullmatch(r"\(([\d,.]+)\)(.*)", text):
        text = f"-{bracketed[1]}{bracketed[2]}"
    return _split(text, words)


def _split(text: str, words: Words) -> tuple[Decimal, str]:
    if _RANGE.search(text):
        raise BadCell("range_in_number", "填的是范围，不是一个数", "填写一个确切的数")
    if any(mark in text for mark in words.approximate) and not text.startswith("-"):
        raise BadCell("approximate_number", "填的是约数，不能作为确切的数", "填写确切的数")
    match = _WITH_UNIT.fullmatch(text)
    if match is None:
        raise BadCell("text_in_number", "数字栏里是文字", "只填数字")
    return _decimal(match[1]), (match[2] or "").strip("()")


def _decimal(text: str) -> Decimal:
    if "," in text and not _THOUSANDS.fullmatch(text):
        raise BadCell("bad_separators", "千位分隔符的位置不对，看不出是哪个数", "去掉逗号，重填数字")
    digits = text.replace(",", "")
    if not _NUMBER.fullmatch(digits):
        raise BadCell("text_in_number", "不是能识别的数字", "只填数字")
    try:
        return Decimal(digits)
    except InvalidOperation as error:
        raise BadCell("text_in_number", "不是能识别的数字", "只填数字") from error


def _checked(value: Decimal, asked: Asked, cell: Cell) -> Decimal:
    if value < asked.low:
        problem = "不能为负数" if asked.low == 0 else f"小于允许的最小值 {plain(asked.low)}"
        raise BadCell("negative" if asked.low == 0 else "out_of_range", problem, "核对后重填")
    if value > asked.high:
        raise BadCell("out_of_range", f"大于允许的最大值 {plain(asked.high)}", "核对数值和单位后重填")
    return value


def plain(value: Decimal) -> str:
    """The number as people write it, without an exponent or idle zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_READERS: dict[str, Callable[[Cell, Asked, Words], Reading]] = {
    "money": _money,
    "integer": _integer,
    "rank": _rank,
    "number": _number,
    "percent": _percent,
    "boolean": _boolean,
    "choice": _choice,
    "level": _level,
    "date": _date,
    "code": _industry_code,
    "text": _text,
}
