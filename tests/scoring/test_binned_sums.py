"""Binned firms have the engine's scores on every kind of scorecard, however many bins are looked up at once (P03)."""

from datetime import date
from random import Random
from typing import Any

import numpy as np
import pytest

import scoring.compiled.machine as machine
import scoring.simulation.packs as packs
import scoring.simulation.whole as whole
from scoring import Frame, Rulebook, evaluate, parse_rulebook
from scoring.arrays import ArrayFrame
from scoring.assess import read_facts
from scoring.levels import read_levels
from scoring.simulation import Binned
from tests.scoring.cards import CARDS, STEPS, T, part, rulebook, shares
from tests.scoring.firms import scorecard_firm

ON = date(2026, 5, 1)
FRAME = Frame([read_facts(scorecard_firm(Random(seed), ON), 0)[0] for seed in range(300)], on=ON)


def tiers(card: Rulebook, *lines: dict[str, Any]) -> Rulebook:
    """The same card with tiers, each on a line of its own."""
    rows = [{"id": f"tier-{place}", "title": T, **line} for place, line in enumerate([{}, *lines])]
    return parse_rulebook(card.document() | {"tiers": rows})


def equals_engine(card: Rulebook, frame: Frame = FRAME, binned: Binned | None = None) -> None:
    fast, slow = (binned or Binned(frame)).score(card), evaluate(card, frame)
    assert slow.score is not None
    assert [end.tolist() for end in fast.score] == [end.tolist() for end in slow.score]
    names = [*(tier.id for tier in card.body.tiers), None]
    assert [names[index] for index in fast.level.tolist()] == [found.level for found in read_levels(slow)]


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize("most", [1, 40, 4096])
def test_every_kind_of_card_however_bins_are_packed(name: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "MOST", most)
    equals_engine(CARDS[name])


@pytest.mark.parametrize("name", ["groups", "marks", "learned"])
def test_rows_are_taken_in_blocks_and_shared_out_among_cores(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "WORTH_IT", 50)
    monkeypatch.setattr(machine, "count_cores", lambda: 3)
    monkeypatch.setattr(whole, "BLOCK", 32)
    equals_engine(CARDS[name])


def dimensions(base: Any = 0) -> Rulebook:
    groups = [part(f"d{at}", 30, parts=STEPS[at : at + 3]) for at in (0, 3, 6)]
    card = rulebook(STEPS[:1]).document()
    return parse_rulebook(card | {"scorecard": {"max": 95, "parts": groups, **({"base": base} if base else {})}})


@pytest.mark.parametrize("base", [0, "2.5"])
def test_a_line_may_be_on_the_sum_of_some_dimensions(base: Any) -> None:
    card = dimensions(base)
    equals_engine(tiers(card, {"at_least": 4, "of": ["d0", "d6"]}, {"at_least": "6.5", "of": ["d3"]}, {"at_least": 14}))


def test_one_frame_scores_many_cards_in_turn() -> None:
    """Also cards of equal bins in another order, which must not be taken for each other."""
    binned = Binned(FRAME)
    turned = rulebook(STEPS[::-1])
    for card in (CARDS["steps"], turned, CARDS["groups"], CARDS["tenths"], CARDS["steps"], CARDS["learned"]):
        equals_engine(card, binned=binned)


def test_equal_bins_in_two_parts_keep_their_own_points() -> None:
    twice = [part("one", 9, **shares("revenue", 100, 5000, points=[0, 2, 9])),
             part("two", 4, **shares("revenue", 100, 5000, points=[4, 1, 0]))]  # fmt: skip
    equals_engine(rulebook(twice))


def test_points_too_large_for_whole_units_are_added_as_the_engine_does() -> None:
    equals_engine(
        rulebook([part("vast", "9e14", **shares("revenue", 100, points=["0.1", "9e14"])), *STEPS[:2]], "9.5e14")
    )


@pytest.mark.parametrize("name", CARDS)
def test_columns_are_binned_like_rows(name: str) -> None:
    rng = np.random.default_rng(3)
    columns = {code: rng.choice([np.nan, 0.0, 1.0, 3.0, 100.0, 5000.01], 400) for code in ("revenue", "employees")}
    columns["other_ip"] = rng.choice([0.0, 1.0, 2.0, 3.0], 400).astype(np.float32)
    equals_engine(CARDS[name], ArrayFrame(columns, size=400, on=ON))


def test_no_firms_have_no_scores() -> None:
    for name in ("steps", "groups", "learned"):
        standing = Binned(Frame([], on=ON)).score(CARDS[name])
        assert [*map(len, standing.score), len(standing.level)] == [0, 0, 0]
