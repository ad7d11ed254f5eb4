"""Service plans: read, approve, download (E29)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.accounts.api.shapes import BriefFirmOutput
from cultivation.core.api import ActionOutput, ApiView, ListView, id_param, idempotent, text_param
from cultivation.documents.api import PDF, pdf_response
from cultivation.support.flow import plan_flow
from cultivation.support.models import Plan, PlanItem
from cultivation.support.services import print_plan
from cultivation.support.states import PLAN_STATES


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class LabelsField(serializers.Field[Any, Any, Any, Any]):
    """The labels of a mapping from code to label."""

    def to_representation(self, value: dict[str, str]) -> list[str]:
        return list(value.values())


class PlanBriefOutput(serializers.Serializer[Plan]):
    id = serializers.IntegerField()
    assessment = serializers.IntegerField(source="assessment_id")
    enterprise = BriefFirmOutput(source="assessment.enterprise")
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    kind = serializers.CharField()
    kind_label = serializers.CharField(source="get_kind_display")
    summary = serializers.CharField()
    expected_total = serializers.FloatField()


class PlanItemOutput(serializers.Serializer[PlanItem]):
    service = serializers.CharField()
    title = serializers.CharField()
    reason = serializers.CharField()
    gap = serializers.CharField()
    indicators = LabelsField()
    expected_points = serializers.FloatField()
    effort = serializers.CharField()
    effort_label = serializers.CharField(source="get_effort_display")
    duration = serializers.CharField()
    owner = serializers.CharField()
    deliverable = serializers.CharField()
    resource = serializers.CharField(allow_blank=True)
    starts_on = serializers.DateField()
    due = serializers.DateField()


class PlanTaskOutput(serializers.Serializer[Any]):
    """What the firm does itself before services help; it promises no points."""

    kind = serializers.ChoiceField(choices=["gap", "rectify"])
    title = serializers.CharField()
    reason = serializers.CharField()
    basis = serializers.CharField()
    indicators = LabelsField()
    points_open = serializers.FloatField(allow_null=True)
    due = serializers.DateField()


class PlanDocumentOutput(serializers.Serializer[Any]):
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    url = serializers.CharField()


class PlanOutput(PlanBriefOutput):
    starts_on = serializers.DateField()
    score_low = serializers.FloatField()
    score_then = serializers.FloatField()
    level = serializers.CharField(allow_blank=True)
    level_then = serializers.CharField(allow_blank=True)
    source_status = serializers.SerializerMethodField()
    approved_by = serializers.CharField(allow_blank=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    tasks = PlanTaskOutput(many=True)
    items = PlanItemOutput(many=True)
    document = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    def get_source_status(self, plan: Plan) -> str:
        """The catalogue is our own calibration."""
        return "calibrated"

    @extend_schema_field(PlanDocumentOutput(allow_null=True))
    def get_document(self, plan: Plan) -> dict[str, str] | None:
        if plan.state == "draft":
            return None
        return {"kind": "service_plan", "label": "培育方案", "url": f"/api/v1/plans/{plan.pk}/file"}

    @extend_schema_field(ActionOutput(many=True))
    def get_actions(self, plan: Plan) -> list[dict[str, Any]]:
        return plan_flow.available(plan, self.context["actor"])


@extend_schema(
    parameters=[
        OpenApiParameter("round", int),
        OpenApiParameter("assessment", int),
        OpenApiParameter("state", str, enum=list(PLAN_STATES)),
    ]
)
class PlansView(ListView):
    """The plans of a round that the caller may see."""

    model = Plan
    serializer_class = PlanBriefOutput

    def get_queryset(self) -> QuerySet[Plan]:
        rows = super().get_queryset().select_related("assessment__enterprise")
        for name, path_ in (("round", "assessment__round_id"), ("assessment", "assessment_id")):
            if (wanted := id_param(self.request, name)) is not None:
                rows = rows.filter(**{path_: wanted})
        state = text_param(self.request, "state")
        return rows.filter(state=state) if state else rows


class PlanView(ApiView):
    @extend_schema(operation_id="plan", responses=PlanOutput)
    def get(self, request: Request, pk: int) -> Response:
        return _plan(self, self.get_visible(Plan, pk=pk))


def _plan(view: ApiView, plan: Plan) -> Response:
    return Response(PlanOutput(plan, context={"actor": view.actor}).data)


class PlanActionView(ApiView):
    @extend_schema(operation_id="plan_action", request=None, responses=PlanOutput)
    @idempotent
    def post(self, request: Request, pk: int, name: str) -> Response:
        return _plan(self, plan_flow.run(self.get_visible(Plan, pk=pk), name, actor=self.actor))


class PlanFileView(ApiView):
    """The approved plan as a PDF."""

    @extend_schema(operation_id="plan_file", responses=PDF)
    def get(self, request: Request, pk: int) -> HttpResponse:
        return pdf_response(print_plan(self.actor, plan=self.get_visible(Plan, pk=pk)))


urlpatterns = [
    path("plans", PlansView.as_view()),
    path("plans/<int:pk>", PlanView.as_view()),
    path("plans/<int:pk>/file", PlanFileView.as_view()),
    path("plans/<int:pk>/actions/<str:name>", PlanActionView.as_view()),
]
