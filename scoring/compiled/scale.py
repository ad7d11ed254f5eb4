"""Points as whole numbers of a unit where they have few decimals, so that adding them up is exact in any order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import lcm

import numpy as np

from ..points import DECIMALS

Units = int | float
_ROOM = 4


@dataclass(frozen=True)
class Scale:
    """So many units make a point.

    Attributes
    ----------
    per_point : int
    dtype : type
        Float32 or int64, whichever holds every sum of units exactly. Float64 where points have so many decimals that
        the engine adds them as they are (learned ones); then a unit is a point, and sums are made in its order.
    """

    per_point: int
    dtype: type[np.float32] | type[np.int64] | type[np.float64]

    @property
    def is_whole(self) -> bool:
        """Whether units are whole numbers, so that the order of adding does not matter."""
        return self.dtype is not np.float64

    def units(self, points: float) -> Units:
        return round(Decimal(repr(points)) * self.per_point) if self.is_whole else points

    def points(self, units: Units) -> float:
        return units / self.per_point


def find_scale(points: Iterable[float], *, places: int, total: float) -> Scale:
    """The coarsest unit that tells every number of points exactly.

    Parameters
    ----------
    points : iterable of float
        Every number of points that is added or compared.
    places : int
        The most decimal places that any of them, or a person's mark, may have.
    total : float
        No sum of them is larger in size.

    Raises
    ------
    ValueError
        Points are too large to be counted exactly.
    """
    if places > DECIMALS:
        return Scale(1, np.float64)
    unit = lcm(*{Decimal(repr(number)).as_integer_ratio()[1] for number in points})
    most = _ROOM * unit * max(1.0, total)
    if most >= 2**53:
        raise ValueError(f"分值过大，无法精确相加：{total:g} (points are too large to be added exactly)")
    return Scale(unit, np.float32 if most < 2**24 else np.int64)
