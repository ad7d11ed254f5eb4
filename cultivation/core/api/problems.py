"""Every refusal as application/problem+json: type, title, status, code, detail, fields."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from cultivation.core.errors import DomainError

_SENTENCES = {
    "not_authenticated": "请先登录。",
    "authentication_failed": "登录已失效，请重新登录。",
    "permission_denied": "您没有权限进行这个操作。",
    "not_found": "没有找到，或者您无权查看。",
    "method_not_allowed": "这个地址不支持这种操作。",
    "unsupported_media_type": "不支持这种内容类型。",
    "parse_error": "内容不是有效的 JSON。",
    "too_large": "内容太长，请删减后再试。",
    "throttled": "操作太频繁，请稍后再试。",
    "not_acceptable": "只提供 JSON。",
}


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, DomainError):
        return _problem(error.status, error.code, str(error.detail), error.fields)
    answer = exception_handler(_as_api_exception(error), context)
    if answer is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        fields = dict(_pointers(error.detail))
        return _problem(422, "bad_input", "有内容需要修改。", fields)
    code = _code(error)
    problem = _problem(answer.status_code, code, _SENTENCES.get(code, "请求无法处理。"), {})
    for header in ("WWW-Authenticate", "Retry-After", "Allow"):
        if header in answer.headers:
            problem[header] = answer.headers[header]
    return problem


def _as_api_exception(error: Exception) -> Exception:
    if isinstance(error, Http404):
        return exceptions.NotFound()
    return exceptions.PermissionDenied() if isinstance(error, PermissionDenied) else error


def _code(error: Exception) -> str:
    error = _as_api_exception(error)
    return str(getattr(error, "default_code", "error"))


def _problem(status: int, code: str, detail: str, fields: dict[str, Any]) -> Response:
    body = {"type": "about:blank", "status": status, "code": code, "detail": detail, "fields": fields}
    return Response(body, status=status, content_type="application/problem+json")


def _pointers(detail: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """JSON pointers to each complaint of a serializer."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from _pointers(value, f"{at}/{key}")
    elif isinstance(detail, list) and detail and isinstance(detail[0], dict | list):
        for index, value in enumerate(detail):
            yield from _pointers(value, f"{at}/{index}")
    else:
        parts = detail if isinstance(detail, list) else [detail]
        yield at or "/", " ".join(str(part) for part in parts)
