"""The same firms under two rulebooks, on values binned once (P03)."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import numpy as np
import pytest

import scoring.simulation.run as run
from scoring import Frame, Rulebook, evaluate, load_library, parse_rulebook
from scoring.assess import read_facts
from scoring.levels import read_levels
from scoring.rulebook import read_files
from scoring.simulation import Binned, simulate
from scoring.sizes import set_table
from tests.scoring.firms import scorecard_firm

ON = date(2026, 5, 1)
TEXT = dict(read_files())["ip-capability/2026.yaml"]
OLD = load_library().get("ip-capability/2026")


def firm(seed: int) -> dict[str, Any]:
    rng = Random(seed)
    return {"id": f"甲{seed}", "city": rng.choice(["420100", "420500"]), **scorecard_firm(rng, ON)}


FIRMS = [firm(seed) for seed in range(400)]


def frame() -> Frame:
    found = Frame([read_facts(row, 0)[0] for row in FIRMS], on=ON)
    set_table(found, load_library().get("size-class/2017").body.sizes)
    return found


def changed(*pairs: tuple[str, str]) -> Rulebook:
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return parse_rulebook(text.replace('version: "2026"', 'version: "2027"'))


CHANGES = {
    "nothing": [],
    "points": [("{from: 40%, points: 9}", "{from: 40%, points: 8.5}"),
               ("points: 7, when: {by", "points: 6.5, when: {by")],
    "choices": [("choices: {none: 0, ad_hoc: 4, continuous: 7}", "choices: {none: 1, ad_hoc: 2, continuous: 7}")],
    "a tier's line": [("at_least: 45\n", "at_least: 40\n"), ("at_least: 65\n", "at_least: 70\n")],
    "bands": [("{from: 4, points: 5}\n            - {from: 3, to: 4, points: 4}",
               "{from: 5, points: 5}\n            - {from: 3, to: 5, points: 4}")],
    "a border's owner": [("{from: 50, to: 80, points: 0.5}\n            - {to: 50, points: 0}",
                          "{from: 50, to: 80, points: 0.5}\n            - {to: 50, points: 0.8}")],
    "rungs": [("value: high_value_invention_patents, at_least: 4}",
               "value: high_value_invention_patents, at_least: 3}")],
    "a gate": [("value: {ratio: [patented_product_revenue, revenue]}, at_least: 15%",
                "value: {ratio: [patented_product_revenue, revenue]}, at_least: 5%")],
    "a veto": [("fact: abnormal_filing_3y\n    is: false", "fact: abnormal_filing_3y\n    is: true")],
    "best to sum": [("combine: best", "combine: sum")],
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_binned_scores_are_those_of_the_engine(name: str) -> None:
    new, whole = changed(*CHANGES[name]), frame()
    binned = Binned(whole)
    for rulebook in (OLD, new, OLD):
        fast, slow = binned.score(rulebook), evaluate(rulebook, whole)
        assert slow.score is not None
        assert [end.tolist() for end in fast.score] == [end.tolist() for end in slow.score]
        names = [*(tier.id for tier in rulebook.body.tiers), None]
        assert [names[index] for index in fast.level.tolist()] == [found.level for found in read_levels(slow)]


@pytest.mark.parametrize("name", CHANGES)
def test_only_what_sorts_firms_otherwise_is_binned_again(name: str) -> None:
    binned = Binned(frame())
    binned.score(OLD)
    parts, clauses = len(binned._bins), len(binned._outcomes)
    binned.score(changed(*CHANGES[name]))
    more = (len(binned._bins) - parts, len(binned._outcomes) - clauses)
    expected = {"bands": (1, 0), "a border's owner": (1, 0), "rungs": (1, 1), "a gate": (0, 1), "a veto": (0, 1)}
    assert more == expected.get(name, (0, 0))


def test_marks_are_asked_of_the_engine_each_time() -> None:
    marked = ("value: iso56005_level\n", "value: iso56005_level\n          mark: tech_advancement_score\n")
    new = changed(marked, ("{from: 4, points: 5}", "{from: 4, points: [4, 5]}"))
    text = new.document()
    ladder = {"id": "L", "title": {"zh": "一", "en": "One"}, "max": 4, "mark": "core_support_score",
              "ladder": [{"points": [2, 4], "when": {"fact": "own_brand", "is": True}}]}  # fmt: skip
    mark = {"id": "M", "title": {"zh": "一", "en": "One"}, "max": 8, "mark": "tech_advancement_score"}
    items = {"id": "I", "title": {"zh": "一", "en": "One"}, "max": 4, "each": 2, "items": [
        {"fact": "own_brand", "is": True}, {"fact": "ip_insurance", "is": True}]}  # fmt: skip
    card = text["scorecard"] | {"parts": [*text["scorecard"]["parts"], {"id": "G", "title": mark["title"], "max": 16,
                                                                       "parts": [ladder, mark, items]}]}  # fmt: skip
    rulebook, whole = parse_rulebook(text | {"scorecard": card}), frame()
    fast, slow = Binned(whole).score(rulebook).score, evaluate(rulebook, whole).score
    assert slow is not None
    assert [end.tolist() for end in fast] == [end.tolist() for end in slow]


def test_a_programme_is_not_scored_by_bins() -> None:
    with pytest.raises(ValueError, match="不是评分表"):
        Binned(frame()).score(load_library().get("hnte/2016"))


def test_an_easier_line_moves_firms_up_and_says_which() -> None:
    new = changed(("at_least: 45\n", "at_least: 30\n"))
    found = simulate(FIRMS, OLD, new, on=ON, groups=["city", "size", "track"])
    before = [level.level for level in read_levels(evaluate(OLD, frame()))]
    after = [level.level for level in read_levels(evaluate(new, frame()))]
    expected = [index for index, (one, two) in enumerate(zip(before, after, strict=True)) if one != two]
    assert expected
    assert [moved.row for moved in found.moved] == expected
    assert [moved.id for moved in found.moved] == [f"甲{row}" for row in expected]
    assert (found.firms, found.risen, found.fallen, found.scores_changed) == (400, len(expected), 0, 0)
    assert found.steps["starter", "growth"] == len(expected)
    assert sum(steps["starter", "growth"] for steps in found.by["city"].values()) == len(expected)
    assert sum(found.by["size"][label].total() for label in found.by["size"]) == 400
    assert set(found.by["city"]) == {"420100", "420500"}


def test_the_other_way_round_they_fall() -> None:
    new = changed(("at_least: 45\n", "at_least: 30\n"))
    there, back = simulate(FIRMS, OLD, new, on=ON), simulate(FIRMS, new, OLD, on=ON)
    assert (there.risen, there.fallen) == (back.fallen, back.risen)
    assert there.by.keys() == {"size", "track"}


def test_a_new_veto_takes_the_tier_away() -> None:
    found = simulate(FIRMS, OLD, changed(*CHANGES["a veto"]), on=ON)
    assert found.fallen > 0
    assert found.steps["starter", None] > 0
    assert "starter→-" in found.plain()["steps"]


def test_changed_points_are_counted_where_no_tier_moves() -> None:
    found = simulate(FIRMS, OLD, changed(*CHANGES["choices"]), on=ON)
    lows = [evaluate(rulebook, frame()).score for rulebook in (OLD, changed(*CHANGES["choices"]))]
    assert lows[0] is not None
    assert lows[1] is not None
    expected = np.any([one != two for one, two in zip(*lows, strict=True)], axis=0).sum()
    assert found.scores_changed == expected > len(found.moved)


def test_a_programme_is_compared_by_outcome() -> None:
    old = load_library().get("innovative-sme/2022")
    text = dict(read_files())["innovative-sme/2022.yaml"].replace('version: "2022"', 'version: "2023"')
    new = parse_rulebook(text.replace("at_least: 60", "at_least: 80"))
    assert new.fingerprint != old.fingerprint
    found = simulate(FIRMS, old, new, on=ON)
    outcomes = [evaluate(rulebook, frame()).codes() for rulebook in (old, new)]
    assert [moved.row for moved in found.moved] == [
        index for index, (one, two) in enumerate(zip(*outcomes, strict=True)) if one != two
    ]
    assert (found.risen, found.fallen, found.scores_changed) == (0, 0, 0)
    assert found.steps.total() == 400


def test_a_programme_without_a_score_has_none_to_compare() -> None:
    old = load_library().get("srdi-sme/2026")
    found = simulate(FIRMS[:3], old, old, on=ON)
    assert (found.moved, found.scores_changed) == ([], 0)


def test_chunks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    new = changed(*CHANGES["points"])
    whole = simulate(FIRMS, OLD, new, on=ON).plain()
    monkeypatch.setattr(run, "CHUNK", 90)
    assert simulate(iter(FIRMS), OLD, new, on=ON).plain() == whole


def test_bad_values_are_counted_and_bad_rows_refused() -> None:
    def rows() -> Iterator[Any]:
        yield {"id": "a", "revenue": float("nan"), "valid_invention_patents": 10**18, "ip_department": "boss"}
        yield {"id": "b", "city": None}

    found = simulate(rows(), OLD, OLD, on=ON, groups=["city"])
    assert (found.firms, found.bad_values) == (2, 3)
    assert list(found.by["city"]) == ["-"]
    with pytest.raises(ValueError, match="第2行不是一个对象"):
        simulate([{}, 3], OLD, OLD, on=ON)  # type: ignore[list-item]


def test_no_firms_is_no_move() -> None:
    assert simulate([], OLD, OLD, on=ON).plain()["steps"] == {}


@pytest.mark.parametrize("key", ["hnte/2016", "size-class/2017"])
def test_rulebooks_of_different_schemes_are_refused(key: str) -> None:
    other = load_library().get(key)
    with pytest.raises(ValueError, match="不是同一评分表或专项的两个版本"):
        simulate([], OLD, other, on=ON)
    if other.body.sizes:
        with pytest.raises(ValueError, match="两个版本"):
            simulate([], other, other, on=ON)


def test_a_scorecard_of_the_same_tiers_is_compared_whatever_its_scheme() -> None:
    """A learned scorecard stands beside the expert one under an id of its own."""
    other = parse_rulebook(TEXT.replace("id: ip-capability", "id: ip-capability-learned", 1))
    found = simulate(FIRMS[:50], OLD, other, on=ON)
    assert (found.firms, found.moved) == (50, [])
    fewer = parse_rulebook({**other.document(), "tiers": other.document()["tiers"][:2]})
    with pytest.raises(ValueError, match="不是同一评分表或专项的两个版本"):
        simulate([], OLD, fewer, on=ON)


def test_titles_make_tracks() -> None:
    rows = [{"id": "a", "valid_hnte": True, "valid_srdi_sme": True}, {"id": "b"}]
    found = simulate(rows, OLD, OLD, on=ON)
    assert {label: steps.total() for label, steps in found.by["track"].items()} == {
        "srdi-sme": 1,
        "hnte": 1,
        "general": 1,
    }


def test_firms_that_stay_with_another_score_are_gathered_where_asked_for() -> None:
    new = changed(*CHANGES["points"])
    silent, told = (simulate(FIRMS, OLD, new, on=ON, with_rescored=asked) for asked in (False, True))
    assert silent.rescored == []
    assert told.moved == silent.moved
    assert len(told.moved) + len(told.rescored) == told.scores_changed > len(told.moved)
    assert all(one.before == one.after and one.score_before != one.score_after for one in told.rescored)
