"""What would change, and what would be enough: what-if, and the cheapest moves to the next tier (E10, E11)."""

from .moves import Move, Moves, cheapest_moves
from .targets import TooWide
from .whatif import Difference, Distance, WhatIf, distance_to_next, what_if

__all__ = [
    "Difference",
    "Distance",
    "Move",
    "Moves",
    "TooWide",
    "WhatIf",
    "cheapest_moves",
    "distance_to_next",
    "what_if",
]
