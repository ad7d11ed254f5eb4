"""The pools of a round: counts by tier, track and division, and the firms behind each count (P18)."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.accounts.api.shapes import BriefFirmOutput
from cultivation.core.api import ApiView, ListView, id_param, text_param
from cultivation.core.regions import load_regions
from cultivation.pools.models import Placement, PlacementTrack
from cultivation.pools.states import STANDINGS, TIERS, TRACKS
from cultivation.programmes.models import Round


class LabelOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class CellOutput(serializers.Serializer[Any]):
    tier = serializers.CharField()
    track = serializers.CharField()
    holders = serializers.IntegerField()
    candidates = serializers.IntegerField()


class DivisionOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    firms = serializers.IntegerField()
    tiers = serializers.DictField(child=serializers.IntegerField())


class PoolOutput(serializers.Serializer[Any]):
    firms = serializers.IntegerField()
    tiers = LabelOutput(many=True)
    tracks = LabelOutput(many=True)
    cells = CellOutput(many=True)
    totals = serializers.DictField(child=serializers.IntegerField())
    divisions = DivisionOutput(many=True)


class TrackOutput(serializers.Serializer[PlacementTrack]):
    code = serializers.CharField(source="track")
    label = serializers.CharField(source="get_track_display")  # type: ignore[assignment]
    standing = serializers.CharField()
    standing_label = serializers.CharField(source="get_standing_display")


class PlacementOutput(serializers.Serializer[Placement]):
    id = serializers.IntegerField()
    enterprise = BriefFirmOutput()
    tier = serializers.CharField()
    tier_label = serializers.CharField(source="get_tier_display")
    score_low = serializers.FloatField(source="assessment.result.score_low")
    score_high = serializers.FloatField(source="assessment.result.score_high")
    level_possible = serializers.CharField(source="assessment.result.level_possible", allow_blank=True)
    tracks = TrackOutput(many=True)
    assessment = serializers.IntegerField(source="assessment_id")


def labels(words: dict[str, str]) -> list[dict[str, str]]:
    return [{"code": code, "label": label} for code, label in words.items()]


def _matrix(placements: Any) -> list[dict[str, Any]]:
    counted = {(c["tier"], c["track"], c["standing"]): c["firms"] for c in placements.cells()}
    return [
        {
            "tier": tier,
            "track": track,
            "holders": counted.get((tier, track, "holder"), 0),
            "candidates": counted.get((tier, track, "candidate"), 0),
        }
        for tier in TIERS
        for track in TRACKS
    ]


def _divisions(placements: Any, region: str) -> list[dict[str, Any]]:
    """Counts by division: all 17, or the office's own, since it can't say how many the others have.

    Firms whose place is not told stand apart under an empty code.
    """
    regions = load_regions()
    own = regions.division_of(region)
    found: dict[str, dict[str, int]] = {d.code: {} for d in regions.divisions if own in (None, d.code)}
    for row in placements.order_by().values("enterprise__region", "tier").annotate(firms=Count("pk")):
        code = regions.division_of(row["enterprise__region"]) or ""
        tiers = found.setdefault(code, {})
        tiers[row["tier"]] = tiers.get(row["tier"], 0) + row["firms"]
    return [
        {"code": code, "name": regions.label_of(code), "firms": sum(t.values()), "tiers": t}
        for code, t in found.items()
    ]


class PoolView(ApiView):
    @extend_schema(operation_id="round_pool", responses=PoolOutput)
    def get(self, request: Request, pk: int) -> Response:
        round_ = self.get_visible(Round, pk=pk)
        placements = Placement.objects.visible_to(self.actor).filter(round=round_)
        totals = dict(placements.order_by().values_list("tier").annotate(firms=Count("pk")))
        answer = {
            "firms": sum(totals.values()),
            "tiers": labels(TIERS),
            "tracks": labels(TRACKS),
            "cells": _matrix(placements),
            "totals": totals,
            "divisions": _divisions(placements, self.actor.region),
        }
        return Response(PoolOutput(answer).data)


@extend_schema(
    parameters=[
        OpenApiParameter("round", int),
        OpenApiParameter("tier", str, enum=list(TIERS)),
        OpenApiParameter("track", str, enum=list(TRACKS)),
        OpenApiParameter("standing", str, enum=list(STANDINGS)),
        OpenApiParameter("region", str, description="六位行政区划代码"),
        OpenApiParameter("q", str, description="企业名称或统一社会信用代码的一部分"),
    ]
)
class PlacementsView(ListView):
    """The firms behind each number of the pool's page."""

    model = Placement
    serializer_class = PlacementOutput

    def get_queryset(self) -> QuerySet[Placement]:
        rows: Any = (
            super()
            .get_queryset()
            .select_related("enterprise__successor", "assessment__result")
            .prefetch_related("tracks")
        )
        if (round_id := id_param(self.request, "round")) is not None:
            rows = rows.filter(round_id=round_id)
        if tier := text_param(self.request, "tier"):
            rows = rows.filter(tier=tier)
        if region := text_param(self.request, "region"):
            rows = rows.in_region(region)
        return self._tracks(self._search(rows, text_param(self.request, "q")))

    def _tracks(self, rows: Any) -> Any:
        chosen = {key: text_param(self.request, key) for key in ("track", "standing")}
        wanted = {f"tracks__{key}": value for key, value in chosen.items() if value}
        return rows.filter(**wanted).distinct() if wanted else rows

    def _search(self, rows: Any, text: str) -> Any:
        return rows.filter(Q(enterprise__name__icontains=text) | Q(enterprise__uscc__icontains=text)) if text else rows


urlpatterns = [
    path("rounds/<int:pk>/pool", PoolView.as_view()),
    path("placements", PlacementsView.as_view()),
]
