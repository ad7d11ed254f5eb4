"""Points as whole numbers, so that adding them up is exact and in any order the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

BILLION = 10**9
_ROOM = 4


@dataclass(frozen=True)
class Scale:
    """So many units make a point.

    Attributes
    ----------
    per_point : int
    dtype : type
        Float32 where it holds every sum of units, else int64.
    is_exact : bool
        Whether units say every number of points exactly; else they round it, far below 1e-12 in all.
    """

    per_point: int
    dtype: type[np.float32] | type[np.int64]
    is_exact: bool

    def units(self, points: float) -> int:
        return round(as_fraction(points) * self.per_point)


def as_fraction(points: float) -> Fraction:
    """Points as the decimal that is written for them."""
    return Fraction(repr(float(points)))


def find_scale(points: Iterable[float], total: float, *, has_marks: bool = False) -> Scale:
    """The coarsest scale that is exact, else the finest that has room.

    Parameters
    ----------
    points : iterable of float
        Every number of points that is added or compared.
    total : float
        No sum of them is larger in size.
    has_marks : bool
        Whether people give points too: billionths, to which the engine rounds.
    """
    common = lcm(BILLION if has_marks else 1, *{as_fraction(number).denominator for number in points})
    most = _ROOM * max(1, round(total + 0.5))
    if most * common < 2**24:
        return Scale(common, np.float32, is_exact=True)
    if most * common < 2**53:
        return Scale(common, np.int64, is_exact=True)
    return Scale(2 ** (62 - most.bit_length()), np.int64, is_exact=False)
