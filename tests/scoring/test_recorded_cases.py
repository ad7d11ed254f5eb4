"""Old cases come out byte for byte as the version that scored them gave them, whatever the program has learnt (P07)."""

from collections import defaultdict
from datetime import date
from typing import Any

import pytest

from scoring import OUTPUT_VERSION, PROGRAMMES, as_version, assess
from tests.scoring.recorded import canonical, read_cases

CASES = list(read_cases())
ADVICE = "an assess object may only grow: raise OUTPUT_VERSION and name the new keys in scoring/versions.py"


def again() -> list[dict[str, Any]]:
    calls: dict[tuple[str, Any], list[int]] = defaultdict(list)
    for index, case in enumerate(CASES):
        calls[case["on"], case["kind"]].append(index)
    found: dict[int, dict[str, Any]] = {}
    for (on, kind), indexes in calls.items():
        rows = [CASES[index]["row"] for index in indexes]
        found |= dict(zip(indexes, assess(rows, on=date.fromisoformat(on), kind=kind), strict=True))
    return [as_version(found[index], case["version"]) for index, case in enumerate(CASES)]


def test_recorded_cases_are_reproduced_byte_for_byte() -> None:
    different = [
        case["row"]["id"]
        for case, found in zip(CASES, again(), strict=True)
        if canonical(found) != canonical(case["result"])
    ]
    assert different == [], ADVICE


def test_recorded_cases_are_many_and_various() -> None:
    levels = {case["result"]["capability"]["level"] for case in CASES if case["on"] == "2026-05-01"}
    outcomes = {found["outcome"] for case in CASES for found in case["result"]["programmes"].values()}
    assert len(CASES) >= 30
    assert levels >= {"starter", "growth", "advantage", None}
    assert outcomes == {"met", "unmet", "unknown", "manual_review", "not_applicable"}
    assert all(set(case["result"]["programmes"]) == set(PROGRAMMES) for case in CASES if case["version"] == 1)


def test_every_output_version_has_recorded_cases() -> None:
    assert {case["version"] for case in CASES} == set(range(1, OUTPUT_VERSION + 1))


NEW = {"id": "甲", "programmes": {"hnte": {"outcome": "met", "readiness": 1}}, "clauses": [{"a": 1, "b": 2}], "x": 3}
ADDED = {2: ("programmes.*.readiness", "x"), 3: ("clauses.*.b", "id.deep", "nothing.there")}


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (3, NEW),
        (2, {**NEW, "clauses": [{"a": 1}]}),
        (1, {"id": "甲", "programmes": {"hnte": {"outcome": "met"}}, "clauses": [{"a": 1}]}),
    ],
)
def test_what_later_versions_added_is_left_out(version: int, expected: dict[str, Any]) -> None:
    before = canonical(NEW)
    assert as_version(NEW, version, newest=3, added=ADDED) == expected
    assert canonical(NEW) == before


@pytest.mark.parametrize("version", [0, -1, OUTPUT_VERSION + 1])
def test_a_version_of_a_newer_program_is_refused(version: int) -> None:
    with pytest.raises(ValueError, match="is not one of"):
        as_version({}, version)
