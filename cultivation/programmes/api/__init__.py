"""Rulebooks as anybody reads them, rulebooks in force, and rounds."""

from django.urls import path

from cultivation.programmes.api.rounds import DeadlineView, PinsPreviewView, RoundsView
from cultivation.programmes.api.rulebooks import ApplicableView, IndicatorsView, RulebooksView, RulebookView
from cultivation.programmes.api.shapes import PinOutput, RoundOutput

__all__ = ["PinOutput", "RoundOutput", "urlpatterns"]

urlpatterns = [
    path("rounds", RoundsView.as_view()),
    path("public/rulebooks", RulebooksView.as_view()),
    path("public/rulebooks/applicable", ApplicableView.as_view()),
    path("public/rulebooks/<str:scheme>/<str:version>", RulebookView.as_view()),
    path("public/indicators", IndicatorsView.as_view()),
    path("rounds/<int:pk>/deadline", DeadlineView.as_view()),
    path("rulebooks/in-force", PinsPreviewView.as_view()),
]
