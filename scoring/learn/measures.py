"""How well two scorecards agree with a panel, and how far two distributions lie apart.

References
----------
.. [1] J. Cohen, "Weighted kappa", Psychological Bulletin 70 (1968) 213-220; here with quadratic weights.
.. [2] N. Siddiqi, *Credit Risk Scorecards*, Wiley, 2006: the population stability index, with 0.10 and 0.25 as
   customary marks of some and of much change.
.. [3] B. Yurdakul, J. Naranjo, "Statistical properties of the population stability index", Journal of Risk Model
   Validation 14 (2020): what it amounts to by chance alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..points import Floats
from .forms import Tiers

Row = dict[str, Any]
SHOWN = 4


def shown(number: float | None) -> float | None:
    """As it stands in a card; what can't be told is None."""
    return None if number is None or not np.isfinite(number) else round(float(number), SHOWN) + 0.0


def kappa(panel: Tiers, given: Tiers, count: int) -> float | None:
    """Cohen's kappa with quadratic weights; None where all cases have one tier on both sides.

    Parameters
    ----------
    panel, given : ndarray of int, shape (n,)
        Tiers from 0 up.
    count : int
        Number of tiers.
    """
    from sklearn.metrics import cohen_kappa_score

    if len(np.union1d(panel, given)) < 2:
        return None
    return shown(cohen_kappa_score(panel, given, labels=range(count), weights="quadratic"))


def agreement(panel: Tiers, given: Tiers, count: int, errors: Floats | None = None) -> Row:
    """Kappa, share of equal tiers, mean tiers apart, and mean points apart where scores compare."""
    apart = np.abs(given - panel)
    return {
        "kappa": kappa(panel, given, count),
        "agreed": shown(float((apart == 0).mean())),
        "tier_error": shown(float(apart.mean())),
        "score_error": None if errors is None else shown(float(np.abs(errors).mean())),
    }


def confusion(panel: Tiers, given: Tiers, count: int) -> list[list[int]]:
    """Cases by the panel's tier (rows) and the given one (columns)."""
    table = np.zeros((count, count), dtype=int)
    np.add.at(table, (panel, given), 1)
    return table.tolist()


def psi(one: NDArray[np.intp], two: NDArray[np.intp]) -> float:
    """Population stability index of two counts over the same bins; half a case is added to every bin.

    Parameters
    ----------
    one, two : ndarray of int, shape (bins,)
    """
    p, q = ((counts + 0.5) / (counts.sum() + 0.5 * len(counts)) for counts in (one, two))
    return float(np.sum((p - q) * np.log(p / q)))


def psi_by_chance(bins: int, one: int, two: int) -> float:
    """What the index is expected to be where nothing has changed."""
    return (bins - 1) * (1 / one + 1 / two)


def bin_edges(numbers: Floats, bins: int) -> Floats:
    """Inner edges that split some numbers evenly."""
    return np.unique(np.quantile(numbers, np.arange(1, bins) / bins))


def counts(numbers: Floats, edges: Floats) -> NDArray[np.intp]:
    """How many lie between the edges; on an edge counts as above."""
    return np.bincount(np.searchsorted(edges, numbers, side="right"), minlength=len(edges) + 1)


def calibrate(given: Floats, panel: Floats, bins: int) -> list[Row]:
    """Mean of what is given and of what the panel said, over cases of like scores."""
    places = np.searchsorted(bin_edges(given, bins), given, side="right")
    return [
        {"cases": int(here.sum()), "given": shown(float(given[here].mean())), "panel": shown(float(panel[here].mean()))}
        for here in (places == place for place in np.unique(places))
    ]


def calibrate_tiers(panel: Tiers, given: Tiers, names: Sequence[str]) -> list[Row]:
    """For each tier given: how often the panel said lower, the same, and higher."""
    rows = []
    for tier, name in enumerate(names):
        here = panel[given == tier]
        shares = (here < tier, here == tier, here > tier)
        lower, same, higher = (shown(float(share.mean())) if len(here) else None for share in shares)
        rows.append({"tier": name, "cases": len(here), "lower": lower, "same": same, "higher": higher})
    return rows
