"""Borders counted all at once are those reached one by one, on, beside and far from each of them."""

from datetime import date
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest

from scoring import UNKNOWN, Frame
from scoring.compare import Borders, count_reached, reaches
from scoring.facts import NOT_APPLICABLE, Fact
from scoring.points import borders_of, rising_bands
from scoring.schema import Bands
from tests.scoring.cards import rulebook, shares

ON = date(2026, 5, 1)
VALUES: dict[str, Any] = {
    "fact": "revenue",
    "ratio": {"ratio": ["rd_expense", "revenue"]},
    "growth": {"compound_growth": ["revenue", "revenue_prev2"]},
}
POINTS = ([0, 2, 5, 9], [9, 5, 2, 0], [1, 7, 3, 4])


def bands(value: Any, points: list[int]) -> Bands:
    kind = shares(value, "0.03", "0.05", "0.1", points=points)
    part = rulebook([{"id": "P", "title": {"zh": "一", "en": "One"}, "max": 9, **kind}])
    return next(node for node in part.nodes() if isinstance(node, Bands))


def facts(rng: Random, *, is_far: bool) -> dict[str, Fact]:
    """Shares on a border as decimals are, or a hair beside it; far ones are nowhere near."""
    revenue = rng.choice([1.0, 0.7, 8000.0, 33.3])
    share = rng.choice([0.2, 0.04, 0.01]) if is_far else rng.choice([0.03, 0.05, 0.1, 0.0500000001, 0.0299999999])
    found: dict[str, Fact] = {"revenue": revenue, "rd_expense": round(revenue * share, 12), "revenue_prev2": revenue}
    if rng.random() < 0.2:
        found[rng.choice(list(found))] = rng.choice([UNKNOWN, NOT_APPLICABLE, 0.0, (0.0, 1.0)])
    return found


def one_by_one(part: Bands, frame: Frame) -> list[list[int]]:
    limits = borders_of(part).limits
    found = [reaches(part.value, frame, limit, strictly=strictly) for limit, strictly in limits]
    return [np.sum([reached[end] for reached in found], axis=0).tolist() for end in (0, 1)]


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("is_far", [True, False])
def test_all_at_once_is_one_by_one(name: str, is_far: bool) -> None:
    for seed, points in product(range(40), POINTS):
        rng, part = Random(seed), bands(VALUES[name], points)
        frame = Frame([facts(rng, is_far=is_far) for _ in range(rng.choice([0, 1, 5]))], on=ON)
        counted = count_reached(part.value, frame, borders_of(part))
        assert [end.tolist() for end in counted] == one_by_one(part, frame)


def test_a_border_belongs_to_the_better_scoring_band_in_fractions_too() -> None:
    on_the_border = Frame([{"revenue": 8000.0, "rd_expense": 400.0}], on=ON)
    up, down = bands(VALUES["ratio"], POINTS[0]), bands(VALUES["ratio"], POINTS[1])
    assert [count_reached(part.value, on_the_border, borders_of(part))[0][0] for part in (up, down)] == [2, 1]
    assert [band.points[0] for band in rising_bands(down)] == POINTS[1]


def test_float64_alone_is_asked_only_where_it_can_tell() -> None:
    part = bands(VALUES["ratio"], POINTS[0])
    borders = Borders(part.value, tuple(limit for limit, _ in borders_of(part).limits), (False, False, True))
    numbers = np.array([0.0, 0.05, 0.05 + 1e-7, 0.1, float(Fraction(1, 7))])
    assert borders.over(numbers).sum(axis=0).tolist() == [0, 2, 2, 2, 3]
    assert borders.is_near(numbers).any(axis=0).tolist() == [False, True, True, True, False]
