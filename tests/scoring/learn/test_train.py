"""From decided cases to a rulebook and its card (P06)."""

import json
import subprocess
import sys
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from scoring import (
    Case,
    Library,
    TrainingRefused,
    assess,
    cheapest_moves,
    evaluate,
    find_breaches,
    load_library,
    parse_rulebook,
    train_scorecard,
)
from scoring.learn.cases import fingerprint, make_frames
from scoring.learn.forms import FORMS
from scoring.learn.standing import panel_tiers, stand
from scoring.learn.study import Study, prepare
from tests.scoring.learn.small import EXPERT, ON, QUICK, TEXT, cases, changed, frame, frames, random_facts, trained

EFFORT = """
effort:
  source: 测试
  status: calibrated
  classes: [{id: report, title: {zh: 补报, en: Report}, cost: 1}, {id: year, title: {zh: 一年, en: A year}, cost: 16}]
  report: report
  facts: [{fact: valid_invention_patents, class: year, each: 1}, {fact: own_brand, class: year}]
"""
VALIDITY = "validity: {years: 3, source: 测试, status: calibrated}\n"


def study(**changes: object) -> Study:
    asked = {"expert": EXPERT, "origin": "panel", "on": ON, "scheme": None, "library": None, "settings": QUICK}
    return prepare(cases(), **{**asked, **changes})  # type: ignore[arg-type]


def test_the_learned_rulebook_keeps_every_law() -> None:
    assert find_breaches(trained().rulebook) == []


def test_its_file_reads_as_the_same_rulebook() -> None:
    again = parse_rulebook(trained().yaml())
    assert again.document() == trained().rulebook.document()
    assert again.fingerprint == trained().card["fingerprint"]


def test_the_same_cases_give_the_same_document_in_any_order() -> None:
    mixed = list(cases())
    Random(3).shuffle(mixed)
    again = train_scorecard(mixed, expert=EXPERT, origin="simulated", on=ON, settings=QUICK)
    assert again.yaml() == trained().yaml()
    assert again.json() == trained().json()


def test_the_head_says_where_it_comes_from() -> None:
    body, data = trained().rulebook.body, fingerprint(cases())
    assert body.status == "calibrated"
    assert (body.id, body.version) == ("small-card-learned", f"1-{data[:8]}")
    assert data in body.source
    assert data[:12] in body.document
    assert body.note is not None
    for words in (body.title.zh, body.issuer, body.document, body.source, body.note.zh):
        assert "模拟专家组" in words
    real = study().label
    assert "模拟" not in real.words.zh


def test_the_way_up_leads_through_a_learned_scorecard() -> None:
    """E11: effort classes come along, and applying the moves reaches the tier under the learned points."""
    expert = parse_rulebook(TEXT + EFFORT)
    learned = train_scorecard(
        cases(), expert=expert, origin="simulated", on=ON, scheme="ip-capability", settings=QUICK
    ).rulebook
    others = [book for book in load_library().rulebooks.values() if book.body.id != "ip-capability"]
    library, rng, reached = Library([*others, learned]), Random(11), 0
    for facts in [random_facts(rng) for _ in range(40)]:
        for moves in cheapest_moves(facts, on=ON, library=library):
            after = assess([facts | moves.changes()], on=ON, library=library)[0]
            assert after["capability"]["level"] == moves.level
            reached += 1
    assert reached > 10


def test_the_scheme_can_be_named() -> None:
    assert study(scheme="small-card").label.scheme == "small-card"


def test_vetoes_and_gates_are_the_experts() -> None:
    old, new = EXPERT.document(), trained().rulebook.document()
    assert new["vetoes"] == old["vetoes"]
    assert [tier.get("gates") for tier in new["tiers"]] == [tier.get("gates") for tier in old["tiers"]]
    assert new["validity"] == old["validity"]
    best = {"valid_invention_patents": 25, "ip_strategy": "approved", "own_brand": True, "serious_dishonesty": True}
    assert stand(trained().rulebook, frames([best])).tiers.tolist() == [-1]


