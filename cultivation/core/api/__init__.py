"""The base of every API view: authentication, problems, pages, idempotent writes."""

from cultivation.core.api.caching import open_answer
from cultivation.core.api.files import file_response, stream_response
from cultivation.core.api.idempotency import idempotent
from cultivation.core.api.pages import StandardPages
from cultivation.core.api.params import day_param, id_param, language_of, text_param
from cultivation.core.api.parsers import ShallowJSONParser, SmallJSONParser
from cultivation.core.api.problems import problem_response
from cultivation.core.api.schema import CookieScheme
from cultivation.core.api.serializers import ActionOutput, JobOutput
from cultivation.core.api.throttling import LocalRateThrottle
from cultivation.core.api.views import ApiView, ListView, actor_of

__all__ = [
    "ActionOutput",
    "ApiView",
    "CookieScheme",
    "JobOutput",
    "ListView",
    "LocalRateThrottle",
    "ShallowJSONParser",
    "SmallJSONParser",
    "StandardPages",
    "actor_of",
    "day_param",
    "file_response",
    "id_param",
    "idempotent",
    "language_of",
    "open_answer",
    "problem_response",
    "stream_response",
    "text_param",
]
