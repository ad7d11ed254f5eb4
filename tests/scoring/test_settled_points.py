"""Exact points for what is unknown, a base, and thresholds on some dimensions only: what learned scorecards need."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from scoring import (
    Frame,
    Library,
    Rulebook,
    describe_document,
    describe_rulebook,
    diff_rulebooks,
    evaluate,
    load_library,
    parse_rulebook,
)
from scoring.assess import assess, read_facts
from scoring.improve import cheapest_moves, what_if
from scoring.laws import find_breaches
from scoring.levels import read_levels
from scoring.rulebook import RulebookError
from scoring.simulation import Binned
from scoring.workshop.sheets import read_sections

ON = date(2026, 5, 1)
TEXT = """
id: ip-capability
version: "learned"
title: {zh: 学习评分表, en: Learned}
issuer: 测试
document: 测试
source: 测试
status: calibrated
applies: [{}]
scorecard:
  max: 13.500000000000004
  base: 10.25
  parts:
    - id: one
      title: {zh: 一, en: One}
      source: 测试
      max: 2.0000000000000036
      parts:
        - id: B
          title: {zh: 发明占比, en: Share}
          max: 1.0000000000000036
          value: {ratio: [valid_invention_patents, valid_utility_models]}
          monotone: up
          bands: [{to: 50%, points: -2.5}, {from: 50%, exclusive: true, points: 0.1234567890123456}]
          unknown: 1.0000000000000036
        - id: C
          title: {zh: 战略, en: Strategy}
          max: 1
          fact: ip_strategy
          choices: {none: -1, drafted: 0, approved: 0.5, executed_reviewed: 1}
          unknown: -3
    - id: two
      title: {zh: 二, en: Two}
      source: 测试
      max: 1.25
      parts:
        - id: L
          title: {zh: 品牌, en: Brand}
          max: 1.25
          ladder: [{when: {fact: own_brand, is: true}, points: 1.25}]
          unknown: 0.75
tiers:
  - {id: starter, title: {zh: 起步, en: Starter}, source: 测试}
  - {id: growth, title: {zh: 成长, en: Growth}, source: 测试, at_least: 1.5, of: [one]}
  - {id: advantage, title: {zh: 优势, en: Advantage}, source: 测试, at_least: 12.6}
