"""What would be if facts were different: levers, changes tried, the cheapest moves; nothing is stored (E10, E11)."""

from .base import Base, announced_base, declared_base
from .changes import try_changes
from .levers import levers_of
from .moves import shortest_paths
from .scenarios import keep_scenario, remove_scenario

__all__ = [
    "Base",
    "announced_base",
    "declared_base",
    "keep_scenario",
    "levers_of",
    "remove_scenario",
    "shortest_paths",
    "try_changes",
]
