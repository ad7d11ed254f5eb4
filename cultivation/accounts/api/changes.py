"""The firm's own record: its names and places over time, and what its office is told of."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.accounts.api.claims import FILE
from cultivation.accounts.api.shapes import ContactOutput, FirmRecordOutput, own_firm, place_name
from cultivation.accounts.flow import change_flow
from cultivation.accounts.models import EnterpriseChange, EnterpriseName
from cultivation.accounts.permissions import is_approver_of
from cultivation.accounts.services import answer_change, office_of, report_change, report_merger
from cultivation.accounts.states import MERGER_FORMS, OPEN_CHANGES, REPORT_MONTHS
from cultivation.core.api import ActionOutput, ApiView, ListView, file_response, idempotent, text_param
from cultivation.core.errors import NotHere


class NameOutput(serializers.Serializer[EnterpriseName]):
    name = serializers.CharField()
    heard_on = serializers.DateField()


class AbsorbedOutput(serializers.Serializer[EnterpriseChange]):
    """The other firm of a merger: what the report names, and no more of its record."""

    uscc = serializers.CharField(source="other_uscc")
    name = serializers.CharField(source="before")
    is_known = serializers.BooleanField(source="other_id")
    is_own = serializers.SerializerMethodField()

    def get_is_own(self, change: EnterpriseChange) -> bool:
        """Whether the reader acts for it."""
        return change.other_id is not None and change.other_id == self.context["actor"].enterprise_id


class ReportedChangeOutput(serializers.Serializer[EnterpriseChange]):
    id = serializers.IntegerField()
    firm = FirmRecordOutput(source="enterprise")
    absorbed = serializers.SerializerMethodField()
    form = serializers.CharField(allow_blank=True)
    form_label = serializers.CharField(source="get_form_display", allow_blank=True)
    kind = serializers.CharField()
    kind_label = serializers.CharField(source="get_kind_display")
    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()
    happened_on = serializers.DateField()
    note = serializers.CharField(allow_blank=True)
    answer = serializers.CharField(allow_blank=True)
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    is_late = serializers.BooleanField()
    told_by = serializers.CharField()
    told_at = serializers.DateTimeField()
    proof_url = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    def get_before(self, change: EnterpriseChange) -> str:
        return place_name(change.before) if change.kind == "region" else change.before

    def get_after(self, change: EnterpriseChange) -> str:
        return place_name(change.after) if change.kind == "region" else change.after

    def get_proof_url(self, change: EnterpriseChange) -> str | None:
        return f"/api/v1/changes/{change.pk}/proof" if change.proof_id else None

    @extend_schema_field(AbsorbedOutput(allow_null=True))
    def get_absorbed(self, change: EnterpriseChange) -> dict[str, Any] | None:
        return AbsorbedOutput(change, context=self.context).data if change.kind == "merger" else None

    @extend_schema_field(ActionOutput(many=True))
    def get_actions(self, change: EnterpriseChange) -> list[dict[str, Any]]:
        return change_flow.available(change, self.context["actor"])


class ReportedChangeInput(serializers.Serializer[Any]):
    kind = serializers.CharField(max_length=12)
    after = serializers.CharField(max_length=120, allow_blank=True, default="")
    happened_on = serializers.DateField()
    note = serializers.CharField(max_length=500, allow_blank=True, default="")
    proof = serializers.FileField(required=False)


class MergerInput(serializers.Serializer[Any]):
    """`name` is asked for where nobody knows the code here."""

    uscc = serializers.CharField(max_length=60)
    form = serializers.ChoiceField(choices=list(MERGER_FORMS.items()))
    name = serializers.CharField(max_length=120, allow_blank=True, default="")
    happened_on = serializers.DateField()
    note = serializers.CharField(max_length=500, allow_blank=True, default="")
    proof = serializers.FileField(required=False)


class ChangeAnswerInput(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class TakenInOutput(serializers.Serializer[Any]):
    """A firm that was merged into this one."""

    name = serializers.CharField()
    uscc = serializers.CharField()
    merged_on = serializers.DateField()


class OwnFirmOutput(serializers.Serializer[Any]):
    firm = FirmRecordOutput()
    names = NameOutput(many=True)
    contact = ContactOutput(allow_null=True)
    report_months = serializers.IntegerField()
    can_change = serializers.BooleanField()
    absorbed = TakenInOutput(many=True)


class OwnFirmView(ApiView):
    @extend_schema(operation_id="own_firm", responses=OwnFirmOutput)
    def get(self, request: Request) -> Response:
        firm = own_firm(self.actor)
        answer = {
            "firm": firm,
            "names": firm.names.all(),
            "contact": office_of(firm.region),
            "report_months": REPORT_MONTHS,
            "can_change": not firm.successor_id and is_approver_of.test(self.actor, EnterpriseChange(enterprise=firm)),
            "absorbed": firm.absorbed.order_by("merged_on", "pk"),
        }
        return Response(OwnFirmOutput(answer).data)


@extend_schema(parameters=[OpenApiParameter("open", str, description="只列等待答复或知悉的")])
class ChangesView(ListView):
    model = EnterpriseChange
    serializer_class = ReportedChangeOutput
    parser_classes = [MultiPartParser, FormParser]
    ordering = ("-id",)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "actor": self.actor}

    def get_queryset(self) -> QuerySet[EnterpriseChange]:
        rows = super().get_queryset().select_related("enterprise__successor", "other")
        return rows.filter(state__in=OPEN_CHANGES) if text_param(self.request, "open") else rows

    @extend_schema(
        operation_id="change_report",
        request={"multipart/form-data": ReportedChangeInput},
        responses={201: ReportedChangeOutput},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        given = ReportedChangeInput(data=request.data)
        given.is_valid(raise_exception=True)
        change = report_change(self.actor, enterprise=own_firm(self.actor), **given.validated_data)
        return Response(ReportedChangeOutput(change, context={"actor": self.actor}).data, status=201)


class MergersView(ApiView):
    parser_classes = [MultiPartParser, FormParser]

    @extend_schema(
        operation_id="merger_report",
        request={"multipart/form-data": MergerInput},
        responses={201: ReportedChangeOutput},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        firm = own_firm(self.actor)
        given = MergerInput(data=request.data)
        given.is_valid(raise_exception=True)
        change = report_merger(self.actor, enterprise=firm, **given.validated_data)
        return Response(ReportedChangeOutput(change, context={"actor": self.actor}).data, status=201)


class ChangeActionView(ApiView):
    http_method_names = ["post", "options"]

    @extend_schema(operation_id="change_action", request=ChangeAnswerInput, responses=ReportedChangeOutput)
    @idempotent
    def post(self, request: Request, pk: int, name: str) -> Response:
        change = self.get_visible(EnterpriseChange, pk=pk)
        given = ChangeAnswerInput(data=request.data)
        given.is_valid(raise_exception=True)
        answer_change(self.actor, change=change, move=name, **given.validated_data)
        return Response(ReportedChangeOutput(change, context={"actor": self.actor}).data)


class ChangeProofView(ApiView):
    @extend_schema(operation_id="change_proof", responses=FILE)
    def get(self, request: Request, pk: int) -> HttpResponse:
        change = self.get_visible(EnterpriseChange, pk=pk)
        if change.proof is None:
            raise NotHere("这项变更没有附证明材料。")
        return file_response(change.proof, disposition="attachment")


routes = [
    path("firm", OwnFirmView.as_view()),
    path("changes", ChangesView.as_view()),
    path("mergers", MergersView.as_view()),
    path("changes/<int:pk>/actions/<str:name>", ChangeActionView.as_view()),
    path("changes/<int:pk>/proof", ChangeProofView.as_view()),
]
