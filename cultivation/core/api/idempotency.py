"""A write sent again with the same Idempotency-Key gets the first answer and does nothing."""

import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.http import QueryDict
from rest_framework.renderers import JSONRenderer
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


def _first_time(method: View, view: Any, request: Request, key: str, seen: str, *args: Any, **kwargs: Any) -> Response:
    record = IdempotencyRecord.objects.create(user_id=_user_id(request), key=key, request=seen, status=0, answer={})
    answer = method(view, request, *args, **kwargs)
    record.status, record.answer = answer.status_code, json.loads(JSONRenderer().render(answer.data))
    record.save()
    return answer


def _again(request: Request, key: str, seen: str) -> Response:
    record = IdempotencyRecord.objects.filter(user_id=_user_id(request), key=key).first()
    if record is None:
        raise Conflict("写入冲突，请重试。", code="write_conflict")
    if record.request != seen:
        raise Conflict("这个 Idempotency-Key 已用于另一个请求。", code="idempotency_key_reused")
    return Response(record.answer, status=record.status)


def _user_id(request: Request) -> int:
    return request.user.pk or 0


def _body(request: Request) -> Any:
    if not isinstance(request.data, QueryDict):
        return request.data
    return {key: [_content(value) for value in values] for key, values in request.data.lists()}


def _content(value: Any) -> Any:
    """Two uploads under one name are the same request only when their bytes are the same."""
    if not isinstance(value, File):
        return value
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return [value.name, digest.hexdigest()]
