"""Agreement, stability and fairness by hand-made figures."""

from dataclasses import replace
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.learn.fairness import OTHERS, compare_groups, merge_small
from scoring.learn.measures import (
    agreement,
    bin_edges,
    calibrate,
    calibrate_tiers,
    confusion,
    counts,
    kappa,
    psi,
    psi_by_chance,
    shown,
)
from scoring.learn.stability import compare_scores, split_cases
from tests.scoring.learn.small import ON, cases

PANEL, GIVEN = np.array([0, 0, 1, 2, 2, 1]), np.array([0, 1, 1, 2, 0, 1])


def test_kappa_has_quadratic_weights() -> None:
    """By Cohen's formula: one minus observed over expected squared distance."""
    observed = ((PANEL - GIVEN) ** 2).mean()
    expected = np.mean([(one - two) ** 2 for one in PANEL for two in GIVEN])
    assert kappa(PANEL, GIVEN, 3) == pytest.approx(1 - observed / expected, abs=1e-4)
    assert kappa(PANEL, PANEL, 3) == 1.0
    assert kappa(np.zeros(4, dtype=int), np.zeros(4, dtype=int), 3) is None


def test_agreement_counts_tiers_and_points_apart() -> None:
    found = agreement(PANEL, GIVEN, 3, np.array([1.0, -3.0]))
    assert (found["agreed"], found["tier_error"], found["score_error"]) == (0.6667, 0.5, 2.0)
    assert agreement(PANEL, GIVEN, 3)["score_error"] is None
    assert confusion(PANEL, GIVEN, 3) == [[1, 1, 0], [0, 2, 0], [1, 0, 1]]


def test_psi_is_the_sum_over_bins() -> None:
    one, two = np.array([30, 70]), np.array([60, 40])
    p, q = 30.5 / 101, 60.5 / 101
    assert psi(one, two) == pytest.approx((p - q) * log(p / q) + (q - p) * log((1 - p) / (1 - q)))
    assert psi(one, one) == 0.0
    assert np.isfinite(psi(np.array([5, 0]), np.array([0, 5])))
    assert psi_by_chance(10, 100, 50) == pytest.approx(0.27)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=40), st.lists(st.integers(0, 9), min_size=2, max_size=40))
def test_psi_is_symmetric_and_never_negative(one: list[int], two: list[int]) -> None:
    edges = bin_edges(np.array([*one, *two], dtype=float), 5)
    first, second = counts(np.array(one, dtype=float), edges), counts(np.array(two, dtype=float), edges)
    assert len(first) == len(second)
    assert psi(first, second) == pytest.approx(psi(second, first))
    assert psi(first, second) >= 0


def test_calibration_is_the_mean_of_like_scores() -> None:
    rows = calibrate(np.array([1.0, 2.0, 10.0, 12.0]), np.array([2.0, 2.0, 9.0, 9.0]), 2)
    assert rows == [{"cases": 2, "given": 1.5, "panel": 2.0}, {"cases": 2, "given": 11.0, "panel": 9.0}]


def test_calibration_by_tier_says_which_way_the_panel_went() -> None:
    rows = calibrate_tiers(PANEL, np.array([0, 1, 1, 1, 1, 1]), ["a", "b", "c"])
    assert rows[1] == {"tier": "b", "cases": 5, "lower": 0.2, "same": 0.4, "higher": 0.4}
    assert rows[2] == {"tier": "c", "cases": 0, "lower": None, "same": None, "higher": None}


def test_what_can_not_be_told_is_none() -> None:
    assert shown(None) is None
    assert shown(float("nan")) is None
    assert shown(0.123456) == 0.1235


def test_small_groups_are_made_one_and_give_nobody_away() -> None:
    labels = ["a"] * 9 + ["b"] * 5 + ["c"] * 2 + ["d"] * 2
    assert merge_small(labels, 4) == ["a"] * 9 + ["b"] * 5 + [OTHERS] * 4
    lonely = ["a"] * 9 + ["b"] * 5 + ["c"]
    assert merge_small(lonely, 4) == ["a"] * 9 + [OTHERS] * 6
    assert merge_small(["a", "b"], 4) == [OTHERS] * 2
    assert merge_small(["a"] * 5, 4) == ["a"] * 5


def test_groups_are_compared_by_bias_error_and_selection() -> None:
    labels = ["a"] * 6 + ["b"] * 2
    panel = np.array([0, 0, 1, 2, 2, 1, 0, 0])
    found = compare_groups(labels, panel, {"x": panel + 0}, count=3, selected=1, smallest=3)
    assert [row["group"] for row in found["groups"]] == [OTHERS]
    found = compare_groups(labels[:6], panel[:6], {"x": GIVEN}, count=3, selected=1, smallest=3)
    (row,) = found["groups"]
    assert row["panel"] == {"selected": 0.6667}
    assert row["x"]["bias"] == pytest.approx(-1 / 6, abs=1e-4)
    assert (row["x"]["error"], row["x"]["selected"]) == (0.5, 0.6667)
    assert found["hidden"] == 0


def test_too_few_cases_in_all_are_hidden() -> None:
    found = compare_groups(["a", "b"], np.array([0, 1]), {"x": np.array([0, 1])}, count=2, selected=1, smallest=5)
    assert found == {"groups": [], "hidden": 2}


def test_halves_go_by_date_where_dates_differ() -> None:
    some = [replace(case, on=ON.replace(year=2024 + place % 3)) for place, case in enumerate(cases()[:9])]
    second, how = split_cases(some, ON, np.zeros(9, dtype=int))
    assert how == "date"
    assert second.tolist() == [place % 3 > 0 for place in range(9)]
    late = [replace(case, on=ON.replace(year=2024 if place else 2026)) for place, case in enumerate(cases()[:9])]
    second, how = split_cases(late, ON, np.zeros(9, dtype=int))
    assert (how, second.tolist()) == ("date", [True] + [False] * 8)


def test_halves_are_folds_where_all_are_of_one_date() -> None:
    folds = np.array([0, 1, 2, 0, 1, 2])
    second, how = split_cases(cases()[:6], ON, folds)
    assert (how, second.tolist()) == ("random", [False, True, True] * 2)


def test_a_score_that_moved_shows() -> None:
    folds = np.array([0, 1] * 50)
    scores = np.where(folds == 1, 10.0, 0.0) + np.arange(100) / 1000
    found = compare_scores(scores, folds == 1, folds, 5)
    assert found["halves"] > 1
    assert found["folds"] == [found["halves"]] * 2
