"""Whether two sets of firms or marks are still alike, and what stands out among them: pointers for people (P24).

Nothing here accuses anybody. Each finding says how sure it is, small numbers are told as such, and every number comes
with the firms it is made of.
"""

from .copies import Copied, Shared, find_copies
from .groups import GroupMean, compare_groups
from .jumps import Jump, find_jumps
from .leniency import Leniency, Mark, compare_reviewers
from .stability import Bin, Stability, bin_reader, measure_stability

__all__ = [
    "Bin",
    "Copied",
    "GroupMean",
    "Jump",
    "Leniency",
    "Mark",
    "Shared",
    "Stability",
    "bin_reader",
    "compare_groups",
    "compare_reviewers",
    "find_copies",
    "find_jumps",
    "measure_stability",
]
