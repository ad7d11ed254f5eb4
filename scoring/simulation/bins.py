"""How a part sorts firms: what decides its points, in as few bins as occur.

What decides them never depends on how many points there are, so that bins outlast a change of points.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..compare import count_reached
from ..frame import Frame
from ..kinds import Outcomes
from ..points import borders_of
from ..schema import Bands, Choices, Clause, Items, Ladder, Part, Settled
from ..values import measure

# What decides neither an outcome nor a bin.
NAMES = frozenset({"title", "source", "status", "note", "unit", "evidence", "hint"})
POINTS = frozenset({"id", "max", "points", "monotone", "each", "choices"})
Columns = list[NDArray[Any]]
DecideAll = Callable[[Sequence[Clause]], list[Outcomes]]


@dataclass(frozen=True)
class Bins:
    """The bin of every firm, and one firm of each bin.

    Attributes
    ----------
    codes : ndarray of uint8, or of more bits, shape (n,)
    sample : ndarray of int, shape (bins,)
        Rows.
    """

    codes: NDArray[Any]
    sample: NDArray[np.intp]

    @property
    def count(self) -> int:
        return len(self.sample)


def sort_firms(part: Part, frame: Frame, decide_all: DecideAll) -> Bins | None:
    """Bins of a part; None where a person's mark gives the points."""
    columns = _columns(part, frame, decide_all)
    return None if columns is None else _number(columns)


def shape_of(node: Part | Clause) -> str:
    """What decides outcomes or bins, as text: everything but words and, of a part, points."""
    raw = _without(node.model_dump(mode="json"), NAMES)
    if isinstance(node, Part):
        settled = {"unknown": raw["unknown"] is not None} if isinstance(node, Settled) else {}
        raw = {key: _pointless(value) for key, value in raw.items() if key not in POINTS} | settled
    borders = borders_of(node).limits if isinstance(node, Bands) else ()
    return f"{type(node).__name__}{borders}{json.dumps(raw, sort_keys=True)}"


def _pointless(rows: Any) -> Any:
    """Bands and rungs without their own points."""
    if not isinstance(rows, list):
        return rows
    return [{key: value for key, value in row.items() if key != "points"} for row in rows]


def _without(raw: Any, keys: frozenset[str]) -> Any:
    if isinstance(raw, dict):
        return {key: _without(value, keys) for key, value in raw.items() if key not in keys}
    return [_without(value, keys) for value in raw] if isinstance(raw, list) else raw


@singledispatch
def _columns(part: Part, frame: Frame, decide_all: DecideAll) -> Columns | None:
    """Small whole numbers that together decide the points of a part, whatever the points are."""
    return None


@_columns.register
def _bands(part: Bands, frame: Frame, decide_all: DecideAll) -> Columns | None:
    if part.mark is not None:
        return None
    span = measure(part.value, frame)
    ends = count_reached(part.value, frame, borders_of(part))
    return [*ends, span.some, span.void, span.na, *([] if part.unknown is None else [span.known])]


@_columns.register
def _choices(part: Choices, frame: Frame, decide_all: DecideAll) -> Columns | None:
    span = frame.column(part.fact)
    return [span.lo, span.hi, span.na]


@_columns.register
def _ladder(part: Ladder, frame: Frame, decide_all: DecideAll) -> Columns | None:
    return None if part.mark is not None else decide_all([rung.when for rung in part.ladder])


@_columns.register
def _items(part: Items, frame: Frame, decide_all: DecideAll) -> Columns | None:
    return decide_all(part.items)


def _number(columns: Columns) -> Bins:
    """One number for each combination that occurs."""
    codes: NDArray[np.intp] = np.zeros(len(columns[0]), dtype=np.intp)
    most = 1
    for column in columns:
        places, count = _places(column)
        codes, most = _close_up(codes * count + places, most * count)
    sample = np.empty(most, dtype=np.intp)
    sample[codes[::-1]] = np.arange(len(codes))[::-1]
    return Bins(codes.astype(np.min_scalar_type(most)), sample)


def _places(column: NDArray[Any]) -> tuple[NDArray[np.intp], int]:
    """Each number of a column as its place among those from its least to its most, and how many these are."""
    numbers = column.astype(np.intp)
    least = int(numbers.min(initial=0))
    return numbers - least, int(numbers.max(initial=0)) - least + 1


def _close_up(codes: NDArray[np.intp], most: int) -> tuple[NDArray[np.intp], int]:
    """Codes below ``most``, those that don't occur left out."""
    occurs = np.zeros(most, dtype=bool)
    occurs[codes] = True
    return (np.cumsum(occurs) - 1)[codes], int(occurs.sum())
