"""Every worked case beside a rulebook comes out as the official wrote it (P04)."""

import pytest

from scoring import load_library
from scoring.cases import Named, read_cases, read_right_cases, run_case
from scoring.rights.cases import NamedRight, run_right_case
from scoring.rulebook import read_files
from scoring.schema import Bands

CASES = [
    pytest.param(named, id=f"{name.split('/')[0]}:{named.case.title}")
    for name, text in read_files()
    if name.endswith("cases.yaml")
    for named in read_cases(text, file=name)
]
RIGHT_CASES = [
    pytest.param(named, id=f"{name.split('/')[0]}:{named.case.title}")
    for name, text in read_files()
    if name.endswith("cases.yaml")
    for named in read_right_cases(text, file=name)
]


@pytest.mark.parametrize("named", CASES)
def test_a_worked_case_comes_out_as_written(named: Named) -> None:
    assert run_case(named, load_library()) == []


@pytest.mark.parametrize("named", RIGHT_CASES)
def test_a_worked_case_of_a_right_comes_out_as_written(named: NamedRight) -> None:
    """E19"""
    assert run_right_case(named, load_library()) == []


def test_a_wrong_expectation_is_told_apart() -> None:
    named = read_cases(
        "cases:\n  - {title: t, rulebook: ip-advantage/2023, "
        "facts: {cnipa_assessment_score: 55}, expect: {outcome: unmet}}"
    )[0]
    assert run_case(named, load_library()) == [("outcome应为unmet，得到met", "outcome: expected unmet, got met")]


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("rulebook: ip-advantage/2023, facts: {revenue: viel}", "应为数字，得到“viel”"),
        ("rulebook: ip-advantage/2023, facts: {umsatz: 5}", "没有指标umsatz"),
        ("rulebook: ip-advantage/1999, facts: {revenue: 5}", "没有规则书ip-advantage/1999"),
    ],
)
def test_a_case_that_cannot_be_run_says_why(case: str, told: str) -> None:
    (named,) = read_cases(f"cases:\n  - {{title: t, {case}, expect: {{outcome: unmet}}}}")
    assert [zh for zh, _ in run_case(named, load_library())] == [told]


def test_every_rulebook_has_worked_cases() -> None:
    tested = {case.values[0].case.rulebook for case in CASES + RIGHT_CASES}
    assert load_library().rulebooks.keys() - tested == set()


def test_every_count_of_rights_has_cases_of_all_three_kinds() -> None:
    """E19: each count is shown where it takes a right, leaves one out and can't tell."""
    named = [(case.values[0].case.rulebook, case.values[0].case.expect) for case in RIGHT_CASES]
    shown = {(key, code, outcome) for key, expect in named for code, outcome in expect.items()}
    wanted = {
        (rulebook.key, rule.counts, outcome)
        for rulebook in load_library().rulebooks.values()
        for rule in rulebook.body.rights
        for outcome in ("counts", "excluded", "possible")
    }
    assert wanted - shown == set()


@pytest.mark.parametrize(
    ("case", "difference"),
    [
        ("facts: {申请日: 昨天}, expect: {class1_ip: counts}", "申请日: expected an ISO date, got “昨天”"),
        ("expect: {other_ip: counts}", "rights-sme-2022/2022 counts no other_ip"),
        ("expect: {class1_ip: counts}", "class1_ip: expected counts, got possible (权利类型不明；取得方式不明)"),
        (
            "facts: {类型: 商标}, expect: {class1_ip: excluded}, because: {class1_ip: 不知道}",
            "class1_ip: expected 不知道, got 商标不在此项之列",
        ),
    ],
)
def test_a_wrong_case_of_a_right_is_told(case: str, difference: str) -> None:
    facts = "" if "facts" in case else "facts: {法律状态: 有效, 与主导产品相关: 是}, "
    text = f"right_cases:\n  - {{title: t, rulebook: rights-sme-2022/2022, {facts}{case}}}"
    assert run_right_case(read_right_cases(text)[0], load_library())[0][1] == difference


def test_a_case_of_a_right_under_no_rulebook_is_told() -> None:
    named = read_right_cases("right_cases:\n  - {title: t, rulebook: nothing/1, expect: {class1_ip: counts}}")[0]
    assert run_right_case(named, load_library())[0][1] == "there is no rulebook nothing/1"


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
