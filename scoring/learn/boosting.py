"""Gradient boosting without interactions, and the tables it amounts to: one for each feature.

References
----------
.. [1] J. H. Friedman, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29 (2001)
   1189-1232.
.. [2] Y. Lou, R. Caruana, J. Gehrke, "Intelligible models for classification and regression", KDD 2012: trees of one
   feature each add up to one function a feature.
.. [3] scikit-learn, ``HistGradientBoostingRegressor`` and ``HistGradientBoostingClassifier``: ``interaction_cst``,
   ``monotonic_cst`` and NaN as a value of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..points import Floats
from .features import Direction
from .settings import TrainingSettings


@dataclass(frozen=True)
class Additive:
    """A model that adds one number a feature to a base.

    Attributes
    ----------
    base : float
    tables : tuple of ndarray
        What each feature adds, by its number; the last entry is for NaN.
    """

    base: float
    tables: tuple[Floats, ...]

    def raw(self, matrix: Floats) -> Floats:
        """Output for rows of features, shape (n, features) to (n,)."""
        total = np.full(len(matrix), self.base)
        for column, table in zip(matrix.T, self.tables, strict=True):
            total += table[np.where(np.isnan(column), len(table) - 1, column).astype(np.intp)]
        return total


def fit(
    matrix: Floats, target: NDArray[Any], directions: Sequence[Direction], settings: TrainingSettings, *, is_score: bool
) -> Any:
    """A fitted model of scikit-learn: of a score by squared error, of a yes or no by log-odds.

    On one thread: sums are then always made in the same order, and a few hundred cases are learned faster.

    Parameters
    ----------
    matrix : ndarray, shape (n, features)
    target : ndarray, shape (n,)
    directions : sequence of -1, 0 or 1
        Features of direction 1 never lower the output as they rise, those of -1 never raise it.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from threadpoolctl import threadpool_limits

    kind = HistGradientBoostingRegressor if is_score else HistGradientBoostingClassifier
    model = kind(
        max_iter=settings.rounds,
        learning_rate=settings.learning_rate,
        max_leaf_nodes=settings.leaves,
        min_samples_leaf=settings.least_in_leaf,
        l2_regularization=settings.shrinkage,
        monotonic_cst=list(directions),
        interaction_cst="no_interactions",
        early_stopping=False,
        random_state=settings.seed,
    )
    with threadpool_limits(1):
        return model.fit(matrix, target)


def raw_output(model: Any, matrix: Floats) -> Floats:
    """What scikit-learn itself makes of rows of features: the score, or log-odds."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return np.asarray(getattr(model, "decision_function", model.predict)(matrix))


def tabulate(model: Any, sizes: Sequence[int]) -> Additive:
    """The tables a fitted model amounts to; every tree is asserted to read one feature only.

    Parameters
    ----------
    model : fitted by ``fit``
    sizes : sequence of int
        How many numbers each feature has, apart from NaN.
    """
    tables = tuple(np.zeros(size + 1) for size in sizes)
    for (tree,) in model._predictors:
        nodes = tree.nodes
        split = nodes[nodes["is_leaf"] == 0]
        features = {int(feature) for feature in split["feature_idx"]}
        assert len(features) <= 1, f"a tree reads features {features}"
        for feature in features:
            table = tables[feature]
            table += [_follow(nodes, number) for number in (*range(len(table) - 1), None)]
    constants = sum(float(tree.nodes[0]["value"]) for (tree,) in model._predictors if tree.nodes[0]["is_leaf"])
    return Additive(float(np.asarray(model._baseline_prediction).item()) + constants, tables)


def _follow(nodes: NDArray[Any], number: int | None) -> float:
    """The leaf a number (None is NaN) falls into."""
    node = nodes[0]
    while not node["is_leaf"]:
        goes_left = node["missing_go_to_left"] if number is None else number <= node["num_threshold"]
        node = nodes[node["left" if goes_left else "right"]]
    return float(node["value"])
