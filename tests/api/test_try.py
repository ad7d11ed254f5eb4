"""Anybody tries a score without an account; nothing is kept of it (U07)."""

import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import caches
from rest_framework.test import APIClient
from rest_framework.throttling import ScopedRateThrottle

from scoring import PROGRAMMES, assess

pytestmark = pytest.mark.django_db
TRY = "/api/v1/try"
FACTS: dict[str, Any] = {
    "revenue": 8000,
    "employees": 120,
    "industry_code": "35",
    "legal_person_in_mainland": True,
    "valid_invention_patents": 5,
    "ip_department": "part_time",
    "overseas_applications": 0,
    "ip_insurance": "n/a",
}


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> Iterator[None]:
    caches["local"].clear()
    yield
    caches["local"].clear()


def ask(api: APIClient, facts: Any = FACTS, *, status: int = 200, **more: Any) -> Any:
    headers = {key: more.pop(key) for key in list(more) if key.startswith("HTTP_") or key == "REMOTE_ADDR"}
    answer = api.post(TRY, {"facts": facts, "on": "2026-05-01", **more}, format="json", **headers)
    assert answer.status_code == status, answer.content
    return answer.json()


def programme(answer: Any, code: str) -> Any:
    return next(one for one in answer["programmes"] if one["code"] == code)


def test_the_answer_is_the_engines(api: APIClient) -> None:
    found, engine = ask(api), assess([FACTS], on=date(2026, 5, 1))[0]
    assert [found["score"]["low"], found["score"]["high"]] == engine["capability"]["score"]
    assert (found["level"], found["level_possible"]) == (
        engine["capability"]["level"],
        engine["capability"]["level_possible"],
    )
    assert {one["code"]: one["outcome"] for one in found["programmes"]} == {
        code: engine["programmes"][code]["outcome"] for code in PROGRAMMES
    }


def test_an_unfinished_answer_is_an_interval_and_nothing_known_is_the_whole(api: APIClient) -> None:
    nothing, some = ask(api, {}), ask(api)
    assert (nothing["score"]["low"], nothing["score"]["high"]) == (0, 105)
    assert 0 < some["score"]["low"] < some["score"]["high"] < 105


def test_unknown_zero_and_not_applicable_are_told_apart(api: APIClient) -> None:
    """E13: what is unknown leaves the points open, zero settles them, and so does what does not apply."""
    highest = {
        name: ask(api, facts)["score"]["high"]
        for name, facts in {
            "unknown": {},
            "null": {"overseas_applications": None},
            "zero": {"overseas_applications": 0},
            "na": {"overseas_applications": "n/a"},
        }.items()
    }
    assert highest == {"unknown": 105, "null": 105, "zero": 102, "na": 102}


def test_it_says_what_is_missing_and_how_far_the_next_tier_is(api: APIClient) -> None:
    found = ask(api)
    assert {"code": "rd_expense", "label": "上年度研发费用", "is_judgement": False} in found["missing"]
    assert "revenue" not in {one["code"] for one in found["missing"]}
    assert (found["next"]["tier"], found["next"]["points"]) == ("growth", 45 - found["score"]["low"])


def test_what_a_person_must_judge_is_marked(api: APIClient) -> None:
    missing = programme(ask(api, kind="renewal"), "little-giant")["missing"]
    assert {one["code"]: one["is_judgement"] for one in missing}["chain_role_verdict"] is True


def test_new_and_renewal_are_answered_by_their_own_rulebooks(api: APIClient) -> None:
    """E14."""
    keys = {kind: programme(ask(api, kind=kind), "little-giant")["rulebook"]["key"] for kind in ("new", "renewal")}
    assert keys == {"new": "little-giant/2026", "renewal": "little-giant/2022"}


def test_a_firm_outside_the_scope_is_told_apart_from_no_rulebook(api: APIClient) -> None:
    large = ask(api, {**FACTS, "revenue": 90000, "employees": 5000})
    assert (programme(large, "srdi-sme")["outcome"], programme(large, "srdi-sme")["is_outside"]) == (
        "not_applicable",
        True,
    )
    assert (programme(large, "ip-advantage")["rulebook"], programme(large, "ip-advantage")["is_outside"]) == (
        None,
        False,
    )


