"""Laws for all firms: one row equals the batch, order does not matter, knowing less never claims more (C05)."""

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import PROGRAMMES, assess, evaluate, load_library, make_frame, read_indicators
from tests.scoring.firms import random_firm

ON = date(2026, 5, 1)
SEEDS = st.integers(0, 2**32)
# Revenue stands in for an empty total income, and an empty ban is no ban: there, emptying a cell says something else.
EXEMPT = {"total_income", "fraud_ban_until"}


def firms(seed: int, count: int) -> list[dict[str, Any]]:
    rng = Random(seed)
    return [random_firm(rng, ON) | {"id": str(index)} for index in range(count)]


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS, kind=st.sampled_from(["new", "renewal"]))
def test_one_row_equals_the_batch_in_any_order(seed: int, kind: Any) -> None:
    rows = firms(seed, 12)
    batch = assess(rows, on=ON, kind=kind)
    assert [assess([row], on=ON, kind=kind)[0] for row in rows] == batch
    assert assess(rows[::-1], on=ON, kind=kind) == batch[::-1]


def test_a_rulebook_by_itself_says_what_the_assessment_says() -> None:
    rows = firms(2026, 60)
    frame, whole = make_frame(rows, on=ON), assess(rows, on=ON)
    for code in PROGRAMMES:
        if rulebook := load_library().find(code, kind="new", region="420000", on=ON).rulebook:
            assert evaluate(rulebook, frame).codes() == [found["programmes"][code]["outcome"] for found in whole]
    capability = evaluate(load_library().get("ip-capability/2026"), frame)
    assert capability.score is not None
    assert list(map(list, zip(*capability.score, strict=True))) == [found["capability"]["score"] for found in whole]


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, on=st.sampled_from([date(2025, 6, 1), ON]))
def test_losing_a_fact_never_narrows_a_score_nor_turns_met_into_unmet(seed: int, on: date) -> None:
    row = firms(seed, 1)[0]
    known = [code for code in sorted(row.keys() & read_indicators().keys() - EXEMPT) if row[code] not in (None, "n/a")]
    poorer = [{**row, code: None} for code in Random(seed).sample(known, min(len(known), 25))]
    before, *after = assess([row, *poorer], on=on)
    for found in after:
        _compare(before["capability"], found["capability"])
        for code, programme in before["programmes"].items():
            _compare(programme, found["programmes"][code])


def _compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    for one, two in zip(before["clauses"], after["clauses"], strict=True):
        assert {one["outcome"], two["outcome"]} != {"met", "unmet"} or one["points"], (one, two)
        if one["points"] is not None:
            assert two["points"][0] <= one["points"][0], (one, two)
            assert two["points"][1] >= one["points"][1], (one, two)


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_points_below_add_up_to_the_points_above(seed: int) -> None:
    for found in assess(firms(seed, 5), on=date(2025, 6, 1)) + assess(firms(seed, 5), on=ON):
        capability = found["capability"]
        if capability["score"]:
            sums = [sum(points[end] for points in capability["dimensions"].values()) for end in (0, 1)]
            assert sums == capability["score"]
        for code in ("innovative-sme", "srdi-sme", "tech-sme"):
            clauses = found["programmes"][code]["clauses"]
            for top in (clause for clause in clauses if clause["id"] == "score"):
                below = [clause["points"] for clause in clauses if clause["parent"] == "score" and clause["points"]]
                assert [sum(points[end] for points in below) for end in (0, 1)] == top["points"]
