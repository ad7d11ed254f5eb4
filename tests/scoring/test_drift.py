"""Drift and what stands out: known answers, how often chance is taken for a finding, few firms told as few (P24)."""

import math
from collections import Counter
from datetime import date
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from scoring import (
    NOT_APPLICABLE,
    UNKNOWN,
    Mark,
    bin_reader,
    compare_groups,
    compare_reviewers,
    find_copies,
    find_jumps,
    measure_stability,
)
from scoring.drift.copies import is_specific
from scoring.drift.quantiles import chi_square_quantile, t_quantile


class TestQuantiles:
    @pytest.mark.parametrize(("share", "within"), [(0.975, 0.01), (0.995, 0.02), (0.999, 0.03)])
    def test_t(self, share: float, within: float) -> None:
        for freedom in (4, 5, 8, 20, 100, 10_000):
            assert t_quantile(share, freedom) == pytest.approx(stats.t.ppf(share, freedom), rel=within)

    @pytest.mark.parametrize("freedom", [3, 5, 9, 20])
    def test_chi_square(self, freedom: int) -> None:
        assert chi_square_quantile(0.95, freedom) == pytest.approx(stats.chi2.ppf(0.95, freedom), rel=0.01)


class TestStability:
    def test_a_known_index(self) -> None:
        """Two choices, 60:40 before and 30:70 after; half a firm is added to each bin."""
        before, after = ["written"] * 60 + ["none"] * 40, ["written"] * 30 + ["none"] * 70
        shares = [(40.5 / 101, 70.5 / 101), (60.5 / 101, 30.5 / 101)]
        found = measure_stability(before, after)
        assert found.psi == pytest.approx(sum((b - a) * math.log(b / a) for a, b in shares), abs=1e-12)
        assert (found.verdict, [(one.label, one.before, one.after) for one in found.bins]) == (
            "shifted",
            [("none", 40, 70), ("written", 60, 30)],
        )

    def test_the_same_firms_are_stable(self) -> None:
        numbers = [float(number) for number in range(200)]
        found = measure_stability(numbers, numbers)
        assert (found.psi, found.verdict, len(found.bins)) == (0.0, "stable", 10)
        assert all(one.before == one.after == 20 for one in found.bins)

    def test_a_third_more_is_a_shift(self) -> None:
        rng = np.random.default_rng(1)
        before, after = rng.normal(50, 10, 400).tolist(), rng.normal(57, 10, 400).tolist()
        assert measure_stability(before, after).verdict == "shifted"

    def test_a_small_move_is_told_between(self) -> None:
        rng = np.random.default_rng(3)
        before, after = rng.normal(50, 10, 2000).tolist(), rng.normal(54, 10, 2000).tolist()
        found = measure_stability(before, after)
        assert found.psi is not None
        assert 0.10 <= found.psi < 0.25
        assert found.verdict == "moved"

    def test_chance_is_seldom_taken_for_a_move(self) -> None:
        """Samples of 50 exceed the customary 0.10 most of the time; the limit of chance holds nine times in ten."""
        rng = np.random.default_rng(2)
        found = [measure_stability(rng.normal(size=50).tolist(), rng.normal(size=50).tolist()) for _ in range(300)]
        assert sum(one.psi is not None and one.psi > 0.10 for one in found) > 200
        assert sum(one.verdict != "stable" for one in found) < 30

    def test_unknown_and_not_applicable_have_bins_of_their_own(self) -> None:
        before: list[Any] = [1.0] * 30
        after: list[Any] = [1.0] * 10 + [UNKNOWN] * 10 + [NOT_APPLICABLE] * 5 + [(1.0, 3.0)] * 5
        found = measure_stability(before, after)
        assert [(one.label, one.low, one.high, one.before, one.after) for one in found.bins] == [
            ("", None, None, 30, 10),
            ("n/a", None, None, 0, 5),
            ("unknown", None, None, 0, 15),
        ]
        assert found.verdict == "shifted"

    def test_leaving_the_one_number_that_all_had_is_a_shift(self) -> None:
        found = measure_stability([3.0] * 30, [3.0] * 20 + [25.0] * 10)
        assert [(one.low, one.high, one.before, one.after) for one in found.bins] == [
            (None, 25.0, 30, 20),
            (25.0, None, 0, 10),
        ]
        assert found.verdict == "shifted"

    def test_one_bin_can_not_move(self) -> None:
        found = measure_stability([True] * 30, [True] * 30)
        assert (found.psi, found.verdict) == (0.0, "stable")

    @pytest.mark.parametrize(("before", "after"), [(19, 100), (100, 19), (0, 0)])
    def test_too_few_firms_give_no_index(self, before: int, after: int) -> None:
        found = measure_stability([1.0] * before, [1.0] * after)
        assert (found.psi, found.chance, found.verdict) == (None, None, "too_few")

    @settings(max_examples=60, deadline=None)
    @given(
        before=st.lists(st.one_of(st.floats(-1e9, 1e9), st.sampled_from([UNKNOWN, NOT_APPLICABLE])), min_size=1),
        after=st.lists(st.one_of(st.floats(-1e9, 1e9), st.just(UNKNOWN)), max_size=50),
    )
    def test_every_firm_is_in_one_bin(self, before: list[Any], after: list[Any]) -> None:
        found = measure_stability(before, after)
        read = bin_reader(found.bins)
        for side, facts in (("before", before), ("after", after)):
            counted = Counter(read(fact) for fact in facts)
            assert None not in counted
            assert [counted[index] for index in range(len(found.bins))] == [getattr(b, side) for b in found.bins]

    def test_a_number_is_in_the_bin_from_its_low_end_to_below_its_high_end(self) -> None:
        numbers = [float(number) for number in range(100)]
        bins = measure_stability(numbers, numbers).bins
        read, edge = bin_reader(bins), bins[3].low
        assert edge is not None
        assert [read(edge - 0.5), read(edge), read(-1e9), read(1e9)] == [2, 3, 0, len(bins) - 1]

    def test_what_is_in_no_bin_is_told(self) -> None:
        read = bin_reader(measure_stability(["a"] * 20, ["b"] * 20).bins)
        assert (read("a"), read("c"), read(1.0)) == (0, None, None)


