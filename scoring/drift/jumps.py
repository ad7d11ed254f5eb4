"""One firm's facts or score that leapt between two rounds, beside how the other firms' moved."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from ..facts import Fact
from .stability import as_number

FEWEST = 10
FAR = 3.5
TIMES = 3.0
LEAST_CHANGE = 5.0
SCORE = "score"
LEAST_POINTS = 10.0
CONSISTENT = 1.4826


@dataclass(frozen=True)
class Jump:
    """One fact of one firm.

    Attributes
    ----------
    firm : str
    code : str
        The fact, or ``score``.
    before, after : float
        In the unit of the fact.
    usual : float or None
        What the fact became of the firm's earlier value where the firms' usual change is applied; None where fewer than
        ten firms can be compared, and the jump was judged by its size alone.
    """

    firm: str
    code: str
    before: float
    after: float
    usual: float | None


def find_jumps(before: Mapping[str, Mapping[str, Fact]], after: Mapping[str, Mapping[str, Fact]]) -> list[Jump]:
    """Facts that changed threefold or more, and far more than those of the other firms did.

    The change of an amount is the logarithm of its ratio, with one added to both, so that 0 can be left and reached. It
    is far when its modified z-score exceeds 3.5. Changes of less than 5 units are none.

    Parameters
    ----------
    before, after : mapping of str to mapping of str to Fact
        Facts of each firm in two rounds; the code ``score`` holds points, of which a change of 10 or more may jump.

    Returns
    -------
    list of Jump
        The greatest first.

    References
    ----------
    .. [1] B. Iglewicz, D. C. Hoaglin, *How to Detect and Handle Outliers*, ASQC 1993: the modified z-score and 3.5.
    """
    firms = sorted(before.keys() & after.keys())
    codes = sorted({code for firm in firms for code in before[firm].keys() & after[firm].keys()})
    found = [pair for code in codes for pair in _of_fact(code, firms, before, after)]
    return [jump for _, jump in sorted(found, key=lambda pair: (-pair[0], pair[1].firm, pair[1].code))]


def _of_fact(
    code: str, firms: Sequence[str], before: Mapping[str, Mapping[str, Fact]], after: Mapping[str, Mapping[str, Fact]]
) -> list[tuple[float, Jump]]:
    numbers = [(firm, as_number(before[firm].get(code, "")), as_number(after[firm].get(code, ""))) for firm in firms]
    known = [(firm, one, two) for firm, one, two in numbers if one is not None and two is not None]
    changes = [_change(code, one, two) for _, one, two in known]
    middle = median(changes) if len(changes) >= FEWEST else None
    far = _far(changes, middle)
    return [
        (abs(change - (middle or 0.0)), Jump(firm, code, one, two, _usual(code, one, middle)))
        for (firm, one, two), change in zip(known, changes, strict=True)
        if _is_large(code, one, two) and abs(change - (middle or 0.0)) > far
    ]


def _change(code: str, one: float, two: float) -> float:
    return two - one if code == SCORE else _signed_log(two) - _signed_log(one)


def _signed_log(number: float) -> float:
    """Amounts may be negative: a loss."""
    return math.copysign(math.log1p(abs(number)), number)


def _usual(code: str, one: float, middle: float | None) -> float | None:
    if middle is None:
        return None
    if code == SCORE:
        return one + middle
    moved = _signed_log(one) + middle
    return math.copysign(math.expm1(abs(moved)), moved)


def _far(changes: Sequence[float], middle: float | None) -> float:
    """How far from the usual change a change must lie; nothing to go by when firms are few."""
    if middle is None:
        return 0.0
    return FAR * CONSISTENT * median(abs(change - middle) for change in changes)


def _is_large(code: str, one: float, two: float) -> bool:
    if code == SCORE:
        return abs(two - one) >= LEAST_POINTS
    ratio = (1 + max(abs(one), abs(two))) / (1 + min(abs(one), abs(two)))
    return abs(two - one) >= LEAST_CHANGE and (ratio >= TIMES or one * two < 0)
