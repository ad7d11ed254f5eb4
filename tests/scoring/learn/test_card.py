"""The card: what a learned scorecard was learned from and how well it agrees, beside the expert one (P06)."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from scoring import load_library, train_scorecard
from scoring.learn.card import write_card
from scoring.learn.forms import FORMS, Form
from scoring.learn.readable import card_text
from scoring.learn.study import Study, prepare
from scoring.learn.train import largest_gap
from tests.factories.panel import simulate_panel
from tests.scoring.learn.small import EXPERT, ON, QUICK, cases, trained


@cache
def study() -> Study:
    asked: dict[str, Any] = {"expert": EXPERT, "origin": "panel", "on": ON, "scheme": None, "library": None}
    return prepare(cases(), settings=QUICK, **asked)


@cache
def card(form: Form) -> dict[str, Any]:
    """The card of one form, whichever would have been chosen."""
    trials = {form: study().cross_validate(form)}
    learned = study().learn(form)
    rulebook = study().compile(learned)
    return write_card(study(), trials, form, learned, rulebook, largest_gap(study(), learned, rulebook))


def test_a_simulated_panel_is_named_everywhere() -> None:
    found = trained().card
    assert (found["origin"], found["simulated"]) == ("simulated", True)
    assert "不得用于正式评定" in found["warning"]["zh"]
    assert "模拟专家组" in trained().text("zh").splitlines()[0]
    assert "simulated panel" in trained().text("en").splitlines()[0]
    assert "模拟" not in card_text(card("score"))


def test_the_data_are_told() -> None:
    data = card("score")["data"]
    assert (data["cases"], data["firms"], data["labels"]) == (240, 240, "score")
    assert sum(row["cases"] for row in data["tiers"]) == 240
    assert data["left_out"] == {"vetoed": 0, "undecided": 0}
    assert len(data["fingerprint"]) == 64


@pytest.mark.parametrize("form", FORMS)
def test_expert_and_learned_stand_on_the_same_folds(form: Form) -> None:
    found = card(form)
    assert [fold["cases"] for fold in found["folds"]] == np.bincount(study().folds).tolist()
    for side in ("expert", "learned"):
        assert np.sum(found["agreement"][side]["confusion"]) == 240
        whole = np.average([fold[side]["tier_error"] for fold in found["folds"]], weights=np.bincount(study().folds))
        assert whole == pytest.approx(found["agreement"][side]["tier_error"], abs=1e-3)
    assert found["agreement"]["learned"]["kappa"] == found["form"]["measured"][0]["kappa"]


def test_only_scores_are_compared_in_points() -> None:
    assert card("score")["agreement"]["learned"]["score_error"] > 0
    assert card("thresholds")["agreement"]["learned"]["score_error"] is None
    assert card("thresholds")["agreement"]["expert"]["score_error"] > 0


@pytest.mark.parametrize(("form", "unit"), [("score", "points"), ("thresholds", "chance")])
def test_calibration_is_by_tier_and_by_bin(form: Form, unit: str) -> None:
    found = card(form)["calibration"]
    assert found["learned"]["unit"] == unit
    assert found["expert"]["unit"] == "points"
    assert sum(row["cases"] for row in found["learned"]["by_bin"]) == 240 * (1 if form == "score" else 2)
    assert sum(row["cases"] for row in found["learned"]["by_tier"]) == 240


def test_tiers_alone_leave_nothing_to_calibrate_the_expert_by() -> None:
    tiers = [tier.id for tier in EXPERT.body.tiers]
    named = [
        replace(case, score=None, tier=tiers[place]) for case, place in zip(study().cases, study().tiers, strict=True)
    ]
    found = train_scorecard(named, expert=EXPERT, origin="panel", on=ON, settings=QUICK)
    assert found.card["calibration"]["expert"]["unit"] is None
    assert found.card["calibration"]["expert"]["by_bin"] == []
    assert found.text()


def test_stability_covers_scores_folds_and_every_feature() -> None:
    found = card("score")["stability"]
    assert (found["split"], sum(found["cases"])) == ("random", 240)
    assert [len(found["scores"][side]["folds"]) for side in ("expert", "learned")] == [3, 3]
    assert len(found["features"]) == len(study().features)
    shifts = [row["psi"] for row in found["features"]]
    assert shifts == sorted(shifts, reverse=True)


def test_fairness_hides_small_groups() -> None:
    found = card("score")["fairness"]
    assert found["selected"] == "growth"
    for by in ("region", "size", "industry"):
        assert all(row["cases"] >= QUICK.smallest_group for row in found[by]["groups"])
        assert sum(row["cases"] for row in found[by]["groups"]) + found[by]["hidden"] == 240
    assert {row["group"] for row in found["region"]["groups"]} >= {"420100", "unknown"}


@pytest.mark.parametrize("form", FORMS)
def test_features_say_what_they_add_and_which_way(form: Form) -> None:
    rows = card(form)["features"]
    effects = [row["effect"] for row in rows]
    assert effects == sorted(effects, reverse=True)
    assert {row["tier"] for row in rows} == ({None} if form == "score" else {"growth", "advantage"})
    inventions = next(row for row in rows if row["feature"] == "valid_invention_patents")
    assert inventions["direction"] == 1
    assert inventions["most"] > 0
    assert all(0 <= row["better_silent"] <= 1 for row in rows)


def test_silence_that_pays_is_told() -> None:
    """Firms without a value that do better than the worst known one would tempt others to leave it open."""
    learned = study().learn("score")
    for row in card("score")["features"]:
        place = next(place for place, feature in enumerate(study().features) if feature.key == row["feature"])
        table, column = learned.models[0].tables[place], study().matrix[:, place]
        known = column[~np.isnan(column)].astype(int)
        assert row["better_silent"] == pytest.approx((table[known] < table[-1]).mean(), abs=1e-4)


def test_what_is_ours_is_listed() -> None:
    ours = {row["key"]: row["value"] for row in card("score")["ours"]}
    assert ours["least_cases"] == QUICK.least_cases
    assert {"cuts", "lines", "tier_of_score", "selected"} <= ours.keys()


def test_features_that_take_no_part_are_listed() -> None:
    listed = {(row["feature"], row["reason"]) for row in card("score")["unused"]}
    used = {row["feature"] for row in card("score")["features"]}
    assert len(listed) + len(used) == len(study().features) + len(study().unused)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_readable_card_is_whole(form: Form, lang: str) -> None:
    found = json.loads(json.dumps(card(form), allow_nan=False))
    text = card_text(found, lang)  # type: ignore[arg-type]
    assert text.count("\n## ") == 8
    assert found["data"]["fingerprint"] in text
    for row in (*found["features"], *found["unused"]):
        assert row["title"][lang].replace("|", "/") in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    widths = {line.count("|") for line in tables}
    assert widths <= set(range(3, 12))
    assert "None" not in text
    assert "| nan" not in text


def test_a_card_without_idle_features_has_no_table_of_them() -> None:
    assert "未用的指标" in card_text(card("score"))
    assert "未用的指标" not in card_text({**card("score"), "unused": []})


def test_the_shipped_scorecard_is_learned_from_a_simulated_panel() -> None:
    settings = type(QUICK)(least_cases=100, least_per_tier=5, folds=2, rounds=15)
    expert = load_library().get("ip-capability/2026")
    found = train_scorecard(simulate_panel(160), expert=expert, origin="simulated", on=ON, settings=settings)
    assert found.card["form"]["largest_gap"] < 1e-12
    assert found.card["agreement"]["learned"]["kappa"] > 0.5
    assert found.rulebook.body.id == "ip-capability-learned"
