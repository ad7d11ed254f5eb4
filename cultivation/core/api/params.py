"""Filters of a list as they stand in the address: what is no id and no text is refused, not guessed at."""

from rest_framework.request import Request

from cultivation.core.errors import BadInput

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
