"""Identifiers of firms and of rights: one written form, and what is wrong with the others.

A wrong length or letter is an error that names the place. A failed check digit is only a warning, because some genuine
early codes fail it (rules.md §7.1): callers ask ``check_ok``.
"""

import re
import unicodedata
from dataclasses import dataclass

from stdnum.cn import uscc as _uscc

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PATENT_KINDS = {"1": "invention", "2": "utility_model", "3": "design", "8": "invention", "9": "utility_model"}
_PATENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_IGNORED = re.compile(r"[\s​-‏⁠﻿'`‘’,，]")
_PATENT = re.compile(r"(?:ZL|CN)?(\d{2}|\d{4})([12389])(\d{5}|\d{7})\.?([\dX])")
_SHORTENED = re.compile(r"(?:ZL|CN)?\d(?:\.\d+)?E\+?\d{1,2}")
_ABROAD = re.compile(r"PCT/?[A-Z]{2}|(?:WO|US|EP|JP|KR|DE|FR|GB|TW|HK|AU|CA|IN|RU)\d")
_OTHER_RIGHTS = (
    ("software", re.compile(r"(?:软著登字第)?\d{4}SR\d{6,7}号?")),
    ("ic_layout", re.compile(r"BS\.?\d{9}(?:\.?[\dX])?")),
    ("plant_variety", re.compile(r"CNA\d{6,}(?:\.\d|[A-Z])?")),
    ("trademark", re.compile(r"(?:G\d{5,8}|\d{5,8}[A-Z]?)")),
)


class BadIdentifier(ValueError):
    """A code that can't be used; the sentence says which place is wrong."""


@dataclass(frozen=True, slots=True)
class Uscc:
    """A unified social credit code (统一社会信用代码) in its one written form."""

    code: str
    check_ok: bool
    expected: str
    changed: bool

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class PatentNumber:
    """A Chinese application number (ZC 0006-2003); canonical form ``ZL201811070331.7``."""

    canonical: str
    kind: str
    year: int
    check_ok: bool
    expected: str
    pct: bool

    def __str__(self) -> str:
        return self.canonical


def half_width(text: str) -> str:
    """Full-width letters and digits as their ordinary forms, upper case, no blanks or invisible characters."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).upper()


def parse_uscc(raw: str) -> Uscc:
    """Normalise and check by GB 32100-2015; raises `BadIdentifier` naming the place."""
    code = half_width(raw).replace("-", "")
    if not code:
        raise BadIdentifier("统一社会信用代码为空")
    if len(code) != 18:
        raise BadIdentifier(f"统一社会信用代码应为 18 位，此处为 {len(code)} 位")
    for place, letter in enumerate(code, start=1):
        _check_place(place, letter)
    expected = _uscc.calc_check_digit(code[:17])
    return Uscc(code, check_ok=code[-1] == expected, expected=expected, changed=code != raw)


def _check_place(place: int, letter: str) -> None:
    if letter not in USCC_ALPHABET:
        hint = "（代码不使用字母 I、O、Z、S、V）" if letter in "IOZSV" else ""
        raise BadIdentifier(f"统一社会信用代码第 {place} 位“{letter}”不是允许的字符{hint}")
    if 3 <= place <= 8 and not letter.isdigit():
        raise BadIdentifier(f"统一社会信用代码第 {place} 位“{letter}”应为数字（第 3 至 8 位是登记机关行政区划码）")


def parse_mobile(raw: str) -> str:
    """A mobile number as +86 and eleven digits, from any usual wording; other countries' need their own code."""
    text = re.sub(r"[()（）.-]", "", half_width(raw))
    number = re.sub(r"^(?:\+?86|0086)(?=1\d{10}$)", "", text)
    if re.fullmatch(r"1[3-9]\d{9}", number):
        return f"+86{number}"
    if re.fullmatch(r"\+(?!86)[1-9]\d{6,13}", text):
        return text
    raise BadIdentifier("手机号应为 11 位数字，以 1 开头；境外号码请以“+国家代码”开头")


def parse_patent_number(raw: str) -> PatentNumber:
    """Normalise and check by ZC 0006-2003; with or without ZL, CN, dot; raises `BadIdentifier`."""
    text = half_width(raw).replace("．", ".").replace("。", ".")
    match = _PATENT.fullmatch(text.removesuffix("号").removeprefix("专利号:"))
    if match is None or len(match[1]) + len(match[3]) not in (7, 11):
        raise BadIdentifier(_why_no_patent(text))
    year, kind, serial, check = match.groups()
    digits = year + kind + serial
    expected = patent_check_digit(digits)
    full_year = int(year) if len(year) == 4 else 1900 + int(year) + (100 if int(year) < 85 else 0)
    return PatentNumber(
        f"ZL{digits}.{check}", PATENT_KINDS[kind], full_year, check == expected, expected, pct=kind in "89"
    )


def patent_check_digit(digits: str) -> str:
    """The check digit of the 12 digits (or 8 of the old form) before the dot: weighted sum mod 11, 10 is X."""
    return "0123456789X"[sum(int(d) * w for d, w in zip(digits, _PATENT_WEIGHTS, strict=False)) % 11]


def is_shortened(raw: str) -> bool:
    """Whether a spreadsheet wrote a long number as 2.01811E+12, which loses its last digits."""
    return _SHORTENED.fullmatch(half_width(raw)) is not None


def is_rounded(digits: str) -> bool:
    """Whether 13 digits end in zeros as a spreadsheet puts them in the place of those that it lost."""
    return re.fullmatch(r"(?:19|20)\d{7}0{4}", digits) is not None


def is_abroad(raw: str) -> bool:
    return _ABROAD.match(half_width(raw)) is not None


def other_right_kind(raw: str) -> str | None:
    """The kind of a right that is no patent, by the form of its number (rules.md §7.2); None when no form fits."""
    text = half_width(raw)
    return next((kind for kind, form in _OTHER_RIGHTS if form.fullmatch(text)), None)


def _why_no_patent(text: str) -> str:
    if not text:
        return "专利号为空"
    if is_shortened(text):
        return "号码被 Excel 写成了科学计数，后面几位已经丢失"
    if len(re.findall(r"\d{12}\.?[\dX]", text)) > 1:
        return "一格里有两个号码，一行只能写一项"
    if _ABROAD.match(text):
        return f"“{text[:40]}”是国外或 PCT 国际申请的号码，不是中国专利申请号"
    body = re.sub(r"^(ZL|CN)", "", text)
    if re.fullmatch(r"\d{9}[ABCUSY]\d?|\d{7}[ABCUSY]\d?", body):
        return f"“{text}”是公开（公告）号，不是申请号"
    compact = body.replace(".", "")
    for place, letter in enumerate(compact[:-1], start=1):
        if not letter.isdigit():
            return f"专利号第 {place} 位“{letter}”应为数字"
    if compact and not re.fullmatch(r"[\dX]", compact[-1]):
        return f"专利号校验位“{compact[-1]}”应为数字或 X"
    if len(compact) not in (9, 13):
        return f"专利号应为 13 位（2003 年 10 月以前为 9 位）含校验位，此处为 {len(compact)} 位"
    place = 5 if len(compact) == 13 else 3
    return f"专利号第 {place} 位“{compact[place - 1]}”不是专利类型（1 发明、2 实用新型、3 外观设计、8 和 9 为 PCT）"
