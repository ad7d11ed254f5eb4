"""Rulebooks in force, and rounds."""

from django.urls import path

from cultivation.programmes.api.rounds import PinsPreviewView, RoundsView
from cultivation.programmes.api.shapes import PinOutput, RoundOutput

__all__ = ["PinOutput", "RoundOutput", "urlpatterns"]

urlpatterns = [path("rounds", RoundsView.as_view()), path("rulebooks/in-force", PinsPreviewView.as_view())]
