"""Readiness for designations: what other rules tell, what waits for the body, nothing invented (E12, E15)."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from scoring import PROGRAMMES, assess, describe_readiness, explain_clauses, read_preparations
from scoring.readiness import Preparation
from scoring.words import Lang

MAY = date(2026, 5, 1)
STAR = {
    "rd_expense": 500,
    "rd_expense_prev1": 400,
    "rd_expense_prev2": 300,
    "revenue": 9_000,
    "revenue_prev1": 8_000,
    "revenue_prev2": 7_000,
    "rd_staff": 30,
    "employees": 200,
    "industrialised_inventions": 6,
}


def ready(facts: dict[str, Any], *, on: date = MAY, lang: Lang = "zh") -> dict[str, dict[str, Any]]:
    (found,) = assess([{"id": "a", **facts}], on=on)
    return describe_readiness(found, explain_clauses(found, lang=lang)["programmes"], lang=lang)


def test_a_gold_seed_is_told_which_star_attributes_are_met_of_how_many() -> None:
    gold = ready(STAR)["gold-seed"]
    tests, exception = gold["paths"]
    assert (gold["reads"], gold["outcome"]) == ("star-market", "unknown")
    assert (tests["id"], tests["outcome"], tests["counts"]) == ("tests", "unmet", {"met": 2, "unmet": 2})
    assert [(row["id"], row["outcome"]) for row in tests["criteria"]] == [
        ("SM-1", "met"), ("SM-2", "met"), ("SM-3", "unmet"), ("SM-4", "unmet"),
    ]  # fmt: skip
    assert (exception["id"], exception["counts"]) == ("exception", {"unknown": 1})
    assert all(row["source"] for path in gold["paths"] for row in path["criteria"])


def test_what_is_unknown_is_neither_met_nor_unmet() -> None:
    gold = ready({})["gold-seed"]
    assert [path["counts"] for path in gold["paths"]] == [{"unknown": 4}, {"unknown": 1}]


def test_before_the_guideline_there_is_nothing_to_read() -> None:
    gold = ready(STAR, on=date(2024, 4, 1))["gold-seed"]
    assert (gold["outcome"], gold["paths"]) == ("not_applicable", [])
    assert gold["awaits"]


@pytest.mark.parametrize("code", ["silver-seed", "chain-leader"])
def test_where_the_sources_give_nothing_that_is_said_and_nothing_scored(code: str) -> None:
    one = ready(STAR)[code]
    assert (one["reads"], one["outcome"], one["paths"]) == (None, None, [])
    assert {each["status"] for each in one["awaits"]} >= {"awaiting"}
    assert "不代为设定" in one["note"]


def test_every_rulebook_of_a_bare_list_has_its_preparation_and_no_other() -> None:
    (found,) = assess([{"id": "a"}], on=MAY)
    bare = {
        code for code, part in found["programmes"].items() if [one["id"] for one in part["clauses"]] == ["designated"]
    }
    assert read_preparations().keys() == bare
    assert {one.reads for one in read_preparations().values()} - {None} <= set(PROGRAMMES) - bare


def test_readiness_never_moves_the_designation() -> None:
    everything = STAR | {"rd_staff": 100, "industrialised_inventions": 9, "revenue": 40_000, "rd_expense": 9_000}
    (found,) = assess([{"id": "a", **everything, "gold_seed_designated": False}], on=MAY)
    gold = describe_readiness(found, explain_clauses(found)["programmes"])["gold-seed"]
    assert gold["paths"][0]["counts"] == {"met": 4}
    assert (gold["outcome"], found["programmes"]["gold-seed"]["outcome"]) == ("met", "unmet")


def test_a_rulebook_whose_top_leaves_no_choice_is_one_path() -> None:
    rows = [{"id": "all", "parent": None, "kind": "all", "title": "", "outcome": "met"}]
    rows += [{"id": str(n), "parent": "all", "kind": "value", "title": "", "outcome": "met"} for n in range(3)]
    found = {"programmes": {"star-market": {"outcome": "met"}}}
    (path,) = describe_readiness(found, {"star-market": rows})["gold-seed"]["paths"]
    assert (path["id"], path["counts"]) == ("all", {"met": 3})


def test_it_speaks_english() -> None:
    gold = ready(STAR, lang="en")["gold-seed"]
    assert gold["paths"][0]["title"] == "Four tests"
    assert "awaiting the provincial office" in gold["awaits"][0]["title"]


WORDS = {"zh": "甲", "en": "a"}
AWAITED = {"title": WORDS, "source": "公报", "status": "awaiting"}
WHOLE = {"status": "calibrated", "note": WORDS, "awaits": [AWAITED]}


@pytest.mark.parametrize(
    "wrong",
    [{"status": "official"}, {"awaits": []}, {"awaits": [{**AWAITED, "source": ""}]}, {"least": 3}],
    ids=["ours-is-not-official", "nothing-awaited", "no-source", "a-number-of-its-own"],
)
def test_a_preparation_that_could_mislead_is_refused(wrong: dict[str, Any]) -> None:
    assert Preparation.model_validate(WHOLE).reads is None
    with pytest.raises(ValidationError):
        Preparation.model_validate(WHOLE | wrong)
