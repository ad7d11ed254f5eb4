"""Bodies that nest without end are refused; those of open addresses are small, and refused before they are read."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser


class TooLarge(APIException):
    status_code = 413
    default_code = "too_large"


class ShallowJSONParser(JSONParser):
    """JSON; brackets in brackets to no end are no JSON."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError from error


class SmallJSONParser(ShallowJSONParser):
    """JSON of at most `most` bytes."""

    most: ClassVar[int] = 64 * 1024

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        if int((parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0) > self.most:
            raise TooLarge
        return super().parse(stream, media_type, parser_context)
