"""Weights of a draft by pairwise comparison (P05)."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.core.api import language_of, text_param
from cultivation.programmes.api.drafts import IF_MATCH, WorkshopView, revision_of, saved_answer
from cultivation.programmes.api.tables import RuleOptionOutput, RuleSavedOutput
from cultivation.programmes.models import RulebookDraft
from cultivation.programmes.services import apply_weights, judge_pairs, weighing_of

GROUP = OpenApiParameter("group", str, description="维度编号；空为各维度之间")


class WeighedPartOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = serializers.CharField()
    max = serializers.JSONField()


class DoubtOutput(serializers.Serializer[Any]):
    """The judgement that fits the others least."""

    one = serializers.CharField()
    two = serializers.CharField()
    given = serializers.FloatField()
    fitting = serializers.FloatField()


class WeightsOutput(serializers.Serializer[Any]):
    weights = serializers.DictField(child=serializers.FloatField())
    maxima = serializers.DictField(child=serializers.FloatField(), allow_null=True)
    eigenvalue = serializers.FloatField()
    index = serializers.FloatField()
    ratio = serializers.FloatField()
    is_consistent = serializers.BooleanField()
    doubt = DoubtOutput(allow_null=True)


class WeighingOutput(serializers.Serializer[Any]):
    """`judgements` maps "one|two" to how many times the first outweighs the second: "3" or "1/3"."""

    group = serializers.CharField(allow_blank=True)
    groups = RuleOptionOutput(many=True)
    parts = WeighedPartOutput(many=True)
    judgements = serializers.DictField(child=serializers.CharField())
    missing = serializers.IntegerField()
    result = WeightsOutput(allow_null=True)


class JudgementsInput(serializers.Serializer[Any]):
    group = serializers.CharField(max_length=60, allow_blank=True, default="")
    judgements = serializers.DictField(child=serializers.CharField(max_length=12))


class ApplyInput(serializers.Serializer[Any]):
    group = serializers.CharField(max_length=60, allow_blank=True, default="")
    reason = serializers.CharField(max_length=4_000, allow_blank=True, default="")


class WeightsView(WorkshopView):
    def answer(self, draft: RulebookDraft, group: str) -> Response:
        found = weighing_of(draft, group=group, lang=language_of(self.request))
        return Response(WeighingOutput(found).data)

    @extend_schema(operation_id="rulebook_draft_weights", parameters=[GROUP], responses=WeighingOutput)
    def get(self, request: Request, pk: int) -> Response:
        return self.answer(self.get_draft(pk), text_param(request, "group"))

    @extend_schema(operation_id="rulebook_draft_judge", request=JudgementsInput, responses=WeighingOutput)
    def put(self, request: Request, pk: int) -> Response:
        given = JudgementsInput(data=request.data)
        given.is_valid(raise_exception=True)
        draft, data = self.get_draft(pk), given.validated_data
        judge_pairs(self.actor, draft=draft, group=data["group"], judgements=data["judgements"])
        return self.answer(draft, data["group"])


class ApplyWeightsView(WorkshopView):
    """Put the weights into the draft: maxima and points in their proportion."""

    http_method_names = ["post", "options"]

    @extend_schema(
        operation_id="rulebook_draft_weigh", parameters=[IF_MATCH], request=ApplyInput, responses=RuleSavedOutput
    )
    def post(self, request: Request, pk: int) -> Response:
        given = ApplyInput(data=request.data)
        given.is_valid(raise_exception=True)
        draft, data = self.get_draft(pk), given.validated_data
        apply_weights(
            self.actor, draft=draft, revision=revision_of(request), group=data["group"], reason=data["reason"]
        )
        return saved_answer(self, draft, [], is_reshaped=True)
