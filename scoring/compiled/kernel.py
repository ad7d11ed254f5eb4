"""The loops of the compiled form, in the part of Python that numba turns into machine code.

Rows are taken a block at a time, so that what is worked on stays in the nearest cache. Within a block each step is one
comparison and one addition for every row, without a branch: what compilers make vectors of. Units are whole numbers, so
the order in which they are added does not matter.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .program import Program

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
        for slot in range(len(program.start)):
            sums[slot] = program.start[slot]
        for leaf in range(len(program.column)):
            column = matrix[top : top + size, program.column[leaf]]
            for row in range(size):
                numbers[row] = column[row]
            step(program, leaf, numbers, points)
            add(program, leaf, numbers, points, sums[program.slot[leaf]])
        for part in range(len(given)):
            slot = program.given_slot[part]
            gather(program.is_best[slot], given[part, :, top : top + size], sums[slot])
        for place in range(len(program.group)):
            above = program.above[place]
            close(program.cap[place], program.is_best[above], sums[program.group[place]], sums[above])
        for row in range(size):
            scores[0, top + row] = sums[0, 0, row] / program.per_point
            scores[1, top + row] = sums[0, 1, row] / program.per_point


def step(program: Program, leaf: int, numbers: Any, points: Any) -> None:
    """Points of one leaf by its steps alone."""
    zero, first, last = program.zero, program.first[leaf], program.first[leaf + 1]
    for side in range(program.sides[leaf]):
        here, steps = points[side], program.steps[side]
        here[:] = program.base[side, leaf]
        for cut in range(first, last, 4):
            a, b, c, d = program.cuts[cut], program.cuts[cut + 1], program.cuts[cut + 2], program.cuts[cut + 3]
            e, f, g, h = steps[cut], steps[cut + 1], steps[cut + 2], steps[cut + 3]
            for row in range(len(numbers)):
                number = numbers[row]
                here[row] += (
                    (e if number >= a else zero) + (f if number >= b else zero)
                    + (g if number >= c else zero) + (h if number >= d else zero)
                )  # fmt: skip


def add(program: Program, leaf: int, numbers: Any, points: Any, sums: Any) -> None:
    """Add one leaf to its sum; where there is no number that can be its fact, what unknown gets."""
    least, most, is_any = program.least[leaf], program.most[leaf], not program.is_whole[leaf]
    is_best = program.is_best[program.slot[leaf]]
    for side in range(2):
        unknown, known, total = program.unknown[side, leaf], points[min(side, program.sides[leaf] - 1)], sums[side]
        for row in range(len(numbers)):
            number = numbers[row]
            is_fact = (number >= least) & (number <= most) & (is_any | (np.floor(number) == number))
            here = known[row] if is_fact else unknown
            total[row] = max(total[row], here) if is_best else total[row] + here


def gather(is_best: bool, points: Any, sums: Any) -> None:
    """Add points to a sum, or take the better one."""
    for side in range(2):
        here, total = points[side], sums[side]
        for row in range(len(here)):
            total[row] = max(total[row], here[row]) if is_best else total[row] + here[row]


def close(cap: Any, is_best: bool, done: Any, above: Any) -> None:
    """Put a finished sum into the one above it."""
    for side in range(2):
        here = done[side]
        for row in range(len(here)):
            here[row] = min(here[row], cap)
    gather(is_best, done, above)
