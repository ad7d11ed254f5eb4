"""One right read from the cells of a table, under the names of its columns in English or Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from ..errors import shorten
from ..facts import BadValue
from .right import RIGHT_KINDS, STATES, UNKNOWN, WAYS, Right

COLUMNS: Mapping[str, str] = {
    "number": "号码",
    "title": "名称",
    "kind": "类型",
    "state": "法律状态",
    "filed_on": "申请日",
    "granted_on": "授权日",
    "obtained": "取得方式",
    "transferred_on": "转入日期",
    "holder_rank": "权利人排名",
    "related": "与主导产品相关",
    "in_use": "已应用",
    "emerging": "战略性新兴产业",
    "used_in_hnte": "已用于高企",
    "overseas_revenue": "取得海外收入",
    "family": "海外同族",
    "pledge": "质押金额",
    "awards": "获奖",
    "number_ok": "号码无误",
    "is_contested": "权属有争议",
    "duplicate": "重复登记",
}
"""Columns of a table of rights: the name of a fact of ``Right``, and its Chinese name."""

_YES = {"true": True, "是": True, "有": True, "false": False, "否": False, "无": False}
_STATES = {"有效": "valid", "授权": "valid", "审中": "pending", "失效": "lapsed", "驳回": "refused", "撤回": "refused"}
_KINDS = {
    "发明": "invention",
    "软著": "software",
    "外观": "design",
    **{text.zh: code for code, text in RIGHT_KINDS.items()},
}
_WAYS = {"原始取得": "original", "自主研发": "original", **{text.zh: code for code, text in WAYS.items()}}
_SEPARATORS = re.compile(r"[;；、,，\n]+")
_NONE = ("无", "none")


def read_right(cells: Mapping[str, object]) -> tuple[Right, list[tuple[str, BadValue]]]:
    """One right from a row, with what could not be read; that counts as not known.

    Parameters
    ----------
    cells : mapping
        By the names of ``COLUMNS``, English or Chinese. None or blank is not known; other columns are passed over.

    Returns
    -------
    (Right, list of (str, BadValue))
        Each bad value with the column as it is named in the row.
    """
    facts: dict[str, Any] = {}
    bad = []
    for name, raw in cells.items():
        code = _CODES.get(name)
        text = raw.strip() if isinstance(raw, str) else raw
        if code is None or text is None or text == "":
            continue
        try:
            facts[code] = _READERS[code](text)
        except BadValue as problem:
            bad.append((name, problem))
    if "state" in facts:
        facts["state"], facts["state_text"] = facts["state"]
    return Right(**facts), bad


_CODES = {**{code: code for code in COLUMNS}, **{zh: code for code, zh in COLUMNS.items()}}


def _text(raw: object) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, (str, int)) and not isinstance(raw, bool):
        return str(raw)
    raise BadValue(f"应为文字，得到{shorten(raw)}", f"expected text, got {shorten(raw)}")


def _one_of(known: Mapping[str, str], codes: Mapping[str, Any]) -> Callable[[object], str]:
    def read(raw: object) -> str:
        text = _text(raw)
        found = text if text in codes or text == UNKNOWN else known.get(text)
        if found is None:
            options = " | ".join(codes)
            raise BadValue(f"应为{options}之一，得到{shorten(raw)}", f"expected one of {options}, got {shorten(raw)}")
        return found

    return read


def _state(raw: object) -> tuple[str, str]:
    return _one_of(_STATES, STATES)(raw), _text(raw)


def _day(raw: object) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(_text(raw)[:10])
    except ValueError as problem:
        zh, en = f"应为形如2026-05-01的日期，得到{shorten(raw)}", f"expected an ISO date, got {shorten(raw)}"
        raise BadValue(zh, en) from problem


def _flag(raw: object) -> bool:
    found = raw if isinstance(raw, bool) else _YES.get(_text(raw).lower())
    if found is None:
        raise BadValue(f"应为是或否，得到{shorten(raw)}", f"expected true or false, got {shorten(raw)}")
    return found


def _number(raw: object) -> Decimal:
    if isinstance(raw, str) and raw in _NONE:
        return Decimal(0)
    try:
        number = Decimal(raw if isinstance(raw, str) else repr(raw))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(raw, bool) or not number.is_finite() or not 0 <= number <= 10**15:
        raise BadValue(
            f"应为0至10¹⁵的数字，得到{shorten(raw)}", f"expected a number from 0 to 10^15, got {shorten(raw)}"
        )
    return number


def _rank(raw: object) -> int:
    number = _number(raw)
    if number < 1 or number != int(number):
        raise BadValue(f"应为从1起的整数，得到{shorten(raw)}", f"expected a whole number from 1, got {shorten(raw)}")
    return int(number)


def _list(raw: object) -> tuple[str, ...]:
    """Parts of a cell; “无” is a known none."""
    texts = [_text(part) for part in raw] if isinstance(raw, (list, tuple)) else _SEPARATORS.split(_text(raw))
    return tuple(text.strip().upper() for text in texts if text.strip() and text.strip().lower() not in _NONE)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "number": _text,
    "title": _text,
    "kind": _one_of(_KINDS, RIGHT_KINDS),
    "state": _state,
    "filed_on": _day,
    "granted_on": _day,
    "obtained": _one_of(_WAYS, WAYS),
    "transferred_on": _day,
    "holder_rank": _rank,
    "related": _flag,
    "in_use": _flag,
    "emerging": _flag,
    "used_in_hnte": _flag,
    "overseas_revenue": _flag,
    "family": _list,
    "pledge": _number,
    "awards": _list,
    "number_ok": _flag,
    "is_contested": _flag,
    "duplicate": _text,
}
