"""Weights from pairwise comparisons by the analytic hierarchy process, and how far each may move (P05).

References
----------
.. [1] T. L. Saaty, *The Analytic Hierarchy Process*, McGraw-Hill, 1980: the eigenvector method, the scale of 1 to 9 and
   the random indices.
.. [2] T. L. Saaty, "How to make a decision: The Analytic Hierarchy Process", European Journal of Operational Research
   48 (1990) 9-26: a consistency ratio of more than 0.10 asks for better judgements.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from .errors import ReasonError

RANDOM_INDICES = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Mean consistency index of random reciprocal matrices of order 1 to 10, of [1]_."""
LARGEST_RATIO = 0.10
STRONGEST = 9
Judgement = int | float | str | Fraction
Matrix = NDArray[np.float64]


class AhpError(ReasonError):
    """Comparisons that give no weights, or none that may be used."""


@dataclass(frozen=True)
class Doubt:
    """The judgement that fits the others least.

    Attributes
    ----------
    row, column : int
        Which two were compared.
    given, fitting : float
        How many times the first outweighs the second as judged, and as all judgements together have it.
    """

    row: int
    column: int
    given: float
    fitting: float


@dataclass(frozen=True)
class Priorities:
    """Weights with how consistent the judgements behind them are.

    Attributes
    ----------
    weights : tuple of float, shape (n,)
        The principal eigenvector; adds up to 1.
    eigenvalue : float
        The principal eigenvalue, n for consistent judgements and else more.
    index, ratio : float
        Consistency index (eigenvalue - n) / (n - 1), and its ratio to the random index.
    doubt : Doubt or None
        None where all judgements agree.
    """

    weights: tuple[float, ...]
    eigenvalue: float
    index: float
    ratio: float
    doubt: Doubt | None

    @property
    def is_consistent(self) -> bool:
        """Whether the ratio is at most 0.10."""
        return self.ratio <= LARGEST_RATIO


def weigh_pairs(matrix: Sequence[Sequence[Judgement]]) -> Priorities:
    """Weights of things compared in pairs.

    Parameters
    ----------
    matrix : sequence of sequence, shape (n, n)
        How many times the thing of the row outweighs that of the column, 1/9 to 9: numbers, or text such as ``"1/3"``.
        Reciprocal, with 2 to 10 rows.

    Returns
    -------
    Priorities
        By the eigenvector method of [1]_; a ratio of more than 0.10 asks for better judgements [2]_.

    Raises
    ------
    AhpError
        The matrix isn't such a matrix.

    References
    ----------
    .. [1] T. L. Saaty, *The Analytic Hierarchy Process*, McGraw-Hill, 1980.
    .. [2] T. L. Saaty, "How to make a decision: The Analytic Hierarchy Process", European Journal of Operational
       Research 48 (1990) 9-26.
    """
    judged = _read(matrix)
    values, vectors = np.linalg.eig(judged)
    place = int(np.argmax(values.real))
    weights = np.abs(vectors[:, place].real)
    weights /= weights.sum()
    size, greatest = len(judged), float(values[place].real)
    index = max(0.0, (greatest - size) / (size - 1))
    ratio = index / RANDOM_INDICES[size - 1] if size > 2 else 0.0
    return Priorities(tuple(weights.tolist()), greatest, index, ratio, _find_doubt(judged, weights))


def require_consistent(priorities: Priorities, reason: str = "") -> None:
    """Refuse weights whose consistency ratio exceeds 0.10, unless a reason is given.

    Parameters
    ----------
    priorities : Priorities
        As ``weigh_pairs`` gives them.
    reason : str
        Why they are used all the same; blank is none.

    Raises
    ------
    AhpError
        With the ratio.
    """
    if not priorities.is_consistent and not reason.strip():
        ratio = f"{priorities.ratio:.3f}"
        raise AhpError(
            f"一致性比率{ratio}大于0.10，请修改判断，或写明仍然采用的理由",
            f"the consistency ratio {ratio} exceeds 0.10: revise the judgements, or give the reason to use them",
        )


def _read(matrix: Sequence[Sequence[Judgement]]) -> Matrix:
    size = len(matrix)
    if not 2 <= size <= len(RANDOM_INDICES):
        raise AhpError(f"两两比较须有2至10项，现有{size}项", f"2 to 10 things can be compared, not {size}")
    if any(len(row) != size for row in matrix):
        raise AhpError("比较矩阵的行数和列数不一致", "the matrix is not square")
    judged = np.array([[_read_judgement(raw) for raw in row] for row in matrix])
    for row, column in combinations(range(size), 2):
        if not math.isclose(judged[row, column] * judged[column, row], 1, rel_tol=1e-9):
            where = f"{row + 1}, {column + 1}"
            raise AhpError(f"第{where}项的两个判断不互为倒数", f"the judgements of {where} are not reciprocal")
    if not np.all(np.diag(judged) == 1):
        raise AhpError("每一项与自身比较应为1", "a thing compared with itself must be 1")
    return judged


def _read_judgement(raw: Judgement) -> float:
    try:
        found = Fraction(raw)
    except (ValueError, OverflowError, ZeroDivisionError, TypeError) as problem:
        raise AhpError(f"{raw}：判断不是数", f"{raw}: a judgement must be a number") from problem
    if not Fraction(1, STRONGEST) * (1 - Fraction(1, 10**9)) <= found <= STRONGEST:
        raise AhpError(f"{raw}：判断应在1/9至9之间", f"{raw}: a judgement must be 1/9 to 9")
    return float(found)


