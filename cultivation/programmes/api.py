"""Rulebooks in force, and rounds."""

from datetime import date
from typing import Any

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.core.api import ActionOutput, ApiView, ListView, idempotent
from cultivation.core.errors import BadInput
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import PinnedRulebook, Round
from cultivation.programmes.services import create_round, preview_pins
from cultivation.programmes.states import KINDS, SOURCE_STATUSES, STAGES


class StageOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    present = serializers.BooleanField()


class PinOutput(serializers.Serializer[PinnedRulebook]):
    programme = serializers.CharField()
    key = serializers.CharField(source="rulebook.key", allow_null=True, default=None)
    title = serializers.CharField(source="rulebook.title", allow_null=True, default=None)
    fingerprint = serializers.CharField(allow_blank=True)
    source_status = serializers.CharField(source="rulebook.source_status", allow_null=True, default=None)
    source_status_label = serializers.SerializerMethodField()
    reason = serializers.CharField()

    def get_source_status_label(self, pin: PinnedRulebook) -> str:
        return SOURCE_STATUSES.get(pin.rulebook.source_status, "") if pin.rulebook else ""


class RoundOutput(serializers.Serializer[Round]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    year = serializers.IntegerField()
    kind = serializers.CharField()
    kind_label = serializers.CharField(source="get_kind_display")
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    assessed_on = serializers.DateField()
    is_trial = serializers.BooleanField()
    is_demonstration = serializers.BooleanField()
    firms = serializers.IntegerField()
    scored = serializers.IntegerField()
    stages = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    @extend_schema_field(StageOutput(many=True))
    def get_stages(self, round_: Round) -> list[dict[str, Any]]:
        return [{"code": code, "label": label, "present": code in round_.stages} for code, label in STAGES.items()]

    @extend_schema_field(ActionOutput(many=True))
    def get_actions(self, round_: Round) -> list[dict[str, Any]]:
        return round_flow.available(round_, self.context["actor"])


class RoundInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)
    kind = serializers.ChoiceField(choices=list(KINDS.items()), default="new")
    assessed_on = serializers.DateField()
    stages = serializers.ListField(child=serializers.ChoiceField(choices=list(STAGES.items())), default=["import"])
    is_trial = serializers.BooleanField(default=True)


class RoundsView(ListView):
    """The rounds, newest first."""

    model = Round
    serializer_class = RoundOutput
    ordering = ("-id",)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "actor": self.actor}

    @extend_schema(operation_id="rounds_create", request=RoundInput, responses={201: RoundOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        given = RoundInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        round_ = create_round(
            self.actor,
            name=data["name"],
            kind=data["kind"],
            assessed_on=data["assessed_on"],
            stages=tuple(data["stages"]),
            trial=data["is_trial"],
        )
        return Response(RoundOutput(round_, context=self.get_serializer_context()).data, status=201)


class PinsPreviewView(ApiView):
    """Which rulebooks a round of this kind and date would pin, and why."""

    @extend_schema(
        operation_id="rulebooks_in_force",
        parameters=[OpenApiParameter("kind", str, enum=list(KINDS)), OpenApiParameter("on", date)],
        responses=PinOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        kind = request.query_params.get("kind", "new")
        if kind not in KINDS:
            raise BadInput("申报类型只能是新申报或复核。", fields={"/kind": "未知的申报类型"})
        pins: Any = preview_pins(kind="renewal" if kind == "renewal" else "new", on=_day(request))
        return Response(PinOutput(pins, many=True).data)


def _day(request: Request) -> date:
    raw = request.query_params.get("on")
    try:
        return date.fromisoformat(raw) if raw else timezone.localdate()
    except ValueError as error:
        raise BadInput("日期应写成 2026-03-31 的样子。", fields={"/on": "不是有效日期"}) from error


urlpatterns = [path("rounds", RoundsView.as_view()), path("rulebooks/in-force", PinsPreviewView.as_view())]
