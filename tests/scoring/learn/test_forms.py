"""Thresholds on one learned score: the ones that put cases least wrong, found exactly."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scoring.learn.decimals import round_between, round_off
from scoring.learn.forms import choose_lines


def cost(outputs: list[float], tiers: list[int], lines: tuple[float, ...]) -> int:
    places = [sum(output >= line for line in lines) for output in outputs]
    return sum(abs(place - tier) for place, tier in zip(places, tiers, strict=True))


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2)), min_size=1, max_size=14))
def test_no_other_lines_put_cases_less_wrong(cases: list[tuple[int, int]]) -> None:
    outputs, tiers = [output / 4 for output, _ in cases], [tier for _, tier in cases]
    lines = choose_lines(np.array(outputs), np.array(tiers), 3)
    assert lines[0] < lines[1]
    everywhere = [number / 8 - 0.5 for number in range(34)]
    assert cost(outputs, tiers, lines) == min(cost(outputs, tiers, pair) for pair in combinations(everywhere, 2))


def test_lines_lie_between_the_outputs_they_part() -> None:
    lines = choose_lines(np.array([10.0, 20.0, 30.25, 30.75, 40.0]), np.array([0, 0, 1, 1, 2]), 3)
    assert lines == (30.0, 40.0)


def test_a_tier_nobody_has_lies_above_everybody() -> None:
    lines = choose_lines(np.array([1.0, 2.0]), np.array([0, 0]), 3)
    assert lines[0] > 2.0


def test_equal_outputs_of_two_tiers_still_give_two_lines() -> None:
    lines = choose_lines(np.array([0.0, 0.25]), np.array([0, 2]), 3)
    assert 0 < lines[0] < lines[1] <= 0.25


def test_a_number_is_as_round_as_the_range_allows() -> None:
    assert str(round_between(1.23456, 1.23461)) == "1.2346"
    assert str(round_between(-3.7, -3.2)) == "-3.2"
    assert f"{round_between(12.0, 29.5):f}" == "20"
    assert f"{round_between(-0.5, 0.0):f}" == "0"
    near = float(np.nextafter(1.0, 2.0))
    assert float(round_between(1.0, near)) == near
    assert str(round_between(1e-20, 2e-20)) == "2E-20"
    assert f"{round_off(0.0):f} {round_off(12345.6):f} {round_off(-0.0123):f}" == "0 12000 -0.012"


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_a_round_number_lies_in_its_range(one: float, two: float) -> None:
    below, at = sorted((one, two))
    if below < at:
        assert below < float(round_between(below, at)) <= at