"""
BOOK = parse_rulebook(TEXT)


def changed(*pairs: tuple[str, str]) -> Rulebook:
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return parse_rulebook(text)


def frame(*rows: dict[str, Any]) -> Frame:
    return Frame([read_facts(row, 0)[0] for row in rows], on=ON)


def points(rulebook: Rulebook, node: str, *rows: dict[str, Any]) -> list[list[float]]:
    found = evaluate(rulebook, frame(*rows)).row(node).points
    assert found is not None
    return [list(pair) for pair in zip(*(end.tolist() for end in found), strict=True)]


SHARE = {"valid_invention_patents": 3, "valid_utility_models": 2}
ROWS: list[dict[str, Any]] = [
    {},
    SHARE,
    {**SHARE, "valid_invention_patents": 1},
    {**SHARE, "valid_utility_models": 0},
    {**SHARE, "valid_utility_models": "n/a"},
    {**SHARE, "valid_utility_models": [2, 3]},
    {**SHARE, "ip_strategy": "executed_reviewed", "own_brand": True},
    {**SHARE, "ip_strategy": "approved", "own_brand": False},
    {"ip_strategy": "n/a", "own_brand": "n/a"},
]


def test_a_value_that_is_no_number_gets_exactly_the_points_for_it() -> None:
    unknown, known, border = 1.0000000000000036, 0.1234567890123456, -2.5
    expected = [unknown, known, border, unknown, unknown, unknown, known, known, unknown]
    assert points(BOOK, "B", *ROWS) == [[number, number] for number in expected]
    assert [low for low, _ in points(BOOK, "C", *ROWS)] == [-3, -3, -3, -3, -3, -3, 1, 0.5, -3]
    assert [low for low, _ in points(BOOK, "L", *ROWS)] == [0.75, 0.75, 0.75, 0.75, 0.75, 0.75, 1.25, 0, 0.75]


def test_without_points_for_the_unknown_it_is_an_interval_as_before() -> None:
    plain = changed(("          unknown: 1.0000000000000036\n", ""), ("0.1234567890123456", "0.5"), ("10.25", "10"))
    assert points(plain, "B", {}, {**SHARE, "valid_utility_models": 0}) == [[-2.5, 0.5], [0, 0]]


def test_an_unknown_value_still_says_what_is_missing() -> None:
    found = assess([{}, ROWS[3]], on=ON, library=Library([BOOK]))
    rows = {row["id"]: row for row in found[0]["capability"]["clauses"]}
    assert rows["B"]["outcome"] == "unknown"
    assert rows["B"]["missing"] == ["valid_invention_patents", "valid_utility_models"]
    assert rows["B"]["points"] == [1.0000000000000036] * 2
    none = next(row for row in found[1]["capability"]["clauses"] if row["id"] == "B")
    assert (none["outcome"], none["reason"]) == ("met", "分母为零，不可计算")


def test_the_base_counts_in_the_score_and_has_a_row() -> None:
    found = assess([ROWS[6]], on=ON, library=Library([BOOK]))[0]["capability"]
    rows = {row["id"]: row["points"][0] for row in found["clauses"] if row["points"]}
    assert rows["base"] == 10.25
    assert found["score"] == [rows["base"] + rows["one"] + rows["two"]] * 2
    assert found["dimensions"] == {"one": [rows["one"]] * 2, "two": [rows["two"]] * 2}


def test_long_points_are_added_to_the_last_digit_and_short_ones_as_decimals() -> None:
    assert BOOK.places == 16
    assert points(BOOK, "score", ROWS[7])[0][0] == 10.25 + (0.1234567890123456 + 0.5) + 0
    assert load_library().get("ip-capability/2026").places <= 1


def test_a_firm_alone_gets_what_it_gets_among_others() -> None:
    together = points(BOOK, "score", *ROWS)
    assert together == [points(BOOK, "score", row)[0] for row in ROWS]


def test_a_tier_may_be_measured_by_some_dimensions_only() -> None:
    levels = read_levels(evaluate(BOOK, frame({"ip_strategy": "approved"}, {"own_brand": True}, ROWS[6], {})))
    assert [level.level for level in levels] == ["growth", "starter", "advantage", "starter"]
    row = evaluate(BOOK, frame({"ip_strategy": "approved"})).row("growth")
    assert row.line is not None
    assert row.line[0].tolist() == [1.5000000000000036]


def test_a_score_below_zero_still_reaches_the_tier_without_a_threshold() -> None:
    low = changed(("13.500000000000004", "-86.749999999999996"), ("10.25", "-90"))
    assert read_levels(evaluate(low, frame({})))[0].level == "starter"
    assert Binned(frame({})).score(low).level.tolist() == [0]


def test_values_binned_once_score_as_the_engine_does() -> None:
    binned = Binned(frame(*ROWS))
    other = changed(
        ("unknown: 1.0000000000000036", "unknown: -1"), ("max: 1.0000000000000036", "max: 0.1234567890123456")
    )
    without = changed(("          unknown: 0.75\n", ""))
    for rulebook in (BOOK, other, without):
        result = evaluate(rulebook, frame(*ROWS))
        standing = binned.score(rulebook)
        assert result.score is not None
        for end in (0, 1):
            np.testing.assert_array_equal(standing.score[end], result.score[end])
        order = [tier.id for tier in rulebook.body.tiers]
        assert [order[place] for place in standing.level] == [level.level for level in read_levels(result)]


def test_every_law_holds_of_settled_points() -> None:
    assert find_breaches(BOOK) == []


@pytest.mark.parametrize(
    ("old", "new", "law", "node"),
    [
        ("unknown: 1.0000000000000036", "unknown: 1.5", "maximum", "B"),
        ("unknown: -3", "unknown: 1.00001", "maximum", "C"),
        ("unknown: 0.75", "unknown: 1.75", "maximum", "L"),
        ("base: 10.25", "base: 10.26", "adds-up", "ip-capability"),
        ("points: -2.5", "points: 0.5", "monotone", "B"),
        ("at_least: 1.5", "at_least: 2.5", "reachable-tiers", "growth"),
        ("at_least: 12.6", "at_least: 14", "reachable-tiers", "advantage"),
        ("at_least: 12.6", "at_least: 1.4, of: [one]", "tiers", "advantage"),
    ],
)
def test_a_law_that_settled_points_break_is_named(old: str, new: str, law: str, node: str) -> None:
    assert (law, node) in {(breach.law, breach.node) for breach in find_breaches(changed((old, new)))}


def test_a_tier_measured_by_no_dimension_is_refused() -> None:
    with pytest.raises(RulebookError, match="no dimension three"):
        changed(("of: [one]", "of: [three]"))


def test_differences_of_settled_points_are_told() -> None:
    new = changed(
        ("unknown: -3", "unknown: -2"), ("10.25", "10.5"), ("of: [one]", "of: [two]"), ("unknown: 0.75", "unknown: 1")
    )
    told = {(change.path, change.zh) for change in diff_rulebooks(BOOK, new)}
    assert told == {
        ("", "起始分：10.25 → 10.5"),
        ("score/one/C", "未知时：-3分 → -2分"),
        ("score/two/L", "未知时：0.75分 → 1分"),
        ("growth", "计入：one → two"),
    }


def test_settled_points_are_described_short() -> None:
    said = {row["id"]: row["test"] for row in describe_rulebook(BOOK)}
    assert said["B"].endswith("≤50% -2.5分；>50% ≈0.123分；未知 ≈1.000分")
    assert said["C"].endswith("未知 -3分")
    assert said["L"].endswith("未知 0.75分")
    assert said["growth"] == "one合计 ≥ 1.5"
    english = {row["id"]: row["test"] for row in describe_rulebook(BOOK, "en")}
    assert english["growth"] == "sum of one ≥ 1.5"
    assert english["L"].endswith("unknown 0.75 points")


def test_the_whole_document_tells_base_unknown_and_what_a_tier_is_measured_by() -> None:
    told = describe_document(BOOK)
    scales = {row["id"]: [(line["label"], line["points"]) for line in row["scale"]] for row in told["rows"]}
    assert told["base"] == 10.25
    assert scales["B"][-1] == ("未知", "≈1.000分")
    assert (scales["C"][-1], scales["L"][-1]) == (("未知", "-3分"), ("未知", "0.75分"))
    assert [tier["of"] for tier in told["tiers"]] == [[], ["one"], []]


def test_a_clerk_sees_base_unknown_and_what_a_tier_is_measured_by_where_they_stand() -> None:
    cells = {cell.pointer: cell.value for sheet in read_sections(BOOK.document()) for cell in sheet.all_cells}
    assert cells["/scorecard/base"] == 10.25
    assert cells["/scorecard/parts/0/parts/1/unknown"] == -3
    assert cells["/tiers/1/of"] == ["one"]
    assert "/tiers/2/of" not in cells


EFFORT = """effort:
  source: 测试
  status: calibrated
  classes: [{id: report, title: {zh: 补报, en: Report}, cost: 1}, {id: work, title: {zh: 办理, en: Work}, cost: 3}]
  report: report
  facts:
    - {fact: ip_strategy, class: work}
    - {fact: own_brand, class: work}
    - {fact: valid_invention_patents, class: work}
