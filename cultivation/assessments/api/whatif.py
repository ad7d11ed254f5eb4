"""What-if for one firm's own result: levers, changes, the cheapest moves; nothing is stored (E10, E11)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.assessments.api.outlook_shapes import DetailField, FactsField, OutlookOutput
from cultivation.assessments.api.shapes import CodeLabelOutput, EnterpriseOutput, RoundRefOutput
from cultivation.assessments.api.views import ScoredView
from cultivation.assessments.models import Assessment, Scenario
from cultivation.assessments.permissions import can_keep
from cultivation.assessments.services.screen import enterprise_words
from cultivation.assessments.services.whatif import (
    keep_scenario,
    levers_of,
    remove_scenario,
    shortest_paths,
    try_changes,
)
from cultivation.core.api import ActionOutput, ApiView, SmallJSONParser, idempotent, language_of


class LeverPartOutput(serializers.Serializer[Any]):
    id = serializers.CharField()
    title = serializers.CharField()
    points = serializers.ListField(child=serializers.FloatField())
    max = serializers.FloatField()


class LeverEffortOutput(CodeLabelOutput):
    cost = serializers.IntegerField()


class LeverOutput(CodeLabelOutput):
    unit = serializers.CharField(allow_blank=True)
    type = serializers.CharField()
    least = serializers.FloatField(allow_null=True)
    most = serializers.FloatField(allow_null=True)
    choices = CodeLabelOutput(many=True)
    empty_is_none = serializers.BooleanField()
    group = serializers.CharField()
    gain = serializers.FloatField()
    parts = LeverPartOutput(many=True)
    value = serializers.JSONField(allow_null=True)
    limits = serializers.ListField(child=serializers.FloatField())
    effort = LeverEffortOutput(allow_null=True)
    programmes = serializers.ListField(child=serializers.CharField())


class ScenarioOutput(serializers.Serializer[Scenario]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    changes = serializers.JSONField()
    kept_by = serializers.CharField()
    created_at = serializers.DateTimeField()


class ScenarioInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=40)
    changes = FactsField()


class WhatIfPageOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    enterprise = EnterpriseOutput()
    round = RoundRefOutput()
    levers = LeverOutput(many=True)
    scenarios = ScenarioOutput(many=True)
    keep = ActionOutput(allow_null=True)


class SideOutput(serializers.Serializer[Any]):
    outcome = serializers.CharField()
    points = serializers.ListField(child=serializers.FloatField(), allow_null=True)


class ClauseChangeOutput(serializers.Serializer[Any]):
    programme = serializers.CharField()
    id = serializers.CharField()
    title = serializers.CharField()
    before = SideOutput(allow_null=True)
    after = SideOutput(allow_null=True)


class BeforeOutput(serializers.Serializer[Any]):
    score = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    level = serializers.CharField(allow_null=True)
    level_possible = serializers.CharField(allow_null=True)
    outcomes = serializers.DictField(child=serializers.CharField())


class WhatIfOutput(OutlookOutput):
    before = BeforeOutput()
    differences = ClauseChangeOutput(many=True)


class WhatIfInput(serializers.Serializer[Any]):
    changes = FactsField()
    detail = DetailField()


class MoveOutput(serializers.Serializer[Any]):
    fact = serializers.CharField()
    words = serializers.CharField()
    is_report = serializers.BooleanField()
    effort = serializers.CharField()
    effort_label = serializers.CharField()
    steps = serializers.IntegerField()
    cost = serializers.IntegerField()


class PathOutput(serializers.Serializer[Any]):
    goal = serializers.CharField()
    cost = serializers.IntegerField()
    score = serializers.ListField(child=serializers.FloatField())
    level = serializers.CharField()
    changes = serializers.JSONField()
    moves = MoveOutput(many=True)


class PathsOutput(serializers.Serializer[Any]):
    """The cheapest ways to the next tier, or the code of why there is none."""

    paths = PathOutput(many=True)
    why_none = serializers.CharField(allow_null=True)


class WhatIfView(ScoredView):
    parser_classes = [SmallJSONParser]

    @extend_schema(operation_id="what_if_page", responses=WhatIfPageOutput)
    def get(self, request: Request, pk: int) -> Response:
        """The firm's facts as levers."""
        assessment = self.get_scored(pk)
        page = {
            "id": assessment.pk,
            "enterprise": enterprise_words(assessment),
            "round": assessment.round,
            "levers": levers_of(assessment, lang=language_of(request)),
            "scenarios": Scenario.objects.visible_to(self.actor).filter(assessment=assessment),
            "keep": self._keep(assessment),
        }
        return Response(WhatIfPageOutput(page).data)

    def _keep(self, assessment: Assessment) -> dict[str, Any] | None:
        """The button to keep a scenario, for who may."""
        if not can_keep.holds(self.actor, assessment):
            return None
        return {"name": "keep", "label": "保存这个方案", "enabled": True, "reason": "", "confirm": ""}

    @extend_schema(operation_id="what_if", request=WhatIfInput, responses=WhatIfOutput)
    def post(self, request: Request, pk: int) -> Response:
        """Where the firm would stand; null takes a fact away. Nothing is stored."""
        assessment = self.get_scored(pk)
        given = WhatIfInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        tried = try_changes(assessment, data["changes"], lang=language_of(request), detail=data["detail"])
        return Response(WhatIfOutput(tried).data)


class MovesView(ScoredView):
    @extend_schema(operation_id="cheapest_moves", responses=PathsOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(PathsOutput(shortest_paths(self.get_scored(pk), lang=language_of(request))).data)


class ScenariosView(ScoredView):
    parser_classes = [SmallJSONParser]

    @extend_schema(operation_id="scenario_keep", request=ScenarioInput, responses={201: ScenarioOutput})
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Keep these changes under a name; only the firm sees them."""
        assessment = self.get_scored(pk)
        given = ScenarioInput(data=request.data)
        given.is_valid(raise_exception=True)
        kept = keep_scenario(self.actor, assessment=assessment, **given.validated_data)
        return Response(ScenarioOutput(kept).data, status=201)


class ScenarioView(ApiView):
    @extend_schema(operation_id="scenario_remove", request=None, responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        remove_scenario(self.actor, scenario=self.get_visible(Scenario, pk=pk))
        return Response(status=204)
