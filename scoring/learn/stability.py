"""Whether scores and features are spread alike in one part of the cases and in another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..points import Floats
from .cases import Case
from .features import Feature
from .measures import Row, bin_edges, counts, psi, psi_by_chance, shown


def split_cases(cases: Sequence[Case], on: date, folds: NDArray[np.intp]) -> tuple[NDArray[np.bool_], str]:
    """Which cases make the second half: the later ones, or folds dealt at random where all are of one date."""
    days = np.array([(case.on or on).toordinal() for case in cases])
    middle = np.sort(days)[len(days) // 2]
    later = days >= middle if (days < middle).any() else days > middle
    if later.any() and not later.all():
        return later, "date"
    return folds >= (folds.max() + 1) // 2, "random"


def compare_scores(scores: Floats, second: NDArray[np.bool_], folds: NDArray[np.intp], bins: int) -> Row:
    """PSI of a score between the halves, and of every fold against the others."""
    edges = bin_edges(scores, bins)

    def between(here: NDArray[np.bool_]) -> float | None:
        return shown(psi(counts(scores[~here], edges), counts(scores[here], edges)))

    return {"halves": between(second), "folds": [between(folds == fold) for fold in range(folds.max() + 1)]}


def compare_features(features: Sequence[Feature], matrix: Floats, second: NDArray[np.bool_]) -> list[Row]:
    """PSI of each feature between the halves, unknown being a value like any other; the largest first."""
    rows = []
    for feature, column in zip(features, matrix.T, strict=True):
        codes = np.where(np.isnan(column), feature.size, column).astype(np.intp)
        one, two = (np.bincount(codes[here], minlength=feature.size + 1) for here in (~second, second))
        rows.append(
            {
                "feature": feature.key,
                "part": feature.part,
                "title": feature.title.model_dump(),
                "psi": shown(psi(one, two)),
                "chance": shown(psi_by_chance(feature.size + 1, int((~second).sum()), int(second.sum()))),
            }
        )
    return sorted(rows, key=lambda row: -row["psi"])
