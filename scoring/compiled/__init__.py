"""Scorecards compiled into plain arrays, for many firms at once and for one firm that moves a slider."""

from .card import Card, Loops
from .firm import Firm

__all__ = ["Card", "Firm", "Loops"]
