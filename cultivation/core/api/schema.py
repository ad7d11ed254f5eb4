"""How the API document describes signing in: by the session cookie."""

from drf_spectacular.authentication import SessionScheme


class CookieScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """Registers itself by being defined."""

    target_class = "cultivation.core.authentication.SessionAuthentication"
    match_subclasses = True
