"""The page that carries the front end, the answer to load balancers, and what no view answers."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe
from django.views.defaults import server_error as django_server_error

_NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>知育</title><p>前端尚未构建，请先运行 <code>make setup</code>。</p>"
)


@require_safe
@never_cache
@ensure_csrf_cookie
def front_end(request: HttpRequest) -> HttpResponse:
    page = settings.FRONTEND_DIST / "index.html"
    if not page.exists():
        return HttpResponse(_NOT_BUILT, status=503)
    return HttpResponse(page.read_bytes())


def no_such_address(request: HttpRequest) -> JsonResponse:
    return _problem(404, "not_found", "没有这个地址。")


def server_error(request: HttpRequest) -> HttpResponse:
    """What went wrong stays in the log; a program that calls the API gets a problem it can read."""
    if request.path.startswith("/api/"):
        return _problem(500, "server_error", "服务器出错，已记入日志，请稍后再试。")
    return django_server_error(request)


def _problem(status: int, code: str, detail: str) -> JsonResponse:
    body = {"type": "about:blank", "status": status, "code": code, "detail": detail, "fields": {}}
    return JsonResponse(body, status=status, content_type="application/problem+json")


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"status": "ok"})
