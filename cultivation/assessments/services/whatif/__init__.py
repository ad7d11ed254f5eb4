"""What would be if facts were different: levers, changes tried, the cheapest moves; nothing is stored (E10, E11)."""

from .changes import try_changes
from .levers import levers_of
from .moves import shortest_paths

__all__ = ["levers_of", "shortest_paths", "try_changes"]
