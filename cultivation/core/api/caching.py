"""Answers that anybody may keep: marked by their content, so that asking again costs nothing."""

from typing import Any

from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.core.canonical import fingerprint


def open_answer(request: Request, data: Any, *, mark: str = "", seconds: int = 0) -> Any:
    """The answer, or 304 when the asker has it already. `mark` names what the content is made from.

    The language is part of the mark, since one address answers in both.
    """
    tag = quote_etag(".".join(part for part in (mark[:16], fingerprint(data)[:16]) if part))
    found = get_conditional_response(request._request, etag=tag)
    answer = Response(data) if found is None else found
    answer["ETag"] = tag
    patch_cache_control(answer, public=True, max_age=seconds)
    return answer
