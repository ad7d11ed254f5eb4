"""Whether a reviewer gives more or less than others on the same firms; a few firms are not taken at their word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np

FEWEST = 5


@dataclass(frozen=True)
class Mark:
    """What one reviewer gave one firm.

    Attributes
    ----------
    reviewer, firm : str
    score : float
        In points.
    """

    reviewer: str
    firm: str
    score: float


@dataclass(frozen=True)
class Leniency:
    """One reviewer beside the others.

    Attributes
    ----------
    reviewer : str
    marks, shared : int
        Firms the reviewer marked, and those of them that somebody else marked too; only these can be compared.
    raw : float or None
        Mean of mark minus the others' mean on the same firm; None without a shared firm.
    shrunk : float or None
        The same, drawn towards none by how little is known of it.
    bounds : (float, float) or None
        Of ``shrunk``, at 95 %; None for fewer than five shared firms.
    """

    reviewer: str
    marks: int
    shared: int
    raw: float | None
    shrunk: float | None
    bounds: tuple[float, float] | None

    @property
    def stands_out(self) -> bool:
        """Whether no difference at all lies outside the bounds."""
        return self.bounds is not None and (self.bounds[0] > 0 or self.bounds[1] < 0)


def compare_reviewers(marks: Iterable[Mark]) -> list[Leniency]:
    """Compare reviewers on the firms they share.

    How much reviewers differ at all is estimated from all of them; each one's mean difference is then weighed by it
    against the scatter of single marks (random effects, empirical Bayes).

    Parameters
    ----------
    marks : iterable of Mark
        One for a reviewer and firm.

    Returns
    -------
    list of Leniency
        From the most lenient to the strictest, those without a shared firm last.

    References
    ----------
    .. [1] R. DerSimonian, N. Laird, "Meta-analysis in clinical trials", Controlled Clinical Trials 7 (1986) 177-188.
    .. [2] B. Efron, C. Morris, "Data analysis using Stein's estimator and its generalizations", JASA 70 (1975) 311-319.
    """
    all_ = list(marks)
    apart = _differences(all_)
    counts = Counter(mark.reviewer for mark in all_)
    noise = _noise(apart)
    spread = _spread(apart, noise)
    rows = [_row(reviewer, count, apart.get(reviewer, []), noise, spread) for reviewer, count in counts.items()]
    return sorted(rows, key=lambda row: (row.shrunk is None, -(row.shrunk or 0.0), row.reviewer))


def _differences(marks: list[Mark]) -> dict[str, list[float]]:
    """Mark minus the others' mean, for each reviewer and shared firm."""
    by_firm: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_firm[mark.firm].append(mark)
    apart: dict[str, list[float]] = defaultdict(list)
    for shared in by_firm.values():
        total = sum(mark.score for mark in shared)
        for mark in shared if len(shared) > 1 else ():
            apart[mark.reviewer].append(mark.score - (total - mark.score) / (len(shared) - 1))
    return apart


def _noise(apart: dict[str, list[float]]) -> float:
    """Variance of one difference about its reviewer's mean, from all reviewers together."""
    freedom = sum(len(own) - 1 for own in apart.values())
    squares = sum(float(np.var(own)) * len(own) for own in apart.values())
    return squares / freedom if freedom else 0.0


def _spread(apart: dict[str, list[float]], noise: float) -> float:
    """Variance between reviewers, by moments; none when they differ no more than single marks explain."""
    sizes = [len(own) for own in apart.values()]
    total = sum(sizes)
    if len(sizes) < 2:
        return 0.0
    overall = sum(chain.from_iterable(apart.values())) / total
    between = sum(len(own) * (float(np.mean(own)) - overall) ** 2 for own in apart.values())
    scale = total - sum(size**2 for size in sizes) / total
    return max(0.0, (between - (len(sizes) - 1) * noise) / scale)


def _row(reviewer: str, marks: int, own: list[float], noise: float, spread: float) -> Leniency:
    if not own:
        return Leniency(reviewer, marks, 0, None, None, None)
    raw = float(np.mean(own))
    error = noise / len(own)
    weight = spread / (spread + error) if spread else 0.0
    shrunk, half = raw * weight, 1.96 * float(np.sqrt(weight * error))
    bounds = (shrunk - half, shrunk + half) if len(own) >= FEWEST else None
    return Leniency(reviewer, marks, len(own), raw, shrunk, bounds)