def test_clauses_come_when_they_are_asked_for(api: APIClient) -> None:
    short, long = ask(api), ask(api, detail=["hnte", "ip-capability"])
    assert [one["code"] for one in short["programmes"] if one["clauses"]] == []
    assert [one["code"] for one in long["programmes"] if one["clauses"]] == ["hnte"]
    assert (short["capability"], {row["kind"] for row in long["capability"]} >= {"ladder", "bands", "tier"}) == (
        [],
        True,
    )


def test_bad_values_are_told_field_by_field_and_count_as_unknown(api: APIClient) -> None:
    bad = {
        "revenue": "八千万",
        "ip_department": "everywhere",
        "registered_on": "去年",
        "employees": 1.5,
        "no_such_fact": 1,
    }
    found = {one["code"]: one["sentence"] for one in ask(api, bad)["problems"]}
    assert found.keys() == bad.keys()
    assert found["revenue"] == "应为数字，得到“八千万”"
    assert ask(api, bad)["score"]["high"] == 105


def test_bad_values_are_told_in_english_too(api: APIClient) -> None:
    assert ask(api, {"revenue": "much"}, HTTP_ACCEPT_LANGUAGE="en")["problems"][0]["sentence"].startswith(
        "expected a number"
    )


@pytest.mark.parametrize(
    "value", [1e300, -5, 10**18, [1], {"a": 1}, [], {}, "1" * 9000, "NaN", "Infinity", True, [3, 1], "\u0000"]
)
def test_hostile_values_are_bad_values(api: APIClient, value: Any) -> None:
    assert [one["code"] for one in ask(api, {"revenue": value})["problems"]] == ["revenue"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"facts": []}, "/facts"),
        ({"facts": None}, "/facts"),
        ({}, "/facts"),
        ({"facts": {f"x{n}": n for n in range(301)}}, "/facts"),
        ({"facts": {}, "on": "2026-02-30"}, "/on"),
        ({"facts": {}, "kind": "old"}, "/kind"),
        ({"facts": {}, "region": "湖北"}, "/region"),
        ({"facts": {}, "detail": ["nothing"]}, "/detail/0"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(api: APIClient, body: Any, field: str) -> None:
    answer = api.post(TRY, body, format="json")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


@pytest.mark.parametrize("day", ["0001-01-01", "1990-01-01", "9999-12-31"])
def test_a_day_without_rulebooks_has_no_score(api: APIClient, day: str) -> None:
    found = ask(api, on=day)
    assert found["programmes"]
    assert (found["score"] is None) == (day < "2026")


def test_a_body_too_long_is_refused_before_it_is_read(api: APIClient) -> None:
    answer = api.post(TRY, {"facts": {"revenue": "9" * 70_000}}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"facts": {"revenue": NaN}}', b"\xff", b"{"])
def test_a_broken_body_is_a_problem_in_words(api: APIClient, body: bytes) -> None:
    answer = api.post(TRY, data=body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_nothing_is_stored_and_nothing_logged(api: APIClient, caplog: pytest.LogCaptureFixture) -> None:
    before = rows()
    with caplog.at_level(logging.DEBUG):
        answer = api.post(TRY, {"facts": {"revenue": 123454321, "industry_code": "abc"}}, format="json")
    assert rows() == before
    assert not any("123454321" in record.getMessage() for record in caplog.records)
    assert (answer["Cache-Control"], answer.cookies.output()) == ("no-store", "")


@pytest.fixture
def twice_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "try", "2/minute")


def test_one_address_may_not_ask_without_end(api: APIClient, twice_a_minute: None) -> None:
    for _ in range(2):
        ask(api)
    answer = api.post(TRY, {"facts": {}}, format="json")
    assert (answer.status_code, answer.json()["code"], int(answer["Retry-After"]) > 0) == (429, "throttled", True)
    ask(api, REMOTE_ADDR="10.0.0.9")


def test_a_named_address_is_believed_from_the_proxy_alone(api: APIClient, twice_a_minute: None) -> None:
    for number in range(2):
        ask(api, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    ask(api, status=429, HTTP_X_FORWARDED_FOR="203.0.113.9")