def test_a_scorecard_without_vetoes_or_validity_is_learned_too() -> None:
    text = TEXT[: TEXT.index("vetoes:")].replace(VALIDITY, "")
    bare = parse_rulebook(text)
    found = study(expert=bare)
    document = found.compile(found.learn("score")).document()
    assert "vetoes" not in document
    assert "validity" not in document


def test_firms_under_a_veto_and_undecided_ones_are_left_out_and_counted() -> None:
    more = [
        Case("甲", {"serious_dishonesty": True}, 40.0),
        Case("乙", {"serious_dishonesty": False}),
    ]
    found = prepare([*cases(), *more], expert=EXPERT, origin="panel", on=ON, scheme=None, library=None, settings=QUICK)
    assert (len(found.cases), found.vetoed, found.undecided) == (len(cases()), 1, 1)
    assert found.label.data == fingerprint(cases())


@pytest.mark.parametrize("form", FORMS)
def test_no_case_is_judged_by_what_was_learned_from_its_firm(form: str) -> None:
    twice = [*cases(120), *(replace(case, facts={**case.facts, "employees": 50}) for case in cases(120))]
    found = prepare(twice, expert=EXPERT, origin="panel", on=ON, scheme=None, library=None, settings=QUICK)
    homes: dict[str, set[int]] = {}
    for case, fold in zip(found.cases, found.folds.tolist(), strict=True):
        homes.setdefault(case.id, set()).add(fold)
    assert {len(folds) for folds in homes.values()} == {1}
    assert set(found.folds.tolist()) == {0, 1, 2}


def test_the_form_that_measures_better_is_taken() -> None:
    measured = {row["form"]: row for row in trained().card["form"]["measured"]}
    assert set(measured) == set(FORMS)
    chosen = trained().card["form"]["chosen"]
    other = next(form for form in FORMS if form != chosen)
    assert measured[chosen]["kappa"] >= measured[other]["kappa"]


def test_both_forms_place_unseen_cases_better_than_chance() -> None:
    for row in trained().card["form"]["measured"]:
        assert row["kappa"] > 0.4


def test_tiers_alone_are_learned_from_as_well() -> None:
    named = [
        replace(case, score=None, tier=EXPERT.body.tiers[place].id)
        for case, place in zip(cases(), panel_tiers(cases(), EXPERT).tolist(), strict=True)
    ]
    found = train_scorecard(named, expert=EXPERT, origin="panel", on=ON, settings=QUICK)
    assert found.card["data"]["labels"] == "tier"
    assert all(row["score_error"] is None for row in found.card["form"]["measured"])
    assert found.card["agreement"]["learned"]["kappa"] > 0.4


def test_each_case_is_read_on_its_own_date() -> None:
    facts = {**random_facts(Random(1), gaps=0), "gbt29490_edition": "2023", "gbt29490_valid_until": "2026-01-31"}
    early = ON.replace(year=2025)
    found = stand(EXPERT, study().frames)
    assert found.tiers.shape == (len(cases()),)
    both = [Case("甲", facts, 1.0, on=early), Case("甲", facts, 1.0)]
    scores = stand(EXPERT, make_frames(both, ON, ())).low
    assert scores[0] > scores[1]


def test_the_card_tells_the_largest_gap_to_the_model() -> None:
    assert 0 <= trained().card["form"]["largest_gap"] < 1e-12


def test_without_a_lawful_form_it_is_refused() -> None:
    gate = "        value: {}\n        at_least: {}\n"
    unreachable = changed((gate.format("valid_invention_patents", 1), gate.format("ip_quantity_score", 9)))
    with pytest.raises(TrainingRefused, match="advantage"):
        train_scorecard(cases(), expert=unreachable, origin="panel", on=ON, settings=QUICK)


def test_importing_scoring_does_not_load_scikit_learn() -> None:
    code = "import sys, scoring; sys.exit(any(name.split('.')[0] == 'sklearn' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_card_is_json() -> None:
    assert json.loads(trained().json()) == json.loads(json.dumps(dict(trained().card), allow_nan=False))


def test_the_learned_score_is_exact_for_an_unknown_firm() -> None:
    result = evaluate(trained().rulebook, frame({}))
    assert result.score is not None
    np.testing.assert_array_equal(*result.score)
