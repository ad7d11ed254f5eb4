"""A write sent again with the same Idempotency-Key gets the first answer and does nothing."""

import functools
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.core.canonical import fingerprint
from cultivation.core.errors import BadInput, Conflict
from cultivation.core.models import IdempotencyRecord

View = Callable[..., Response]
MAX_KEY = 100


def idempotent(method: View) -> View:
    """Wrap a view method. The record and the change it answers for are written in one transaction."""

    @functools.wraps(method)
    def wrapper(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return method(view, request, *args, **kwargs)
        if len(key) > MAX_KEY:
            raise BadInput(f"Idempotency-Key 不能超过 {MAX_KEY} 个字符。", code="bad_idempotency_key")
        seen = fingerprint([request.method, request.path, _body(request)])
        try:
            with transaction.atomic():
                return _first_time(method, view, request, key, seen, *args, **kwargs)
        except IntegrityError:
            return _again(request, key, seen)

    return wrapper


def _first_time(
    method: View, view: Any, request: Request, key: str, seen: str, *args: Any, **kwargs: Any
) -> Response:
    record = IdempotencyRecord.objects.create(user_id=request.user.pk, key=key, request=seen, status=0, answer={})
    answer = method(view, request, *args, **kwargs)
    record.status, record.answer = answer.status_code, answer.data
    record.save()
    return answer


def _again(request: Request, key: str, seen: str) -> Response:
    record = IdempotencyRecord.objects.filter(user_id=request.user.pk, key=key).first()
    if record is None:
        raise Conflict("写入冲突，请重试。", code="write_conflict")
    if record.request != seen:
        raise Conflict("这个 Idempotency-Key 已用于另一个请求。", code="idempotency_key_reused")
    return Response(record.answer, status=record.status)


def _body(request: Request) -> Any:
    return {key: getattr(value, "name", value) for key, value in dict(request.data).items()}