class TestGroups:
    def test_a_group_that_stands_out(self) -> None:
        scores = [60.0 + i % 3 for i in range(20)] + [50.0 + i % 5 for i in range(40)]
        groups = ["武汉"] * 20 + ["黄石"] * 20 + ["宜昌"] * 20
        found = compare_groups(scores, groups)
        assert [(row.group, row.size, row.stands_out) for row in found] == [
            ("武汉", 20, True),
            ("宜昌", 20, True),
            ("黄石", 20, True),
        ]
        bounds = found[0].bounds
        assert bounds is not None
        expected = stats.t.interval(0.95, 19, loc=np.mean(scores[:20]), scale=stats.sem(scores[:20]))
        assert bounds == pytest.approx(expected, rel=1e-3)
        assert found[0].rest == pytest.approx(52.0)

    def test_few_firms_have_no_bounds(self) -> None:
        [one, few] = compare_groups([50.0] * 10 + [99.0] * 4, ["甲"] * 10 + ["乙"] * 4)[::-1]
        assert (few.group, few.size, few.bounds, few.stands_out) == ("乙", 4, None, False)
        assert (one.group, one.bounds, one.stands_out) == ("甲", (50.0, 50.0), False)

    def test_equal_scores_on_both_sides(self) -> None:
        apart = compare_groups([50.0] * 5 + [60.0] * 5, ["甲"] * 5 + ["乙"] * 5)
        same = compare_groups([50.0] * 10, ["甲"] * 5 + ["乙"] * 5)
        assert ([row.stands_out for row in apart], [row.stands_out for row in same]) == ([True] * 2, [False] * 2)

    def test_one_group_has_no_rest(self) -> None:
        [row] = compare_groups([1.0, 2.0, 3.0, 4.0, 5.0], ["甲"] * 5)
        assert (row.rest, row.stands_out) == (None, False)

    def test_nothing_gives_nothing(self) -> None:
        assert compare_groups([], []) == []

    def test_chance_is_seldom_taken_for_a_difference(self) -> None:
        """Of seventeen equal cities, none stands out in about nineteen of twenty provinces."""
        rng = np.random.default_rng(5)
        cities = [city for city in range(17) for _ in range(12)]
        alarms = sum(
            any(row.stands_out for row in compare_groups(rng.normal(50, 10, len(cities)).tolist(), cities))
            for _ in range(200)
        )
        assert alarms < 24


