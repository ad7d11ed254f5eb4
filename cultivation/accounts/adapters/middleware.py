"""What allauth's own views don't catch, told as every refusal of ours is."""

from collections.abc import Callable

from allauth.core.exceptions import RateLimited
from django.http import HttpRequest, HttpResponse, JsonResponse

from cultivation.core.errors import DomainError


class Refusals:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, RateLimited):
            return _problem(429, "throttled", "操作太频繁，请稍后再试。")
        return _problem(error.status, error.code, str(error.detail)) if isinstance(error, DomainError) else None


def _problem(status: int, code: str, detail: str) -> HttpResponse:
    body = {"type": "about:blank", "status": status, "code": code, "detail": detail, "fields": {}}
    return JsonResponse(body, status=status, content_type="application/problem+json")
