"""The class of every IP right, per rulebook and row by row (E19): Class I, Class II and high value, with the reason."""

from .counting import RightCount, RightCounts, Verdict, count_rights
from .right import RIGHT_KINDS, Right

__all__ = ["RIGHT_KINDS", "Right", "RightCount", "RightCounts", "Verdict", "count_rights"]
