"""Weights by pairwise comparison against Saaty's published examples, and how far a weight moves (P05)."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ahp import (
    LARGEST_RATIO,
    RANDOM_INDICES,
    AhpError,
    Priorities,
    Reach,
    Swap,
    require_consistent,
    weigh_pairs,
    weight_reach,
)


def square(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


# T. L. Saaty, "How to make a decision: The Analytic Hierarchy Process", EJOR 48 (1990) 9-26, buying a house, level 2:
# size, transportation, neighbourhood, age, yard, modern facilities, general condition, financing.
HOUSE = square("""
    1   5   3   7 6   6   1/3 1/4
    1/5 1   1/3 5 3   3   1/5 1/7
    1/3 3   1   6 3   4   6   1/5
    1/7 1/5 1/6 1 1/3 1/4 1/7 1/8
    1/6 1/3 1/3 3 1   1/2 1/5 1/6
    1/6 1/3 1/4 4 2   1   1/5 1/6
    3   5   1/6 7 5   5   1   1/2
    4   7   5   8 6   6   2   1
""")
# T. L. Saaty, "Decision making with the analytic hierarchy process", Int. J. Services Sciences 1 (2008) 83-98:
# consumption of drinks in the United States: coffee, wine, tea, beer, sodas, milk, water.
DRINKS = square("""
    1   9 5   2   1   1   1/2
    1/9 1 1/3 1/9 1/9 1/9 1/9
    1/5 3 1   1/3 1/4 1/3 1/9
    1/2 9 3   1   1/2 1   1/3
    1   9 4   2   1   2   1/2
    1   9 3   1   1/2 1   1/3
    2   9 9   3   2   3   1
