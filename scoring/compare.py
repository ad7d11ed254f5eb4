"""Values against limits, exactly: float64 decides unless it is too close to tell, then fractions do.

R&D of 400 on revenue of 8,000 is 5 % here, not 4.999…: within a millionth of a limit the row is computed again from
the shortest decimals of its facts. Plain facts need no second look: reading a decimal keeps order and equality.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from .frame import Frame, Mask, Numbers
from .schema import Value
from .values import measure

NEAR = 1e-6
FEW = 16


def reaches(value: Value, frame: Frame, limit: Decimal, *, strictly: bool = False) -> tuple[Mask, Mask]:
    """Whether the lowest and the highest value a row may have reach (or, strictly, exceed) a limit.

    Returns
    -------
    (ndarray, ndarray)
        Two masks of shape (n,), for the lower and for the upper bound.
    """
    span = measure(value, frame)
    edge = _edge(value, limit)
    low, high = _over(span.lo, edge, strictly), _over(span.hi, edge, strictly)
    if value.code:
        return low, high
    unsure = np.flatnonzero((_is_near(span.lo, edge) | _is_near(span.hi, edge)) & span.some)
    if len(unsure):
        places, kinds = _distinct(value, frame, unsure)
        sure = measure(value, frame.exact(places))
        low[unsure], high[unsure] = _over(sure.lo, edge, strictly)[kinds], _over(sure.hi, edge, strictly)[kinds]
    return low, high


class Borders:
    """Limits of one value in ascending order, each with whether it must be exceeded."""

    def __init__(self, value: Value, limits: tuple[Decimal, ...], strictly: tuple[bool, ...]) -> None:
        self.limits = tuple(zip(limits, strictly, strict=True))
        self.edges = np.array([[float(_edge(value, limit))] for limit in limits])
        self.strictly = np.array(strictly)[:, None]
        self.near = NEAR * np.maximum(1.0, np.abs(self.edges))

    def over(self, numbers: Numbers) -> Mask:
        """Which are reached, shape (borders, n), as far as float64 can tell."""
        return np.where(self.strictly, numbers > self.edges, numbers >= self.edges)

    def is_near(self, numbers: Numbers) -> Mask:
        """Where it can't tell."""
        return np.asarray(np.abs(numbers - self.edges) <= self.near, dtype=bool)


def count_reached(value: Value, frame: Frame, borders: Borders) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """How many borders the lowest and the highest value of a row reach: all at once, or one by one near any of them."""
    span = measure(value, frame)
    is_told = bool(value.code) or not ((borders.is_near(span.lo) | borders.is_near(span.hi)) & span.some).any()
    if is_told:
        low, high = borders.over(span.lo), borders.over(span.hi)
    else:
        each = [reaches(value, frame, limit, strictly=strictly) for limit, strictly in borders.limits]
        low, high = (np.array([reached[end] for reached in each]) for end in (0, 1))
    return low.sum(axis=0), high.sum(axis=0)


def _distinct(value: Value, frame: Frame, places: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """One place of each kind of row, rows with the same facts being of a kind, and the kind of each place."""
    if len(places) < FEW:
        return places, np.arange(len(places))
    spans = [frame.column(code) for code in value.facts()]
    facts = np.stack([part[places] for span in spans for part in (span.lo, span.hi, span.na)])
    _, first, kinds = np.unique(facts, axis=1, return_index=True, return_inverse=True)
    return places[first], kinds


def _edge(value: Value, limit: Decimal) -> Fraction:
    """The limit in the value's own terms: compound growth g over two years is the ratio (1 + g)²."""
    return (1 + Fraction(limit)) ** 2 if value.op == "compound_growth" else Fraction(limit)


def _over(numbers: Numbers, edge: Fraction, strictly: bool) -> Mask:
    limit = edge if numbers.dtype == object else float(edge)
    return np.asarray(numbers > limit if strictly else numbers >= limit, dtype=bool)


def _is_near(numbers: Numbers, edge: Fraction) -> Mask:
    return np.asarray(np.abs(numbers - float(edge)) <= NEAR * max(1.0, abs(float(edge))), dtype=bool)
