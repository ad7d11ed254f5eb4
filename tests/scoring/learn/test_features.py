"""What the boosting sees: values, choices and conditions of the expert scorecard, each with its better direction."""

from decimal import Decimal
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import load_library
from scoring.learn.cuts import Cut, choose_cuts, is_whole
from scoring.learn.features import ChoiceFeature, ClauseFeature, Feature, ValueFeature, find_features
from scoring.schema import Value
from scoring.schema.basics import read_value
from tests.scoring.learn.small import EXPERT, changed, frame, frames, random_facts

ROWS = [random_facts(Random(seed), gaps=0.1) for seed in range(150)]


def features(*pairs: tuple[str, str]) -> dict[str, Feature]:
    expert = changed(*pairs) if pairs else EXPERT
    return {f"{feature.part}.{feature.slug}": feature for feature in find_features(expert, frames(ROWS), 12)}


FOUND = features()


def test_directions_are_the_expert_scorecards_own() -> None:
    assert {name: feature.direction for name, feature in FOUND.items()} == {
        "R-1.revenue": -1,
        "R-1.valid_invention_patents": 1,
        "R-2.ratio-high_value_invention_patents-valid_invention_patents": 1,
        "R-3.ratio-total_liabilities-total_assets": -1,
        "R-4a.ip_pledge_financing_3y": 1,
        "R-4b.years_since-registered_on": 0,
        "W-1.ip_strategy": 1,
        "W-2.own_brand": 1,
        "W-3.gbt29490_edition": 1,
        "W-3.gbt29490_valid_until": 1,
        "W-4.employees": 0,
        "W-4.industry_code-employees-revenue-total_assets": 1,
        "W-4.rd_expense": 1,
        "W-5.ip_quantity_score": 1,
    }


def test_cases_that_ask_for_less_turn_the_direction() -> None:
    found = features(("at_least: 20", "at_least: 2"))
    assert found["R-1.revenue"].direction == 1


@pytest.mark.parametrize(
    "then",
    ["{value: high_value_invention_patents, at_least: 20}", "{value: valid_invention_patents, at_most: 20}"],
)
def test_cases_that_can_not_be_compared_leave_it_free(then: str) -> None:
    found = features(("{value: valid_invention_patents, at_least: 20}", then))
    assert found["R-1.revenue"].direction == 0


def test_a_value_asked_for_both_ways_is_left_free() -> None:
    found = features(("{value: rd_expense, more_than: 0}", "{value: valid_invention_patents, at_most: 3}"))
    assert found["R-1.valid_invention_patents"].direction == 0


def test_cases_in_no_order_leave_it_free() -> None:
    middle = "{from: 40000, then: {value: valid_invention_patents, at_least: 20}}\n"
    more = middle + "                  - {from: 9000, then: {value: valid_invention_patents, at_least: 2}}\n"
    assert features((middle, more))["R-1.revenue"].direction == 0


def test_a_band_with_marks_gives_its_mark_as_well() -> None:
    found = features(
        ("bands: [{from: 25%, points: 5}", "mark: transformation_score\n          bands: [{from: 25%, points: [3, 5]}")
    )
    assert found["R-2.transformation_score"].direction == 1


def test_a_value_is_counted_by_the_limits_it_reaches() -> None:
    feature = FOUND["R-1.valid_invention_patents"]
    assert isinstance(feature, ValueFeature)
    assert [str(cut.at) for cut in feature.cuts] == ["1", "2", "3", "6", "8", "20", "25"]
    rows = [{"valid_invention_patents": number} for number in (0, 1, 2, 5, 25, 30, None, "n/a", [2, 4])]
    codes = feature.codes(EXPERT, frame(*rows)).tolist()
    assert codes[:6] == [0, 1, 2, 3, 7, 7]
    assert np.isnan(codes[6:]).all()
    assert feature.size == 8


def test_where_fewer_points_are_given_above_a_border_belongs_below() -> None:
    feature = FOUND["R-3.ratio-total_liabilities-total_assets"]
    assert isinstance(feature, ValueFeature)
    assert all(cut.strictly for cut in feature.cuts)
    rows = [{"total_liabilities": top, "total_assets": 1000} for top in (0, 500, 500.01, 800, 801)]
    assert feature.codes(EXPERT, frame(*rows)).tolist() == [0, 1, 2, 3, 4]


def test_a_choice_is_numbered_by_points_and_equal_points_are_one() -> None:
    feature = FOUND["W-1.ip_strategy"]
    assert isinstance(feature, ChoiceFeature)
    rows = [{"ip_strategy": choice} for choice in ("none", "drafted", "approved", "executed_reviewed", None, "n/a")]
    codes = feature.codes(EXPERT, frame(*rows)).tolist()
    assert codes[:4] == [0, 1, 2, 2]
    assert np.isnan(codes[4:]).all()
    assert feature.size == 3