class TestReviewers:
    def marks(self, seed: int, effects: dict[str, float], firms: int = 40, each: int = 3) -> list[Mark]:
        rng = Random(seed)
        found = []
        for firm in range(firms):
            worth = rng.gauss(60, 12)
            for reviewer in rng.sample(sorted(effects), each):
                found.append(Mark(reviewer, str(firm), worth + effects[reviewer] + rng.gauss(0, 4)))
        return found

    def test_lenient_and_strict_ones_are_found(self) -> None:
        effects = {"宽": 9.0, "严": -9.0, **{f"平{i}": 0.0 for i in range(6)}}
        found = compare_reviewers(self.marks(1, effects))
        assert (found[0].reviewer, found[-1].reviewer) == ("宽", "严")
        assert {row.reviewer for row in found if row.stands_out} == {"宽", "严"}

    def test_little_known_is_drawn_towards_none(self) -> None:
        marks = self.marks(2, {f"专家{i}": 3.0 * (i - 3) for i in range(7)})
        some = [Mark("新人", mark.firm, mark.score + 6) for mark in marks[:4]]
        found = {row.reviewer: row for row in compare_reviewers(marks + some)}
        for row in found.values():
            assert row.raw is not None
            assert row.shrunk is not None
            assert abs(row.shrunk) <= abs(row.raw) + 1e-12
        kept = {name: abs(row.shrunk or 0) / abs(row.raw or 1) for name, row in found.items()}
        assert kept["新人"] == min(kept.values())
        assert (found["新人"].bounds, found["新人"].stands_out) == (None, False)

    def test_reviewers_that_do_not_differ_are_not_told_apart(self) -> None:
        alarms = 0
        for seed in range(60):
            found = compare_reviewers(self.marks(seed, {f"专家{i}": 0.0 for i in range(8)}))
            alarms += any(row.stands_out for row in found)
        assert alarms < 20

    def test_firms_that_nobody_else_marked_say_nothing(self) -> None:
        marks = [Mark("独", str(i), 99.0) for i in range(9)] + [
            Mark(who, f"共{i}", 50.0 + i) for i in range(6) for who in ("甲", "乙")
        ]
        found = compare_reviewers(marks)
        assert [(row.reviewer, row.marks, row.shared, row.raw) for row in found] == [
            ("乙", 6, 6, 0.0),
            ("甲", 6, 6, 0.0),
            ("独", 9, 0, None),
        ]
        assert found[-1].stands_out is False

    def test_one_shared_firm(self) -> None:
        found = compare_reviewers([Mark("甲", "1", 60.0), Mark("乙", "1", 50.0)])
        assert [(row.reviewer, row.raw) for row in found] == [("甲", 10.0), ("乙", -10.0)]

    def test_no_marks(self) -> None:
        assert compare_reviewers([]) == []


