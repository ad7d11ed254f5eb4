"""The list of a round, draft or frozen, and the lists that anybody may read."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.accounts.api.shapes import HeirOutput
from cultivation.accounts.permissions import is_city, is_province
from cultivation.accounts.services import heirs_of
from cultivation.core.actors import SYSTEM, Actor
from cultivation.core.api import ApiView, ListView
from cultivation.core.errors import NotAllowed, NotHere
from cultivation.documents.api import PDF, pdf_response
from cultivation.programmes.models import Round
from cultivation.publication.models import PublishedList
from cultivation.publication.services import draft_entries, list_title, print_list
from cultivation.publication.states import LIST_STATES


class EntryOutput(serializers.Serializer[Any]):
    uscc = serializers.CharField()
    name = serializers.CharField()
    region = serializers.CharField(allow_blank=True)
    region_name = serializers.CharField()
    tier = serializers.CharField()
    tier_label = serializers.CharField()
    tracks = serializers.ListField(child=serializers.CharField())
    merged_into = HeirOutput(allow_null=True, default=None)


class ListOutput(serializers.Serializer[Any]):
    state = serializers.CharField()
    state_label = serializers.CharField()
    title = serializers.CharField()
    sha256 = serializers.CharField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    is_trial = serializers.BooleanField()
    is_demonstration = serializers.BooleanField()
    entries = EntryOutput(many=True)
    file_url = serializers.CharField()


class PublishedListOutput(serializers.Serializer[PublishedList]):
    id = serializers.IntegerField()
    title = serializers.CharField()
    firms = serializers.SerializerMethodField()
    published_at = serializers.DateTimeField()
    is_trial = serializers.BooleanField(source="round.is_trial")
    is_demonstration = serializers.BooleanField(source="round.is_demonstration")

    def get_firms(self, published: PublishedList) -> int:
        return len(published.entries)


def _with_heirs(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A frozen list stays as it was; beside a firm that was merged since stands the one that took its place."""
    heirs = heirs_of(entry["uscc"] for entry in entries)
    return [{**entry, "merged_into": heirs.get(entry["uscc"])} for entry in entries]


def _frozen(published: PublishedList, file_url: str) -> dict[str, Any]:
    return {
        "state": "published",
        "state_label": LIST_STATES["published"],
        "title": published.title,
        "sha256": published.sha256,
        "published_at": published.published_at,
        "is_trial": published.round.is_trial,
        "is_demonstration": published.round.is_demonstration,
        "entries": _with_heirs(published.entries),
        "file_url": file_url,
    }


def _draft(round_: Round, actor: Actor, file_url: str) -> dict[str, Any]:
    return {
        "state": "draft",
        "state_label": LIST_STATES["draft"],
        "title": list_title(round_),
        "sha256": None,
        "published_at": None,
        "is_trial": round_.is_trial,
        "is_demonstration": round_.is_demonstration,
        "entries": _with_heirs(draft_entries(round_, actor)),
        "file_url": file_url,
    }


class BureauView(ApiView):
    """A draft is for the bureaus alone."""

    def get_round(self, pk: int) -> Round:
        if not (is_province | is_city).test(self.actor, None):
            raise NotAllowed("名单发布前只有知识产权局可以查看。", code="bureau_only")
        found: Round = self.get_visible(Round, pk=pk)
        return found


class RoundListView(BureauView):
    @extend_schema(operation_id="round_list", responses=ListOutput)
    def get(self, request: Request, pk: int) -> Response:
        round_ = self.get_round(pk)
        file_url = f"/api/v1/rounds/{pk}/list/file"
        frozen = PublishedList.objects.visible_to(self.actor).filter(round=round_).select_related("round").first()
        return Response(ListOutput(_frozen(frozen, file_url) if frozen else _draft(round_, self.actor, file_url)).data)


class RoundListFileView(BureauView):
    @extend_schema(operation_id="round_list_file", responses=PDF)
    def get(self, request: Request, pk: int) -> HttpResponse:
        return pdf_response(print_list(self.actor, round_=self.get_round(pk)))


class PublicListsView(ListView):
    permission_classes = [AllowAny]
    model = PublishedList
    serializer_class = PublishedListOutput
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[PublishedList]:
        return super().get_queryset().select_related("round")


class PublicView(ApiView):
    permission_classes = [AllowAny]

    def get_list(self, pk: int) -> PublishedList:
        found = PublishedList.objects.visible_to(self.actor).select_related("round").filter(pk=pk).first()
        if found is None:
            raise NotHere("没有这份名单。")
        return found


class PublicListView(PublicView):
    @extend_schema(operation_id="public_list", responses=ListOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(ListOutput(_frozen(self.get_list(pk), f"/api/v1/public/lists/{pk}/file")).data)


class PublicListFileView(PublicView):
    @extend_schema(operation_id="public_list_file", responses=PDF)
    def get(self, request: Request, pk: int) -> HttpResponse:
        return pdf_response(print_list(SYSTEM, round_=self.get_list(pk).round))


urlpatterns = [
    path("rounds/<int:pk>/list", RoundListView.as_view()),
    path("rounds/<int:pk>/list/file", RoundListFileView.as_view()),
    path("public/lists", PublicListsView.as_view()),
    path("public/lists/<int:pk>", PublicListView.as_view()),
    path("public/lists/<int:pk>/file", PublicListFileView.as_view()),
]
