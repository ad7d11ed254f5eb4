"""Whether firms of one region, size or industry are judged otherwise than the panel judged them.

References
----------
.. [1] S. Barocas, M. Hardt, A. Narayanan, *Fairness and Machine Learning*, MIT Press, 2023: errors and
   selection by group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..facts import Fact
from ..sizes import UNTOLD, classes
from .cases import Case, Frames
from .forms import Tiers
from .measures import Row, kappa, shown

OTHERS = "others"
DIVISION = 2


def group_labels(cases: Sequence[Case], frames: Frames) -> dict[str, list[str]]:
    """The group of every case by region, size class and division of industry."""
    return {
        "region": [case.region or UNTOLD for case in cases],
        "size": frames.gather(lambda frame: classes(frame).tolist()),
        "industry": [_division(facts) for facts in frames.facts()],
    }


def _division(facts: Mapping[str, Fact]) -> str:
    code = facts.get("industry_code")
    return code[:DIVISION] if isinstance(code, str) else UNTOLD


def compare_groups(
    labels: Sequence[str], panel: Tiers, given: Mapping[str, Tiers], *, count: int, selected: int, smallest: int
) -> Row:
    """Every group by itself, small ones together; what would give a small group away by subtraction is not shown.

    Parameters
    ----------
    labels : sequence of str, length n
    panel : ndarray of int, shape (n,)
    given : mapping of str to ndarray of int
        Tiers by scorecard.
    count : int
        Number of tiers.
    selected : int
        The tier that counts as selected.
    smallest : int
        Fewest cases a group may have to be shown.

    Returns
    -------
    dict
        ``groups``, the largest first, and ``hidden``, how many cases are in none of them.
    """
    names = np.array(merge_small(labels, smallest), dtype=object)
    rows = [
        {"group": name, **_measure(names == name, panel, given, count, selected)}
        for name, size in Counter(names.tolist()).most_common()
        if size >= smallest
    ]
    return {"groups": rows, "hidden": len(labels) - sum(row["cases"] for row in rows)}


def merge_small(labels: Sequence[str], smallest: int) -> list[str]:
    """Labels with small groups made one; were that one small too, the smallest of the others joins it."""
    sizes = Counter(labels)
    small = {name for name, size in sizes.items() if size < smallest}
    if small and sum(sizes[name] for name in small) < smallest and len(small) < len(sizes):
        small.add(min(sizes.keys() - small, key=lambda name: (sizes[name], name)))
    return [OTHERS if label in small else label for label in labels]


def _measure(here: NDArray[Any], panel: Tiers, given: Mapping[str, Tiers], count: int, selected: int) -> Row:
    row: Row = {"cases": int(here.sum()), "panel": {"selected": _share(panel[here] >= selected)}}
    for name, tiers in given.items():
        apart = tiers[here] - panel[here]
        row[name] = {
            "bias": shown(float(apart.mean())),
            "error": shown(float(np.abs(apart).mean())),
            "kappa": kappa(panel[here], tiers[here], count),
            "selected": _share(tiers[here] >= selected),
        }
    return row


def _share(where: NDArray[Any]) -> float | None:
    return shown(float(where.mean()))
