"""Where a value crosses a limit: the numbers of one fact at which points or outcomes can change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

import numpy as np

from .frame import Frame, Mask, Numbers
from .points import border_goes_up, rising_bands
from .schema import Bands, ByCase, Clause, Compare, Items, Ladder, Limits, Part, Value
from .values import measure

End = Literal["lo", "hi"]
OTHER: dict[End, End] = {"lo": "hi", "hi": "lo"}


@dataclass(frozen=True)
class Edge:
    """A limit of a value.

    ``up`` says whether it must be exceeded (True) or only reached when coming from below, ``down`` the same from above;
    None where crossing that way can't help.
    """

    value: Value
    limit: Decimal
    up: bool | None = None
    down: bool | None = None


def edges_of(node: Part | Clause) -> Iterator[Edge]:
    """Every edge in a part or clause, those inside rungs, items and cases included."""
    if isinstance(node, Bands):
        yield from _borders(node)
    if isinstance(node, Compare):
        yield from _limits(node.value, node)
    if isinstance(node, ByCase):
        yield from _cases(node)
    inner: tuple[Part | Clause, ...] = tuple(node.children())
    if isinstance(node, Ladder):
        inner = tuple(rung.when for rung in node.ladder)
    if isinstance(node, Items):
        inner = node.items
    for child in inner:
        yield from edges_of(child)
    value = getattr(node, "value", None)
    if isinstance(value, Value):
        yield from _denominators(value)


def _denominators(value: Value) -> Iterator[Edge]:
    """A value can be computed once what it divides by is above 0."""
    if value.op in _DIVIDING:
        yield Edge(value.args[1], Decimal(0), up=True)
    for arg in value.args:
        yield from _denominators(arg)


_DIVIDING = ("ratio", "growth", "compound_growth")


def _borders(part: Bands) -> Iterator[Edge]:
    for below, above in pairwise(rising_bands(part)):
        assert above.from_ is not None
        goes_up, rises = border_goes_up(below, above), above.points[0] >= below.points[0]
        marked = part.mark is not None
        yield Edge(
            part.value,
            above.from_,
            up=not goes_up if rises or marked else None,
            down=goes_up if not rises or marked else None,
        )


def _limits(value: Value, limits: Limits) -> Iterator[Edge]:
    for limit, exceeded in ((limits.at_least, False), (limits.more_than, True)):
        if limit is not None:
            yield Edge(value, limit, up=exceeded)
    for limit, exceeded in ((limits.at_most, False), (limits.less_than, True)):
        if limit is not None:
            yield Edge(value, limit, down=exceeded)
    if limits.between is not None:
        yield Edge(value, limits.between[0], up=False)
        yield Edge(value, limits.between[1], down=False)


def _cases(clause: ByCase) -> Iterator[Edge]:
    deciding = Value(op="fact", code=clause.by)
    for case in clause.cases:
        if case.from_ is not None:
            yield Edge(deciding, case.from_, up=case.exclusive, down=not case.exclusive)


def slope(value: Value, code: str) -> int:
    """1 when more of a fact makes the value larger, -1 smaller; 0 when not solvable, as where it stands in it twice."""
    if value.code:
        return int(value.code == code)
    inside = [index for index, arg in enumerate(value.args) if code in arg.facts()]
    if len(inside) != 1 or value.op not in _SLOPES:
        return 0
    return _SLOPES[value.op][min(inside[0], 1)] * slope(value.args[inside[0]], code)


_SLOPES: dict[str, tuple[int, int]] = {
    "ratio": (1, -1),
    "growth": (1, -1),
    "compound_growth": (1, -1),
    "difference": (1, -1),
    "sum": (1, 1),
    "mean": (1, 1),
    "first_known": (1, 1),
}


def solve(value: Value, target: Numbers, code: str, frame: Frame, end: End) -> tuple[Numbers, Mask]:
    """The number of one fact that brings an end of a value to a target, the other facts as they are.

    Parameters
    ----------
    value : Value
        With ``slope`` other than 0 for the fact.
    target : ndarray of Fraction, shape (n,)
    frame : Frame
        Exact, n rows.
    end : "lo" or "hi"
        Which end of the value's interval; other unknown facts stand at the end that goes with it.

    Returns
    -------
    (ndarray of Fraction, ndarray of bool)
        Numbers of shape (n,), and where there is one.
    """
    fits = np.ones(frame.size, dtype=bool)
    while not value.code:
        at = next(index for index, arg in enumerate(value.args) if code in arg.facts())
        others = [measure(arg, frame) for index, arg in enumerate(value.args) if index != at]
        fits &= np.all([span.some | span.na for span in others], axis=0)
        if value.op in ("sum", "mean"):
            count = 1 + sum((~span.na).astype(int) for span in others) if value.op == "mean" else 1
            target = target * count - sum(np.where(span.na, 0, getattr(span, end)) for span in others)
        elif value.op == "difference":
            target = target + getattr(others[0], OTHER[end]) if at == 0 else getattr(others[0], end) - target
            end = end if at == 0 else OTHER[end]
        elif value.op != "first_known":
            other = getattr(others[0], OTHER[end] if at == 0 else end)
            target, fits = _divided(value.op, target, at, other, fits)
            end = end if at == 0 else OTHER[end]
        value = value.args[at]
    return target, fits


def _divided(op: str, target: Numbers, at: int, other: Numbers, fits: Mask) -> tuple[Numbers, Mask]:
    """Numerator or denominator of a ratio, or of a growth told as one, the other part being known."""
    factor = target + 1 if op == "growth" else (target + 1) ** 2 if op == "compound_growth" else target
    if at == 0:
        return factor * other, fits & (other > 0).astype(bool)
    is_positive = (factor > 0).astype(bool)
    return other / np.where(is_positive, factor, 1), fits & is_positive
