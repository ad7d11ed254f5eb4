"""Dates in the styles that people type, and Excel's serial numbers."""

import re
from datetime import date, datetime, timedelta

from .cells import Raw, clean

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_ISO_LIKE = re.compile(
    r"(\d{4})\s*[-/.,年]\s*(\d{1,2})\s*[-/.,月]\s*(\d{1,2})\s*[日号]?"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_CHINESE = re.compile(r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    r"(?P<day>\d{1,2})[-/. ]?(?P<month>[A-Za-z]{3,9})[-/. ,]*(?P<year>\d{4})"
    r"|(?P<month2>[A-Za-z]{3,9})\.? ?(?P<day2>\d{1,2})[ ,]+(?P<year2>\d{4})"
)
_EPOCH = date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)


class BadDate(ValueError):
    """Text that is no date; the sentence says why."""


def parse_date(raw: Raw) -> date:
    """A date from a date cell, a serial number or a text; raises `BadDate`."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = clean(raw)
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and int(float(text)) in _SERIALS:
        return _EPOCH + timedelta(days=int(float(text)))
    return _from_text(text)


def find_date(text: str) -> date | None:
    """The first date inside a longer text, as in “填报日期：2026年3月31日”."""
    match = _ISO_LIKE.search(text) or _CHINESE.search(text) or _COMPACT.search(text)
    try:
        return None if match is None else _from_text(match[0])
    except BadDate:
        return None


def years_before(day: date, years: int) -> date:
    """The same day some years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _from_text(text: str) -> date:
    if match := _ISO_LIKE.fullmatch(text) or _COMPACT.fullmatch(text):
        return _build(int(match[1]), int(match[2]), int(match[3]))
    if match := _CHINESE.fullmatch(text.replace(" ", "")):
        return _build(int(match[1].translate(_DIGITS)), _numeral(match[2]), _numeral(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        if first <= 12 and second <= 12 and first != second:
            raise BadDate("分不清日和月")
        return _build(int(match[3]), min(first, second), max(first, second))
    if match := _ENGLISH.fullmatch(text):
        day, word, year = (match[name] or match[f"{name}2"] for name in ("day", "month", "year"))
        if word[:3].lower() in _MONTHS:
            return _build(int(year), _MONTHS.index(word[:3].lower()) + 1, int(day))
    if re.fullmatch(r"(?:19|20)\d{2}\s*(?:[-/.年]\s*(\d{1,2}\s*月?)?)?", text):
        raise BadDate("只写到年或月，缺少具体日期")
    raise BadDate("不是能识别的日期")


def _build(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2100:
        raise BadDate("年份超出 1900 至 2100")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadDate("日历上没有这一天") from error


def _numeral(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(text.translate(_DIGITS))
    return (int(tens.translate(_DIGITS)) if tens else 1) * 10 + (int(ones.translate(_DIGITS)) if ones else 0)
