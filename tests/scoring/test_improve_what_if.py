"""What-if: the same assessment with some facts changed, and where it differs (E10)."""

from datetime import date
from random import Random
from typing import Any

import pytest

from scoring import assess, load_library
from scoring.improve import distance_to_next, what_if
from scoring.rulebook import Library
from tests.scoring.firms import random_firm

ON = date(2026, 5, 1)
FIRM: dict[str, Any] = {
    "id": "甲",
    "revenue": 5000,
    "rd_expense": 240,
    "valid_invention_patents": 6,
    "ip_department": "none",
    "serious_dishonesty": False,
}


@pytest.mark.parametrize("seed", range(5))
def test_no_change_is_the_assessment_itself(seed: int) -> None:
    facts = {"id": str(seed), **random_firm(Random(seed), ON)}
    found = what_if(facts, {}, on=ON)
    assert found.before == found.after == assess([facts], on=ON)[0]
    assert (found.differences, found.next_before) == ((), found.next_after)


def test_a_change_shows_the_clauses_it_moves_and_no_others() -> None:
    found = what_if(FIRM, {"ip_department": "part_time"}, on=ON)
    own = {each.clause: (each.before, each.after) for each in found.differences if each.programme == "ip-capability"}
    before, after = own["MG-5"]
    assert before is not None
    assert after is not None
    assert (before["points"], after["points"]) == ([0, 0], [1, 1])
    assert {"score", "management", "MG-5", "advantage-people", "advantage-people-department"} <= own.keys()
    assert "MG-6" not in own


def test_the_after_side_is_the_assessment_of_the_changed_firm() -> None:
    found = what_if(FIRM, {"rd_expense": 250, "valid_hnte": True}, on=ON)
    assert found.after == assess([{**FIRM, "rd_expense": 250, "valid_hnte": True}], on=ON)[0]
    assert {each.programme for each in found.differences} >= {"ip-capability", "innovative-sme"}


def test_none_takes_a_fact_away() -> None:
    found = what_if(FIRM, {"rd_expense": None}, on=ON)
    facts = {code: fact for code, fact in FIRM.items() if code != "rd_expense"}
    assert found.after == assess([facts], on=ON)[0]


def test_a_bad_value_is_reported_and_counts_as_unknown() -> None:
    found = what_if(FIRM, {"rd_expense": "很多"}, on=ON)
    assert [problem["column"] for problem in found.after["problems"]] == ["rd_expense"]
    assert found.before["problems"] == []


def test_a_change_of_what_is_no_indicator_is_refused() -> None:
    with pytest.raises(ValueError, match="没有这些指标：colour"):
        what_if(FIRM, {"colour": 1}, on=ON)


def test_distance_says_points_and_gates() -> None:
    found = what_if({"id": "a"}, {}, on=ON).next_before
    assert found is not None
    assert (found.tier, found.points, found.gates) == ("growth", 45.0, ("growth-rights",))


def test_no_distance_under_a_veto_at_the_top_or_without_a_scorecard() -> None:
    vetoed = assess([{**FIRM, "serious_dishonesty": True}], on=ON)[0]
    early = assess([FIRM], on=date(2020, 1, 1))[0]
    top = assess([FIRM], on=ON)[0]
    top["capability"]["level"] = "leading"
    assert [distance_to_next(found) for found in (vetoed, early, top)] == [None, None, None]


def test_a_programme_that_falls_out_of_its_scope_loses_its_clauses() -> None:
    library = Library(load_library().rulebooks.values())
    found = what_if(FIRM | {"industry_code": "3976", "employees": 100}, {"employees": 5000, "revenue": 900000},
                    on=ON, library=library)  # fmt: skip
    assert found.before["size_class"] != found.after["size_class"]