def test_a_condition_is_yes_or_no_or_not_known() -> None:
    feature = FOUND["W-3.gbt29490_valid_until"]
    assert isinstance(feature, ClauseFeature)
    rows = [{"gbt29490_valid_until": day} for day in ("2026-05-01", "2026-04-30", None, "n/a")]
    codes = feature.codes(EXPERT, frame(*rows)).tolist()
    assert codes[:2] == [1, 0]
    assert np.isnan(codes[2:]).all()


def test_every_feature_has_a_name_in_both_languages() -> None:
    assert all(feature.title.zh and feature.title.en for feature in FOUND.values())


def test_the_shipped_scorecard_is_taken_apart_whole() -> None:
    """Every fact it reads is in a feature, and none is left without a direction."""
    expert = load_library().get("ip-capability/2026")
    found = find_features(expert, frames([{}]), 12)
    read = {code for feature in found for code in _facts(feature)}
    assert expert.body.scorecard is not None
    assert read == {code for part in expert.body.scorecard.parts for code in part.facts()}
    assert {feature.direction for feature in found} == {1, -1}
    assert [feature.key for feature in found if feature.direction == -1] == ["revenue"]


def _facts(feature: Feature) -> tuple[str, ...]:
    if isinstance(feature, ValueFeature):
        return feature.value.facts()
    return (feature.fact,) if isinstance(feature, ChoiceFeature) else feature.clause.facts()  # type: ignore[attr-defined]


def value(raw: object) -> Value:
    return Value.model_validate(read_value(raw))


def cut(
    raw: object, numbers: list[float], limits: tuple[str, ...] = (), most: int = 6, strictly: bool = False
) -> list[str]:
    found = choose_cuts(value(raw), np.array(numbers), map(Decimal, limits), most, strictly=strictly)
    return [f"{'>' if one.strictly else ''}{one.at.normalize():f}" for one in found]


def test_the_experts_limits_come_first() -> None:
    assert cut("ip_trained_share", [10, 50, 70, 79, 95], ("50", "80"), most=2) == ["50", "80"]


def test_limits_that_part_no_cases_are_left_out() -> None:
    assert cut("valid_invention_patents", [3, 4, 5], ("1", "4", "9"), most=1) == ["4"]


def test_counts_are_cut_at_whole_numbers() -> None:
    assert cut("valid_invention_patents", [0, 1, 1, 2, 7]) == ["1", "2", "7"]
    assert cut({"sum": ["valid_designs", "valid_utility_models"]}, [0, 3]) == ["3"]


def test_other_numbers_are_rounded_to_two_digits() -> None:
    assert cut("revenue", [812.4, 1633.7, 52_310.0]) == ["1000", "50000"]
    assert cut({"ratio": ["rd_expense", "revenue"]}, [0.0123, 0.0449, 0.0991]) == ["0.04", "0.09"]


def test_zero_among_positive_amounts_is_a_step_of_its_own() -> None:
    assert cut("rd_expense", [0, 0, 3.1, 8.2])[0] == ">0"
    assert cut("rd_expense", [0, 0, 3.1, 8.2], strictly=True)[0] == ">0"


def test_the_same_for_all_has_no_cut() -> None:
    assert cut("revenue", [5.0, 5.0]) == []
    assert cut("revenue", []) == []


def test_what_counts_things() -> None:
    assert is_whole(value("valid_designs"))
    assert not is_whole(value("revenue"))
    assert not is_whole(value({"ratio": ["valid_designs", "valid_utility_models"]}))


@given(
    st.lists(st.floats(min_value=-1e6, max_value=1e6, allow_subnormal=False), max_size=60),
    st.lists(st.integers(-50, 50), max_size=5),
    st.integers(1, 8),
    st.booleans(),
)
def test_cuts_rise_and_every_one_parts_cases(
    numbers: list[float], limits: list[int], most: int, strictly: bool
) -> None:
    found = choose_cuts(value("net_profit"), np.array(numbers), map(Decimal, limits), most, strictly=strictly)
    assert len(found) <= most
    assert found == sorted(found)
    counts = [sum(_reaches(number, one) for number in numbers) for one in found]
    assert all(0 < count < len(numbers) for count in counts)
    assert len(set(counts)) == len(counts)


def _reaches(number: float, one: Cut) -> bool:
    return number > float(one.at) if one.strictly else number >= float(one.at)
