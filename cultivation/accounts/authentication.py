"""Who asks, and for which of their places: the session remembers the choice."""

from typing import Any

from rest_framework.request import Request

from cultivation.core.authentication import SessionAuthentication

CHOICE = "membership"


class PersonAuthentication(SessionAuthentication):
    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        found = super().authenticate(request)
        if found:
            found[0].chosen_membership = request.session.get(CHOICE)
        return found
