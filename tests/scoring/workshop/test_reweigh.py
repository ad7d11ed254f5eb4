"""Weights put into a scorecard: sums stay, points keep their order, and the laws hold again (P05)."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import find_breaches, parse_rulebook
from scoring.workshop.reweigh import WeightError, apportion, reweigh, weighed_parts
from tests.scoring.workshop.documents import CAPABILITY, Document, shipped

DIMENSIONS = ["creation", "utilisation", "protection", "management"]


def maxima(document: Document, group: str = "") -> dict[str, Any]:
    return {part["id"]: part["max"] for part in weighed_parts(document, group)}


def part(document: Document, name: str) -> Document:
    found = [one for top in document["scorecard"]["parts"] for one in (top, *top["parts"])]
    return next(one for one in found if one["id"] == name)


def with_parts(*parts: dict[str, Any]) -> Document:
    """The scorecard with one dimension of these parts in the place of the first."""
    most = sum(one["max"] for one in parts)
    first = {**CAPABILITY["scorecard"]["parts"][0], "max": most, "parts": list(parts)}
    rest = CAPABILITY["scorecard"]["parts"][1:]
    whole = most + sum(one["max"] for one in rest)
    return {**CAPABILITY, "scorecard": {"max": whole, "parts": [first, *rest]}}


TITLE = {"title": {"zh": "甲", "en": "A"}, "source": "平台标定"}


class TestWeights:
    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.floats(0.15, 0.5), min_size=4, max_size=4))
    def test_the_laws_hold_after_any_weights_of_the_dimensions(self, weights: list[float]) -> None:
        document = reweigh(CAPABILITY, dict(zip(DIMENSIONS, weights, strict=True)))
        assert find_breaches(parse_rulebook(document)) == []
        assert sum(maxima(document).values()) == 100

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.floats(0.05, 1), min_size=7, max_size=7))
    def test_the_laws_hold_after_any_weights_of_indicators(self, weights: list[float]) -> None:
        names = list(maxima(CAPABILITY, "utilisation"))
        document = reweigh(CAPABILITY, dict(zip(names, weights, strict=True)), group="utilisation")
        assert find_breaches(parse_rulebook(document)) == []
        assert part(document, "utilisation")["max"] == 25

    def test_weights_as_they_are_change_nothing(self) -> None:
        weights = {name: float(most) for name, most in maxima(CAPABILITY).items()}
        assert reweigh(CAPABILITY, weights) == CAPABILITY

    def test_a_dimension_s_indicators_share_its_gain(self) -> None:
        document = reweigh(CAPABILITY, dict(zip(DIMENSIONS, (0.2, 0.25, 0.3, 0.25), strict=True)))
        assert maxima(document) == {"creation": 20, "utilisation": 25, "protection": 30, "management": 25}
        assert maxima(document, "protection") == {
            "PR-1": 10.5,
            "PR-2": 9,
            "PR-3": 3,
            "PR-4": 3,
            "PR-5": 3,
            "PR-6": 1.5,
        }
        assert part(document, "PR-1")["choices"] == {"none": 0, "ad_hoc": 6, "continuous": 10.5}
        assert CAPABILITY["scorecard"]["parts"][0]["max"] == 30

    def test_the_bonus_is_no_dimension_to_compare(self) -> None:
        assert list(maxima(CAPABILITY)) == DIMENSIONS

    @pytest.mark.parametrize("group", ["bonus", "nothing", "CR-1"])
    def test_what_does_not_add_up_has_no_weights(self, group: str) -> None:
        with pytest.raises(WeightError, match="这一组没有可以比较的两项"):
            weighed_parts(CAPABILITY, group)

    def test_a_programme_has_none(self) -> None:
        with pytest.raises(WeightError, match="没有可以比较的两项"):
            weighed_parts(shipped("hnte/2016"))

    @pytest.mark.parametrize("weights", [{"creation": 1.0}, dict.fromkeys([*DIMENSIONS, "bonus"], 1.0)])
    def test_every_part_needs_a_weight(self, weights: dict[str, float]) -> None:
        with pytest.raises(WeightError, match="每一项都要有权重"):
            reweigh(CAPABILITY, weights)

    def test_a_dimension_that_would_have_too_little_is_refused(self) -> None:
        with pytest.raises(WeightError, match="2分不够10项来分"):
            reweigh(CAPABILITY, dict(zip(DIMENSIONS, (0.4, 0.3, 0.28, 0.02), strict=True)))


class TestPoints:
    def scaled(self, one: dict[str, Any], weight: float) -> dict[str, Any]:
        """A part next to one of the same maximum, at another weight."""
        other = {"id": "o", **TITLE, "max": one["max"], "mark": "judged_position"}
        document = reweigh(
            with_parts({"id": "p", **TITLE, **one}, other), {"p": weight, "o": 1 - weight}, group="creation"
        )
        return part(document, "p")

    def test_points_that_would_fall_together_are_told_apart_by_finer_steps(self) -> None:
        found = self.scaled({"max": 6, "fact": "x", "choices": {str(n): n for n in range(7)}}, 1 / 12)
        assert found["choices"] == {"0": 0, "1": 0.2, "2": 0.3, "3": 0.5, "4": 0.7, "5": 0.8, "6": 1}

    def test_points_that_no_step_tells_apart_are_refused(self) -> None:
        choices = {str(n): n / 1000 for n in range(1000)} | {"top": 6}
        with pytest.raises(WeightError, match="分值太小，各档分不开"):
            self.scaled({"max": 6, "fact": "x", "choices": choices}, 1 / 12)

    def test_a_range_and_what_is_given_for_unknown_are_scaled_too(self) -> None:
        bands = [{"from": 1, "points": [4, 6]}, {"to": 1, "points": 2}]
        found = self.scaled({"max": 6, "value": "x", "bands": bands, "unknown": 2}, 0.75)
        assert [one["points"] for one in found["bands"]] == [[6, 9], 3]
        assert found["unknown"] == 3

    def test_items_can_still_reach_their_maximum(self) -> None:
        found = self.scaled({"max": 6, "each": 2, "items": [{}, {}, {}]}, 0.4)
        assert (found["max"], found["each"]) == (5, 1.67)

    def test_a_mark_has_nothing_but_its_maximum(self) -> None:
        assert self.scaled({"max": 6, "mark": "x"}, 0.75)["max"] == 9

    def test_of_the_best_of_several_the_best_has_the_maximum(self) -> None:
        below = [{"id": name, "max": most, "mark": "x"} for name, most in (("a", 6), ("b", 3), ("c", 0.5))]
        found = self.scaled({"max": 6, "combine": "best", "parts": below}, 0.25)
        assert [one["max"] for one in found["parts"]] == [3, 1.5, 0.5]

    def test_a_capped_group_still_holds_more_than_it_gives(self) -> None:
        below = [{"id": name, "max": 4, "mark": "x"} for name in "ab"]
        found = self.scaled({"max": 6, "capped": True, "parts": below}, 0.25)
        assert (found["max"], [one["max"] for one in found["parts"]]) == (3, [2, 2])

    def test_a_part_worth_nothing_has_no_proportions(self) -> None:
        with pytest.raises(WeightError, match="有的项目满分为0"):
            self.scaled({"max": 0, "mark": "x"}, 0.5)


class TestApportion:
    @given(
        st.integers(8, 400),
        st.lists(st.decimals("0.01", "1", places=2), min_size=1, max_size=8),
    )
    def test_it_adds_up_in_whole_steps_and_leaves_nobody_out(self, halves: int, shares: list[Decimal]) -> None:
        found = apportion(Decimal(halves) / 2, shares)
        assert sum(found) == Decimal(halves) / 2
        assert all(one >= Decimal("0.5") and one % Decimal("0.5") == 0 for one in found)

    def test_a_total_of_tenths_is_shared_in_tenths(self) -> None:
        assert apportion(Decimal("0.3"), [Decimal(2), Decimal(1)]) == [Decimal("0.2"), Decimal("0.1")]

    def test_a_total_of_odd_hundredths_too(self) -> None:
        assert apportion(Decimal("0.13"), [Decimal(1), Decimal(1)]) == [Decimal("0.07"), Decimal("0.06")]

    def test_a_total_of_thousandths_is_not_shared(self) -> None:
        with pytest.raises(WeightError, match="不够2项来分"):
            apportion(Decimal("0.123"), [Decimal(1), Decimal(1)])

    def test_a_tiny_share_takes_from_the_largest(self) -> None:
        assert apportion(Decimal(2), [Decimal(100), Decimal(1), Decimal(1)]) == [
            Decimal(1),
            Decimal("0.5"),
            Decimal("0.5"),
        ]