class TestJumps:
    def rounds(self, firms: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """Everybody's revenue grows by a tenth, with a little scatter."""
        rng = Random(4)
        before = {str(i): {"revenue": 1000.0 + 37 * i, "score": 50.0} for i in range(firms)}
        after = {
            firm: {"revenue": facts["revenue"] * (1.1 + rng.uniform(-0.05, 0.05)), "score": 50.0 + rng.uniform(-3, 3)}
            for firm, facts in before.items()
        }
        return before, after

    def test_a_leap_beside_what_is_usual(self) -> None:
        before, after = self.rounds(20)
        after["3"]["revenue"] *= 8
        after["5"]["score"] = 95.0
        found = find_jumps(before, after)
        assert {(jump.firm, jump.code) for jump in found} == {("3", "revenue"), ("5", "score")}
        revenue = next(jump for jump in found if jump.code == "revenue")
        assert revenue.usual == pytest.approx(before["3"]["revenue"] * 1.1, rel=0.03)
        score = next(jump for jump in found if jump.code == "score")
        assert score.usual == pytest.approx(50, abs=3)

    def test_nothing_leaps_when_all_leap(self) -> None:
        before, _ = self.rounds(20)
        after = {firm: {"revenue": facts["revenue"] * 5} for firm, facts in before.items()}
        assert find_jumps(before, after) == []

    def test_few_firms_are_judged_by_size_alone(self) -> None:
        found = find_jumps({"甲": {"employees": 10.0}}, {"甲": {"employees": 100.0}})
        assert [(jump.firm, jump.before, jump.after, jump.usual) for jump in found] == [("甲", 10.0, 100.0, None)]

    @pytest.mark.parametrize(
        ("one", "two", "is_jump"),
        [
            (0.0, 4.0, False),
            (0.0, 5.0, True),
            (100.0, 250.0, False),
            (100.0, 400.0, True),
            (400.0, 100.0, True),
            (-50.0, 60.0, True),
            (-50.0, -60.0, False),
            (50.0, 50.0, False),
        ],
    )
    def test_what_is_large(self, one: float, two: float, is_jump: bool) -> None:
        assert bool(find_jumps({"甲": {"net_profit": one}}, {"甲": {"net_profit": two}})) is is_jump

    @pytest.mark.parametrize("value", [UNKNOWN, NOT_APPLICABLE, "written", True, (1.0, 9.0), date(2026, 1, 1)])
    def test_what_is_no_amount_does_not_leap(self, value: Any) -> None:
        assert find_jumps({"甲": {"x": 1.0}}, {"甲": {"x": value}}) == []
        assert find_jumps({"甲": {"x": value}}, {"甲": {"x": 900.0}}) == []

    def test_only_firms_of_both_rounds(self) -> None:
        assert find_jumps({"甲": {"x": 1.0}, "丙": {}}, {"乙": {"x": 900.0}, "丙": {"x": 5.0}}) == []

    def test_the_greatest_comes_first(self) -> None:
        found = find_jumps({"甲": {"x": 1.0}, "乙": {"x": 1.0}}, {"甲": {"x": 50.0}, "乙": {"x": 900.0}})
        assert [jump.firm for jump in found] == ["乙", "甲"]


class TestCopies:
    FORM = {"revenue": 1234.5, "employees": 187.0, "rd_expense": 77.31, "total_assets": 9876.0, "ip_insurance": True}

    def test_two_forms_written_from_one(self) -> None:
        others = {str(i): {code: 1000.3 + i * 7 + n for n, code in enumerate(self.FORM)} for i in range(40)}
        [found] = find_copies({**others, "甲": self.FORM, "乙": {**self.FORM, "niche_years": 3.0}})
        assert found.firms == ("乙", "甲")
        assert {shared.code for shared in found.shared} == self.FORM.keys() - {"ip_insurance"}
        assert {shared.holders for shared in found.shared} == {2}

    def test_three_equal_values_are_no_finding(self) -> None:
        assert find_copies({"甲": self.FORM, "乙": {**self.FORM, "revenue": 1.5}}) == []

    def test_what_many_hold_is_not_unusual(self) -> None:
        assert find_copies({str(i): self.FORM for i in range(3)}) == []
        many: dict[str, Any] = {f"x{i}": {"revenue": 1000.25 + i} for i in range(400)}
        assert len(find_copies({**many, **{str(i): self.FORM for i in range(4)}})) == 6
        assert find_copies({**many, **{str(i): self.FORM for i in range(6)}}) == []

    def test_pairs_with_most_values_come_first(self) -> None:
        other = {code: value + 1.11 for code, value in self.FORM.items()}
        more = {**other, "net_profit": 45.67}
        found = find_copies({"甲": self.FORM, "乙": self.FORM, "丙": more, "丁": more})
        assert [copied.firms for copied in found] == [("丁", "丙"), ("乙", "甲")]

    @pytest.mark.parametrize(
        ("fact", "specific"),
        [
            (123.0, True), (12.3, True), (1230.0, True), (0.0123, True), (-123.0, True), (date(2015, 3, 9), True),
            (120.0, False), (20000.0, False), (0.0, False), (7.0, False), (99.0, False), (True, False),
            ("written", False), (UNKNOWN, False), (NOT_APPLICABLE, False), ((123.0, 456.0), False), (date.min, False),
        ],
    )  # fmt: skip
    def test_what_two_firms_hardly_have_by_chance(self, fact: Any, specific: bool) -> None:
        assert is_specific(fact) is specific

    def test_random_firms_share_nothing(self) -> None:
        rng = Random(9)
        firms = {str(i): {f"x{n}": round(rng.lognormvariate(6, 1), 2) for n in range(40)} for i in range(300)}
        assert find_copies(firms) == []
