"""Dated titles and designations: who holds which, the lists they came from, and taking them back."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.accounts.api.shapes import MergedIntoField
from cultivation.accounts.queries import region_prefix
from cultivation.core.api import ActionOutput, ApiView, ListView, day_param, idempotent, text_param
from cultivation.core.errors import BadInput
from cultivation.core.flow import action
from cultivation.core.regions import load_regions
from cultivation.programmes.flow import designation_flow, designation_list_flow
from cultivation.programmes.models import Designation, DesignationList
from cultivation.programmes.permissions import can_keep_designations
from cultivation.programmes.services import move_designation, move_list, preview_list
from cultivation.programmes.states import (
    DESIGNATION_KINDS,
    DESIGNATION_STANDINGS,
    LIST_ROW_STATES,
    TITLE_FACTS,
)


class TakenOverOutput(serializers.Serializer[Designation]):
    """Whose the title was before a merger."""

    name = serializers.CharField(source="enterprise.name")
    uscc = serializers.CharField(source="enterprise.uscc")


class DesignationOutput(MergedIntoField):
    id = serializers.IntegerField()
    uscc = serializers.CharField(source="enterprise.uscc")
    name = serializers.CharField(source="enterprise.name")
    region = serializers.CharField(source="enterprise.region", allow_blank=True)
    region_name = serializers.SerializerMethodField()
    kind = serializers.CharField()
    kind_label = serializers.CharField(source="get_kind_display")
    chain = serializers.CharField(allow_blank=True)
    body = serializers.CharField()
    document = serializers.CharField(allow_blank=True)
    designated_on = serializers.DateField()
    expires_on = serializers.DateField(allow_null=True)
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    standing = serializers.SerializerMethodField()
    standing_label = serializers.SerializerMethodField()
    revoked_on = serializers.DateField(allow_null=True)
    revoke_reason = serializers.CharField(allow_blank=True)
    taken_over_from = TakenOverOutput(allow_null=True)
    held_since = serializers.DateField(allow_null=True)
    taking_basis = serializers.CharField(allow_blank=True)
    actions = serializers.SerializerMethodField()

    def get_region_name(self, record: Designation) -> str:
        return load_regions().label_of(record.enterprise.region)

    def get_standing(self, record: Designation) -> str:
        return record.standing(self.context["on"])

    def get_standing_label(self, record: Designation) -> str:
        return DESIGNATION_STANDINGS[record.standing(self.context["on"])]

    @extend_schema_field(ActionOutput(many=True))
    def get_actions(self, record: Designation) -> list[dict[str, Any]]:
        return designation_flow.available(record, self.context["actor"])


class DesignationKindOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    fact = serializers.CharField(allow_null=True)


class DesignationWordOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class DesignationDeskOutput(serializers.Serializer[Any]):
    kinds = DesignationKindOutput(many=True)
    standings = DesignationWordOutput(many=True)
    regions = DesignationWordOutput(many=True)
    actions = ActionOutput(many=True)


class ListProblemOutput(serializers.Serializer[Any]):
    severity = serializers.CharField()
    cell = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True)
    problem = serializers.CharField()


class ListRowOutput(serializers.Serializer[Any]):
    row = serializers.IntegerField()
    cell = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    uscc = serializers.CharField(allow_blank=True)
    known_as = serializers.CharField(allow_blank=True)
    chain = serializers.CharField(allow_blank=True)
    body = serializers.CharField(allow_blank=True)
    document = serializers.CharField(allow_blank=True)
    designated_on = serializers.CharField(allow_blank=True)
    expires_on = serializers.CharField(allow_blank=True)
    state = serializers.CharField()
    state_label = serializers.SerializerMethodField()
    notes = serializers.ListField(child=serializers.CharField())

    def get_state_label(self, row: dict[str, Any]) -> str:
        return LIST_ROW_STATES[row["state"]]


class DesignationListBriefOutput(serializers.Serializer[DesignationList]):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    kind_label = serializers.CharField(source="get_kind_display")
    filename = serializers.CharField(source="file.name")
    body = serializers.CharField(allow_blank=True)
    document = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    counts = serializers.SerializerMethodField()
    uploaded_by = serializers.CharField()
    created_at = serializers.DateTimeField()
    actions = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_counts(self, found: DesignationList) -> dict[str, int]:
        """Rows by what became of them."""
        states = [row["state"] for row in found.rows]
        return {state: states.count(state) for state in LIST_ROW_STATES}

    @extend_schema_field(ActionOutput(many=True))
    def get_actions(self, found: DesignationList) -> list[dict[str, Any]]:
        return designation_list_flow.available(found, self.context["actor"])


class DesignationListOutput(DesignationListBriefOutput):
    designated_on = serializers.DateField(allow_null=True)
    expires_on = serializers.DateField(allow_null=True)
    rows = ListRowOutput(many=True)
    problems = ListProblemOutput(many=True)


class DesignationListInput(serializers.Serializer[Any]):
    file = serializers.FileField()
    kind = serializers.ChoiceField(choices=list(DESIGNATION_KINDS.items()))
    body = serializers.CharField(required=False, allow_blank=True, max_length=120, default="")
    document = serializers.CharField(required=False, allow_blank=True, max_length=120, default="")
    source = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")  # type: ignore[assignment]
    designated_on = serializers.DateField(required=False, allow_null=True, default=None)
    expires_on = serializers.DateField(required=False, allow_null=True, default=None)


class DesignationMoveInput(serializers.Serializer[Any]):
    reason = serializers.CharField(required=False, allow_blank=True, max_length=2_000)
    on = serializers.CharField(required=False, allow_blank=True, max_length=10)


def _choice(request: Request, name: str, known: dict[str, str]) -> str:
    found = text_param(request, name)
    if found and found not in known:
        raise BadInput(f"筛选条件 {name} 不对。", code="bad_filter", fields={f"/{name}": f"只能是{'、'.join(known)}"})
    return found


def _region_prefix(code: str) -> str:
    if load_regions().division_of(code) is None:
        raise BadInput("没有这个地区。", code="bad_filter", fields={"/region": "应为省内市州或县的六位代码"})
    return region_prefix(code)


@extend_schema(
    parameters=[
        OpenApiParameter("kind", str, enum=list(DESIGNATION_KINDS)),
        OpenApiParameter("standing", str, enum=list(DESIGNATION_STANDINGS), description="在 on 这一天的状态"),
        OpenApiParameter("on", date, description="默认今天"),
        OpenApiParameter("region", str, description="市州或县的六位代码"),
        OpenApiParameter("uscc", str, description="只看这一家企业的"),
        OpenApiParameter("q", str, description="企业名称、统一社会信用代码、认定单位或产业链的一部分"),
    ]
)
class DesignationsView(ListView):
    """Titles and designations on record, what was entered last first."""

    model = Designation
    serializer_class = DesignationOutput
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Any]:
        rows: Any = super().get_queryset().select_related("enterprise__successor", "taken_over_from__enterprise")
        if kind := _choice(self.request, "kind", DESIGNATION_KINDS):
            rows = rows.filter(kind=kind)
        if standing := _choice(self.request, "standing", DESIGNATION_STANDINGS):
            rows = rows.with_standing(standing, day_param(self.request, "on"))
        if region := text_param(self.request, "region"):
            rows = rows.filter(enterprise__region__startswith=_region_prefix(region))
        if uscc := text_param(self.request, "uscc"):
            rows = rows.filter(enterprise__uscc=uscc)
        if text := text_param(self.request, "q"):
            rows = rows.filter(
                Q(enterprise__name__icontains=text)
                | Q(enterprise__uscc__icontains=text)
                | Q(body__icontains=text)
                | Q(chain__icontains=text)
            )
        found: QuerySet[Any] = rows
        return found

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "actor": self.actor, "on": day_param(self.request, "on")}


class DesignationDeskView(ApiView):
    """What a desk filters by, and what it may do beside its rows."""

    @extend_schema(operation_id="designation_desk", responses=DesignationDeskOutput)
    def get(self, request: Request) -> Response:
        regions = load_regions()
        own = regions.division_of(self.actor.region)
        answer = {
            "kinds": [
                {"code": code, "label": label, "fact": TITLE_FACTS.get(code)}
                for code, label in DESIGNATION_KINDS.items()
            ],
            "standings": [{"code": code, "label": label} for code, label in DESIGNATION_STANDINGS.items()],
            "regions": [{"code": one.code, "label": one.name} for one in regions.divisions if own in (None, one.code)],
            "actions": [action("import_list", "导入名单")] if can_keep_designations.holds(self.actor) else [],
        }
        return Response(DesignationDeskOutput(answer).data)


class DesignationActionView(ApiView):
    """Revoke a title from a day on, or void what was entered by mistake."""

    @extend_schema(operation_id="designation_action", request=DesignationMoveInput, responses=DesignationOutput)
    @idempotent
    def post(self, request: Request, pk: int, name: str) -> Response:
        record = self.get_visible(Designation, pk=pk)
        given = DesignationMoveInput(data=request.data)
        given.is_valid(raise_exception=True)
        moved = move_designation(self.actor, designation=record, name=name, data=dict(given.validated_data))
        return Response(DesignationOutput(moved, context={"actor": self.actor, "on": timezone.localdate()}).data)


class DesignationListsView(ListView):
    """Lists as they came, the newest first; a new one is read and shown, and entered when it is confirmed."""

    model = DesignationList
    serializer_class = DesignationListBriefOutput
    ordering = ("-id",)
    parser_classes = [MultiPartParser]

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("file")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "actor": self.actor}

    @extend_schema(
        operation_id="designation_list_preview",
        request={"multipart/form-data": DesignationListInput},
        responses={201: DesignationListOutput},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        can_keep_designations.require(self.actor)
        given = DesignationListInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        file = data.pop("file")
        found = preview_list(self.actor, data=file.read(), filename=file.name or "", **data)
        return Response(DesignationListOutput(found, context=self.get_serializer_context()).data, status=201)


class DesignationListView(ApiView):
    """One list, row by row, with every problem and the address of its cell."""

    @extend_schema(operation_id="designation_list", responses=DesignationListOutput)
    def get(self, request: Request, pk: int) -> Response:
        found = self.get_visible(DesignationList, pk=pk)
        return Response(DesignationListOutput(found, context={"actor": self.actor}).data)


class DesignationListActionView(ApiView):
    """Confirm or discard a list."""

    @extend_schema(operation_id="designation_list_action", request=None, responses=DesignationListOutput)
    @idempotent
    def post(self, request: Request, pk: int, name: str) -> Response:
        found = move_list(self.actor, found=self.get_visible(DesignationList, pk=pk), name=name)
        return Response(DesignationListOutput(found, context={"actor": self.actor}).data)
