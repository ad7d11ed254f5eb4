"""Try a score without an account; nothing is kept (U07)."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.assessments.api.outlook_shapes import DetailField, FactsField, OutlookOutput
from cultivation.assessments.services.outlook import Question
from cultivation.assessments.services.trying import try_score
from cultivation.core.api import ApiView, LocalRateThrottle, SmallJSONParser, language_of
from cultivation.programmes.services import HUBEI
from cultivation.programmes.states import KIND_CHOICES


class TryInput(serializers.Serializer[Any]):
    facts = FactsField()
    on = serializers.DateField(default=timezone.localdate)
    kind = serializers.ChoiceField(choices=KIND_CHOICES, default="new")
    region = serializers.RegexField(r"^[0-9]{6}$", default=HUBEI)
    detail = DetailField()


class TryView(ApiView):
    """Facts in, the outlook out. Who asks is not asked, and neither question nor answer is stored or logged."""

    authentication_classes = []
    permission_classes = [AllowAny]
    parser_classes = [SmallJSONParser]
    throttle_classes = [LocalRateThrottle]
    throttle_scope = "try"

    @extend_schema(operation_id="try_score", request=TryInput, responses=OutlookOutput)
    def post(self, request: Request) -> Response:
        given = TryInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        question = Question(data["on"], data["kind"], data["region"])
        answer = try_score(data["facts"], question, lang=language_of(request), detail=data["detail"])
        return Response(OutlookOutput(answer).data, headers={"Cache-Control": "no-store"})