"""
LOW = TEXT.replace("13.500000000000004", "4.500000000000004").replace("10.25", "1.25").replace("12.6}", "1.5}")


@pytest.mark.parametrize("goal", ["growth", "advantage"])
def test_the_cheapest_moves_reach_a_tier_of_settled_points(goal: str) -> None:
    facts = {"valid_invention_patents": 1, "valid_utility_models": 2, "ip_strategy": "none", "own_brand": False}
    library = Library([parse_rulebook(LOW.replace("at_least: 1.5", "at_least: 1.1") + EFFORT)])
    moves = cheapest_moves(facts, on=ON, goal=goal, library=library)
    assert moves
    assert moves[0].level in (goal, "advantage")
    after = assess([{**facts, **moves[0].changes()}], on=ON, library=library)[0]["capability"]
    assert (after["level"], after["score"]) == (moves[0].level, list(moves[0].score))


def test_a_starter_without_threshold_is_reached_from_any_base() -> None:
    library = Library([parse_rulebook(TEXT.replace("10.25", "-10.25") + EFFORT)])
    assert cheapest_moves({}, on=ON, goal="starter", library=library) == []


def test_the_distance_to_a_tier_is_measured_on_its_own_line() -> None:
    library = Library([parse_rulebook(LOW.replace("1.5}", "3.75}"))])
    found = what_if({"ip_strategy": "none"}, {"ip_strategy": "drafted"}, on=ON, library=library)
    assert found.next_before is not None
    assert found.next_after is not None
    assert (found.next_before.points, found.next_after.points) == (1.5, 0.5)
