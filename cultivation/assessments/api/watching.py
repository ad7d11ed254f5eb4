"""What stands out in a round, and the firms behind each number (P24)."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.assessments.api.shapes import FirmOutput
from cultivation.assessments.models import Assessment, Watch, WatchFinding
from cultivation.assessments.permissions import can_watch
from cultivation.assessments.services.screen import Lang
from cultivation.assessments.services.watching import (
    finding_page,
    firms_in_bin,
    firms_of_region,
    request_watch,
    watch_page,
)
from cultivation.assessments.states import WATCH_KINDS
from cultivation.core.api import ActionOutput, ApiView, JobOutput, ListView, id_param, idempotent, text_param
from cultivation.core.errors import NotHere
from cultivation.core.jobs.queue import jobs_of
from cultivation.programmes.models import Round

NOTHING = "没有找到，或者您无权查看。"


def lang_of(request: Request) -> Lang:
    return "en" if (request.LANGUAGE_CODE or "").startswith("en") else "zh"


class WatchedRoundOutput(serializers.Serializer[Round]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    assessed_on = serializers.DateField()


class CityMeanOutput(serializers.Serializer[Any]):
    code = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    size = serializers.IntegerField()
    mean = serializers.FloatField()
    bounds = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    rest = serializers.FloatField(allow_null=True)
    stands_out = serializers.BooleanField()


class ReviewerOutput(serializers.Serializer[Any]):
    reviewer = serializers.CharField()
    marks = serializers.IntegerField()
    shared = serializers.IntegerField()
    raw = serializers.FloatField(allow_null=True)
    shrunk = serializers.FloatField(allow_null=True)
    bounds = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    stands_out = serializers.BooleanField()


class BinOutput(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class StabilityOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.CharField(allow_blank=True)
    psi = serializers.FloatField(allow_null=True)
    chance = serializers.FloatField(allow_null=True)
    verdict = serializers.ChoiceField(choices=["stable", "moved", "shifted", "too_few"])
    bins = BinOutput(many=True)


class WatchOutput(serializers.Serializer[Any]):
    computed_at = serializers.DateTimeField(allow_null=True)
    against = WatchedRoundOutput(allow_null=True)
    choices = WatchedRoundOutput(many=True)
    firms = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True)
    cities = CityMeanOutput(many=True)
    reviewers = ReviewerOutput(many=True)
    stability = StabilityOutput(many=True)
    jumps = serializers.IntegerField()
    copies = serializers.IntegerField()
    job = JobOutput(allow_null=True)
    can_start = ActionOutput()


class WatchInput(serializers.Serializer[Any]):
    against = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**63 - 1)


class WatchedFirmOutput(serializers.Serializer[Assessment]):
    id = serializers.IntegerField()
    uscc = serializers.CharField(source="enterprise.uscc")
    name = serializers.CharField(source="enterprise.name")


class ChangeOutput(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.CharField(allow_blank=True)
    before = serializers.CharField()
    after = serializers.CharField()
    usual = serializers.CharField(allow_null=True)


class SharedOutput(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()
    holders = serializers.IntegerField()


class WatchFindingOutput(serializers.Serializer[Any]):
    """`other` is the firm's earlier assessment for a leap, and the other firm for equal answers."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=list(WATCH_KINDS.items()))
    firm = WatchedFirmOutput()
    other = WatchedFirmOutput(allow_null=True)
    change = ChangeOutput(allow_null=True)
    shared = SharedOutput(many=True)

    def to_representation(self, instance: WatchFinding) -> Any:
        return super().to_representation(finding_page(instance, lang=lang_of(self.context["request"])))


class WatchView(ApiView):
    def get_round(self, pk: int) -> Round:
        round_: Round = self.get_visible(Round, pk=pk)
        can_watch.require(self.actor, round_)
        return round_

    @extend_schema(operation_id="round_watch", responses=WatchOutput)
    def get(self, request: Request, pk: int) -> Response:
        round_ = self.get_round(pk)
        found = Watch.objects.visible_to(self.actor).filter(round=round_).select_related("round", "against").first()
        record = found or Watch(round=round_)
        page = watch_page(record, lang=lang_of(request)) | {"job": jobs_of(found).first() if found else None}
        return Response(WatchOutput(page).data)

    @extend_schema(operation_id="round_watch_start", request=WatchInput, responses={202: JobOutput})
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        round_ = self.get_round(pk)
        given = WatchInput(data=request.data)
        given.is_valid(raise_exception=True)
        chosen = given.validated_data.get("against")
        against = self.get_visible(Round, pk=chosen) if chosen else None
        return Response(JobOutput(request_watch(self.actor, round_=round_, against=against)).data, status=202)


class WatchListView(ListView):
    """Base of the lists behind a watch."""

    def get_watch(self) -> Watch:
        watches = Watch.objects.visible_to(self.actor).select_related("round")
        found: Watch | None = watches.filter(round_id=self.kwargs["pk"]).first()
        if found is None:
            raise NotHere(NOTHING)
        return found


@extend_schema(parameters=[OpenApiParameter("kind", str, enum=list(WATCH_KINDS))])
class WatchFindingsView(WatchListView):
    """Leaps and equal answers; something for a person to check, nobody's fault yet."""

    model = WatchFinding
    serializer_class = WatchFindingOutput

    def get_queryset(self) -> QuerySet[WatchFinding]:
        if getattr(self, "swagger_fake_view", False):
            return WatchFinding.objects.none()
        rows = WatchFinding.objects.visible_to(self.actor).filter(watch=self.get_watch())
        if kind := text_param(self.request, "kind"):
            rows = rows.filter(kind=kind)
        found: QuerySet[WatchFinding] = rows.select_related("assessment__enterprise", "other__enterprise")
        return found


@extend_schema(
    parameters=[
        OpenApiParameter("region", str, description="市州代码，空白为属地未填"),
        OpenApiParameter("fact", str, description="指标代码，score 为能力评分"),
        OpenApiParameter("bin", int, description="分布区间的序号，从 0 起"),
    ]
)
class WatchFirmsView(WatchListView):
    """The firms behind a city's bar, or behind one bin of a fact."""

    model = Assessment
    serializer_class = FirmOutput

    def get_queryset(self) -> QuerySet[Assessment]:
        if getattr(self, "swagger_fake_view", False):
            return Assessment.objects.none()
        watch = self.get_watch()
        if fact := text_param(self.request, "fact"):
            chosen = firms_in_bin(watch, fact, id_param(self.request, "bin") or 0)
        else:
            chosen = firms_of_region(watch.round, text_param(self.request, "region"))
        rows = Assessment.objects.visible_to(self.actor).select_related("enterprise", "result")
        found: QuerySet[Assessment] = rows.filter(pk__in=chosen)
        return found
