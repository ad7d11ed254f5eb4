"""Whom a draft of a rulebook would move in a past round, and one firm under both versions (P03)."""

from typing import Any

from django.db.models import F, Q, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.assessments.models import Assessment, ImpactFirm
from cultivation.assessments.services import explain_firm, reach_of, tried_firms
from cultivation.core.api import ListView, id_param, language_of, text_param
from cultivation.core.errors import BadInput, NotHere
from cultivation.programmes.api import WorkshopMixin, WorkshopView
from cultivation.programmes.models import Round, RulebookImpact

TOWARDS = {
    "risen": Q(change__gt=0),
    "fallen": Q(change__lt=0),
    "moved": Q(is_moved=True),
    "stayed": Q(is_moved=False),
    "rescored": ~Q(score_before=F("score_after")),
}
NO_TIER = "none"


class ImpactFirmOutput(serializers.Serializer[ImpactFirm]):
    """A firm that would move, or be scored otherwise."""

    id = serializers.IntegerField(source="assessment_id")
    name = serializers.CharField(source="assessment.enterprise.name")
    uscc = serializers.CharField(source="assessment.enterprise.uscc")
    city = serializers.CharField()
    size = serializers.CharField()
    tracks = serializers.SerializerMethodField()
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)
    change = serializers.IntegerField()
    is_moved = serializers.BooleanField()
    score_before = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    score_after = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    gain = serializers.FloatField(allow_null=True)

    def get_tracks(self, firm: ImpactFirm) -> list[str]:
        return [track for track in firm.tracks.split("|") if track]


class ImpactSideOutput(serializers.Serializer[Any]):
    points = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    max = serializers.FloatField(allow_null=True)
    band = serializers.CharField(allow_null=True, allow_blank=True)
    outcome = serializers.CharField()
    outcome_label = serializers.CharField()


class ImpactRowOutput(serializers.Serializer[Any]):
    id = serializers.CharField()
    depth = serializers.IntegerField()
    title = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    before = ImpactSideOutput(allow_null=True)
    after = ImpactSideOutput(allow_null=True)
    is_changed = serializers.BooleanField()


class ImpactHeadOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    score = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    result = serializers.CharField(allow_blank=True)


class FirmUnderBothOutput(serializers.Serializer[Any]):
    """`result` is the tier, or the outcome of a programme."""

    firm = serializers.CharField()
    before = ImpactHeadOutput()
    after = ImpactHeadOutput()
    rows = ImpactRowOutput(many=True)


class TriedFirmOutput(serializers.Serializer[Assessment]):
    id = serializers.IntegerField()
    name = serializers.CharField(source="enterprise.name")
    uscc = serializers.CharField(source="enterprise.uscc")


@extend_schema(
    parameters=[
        OpenApiParameter("direction", str, enum=list(TOWARDS)),
        *(OpenApiParameter(name, str, description="none：未入库") for name in ("before", "after")),
        *(OpenApiParameter(name, str) for name in ("city", "size_class", "track", "q")),
    ]
)
class ImpactFirmsView(WorkshopMixin, ListView):
    """The firms behind each figure of an impact."""

    model = ImpactFirm
    serializer_class = ImpactFirmOutput

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        rows = rows.filter(impact_id=self.kwargs["pk"]).select_related("assessment__enterprise")
        return _filtered(rows, self.request)


def _filtered(rows: QuerySet[Any], request: Request) -> QuerySet[Any]:
    for name in ("before", "after"):
        if tier := text_param(request, name):
            rows = rows.filter(**{name: "" if tier == NO_TIER else tier})
    for name, column in (("city", "city"), ("size_class", "size"), ("q", "assessment__enterprise__name__icontains")):
        if found := text_param(request, name):
            rows = rows.filter(**{column: found})
    if track := text_param(request, "track"):
        rows = rows.filter(tracks__contains=f"|{track}|")
    return _towards(rows, text_param(request, "direction"))


def _towards(rows: QuerySet[Any], direction: str) -> QuerySet[Any]:
    if not direction:
        return rows
    if direction not in TOWARDS:
        raise BadInput(
            "方向只能是上升、下降、变动、不变或得分有变。", code="bad_filter", fields={"/direction": "未知的方向"}
        )
    return rows.filter(TOWARDS[direction])


@extend_schema(parameters=[OpenApiParameter("q", str, description="企业名称的一部分")])
class TriedFirmsView(WorkshopMixin, ListView):
    """The firms of the round, to try the draft on one of them."""

    model = Assessment
    serializer_class = TriedFirmOutput

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return Assessment.objects.none()
        impact = _impact(self.actor, self.kwargs["pk"])
        rows = tried_firms(impact).filter(pk__in=Assessment.objects.visible_to(self.actor))
        text = text_param(self.request, "q")
        return rows.filter(enterprise__name__icontains=text) if text else rows


def _impact(actor: Any, pk: int) -> RulebookImpact:
    found = RulebookImpact.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotHere("没有这次测算，或者您无权查看。")
    impact: RulebookImpact = found
    return impact


class FirmUnderBothView(WorkshopView):
    """One firm under the pinned version and under the draft, clause by clause."""

    @extend_schema(operation_id="rulebook_impact_firm", responses=FirmUnderBothOutput)
    def get(self, request: Request, pk: int, firm: int) -> Response:
        impact = self.get_visible(RulebookImpact, pk=pk)
        assessment = self.get_visible(Assessment, pk=firm, round=impact.round)
        found = explain_firm(impact, assessment, lang=language_of(request))
        return Response(FirmUnderBothOutput({"firm": assessment.enterprise.name, **found}).data)


class SwapOutput(serializers.Serializer[Any]):
    """A weight at which two firms tie; beyond it they have changed places."""

    weight = serializers.FloatField()
    above = serializers.CharField()
    below = serializers.CharField()


class ReachRowOutput(serializers.Serializer[Any]):
    """Downward and upward; null where the order holds all the way."""

    code = serializers.CharField()
    weight = serializers.FloatField()
    first = serializers.ListField(child=SwapOutput(allow_null=True))
    any = serializers.ListField(child=SwapOutput(allow_null=True))


class ReachOutput(serializers.Serializer[Any]):
    firms = serializers.IntegerField()
    is_compared = serializers.BooleanField()
    rows = ReachRowOutput(many=True)


class ReachView(WorkshopView):
    """How far each weight of a draft moves before firms of a past round change places."""

    @extend_schema(
        operation_id="rulebook_draft_reach",
        parameters=[OpenApiParameter("round", int, required=True), OpenApiParameter("group", str)],
        responses=ReachOutput,
    )
    def get(self, request: Request, pk: int) -> Response:
        draft = self.get_draft(pk)
        round_ = self.get_visible(Round, pk=id_param(request, "round") or 0)
        return Response(reach_of(draft, round_=round_, group=text_param(request, "group")))
