"""Drift and anomaly watch of a round: pointers for a person to look at, never a verdict (P24)."""

from .page import finding_page, watch_page
from .request import earlier_rounds, request_watch, watch_scored
from .run import firms_in_bin, firms_of_region, watch_round

__all__ = [
    "earlier_rounds",
    "finding_page",
    "firms_in_bin",
    "firms_of_region",
    "request_watch",
    "watch_page",
    "watch_round",
    "watch_scored",
]
