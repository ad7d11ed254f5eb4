"""What adding up starts from: the parts of a scorecard that have no parts below them, for all firms."""

from __future__ import annotations

from dataclasses import dataclass

from ..result import Interval
from .bins import Bins


@dataclass(frozen=True)
class Leaf:
    """Points of one part.

    Attributes
    ----------
    name : str
        What its bins go by.
    bins : Bins or None
        Which bin every firm is in; None where points are a person's.
    points : (ndarray, ndarray)
        Lowest and highest of each bin, or of each firm.
    """

    name: str
    bins: Bins | None
    points: Interval

    @property
    def interval(self) -> Interval:
        """Of each firm."""
        low, high = self.points
        return self.points if self.bins is None else (low[self.bins.codes], high[self.bins.codes])
