"""Apart from the views, since the REST framework loads it while it is still loading itself."""

from rest_framework.authentication import SessionAuthentication as DrfSessionAuthentication
from rest_framework.request import Request


class SessionAuthentication(DrfSessionAuthentication):
    """Says 401, not 403, to who is not signed in, so that the front end can tell the two apart."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
