"""The same sums by numpy alone, for where numba is not installed: points are looked up by the number of cuts passed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .program import GIVEN, LEAF, SCORE, Array, Program

BLOCK = 8192


def add_up_plainly(program: Program, matrix: Array, given: Array, scores: Array, begin: int, end: int) -> None:
    """As ``kernel.add_up``, to the last bit."""
    for top in range(begin, end, BLOCK):
        rows = slice(top, min(top + BLOCK, end))
        scores[:, rows] = _sums(program, matrix[rows], given[:, : program.ends, rows])[SCORE] / program.per_point


def _sums(program: Program, rows: Array, given: Array) -> list[Array]:
    sums = [np.full((program.ends, len(rows)), start) for start in program.start]
    for action, which, into in zip(program.action, program.which, program.into, strict=True):
        if action == LEAF:
            points = _points(program, which, rows[:, program.column[which]])
        elif action == GIVEN:
            points = given[which]
        else:
            points = np.minimum(sums[which + 1], program.cap[which])
        gather = np.maximum if program.is_best[into] else np.add
        gather(sums[into], points, out=sums[into])
    return sums


def _points(program: Program, leaf: int, column: Array) -> Array:
    """Lowest and highest units of one leaf, shape (2, rows), or both as one, shape (1, rows)."""
    first, last = program.first[leaf], program.first[leaf + 1]
    cells = program.cells[: program.ends, first + leaf : last + leaf + 1]
    table = np.concatenate([cells, program.unknown[: program.ends, leaf, None]], axis=1)
    passed = _count(np.ascontiguousarray(column), program.cuts[first:last])
    passed[~_is_fact(program, leaf, column)] = table.shape[1] - 1
    return np.stack([np.take(side, passed) for side in table])


def _count(column: Array, cuts: Array) -> NDArray[Any]:
    """How many cuts each number has passed."""
    passed: NDArray[Any] = np.zeros(len(column), dtype=np.uint8 if len(cuts) < 255 else np.intp)
    for cut in cuts:
        np.add(passed, column >= cut, out=passed)
    return passed


def _is_fact(program: Program, leaf: int, column: Array) -> Array:
    fits: Array = (column >= program.least[leaf]) & (column <= program.most[leaf])
    return np.logical_and(fits, np.floor(column) == column) if program.is_whole[leaf] else fits