def _find_doubt(judged: Matrix, weights: NDArray[np.float64]) -> Doubt | None:
    """The judgement furthest from the ratio of its weights, in multiples of it."""
    fitting = weights[:, None] / weights[None, :]
    strain = np.triu(np.abs(np.log(judged / fitting)))
    row, column = (int(place) for place in np.unravel_index(np.argmax(strain), strain.shape))
    if strain[row, column] < 1e-9:
        return None
    return Doubt(row, column, float(judged[row, column]), float(fitting[row, column]))


@dataclass(frozen=True)
class Swap:
    """A weight at which two alternatives tie; beyond it they have changed places.

    Attributes
    ----------
    weight : float
        As a share of all weights.
    above, below : int
        Places of the alternatives in the table of scores, as they stand now.
    """

    weight: float
    above: int
    below: int


@dataclass(frozen=True)
class Reach:
    """How far one weight moves, the others scaled in proportion, before an order changes.

    Attributes
    ----------
    weight : float
        Where it is now, as a share of all weights.
    first : (Swap or None, Swap or None)
        The nearest changes of the first rank, downward and upward; None where it holds all the way to 0 or 1.
    order : (Swap or None, Swap or None)
        The nearest changes of any rank.
    """

    weight: float
    first: tuple[Swap | None, Swap | None]
    order: tuple[Swap | None, Swap | None]


@dataclass(frozen=True)
class _Line:
    """The total of one alternative as a weight moves: ``start`` where it is now, ``slope`` for each unit of weight."""

    place: int
    start: Fraction
    slope: Fraction


def weight_reach(weights: Sequence[float | Fraction], scores: Sequence[Sequence[float | Fraction]]) -> list[Reach]:
    """How far each weight moves before the order of alternatives changes.

    Exact for the numbers given: totals are straight lines over the weight, and lines meet where fractions say so.
    Alternatives that tie at first have no order between them that could change.

    Parameters
    ----------
    weights : sequence of number, shape (n,)
        Not negative, not all 0; only their ratios matter.
    scores : sequence of sequence of number, shape (m, n)
        How good each alternative is by each criterion.

    Returns
    -------
    list of Reach
        One for each weight.

    Raises
    ------
    AhpError
        Weights or scores have the wrong shape, are not finite, or weights are negative or all 0.
    """
    shares = _read_shares(weights)
    table = [[_fraction(raw) for raw in row] for row in scores]
    if any(len(row) != len(shares) for row in table):
        raise AhpError("每个对象的得分个数应与权重个数相同", "each alternative needs one score for each weight")
    return [_reach(shares[place], _lines(shares, table, place)) for place in range(len(shares))]


def _read_shares(weights: Sequence[float | Fraction]) -> list[Fraction]:
    found = [_fraction(raw) for raw in weights]
    total = sum(found, Fraction(0))
    if total <= 0 or min(found) < 0:
        raise AhpError("权重不能为负，也不能全为0", "weights must not be negative, nor all 0")
    return [one / total for one in found]


def _fraction(raw: float | Fraction) -> Fraction:
    try:
        return Fraction(raw)
    except (ValueError, OverflowError) as problem:
        raise AhpError(f"{raw}：不是有限的数", f"{raw}: not a finite number") from problem


def _lines(shares: Sequence[Fraction], table: Sequence[Sequence[Fraction]], place: int) -> list[_Line]:
    """Total = t·s + (1 − t)·r, with s the score by the moving criterion and r the mean by all others."""
    rest = 1 - shares[place]
    found = []
    for number, row in enumerate(table):
        total = sum((share * score for share, score in zip(shares, row, strict=True)), Fraction(0))
        others = (total - shares[place] * row[place]) / rest if rest else row[place]
        found.append(_Line(number, total, row[place] - others))
    return found


def _reach(share: Fraction, lines: Sequence[_Line]) -> Reach:
    ranked = sorted(lines, key=lambda line: line.start, reverse=True)
    tied = [list(group) for _, group in groupby(ranked, key=lambda line: line.start)]
    down, up = _nearest(share, tied, upward=False), _nearest(share, tied, upward=True)
    return Reach(float(share), (down[0], up[0]), (down[1], up[1]))


def _nearest(share: Fraction, tied: Sequence[list[_Line]], *, upward: bool) -> tuple[Swap | None, Swap | None]:
    """The nearest swap of a leader, and that of any two neighbours: no others can be the first to meet."""
    sign = 1 if upward else -1
    losing = [min(group, key=lambda line: sign * line.slope) for group in tied]
    gaining = [max(group, key=lambda line: sign * line.slope) for group in tied]
    leading = [(losing[0], line) for line in gaining[1:]] if tied else []
    neighbours = [(losing[place], gaining[after]) for place, after in pairwise(range(len(tied)))]
    return _first(share, leading, upward), _first(share, neighbours, upward)


def _first(share: Fraction, pairs: Iterable[tuple[_Line, _Line]], upward: bool) -> Swap | None:
    found = list(_swaps(share, pairs, upward))
    return min(found, key=lambda swap: abs(swap[0] - share))[1] if found else None


def _swaps(share: Fraction, pairs: Iterable[tuple[_Line, _Line]], upward: bool) -> Iterator[tuple[Fraction, Swap]]:
    for above, below in pairs:
        closing = below.slope - above.slope
        if closing == 0 or (closing > 0) != upward:
            continue
        weight = share + (above.start - below.start) / closing
        if 0 < weight < 1:
            yield weight, Swap(float(weight), above.place, below.place)
