"""Published rulebooks for anybody: no account, and kept by any cache (U07, E14)."""

from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from cultivation.core.api import ApiView, day_param, language_of, open_answer, text_param
from cultivation.core.errors import BadInput
from cultivation.programmes.api.shapes import HolidayTableOutput
from cultivation.programmes.api.words import ApplicableOutput, CatalogueOutput, IndicatorOutput, RulebookDocumentOutput
from cultivation.programmes.services import (
    HUBEI,
    SOURCE,
    find_applicable,
    first_year_known,
    last_year_known,
    list_indicators,
    list_rulebooks,
    read_rulebook,
)

DOCUMENT_SECONDS = 300


class OpenView(ApiView):
    """Nobody is asked who he is, so that an answer is the same for all and may be kept for all."""

    authentication_classes = []
    permission_classes = [AllowAny]


class RulebooksView(OpenView):
    """Every scheme with its published versions, and what is in force on a day."""

    @extend_schema(
        operation_id="public_rulebooks", parameters=[OpenApiParameter("on", date)], responses=CatalogueOutput
    )
    def get(self, request: Request) -> Any:
        on = day_param(request, "on")
        schemes = list_rulebooks(on=on, lang=language_of(request))
        return open_answer(request, CatalogueOutput({"on": on, "schemes": schemes}).data)


class RulebookView(OpenView):
    """One rulebook in full, in words: scope, clauses, scales of points, tiers, vetoes, sources."""

    @extend_schema(operation_id="public_rulebook", responses=RulebookDocumentOutput)
    def get(self, request: Request, scheme: str, version: str) -> Any:
        found = read_rulebook(self.actor, scheme=scheme, version=version, lang=language_of(request))
        data = RulebookDocumentOutput(found).data
        return open_answer(request, data, mark=found["fingerprint"], seconds=DOCUMENT_SECONDS)


class ApplicableView(OpenView):
    """Which rulebook applies on a day in a region, for new applications and for renewals, and why."""

    @extend_schema(
        operation_id="public_rulebooks_applicable",
        parameters=[
            OpenApiParameter("on", date),
            OpenApiParameter("region", str, description="六位行政区划代码，默认湖北省"),
        ],
        responses=ApplicableOutput,
    )
    def get(self, request: Request) -> Any:
        on, region = day_param(request, "on"), _region(request)
        schemes = find_applicable(on=on, region=region, lang=language_of(request))
        return open_answer(request, ApplicableOutput({"on": on, "region": region, "schemes": schemes}).data)


def _region(request: Request) -> str:
    code = text_param(request, "region") or HUBEI
    if not (len(code) == 6 and code.isascii() and code.isdecimal()):
        raise BadInput("地区应为六位行政区划代码。", fields={"/region": "不是六位数字"})
    return code


class IndicatorsView(OpenView):
    """The indicators that rulebooks read, as a form asks for them."""

    @extend_schema(operation_id="public_indicators", responses=IndicatorOutput(many=True))
    def get(self, request: Request) -> Any:
        found: Any = list_indicators(lang=language_of(request))
        return open_answer(request, IndicatorOutput(found, many=True).data, seconds=DOCUMENT_SECONDS)


class HolidayTableView(OpenView):
    """From what the working days are counted, and up to which year (O14)."""

    @extend_schema(operation_id="public_holiday_table", responses=HolidayTableOutput)
    def get(self, request: Request) -> Any:
        table = {"source": SOURCE, "first_year": first_year_known(), "last_year": last_year_known()}
        return open_answer(request, HolidayTableOutput(table).data, seconds=DOCUMENT_SECONDS)