""")
SCALE = [Fraction(1, n) for n in range(9, 1, -1)] + [Fraction(n) for n in range(1, 10)]


def rounded(found: Priorities) -> list[float]:
    return [round(weight, 3) for weight in found.weights]


class TestPublishedExamples:
    def test_the_house(self) -> None:
        found = weigh_pairs(HOUSE)
        assert rounded(found) == [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
        assert (round(found.eigenvalue, 3), round(found.index, 3), round(found.ratio, 3)) == (9.669, 0.238, 0.169)

    def test_the_drinks(self) -> None:
        found = weigh_pairs(DRINKS)
        assert rounded(found) == [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
        assert round(found.ratio, 3) == 0.022

    def test_the_house_is_refused_for_its_ratio_unless_a_reason_is_given(self) -> None:
        with pytest.raises(AhpError, match=r"一致性比率0\.169大于0\.10"):
            require_consistent(weigh_pairs(HOUSE), "  ")
        require_consistent(weigh_pairs(HOUSE), "专家会议一致同意")

    def test_the_drinks_need_no_reason(self) -> None:
        require_consistent(weigh_pairs(DRINKS))

    def test_the_house_is_most_doubtful_about_neighbourhood_and_condition(self) -> None:
        """Judged 6, where all judgements together say about 1."""
        doubt = weigh_pairs(HOUSE).doubt
        assert doubt is not None
        assert (doubt.row, doubt.column, doubt.given, round(doubt.fitting, 2)) == (2, 6, 6.0, 1.13)


class TestWeights:
    @given(st.lists(st.integers(1, 3), min_size=2, max_size=10))
    def test_ratios_of_weights_give_these_weights_back(self, weights: list[int]) -> None:
        found = weigh_pairs([[Fraction(one, two) for two in weights] for one in weights])
        assert found.weights == pytest.approx([weight / sum(weights) for weight in weights])
        assert (round(found.ratio, 9), found.doubt) == (0, None)

    @given(
        st.integers(2, 6).flatmap(
            lambda n: st.lists(st.sampled_from(SCALE), min_size=15, max_size=15).map(lambda x: (n, x))
        )
    )
    def test_order_of_things_does_not_matter(self, drawn: tuple[int, list[Fraction]]) -> None:
        size, judgements = drawn
        matrix = reciprocal(size, judgements)
        turned = [row[::-1] for row in matrix[::-1]]
        one, two = weigh_pairs(matrix), weigh_pairs(turned)
        assert one.weights == pytest.approx(two.weights[::-1])
        assert one.ratio == pytest.approx(two.ratio, abs=1e-9)
        assert sum(one.weights) == pytest.approx(1)
        assert min(one.weights) > 0

    def test_two_things_are_always_consistent(self) -> None:
        found = weigh_pairs([[1, 9], ["1/9", 1]])
        assert (rounded(found), found.ratio, found.is_consistent) == ([0.9, 0.1], 0, True)

    def test_the_limit_itself_is_consistent(self) -> None:
        assert Priorities((1.0,), 1, 0, LARGEST_RATIO, None).is_consistent

    def test_random_indices_rise(self) -> None:
        assert list(RANDOM_INDICES) == sorted(RANDOM_INDICES)


def reciprocal(size: int, judgements: list[Fraction]) -> list[list[Fraction]]:
    matrix = [[Fraction(1)] * size for _ in range(size)]
    for (row, column), judged in zip(combinations(range(size), 2), judgements, strict=False):
        matrix[row][column], matrix[column][row] = judged, 1 / judged
    return matrix


@pytest.mark.parametrize(
    ("matrix", "sentence"),
    [
        ([[1]], "两两比较须有2至10项，现有1项"),
        ([[1] * 11] * 11, "两两比较须有2至10项，现有11项"),
        ([[1, 2], [1]], "比较矩阵的行数和列数不一致"),
        ([[1, 2], [2, 1]], "第1, 2项的两个判断不互为倒数"),
        ([[2, 1], [1, 2]], "每一项与自身比较应为1"),
        ([[1, 0], [0, 1]], "0：判断应在1/9至9之间"),
        ([[1, 10], [0.1, 1]], "10：判断应在1/9至9之间"),
        ([[1, "多"], [1, 1]], "多：判断不是数"),
        ([[1, "1/0"], [1, 1]], "1/0：判断不是数"),
        ([[1, float("nan")], [1, 1]], "nan：判断不是数"),
        ([[1, float("inf")], [1, 1]], "inf：判断不是数"),
        ([[1, None], [1, 1]], "None：判断不是数"),
    ],
)
def test_what_is_no_comparison_is_refused_in_words(matrix: list[list[object]], sentence: str) -> None:
    with pytest.raises(AhpError, match=sentence):
        weigh_pairs(matrix)  # type: ignore[arg-type]


def totals(weights: list[Fraction], scores: list[list[Fraction]], place: int, weight: Fraction) -> list[Fraction]:
    """Totals when one weight is moved and the others keep their ratios."""
    rest = sum(weights) - weights[place]
    moved = [share * (1 - weight) / rest for share in weights]
    moved[place] = weight
    return [sum((w * s for w, s in zip(moved, row, strict=True)), Fraction(0)) for row in scores]


def is_turned(before: list[Fraction], after: list[Fraction], *, leaders: bool) -> bool:
    """Whether two that stood in an order stand in the other one."""
    pairs = combinations(range(len(before)), 2)
    best = max(before, default=None)
    return any(
        (before[one] - before[two]) * (after[one] - after[two]) < 0
        for one, two in pairs
        if not leaders or best in (before[one], before[two])
    )


CRITERIA = st.integers(2, 4)
CASES = CRITERIA.flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(1, 9).map(Fraction), min_size=n, max_size=n),
        st.lists(st.lists(st.integers(0, 6).map(lambda s: Fraction(s, 6)), min_size=n, max_size=n), max_size=6),
    )
)


class TestReach:
    @given(CASES)
    def test_the_order_holds_up_to_the_swap_and_turns_right_after_it(
        self, case: tuple[list[Fraction], list[list[Fraction]]]
    ) -> None:
        weights, scores = case
        shares = [weight / sum(weights) for weight in weights]
        for place, reach in enumerate(weight_reach(weights, scores)):
            now = totals(shares, scores, place, shares[place])
            for swaps, leaders in ((reach.first, True), (reach.order, False)):
                for swap, end in zip(swaps, (Fraction(0), Fraction(1)), strict=True):
                    edge = end if swap is None else Fraction(swap.weight).limit_denominator(10**7)
                    before = edge + (shares[place] - edge) / 10**6
                    assert not is_turned(now, totals(shares, scores, place, before), leaders=leaders)
                    if swap is not None:
                        beyond = edge + (end - edge) / 10**6
                        assert is_turned(now, totals(shares, scores, place, beyond), leaders=leaders)
                        at = totals(shares, scores, place, edge)
                        assert at[swap.above] == at[swap.below]
                        assert now[swap.above] > now[swap.below]

    def test_two_firms_two_criteria_by_hand(self) -> None:
        """60·0.5 + 40·1.0 against 60·0.9 + 40·0.2: they meet where 0.5t + (1 − t) = 0.9t + 0.2(1 − t), at t = 2/3."""
        first, second = weight_reach([0.6, 0.4], [[0.5, 1.0], [0.9, 0.2]])
        assert first.weight == 0.6
        assert first.first[1] == Swap(pytest.approx(2 / 3), 0, 1)
        assert second.first[0] == Swap(pytest.approx(1 / 3), 0, 1)
        assert (first.first[0], second.first[1]) == (None, None)

    def test_a_firm_that_is_better_everywhere_stays_first(self) -> None:
        for reach in weight_reach([1, 1], [[1, 1], [Fraction(1, 2), Fraction(1, 2)]]):
            assert reach == Reach(0.5, (None, None), (None, None))

    def test_lines_that_meet_beyond_the_whole_weight_never_do(self) -> None:
        """0.9t + 1.0(1 − t) against 0.8t + 0.2(1 − t): the second gains, but they would meet at t = 8/7."""
        assert weight_reach([1, 1], [[0.9, 1.0], [0.8, 0.2]])[0] == Reach(0.5, (None, None), (None, None))

    def test_a_weight_that_is_everything_has_no_others_to_scale(self) -> None:
        assert weight_reach([1, 0], [[1, 0], [0, 1]])[0].order == (None, None)

    def test_without_alternatives_nothing_can_change(self) -> None:
        assert weight_reach([1, 1], []) == [Reach(0.5, (None, None), (None, None))] * 2

    @pytest.mark.parametrize(
        ("weights", "scores", "sentence"),
        [
            ([1, 1], [[1]], "每个对象的得分个数应与权重个数相同"),
            ([0, 0], [], "权重不能为负，也不能全为0"),
            ([-1, 3], [], "权重不能为负，也不能全为0"),
            ([float("nan"), 1], [], "nan：不是有限的数"),
            ([float("inf"), 1], [], "inf：不是有限的数"),
        ],
    )
    def test_nonsense_is_refused_in_words(self, weights: list[float], scores: list[list[float]], sentence: str) -> None:
        with pytest.raises(AhpError, match=sentence):
            weight_reach(weights, scores)
