"""Every address: the API by app, accounts, the health check, and the front end for all the rest."""

from importlib import import_module

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from backend.site import front_end, health, no_such_address


def _api_routes() -> list[URLPattern | URLResolver]:
    """Each app lists its own routes as `urlpatterns` in its api module."""
    apps = [name for name in settings.INSTALLED_APPS if name.startswith("cultivation.")]
    return [path("", include(f"{name}.api")) for name in apps if hasattr(import_module(f"{name}.api"), "urlpatterns")]


handler500 = "backend.site.server_error"
urlpatterns = [
    path("api/v1/", include(_api_routes())),
    path("api/v1/openapi", SpectacularAPIView.as_view(permission_classes=[]), name="openapi"),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("cultivation.accounts.adapters.views")),
    path("_allauth/", include("allauth.headless.urls")),
    path("healthz", health),
    re_path(r"^api/", no_such_address),
    re_path(r"^(?!api/|_allauth/|static/|accounts/).*$", front_end),
]
