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
from cultivation.assessments.permissions import can_fill, can_keep
from cultivation.assessments.services.filling import takes_changes, versions_of
from cultivation.assessments.services.screen import enterprise_words
from cultivation.assessments.services.whatif import (
    Base,
    announced_base,
    declared_base,
    keep_scenario,
    levers_of,
    remove_scenario,
    shortest_paths,
    try_changes,
)
from cultivation.core.api import ActionOutput, ApiView, SmallJSONParser, idempotent, language_of
from cultivation.core.flow import action


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
    version = serializers.IntegerField(allow_null=True)


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
    """`is_declared`: starts from what the firm has declared so far, not from an announced result.

    `put` is the move that takes changes over into the draft; a lever's `version` is what such an edit is based on, null
    where the form does not ask for it.
    """

    id = serializers.IntegerField()
    enterprise = EnterpriseOutput()
    round = RoundRefOutput()
    state = serializers.CharField()
    is_declared = serializers.BooleanField()
    levers = LeverOutput(many=True)
    scenarios = ScenarioOutput(many=True)
    keep = ActionOutput(allow_null=True)
    put = ActionOutput(allow_null=True)


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


class TriedView(ScoredView):
    """A firm's people try on their own draft and on what they handed in; everybody on results that they may see."""

    def get_tried(self, pk: int) -> tuple[Assessment, bool]:
        rows = Assessment.objects.visible_to(self.actor)
        own = rows.filter(pk=pk, is_self_filled=True).exclude(pk__in=rows.with_result_for(self.actor)).first()
        if own and can_fill.holds(self.actor, own):
            return own, True
        return self.get_scored(pk), False

    def get_base(self, pk: int) -> Base:
        assessment, is_declared = self.get_tried(pk)
        return declared_base(assessment) if is_declared else announced_base(assessment)


class WhatIfView(TriedView):
    parser_classes = [SmallJSONParser]

    @extend_schema(operation_id="what_if_page", responses=WhatIfPageOutput)
    def get(self, request: Request, pk: int) -> Response:
        """The firm's facts as levers."""
        base = self.get_base(pk)
        assessment, versions = base.assessment, versions_of(base.assessment) if base.is_declared else {}
        levers = levers_of(base, lang=language_of(request))
        page = {
            "id": assessment.pk,
            "enterprise": enterprise_words(assessment),
            "round": assessment.round,
            "state": assessment.state,
            "is_declared": base.is_declared,
            "levers": [{**lever, "version": versions.get(lever["code"])} for lever in levers],
            "scenarios": Scenario.objects.visible_to(self.actor).filter(assessment=assessment),
            "keep": self._keep(assessment),
            "put": action("put", "写入草稿") if base.is_declared and takes_changes(assessment) else None,
        }
        return Response(WhatIfPageOutput(page).data)

    def _keep(self, assessment: Assessment) -> dict[str, Any] | None:
        """The button to keep a scenario, for who may."""
        return action("keep", "保存这个方案") if can_keep.holds(self.actor, assessment) else None

    @extend_schema(operation_id="what_if", request=WhatIfInput, responses=WhatIfOutput)
    def post(self, request: Request, pk: int) -> Response:
        """Where the firm would stand; null takes a fact away. Nothing is stored."""
        base = self.get_base(pk)
        given = WhatIfInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        tried = try_changes(base, data["changes"], lang=language_of(request), detail=data["detail"])
        return Response(WhatIfOutput(tried).data)


class MovesView(TriedView):
    @extend_schema(operation_id="cheapest_moves", responses=PathsOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(PathsOutput(shortest_paths(self.get_base(pk), lang=language_of(request))).data)


class ScenariosView(TriedView):
    parser_classes = [SmallJSONParser]

    @extend_schema(operation_id="scenario_keep", request=ScenarioInput, responses={201: ScenarioOutput})
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Keep these changes under a name; only the firm sees them."""
        assessment, _ = self.get_tried(pk)
        given = ScenarioInput(data=request.data)
        given.is_valid(raise_exception=True)
        kept = keep_scenario(self.actor, assessment=assessment, **given.validated_data)
        return Response(ScenarioOutput(kept).data, status=201)


class ScenarioView(ApiView):
    @extend_schema(operation_id="scenario_remove", request=None, responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        remove_scenario(self.actor, scenario=self.get_visible(Scenario, pk=pk))
        return Response(status=204)
