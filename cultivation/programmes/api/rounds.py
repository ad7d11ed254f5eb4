"""Rounds, and the rulebooks a new one would pin."""

from datetime import date, datetime
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.core.api import ApiView, ListView, day_param, idempotent
from cultivation.core.errors import BadInput
from cultivation.programmes.api.shapes import DeadlineInput, PinOutput, RoundInput, RoundOutput, TimetableInput
from cultivation.programmes.models import Round
from cultivation.programmes.services import create_round, move_deadline, preview_pins, set_timetable
from cultivation.programmes.states import KINDS


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
            filling=_window(data),
            evidence=(data.get("evidence_from"), data.get("evidence_until")),
        )
        return Response(RoundOutput(round_, context=self.get_serializer_context()).data, status=201)


def _window(data: dict[str, Any]) -> tuple[datetime, datetime] | None:
    opens, closes = data.get("filling_from"), data.get("filling_until")
    return (opens, closes) if opens and closes else None


class DeadlineView(ApiView):
    """Move the end of filling, for all companies alike."""

    @extend_schema(operation_id="round_deadline", request=DeadlineInput, responses=RoundOutput)
    def post(self, request: Request, pk: int) -> Response:
        given = DeadlineInput(data=request.data)
        given.is_valid(raise_exception=True)
        moved = move_deadline(self.actor, round_=self.get_visible(Round, pk=pk), until=given.validated_data["until"])
        return Response(RoundOutput(moved, context={"actor": self.actor}).data)


class TimetableView(ApiView):
    """By which day each step after the filling is expected."""

    @extend_schema(operation_id="round_timetable", request=TimetableInput, responses=RoundOutput)
    def post(self, request: Request, pk: int) -> Response:
        given = TimetableInput(data=request.data)
        given.is_valid(raise_exception=True)
        changed = set_timetable(self.actor, round_=self.get_visible(Round, pk=pk), days=given.validated_data["days"])
        return Response(RoundOutput(changed, context={"actor": self.actor}).data)


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
        pins: Any = preview_pins(kind="renewal" if kind == "renewal" else "new", on=day_param(request, "on"))
        return Response(PinOutput(pins, many=True).data)
