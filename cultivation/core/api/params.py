"""Filters of a list as they stand in the address: what is no id and no text is refused, not guessed at."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from django.utils import timezone
from rest_framework.request import Request

from cultivation.core.errors import BadInput, NotHere

HIGHEST_ID = 2**63 - 1
NUL = "\x00"


def id_param(request: Request, name: str) -> int | None:
    """The id of something, None when it is not asked for."""
    raw = request.query_params.get(name, "")
    if not raw:
        return None
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= 19 and int(raw) <= HIGHEST_ID):
        raise BadInput(f"筛选条件 {name} 应为编号。", code="bad_filter", fields={f"/{name}": "不是有效的编号"})
    return int(raw)


def text_param(request: Request, name: str) -> str:
    """A text without the one character that PostgreSQL can't hold."""
    return request.query_params.get(name, "").replace(NUL, "").strip()


def require_words(parts: Mapping[str, object]) -> None:
    """Nothing is named with the character that PostgreSQL can't hold, so an address with it leads nowhere."""
    if any(isinstance(part, str) and NUL in part for part in parts.values()):
        raise NotHere("没有找到，或者您无权查看。")


def day_param(request: Request, name: str) -> date:
    """A day, today when it is not asked for."""
    raw = request.query_params.get(name)
    try:
        return date.fromisoformat(raw) if raw else timezone.localdate()
    except ValueError as error:
        raise BadInput("日期应写成 2026-03-31 的样子。", fields={f"/{name}": "不是有效日期"}) from error


def language_of(request: Request) -> Literal["zh", "en"]:
    """The language that the person reads."""
    return "en" if (getattr(request, "LANGUAGE_CODE", "") or "").startswith("en") else "zh"
