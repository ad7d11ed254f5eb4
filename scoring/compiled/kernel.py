"""The loops of the compiled form, in the part of Python that numba turns into machine code.

Rows are taken a block at a time, so that what is worked on stays in the nearest cache. Within a block each step is one
comparison and one addition for every row, without a branch: what compilers make vectors of. Units are whole numbers, so
the order in which they are added does not matter.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .program import GIVEN, LEAF, Program

BLOCK = 512


def add_up(program: Program, matrix: Any, given: Any, scores: Any, begin: int, end: int) -> None:
    """Write the score of the rows from ``begin`` to before ``end``.

    Parameters
    ----------
    program : Program
    matrix : ndarray, shape (n, columns)
    given : ndarray, shape (k, 2, n)
        Points in units that the engine gives for the parts that are no steps.
    scores : ndarray of float64, shape (2, n)
        Where the lowest and the highest score go.
    """
    numbers = np.zeros(BLOCK, matrix.dtype)
    points = np.empty((2, BLOCK), program.start.dtype)
    sums = np.empty((len(program.start), 2, BLOCK), program.start.dtype)
    for top in range(begin, end, BLOCK):
        size = min(BLOCK, end - top)
        for place in range(len(program.start)):
            sums[place] = program.start[place]
        for turn in range(len(program.action)):
            which, into = program.which[turn], program.into[turn]
            if program.action[turn] == LEAF:
                column = matrix[top : top + size, program.column[which]]
                for row in range(size):
                    numbers[row] = column[row]
                if program.is_stepped:
                    step(program, which, numbers, points)
                else:
                    look_up(program, which, numbers, points)
                add(program, which, program.is_best[into], numbers, points, sums[into])
            elif program.action[turn] == GIVEN:
                gather(program.ends, program.is_best[into], given[which, :, top : top + size], sums[into])
            else:
                close(program.ends, program.cap[which], sums[which + 1])
                gather(program.ends, program.is_best[into], sums[which + 1], sums[into])
        high = program.ends - 1
        for row in range(size):
            scores[0, top + row] = sums[0, 0, row] / program.per_point
            scores[1, top + row] = sums[0, high, row] / program.per_point


def step(program: Program, leaf: int, numbers: Any, points: Any) -> None:
    """Points of one leaf by its steps alone."""
    zero, first, last = program.zero, program.first[leaf], program.first[leaf + 1]
    for side in range(program.sides[leaf]):
        here, steps = points[side], program.steps[side]
        start = program.cells[side, first + leaf]
        if first == last:
            here[:] = start
        for cut in range(first, last, 4):
            a, b, c, d = program.cuts[cut], program.cuts[cut + 1], program.cuts[cut + 2], program.cuts[cut + 3]
            e, f, g, h = steps[cut], steps[cut + 1], steps[cut + 2], steps[cut + 3]
            is_first = cut == first
            for row in range(len(numbers)):
                number = numbers[row]
                here[row] = (start if is_first else here[row]) + (
                    (e if number >= a else zero) + (f if number >= b else zero)
                    + (g if number >= c else zero) + (h if number >= d else zero)
                )  # fmt: skip


def look_up(program: Program, leaf: int, numbers: Any, points: Any) -> None:
    """As ``step``, by the number of cuts passed."""
    first, last = program.first[leaf], program.first[leaf + 1]
    passed = np.zeros(len(numbers), np.int32)
    for cut in range(first, last, 4):
        a, b, c, d = program.cuts[cut], program.cuts[cut + 1], program.cuts[cut + 2], program.cuts[cut + 3]
        for row in range(len(numbers)):
            number = numbers[row]
            passed[row] += (
                (1 if number >= a else 0) + (1 if number >= b else 0)
                + (1 if number >= c else 0) + (1 if number >= d else 0)
            )  # fmt: skip
    for side in range(program.sides[leaf]):
        here, cells = points[side], program.cells[side, first + leaf : last + leaf + 1]
        for row in range(len(numbers)):
            here[row] = cells[passed[row]]


def add(program: Program, leaf: int, is_best: bool, numbers: Any, points: Any, sums: Any) -> None:
    """Add one leaf to its sum; where there is no number that can be its fact, what unknown gets."""
    least, most, is_any = program.least[leaf], program.most[leaf], not program.is_whole[leaf]
    for side in range(program.ends):
        unknown, known, total = program.unknown[side, leaf], points[min(side, program.sides[leaf] - 1)], sums[side]
        for row in range(len(numbers)):
            number = numbers[row]
            is_fact = (number >= least) & (number <= most) & (is_any | (np.floor(number) == number))
            here = known[row] if is_fact else unknown
            total[row] = max(total[row], here) if is_best else total[row] + here


def gather(ends: int, is_best: bool, points: Any, sums: Any) -> None:
    """Add points to a sum, or take the better one."""
    for side in range(ends):
        here, total = points[side], sums[side]
        for row in range(len(here)):
            total[row] = max(total[row], here[row]) if is_best else total[row] + here[row]


def close(ends: int, cap: Any, sums: Any) -> None:
    """A finished sum has so much at most."""
    for side in range(ends):
        here = sums[side]
        for row in range(len(here)):
            here[row] = min(here[row], cap)
