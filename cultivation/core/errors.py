"""What can go wrong, each with a machine code, an HTTP status and a sentence for the person."""

from collections.abc import Mapping
from typing import ClassVar


class DomainError(Exception):
    """Base of every refusal. `fields` maps a JSON pointer to what is wrong there."""

    status: ClassVar[int] = 400
    code: str = "bad_request"

    def __init__(self, detail: object, *, code: str = "", fields: Mapping[str, object] | None = None) -> None:
        super().__init__(str(detail))
        self.detail = detail
        self.code = code or type(self).code
        self.fields = dict(fields or {})


class BadInput(DomainError):
    status = 422
    code = "bad_input"


class NotAllowed(DomainError):
    status = 403
    code = "not_allowed"


class NotHere(DomainError):
    """Also for what exists but must not be seen: its existence is not told."""

    status = 404
    code = "not_found"


class WrongState(DomainError):
    status = 409
    code = "wrong_state"


class Conflict(DomainError):
    status = 409
    code = "conflict"
