"""Every worked case beside a rulebook comes out as the official wrote it (P04)."""

import pytest

from scoring import load_library
from scoring.cases import Named, read_cases, run_case
from scoring.rulebook import read_files
from scoring.schema import Bands

CASES = [
    pytest.param(named, id=f"{name.split('/')[0]}:{named.case.title}")
    for name, text in read_files()
    if name.endswith("cases.yaml")
    for named in read_cases(text, file=name)
]


@pytest.mark.parametrize("named", CASES)
def test_a_worked_case_comes_out_as_written(named: Named) -> None:
    assert run_case(named, load_library()) == []


def test_a_wrong_expectation_is_told_apart() -> None:
    named = read_cases(
        "cases:\n  - {title: t, rulebook: ip-advantage/2023, "
        "facts: {cnipa_assessment_score: 55}, expect: {outcome: unmet}}"
    )[0]
    assert run_case(named, load_library()) == [("outcome应为unmet，得到met", "outcome: expected unmet, got met")]


def test_every_rulebook_has_worked_cases() -> None:
    tested = {case.values[0].case.rulebook for case in CASES}
    assert load_library().rulebooks.keys() - tested == set()


def test_every_banded_indicator_of_a_programme_has_worked_edges() -> None:
    tested = {(case.values[0].case.rulebook, code) for case in CASES for code in case.values[0].case.expect.clauses}
    banded = {
        (rulebook.key, node.id)
        for rulebook in load_library().rulebooks.values()
        if rulebook.body.criteria
        for node in rulebook.body.walk()
        if isinstance(node, Bands)
    }
    assert {pair for pair in banded - tested if not pair[1].startswith("ZJ-11")} == set()
