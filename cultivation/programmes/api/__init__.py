"""Rulebooks as anybody reads them, rulebooks in force, and rounds."""

from django.urls import path

from cultivation.programmes.api.designations import (
    DesignationActionView,
    DesignationDeskView,
    DesignationListActionView,
    DesignationListsView,
    DesignationListView,
    DesignationsView,
)
from cultivation.programmes.api.drafts import (
    ComparisonView,
    DraftActionView,
    DraftChangesView,
    DraftsView,
    DraftTablesView,
    DraftUndoView,
    DraftView,
    ImpactsView,
    ImpactView,
    PublishedTablesView,
    PublishedView,
    TrialRoundsView,
    WorkshopMixin,
    WorkshopView,
)
from cultivation.programmes.api.rounds import DeadlineView, PinsPreviewView, RoundsView, TimetableView
from cultivation.programmes.api.rulebooks import (
    ApplicableView,
    HolidayTableView,
    IndicatorsView,
    RulebooksView,
    RulebookView,
)
from cultivation.programmes.api.shapes import PinOutput, RoundOutput, TimeLeftOutput
from cultivation.programmes.api.weights import ApplyWeightsView, WeightsView

__all__ = ["PinOutput", "RoundOutput", "TimeLeftOutput", "WorkshopMixin", "WorkshopView", "urlpatterns"]

urlpatterns = [
    path("rounds", RoundsView.as_view()),
    path("public/holiday-table", HolidayTableView.as_view()),
    path("public/rulebooks", RulebooksView.as_view()),
    path("public/rulebooks/applicable", ApplicableView.as_view()),
    path("public/rulebooks/<str:scheme>/<str:version>", RulebookView.as_view()),
    path("rulebooks", PublishedView.as_view()),
    path("rulebooks/compare", ComparisonView.as_view()),
    path("rulebooks/<int:pk>/tables", PublishedTablesView.as_view()),
    path("rulebook-drafts", DraftsView.as_view()),
    path("rulebook-drafts/<int:pk>", DraftView.as_view()),
    path("rulebook-drafts/<int:pk>/tables", DraftTablesView.as_view()),
    path("rulebook-drafts/<int:pk>/undo", DraftUndoView.as_view()),
    path("rulebook-drafts/<int:pk>/changes", DraftChangesView.as_view()),
    path("rulebook-drafts/<int:pk>/rounds", TrialRoundsView.as_view()),
    path("rulebook-drafts/<int:pk>/weights", WeightsView.as_view()),
    path("rulebook-drafts/<int:pk>/weights/apply", ApplyWeightsView.as_view()),
    path("rulebook-drafts/<int:pk>/impacts", ImpactsView.as_view()),
    path("rulebook-drafts/<int:pk>/actions/<str:name>", DraftActionView.as_view()),
    path("rulebook-impacts/<int:pk>", ImpactView.as_view()),
    path("public/indicators", IndicatorsView.as_view()),
    path("rounds/<int:pk>/deadline", DeadlineView.as_view()),
    path("rounds/<int:pk>/timetable", TimetableView.as_view()),
    path("rulebooks/in-force", PinsPreviewView.as_view()),
    path("designations", DesignationsView.as_view()),
    path("designations/desk", DesignationDeskView.as_view()),
    path("designations/<int:pk>/actions/<str:name>", DesignationActionView.as_view()),
    path("designation-lists", DesignationListsView.as_view()),
    path("designation-lists/<int:pk>", DesignationListView.as_view()),
    path("designation-lists/<int:pk>/actions/<str:name>", DesignationListActionView.as_view()),
]
