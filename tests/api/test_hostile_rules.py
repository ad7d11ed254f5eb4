"""Hostile input to the open trial and to the workshop: a clear problem in Chinese, never our error (U07, P02)."""

import json
from typing import Any

import pytest
from django.core.cache import caches
from rest_framework.test import APIClient

from cultivation.programmes.models import RulebookDraft
from tests.factories.drafts import BANDS, new_draft, shipped
from tests.people import People

pytestmark = pytest.mark.django_db
Door = tuple[str, str]

DEEP = "[" * 20_000 + "]" * 20_000
DEEP_OBJECT = '{"a":' * 5_000 + "1" + "}" * 5_000
NONSENSE: dict[str, Any] = {
    "nan": "NaN",
    "infinity": "-Infinity",
    "exponent": "1e400",
    "exa": "1000000000000000000",
    "digits": "9" * 5_000,
    "tiny": "1e-400",
    "text": '"很多"',
    "long": json.dumps("长" * 20_000),
    "control": '"\\u0000\\ud800"',
    "list": "[1, 2]",
    "object": '{"a": 1}',
    "true": "true",
    "null": "null",
    "deep": DEEP,
    "deep-object": DEEP_OBJECT,
}
BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "no json": b"{",
    "no object": b"[]",
    "a number": b"7",
    "no text": b"\xff\xfe\x00",
    "deep": DEEP.encode(),
    "deep object": DEEP_OBJECT.encode(),
    "huge": b'{"facts": {"revenue": "' + b"9" * 5_000_000 + b'"}}',
}


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    caches["local"].clear()


@pytest.fixture
def officer(api: APIClient, people: People) -> APIClient:
    api.force_authenticate(people.who("province_officer"))
    api.raise_request_exception = False
    return api


@pytest.fixture
def draft(people: People) -> RulebookDraft:
    return new_draft(people.who("province_officer").actor)


def expect_told(answer: Any, *, may_do: bool = False) -> None:
    """Done, or refused in Chinese as a problem; never an error of ours."""
    if may_do and answer.status_code < 300:
        return
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.content[:300])
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert any("一" <= letter <= "鿿" for letter in told["detail"]), told


def raw(client: APIClient, address: str, body: bytes, *, method: str = "post", revision: int = 1) -> Any:
    send = getattr(client, method)
    return send(f"/api/v1/{address}", body, content_type="application/json", headers={"If-Match": str(revision)})


class TestTry:
    @pytest.mark.parametrize(
        "code", ["revenue", "established_on", "industry_code", "ip_department", "valid_hnte", "x" * 300]
    )
    @pytest.mark.parametrize("name", NONSENSE)
    def test_a_fact_that_can_not_be(self, api: APIClient, code: str, name: str) -> None:
        api.raise_request_exception = False
        answer = raw(api, "try", f'{{"facts": {{"{code}": {NONSENSE[name]}}}, "on": "2026-05-01"}}'.encode())
        expect_told(answer, may_do=True)

    @pytest.mark.parametrize(
        "on", ["0000-00-00", "2026-02-30", "-1", "9999-12-31", "0001-01-01", "99999-01-01", 7, None, []]
    )
    def test_a_day_that_can_not_be(self, api: APIClient, on: Any) -> None:
        api.raise_request_exception = False
        expect_told(api.post("/api/v1/try", {"facts": {}, "on": on}, format="json"), may_do=True)

    @pytest.mark.parametrize(
        "facts", [None, [], 7, "x", {"revenue": {"a": 1}}, {"": 1}, {f"f{n}": 1 for n in range(5_000)}]
    )
    def test_facts_that_are_none(self, api: APIClient, facts: Any) -> None:
        api.raise_request_exception = False
        expect_told(api.post("/api/v1/try", {"facts": facts}, format="json"), may_do=True)

    @pytest.mark.parametrize("name", BROKEN)
    def test_a_body_that_is_none(self, api: APIClient, name: str) -> None:
        api.raise_request_exception = False
        expect_told(raw(api, "try", BROKEN[name]))

    @pytest.mark.parametrize(
        "more", [{"kind": "old"}, {"kind": []}, {"region": "42"}, {"region": "999999"}, {"detail": "x"}]
    )
    def test_other_words_that_are_unknown(self, api: APIClient, more: Any) -> None:
        api.raise_request_exception = False
        expect_told(api.post("/api/v1/try", {"facts": {}, **more}, format="json"), may_do=True)


class TestWorkshop:
    @pytest.mark.parametrize(
        "pointer", [f"{BANDS}/1/points", f"{BANDS}/1/to", "/tiers/2/at_least", "/title/zh", "/scope/0/from"]
    )
    @pytest.mark.parametrize("name", NONSENSE)
    def test_a_value_that_can_not_be(self, officer: APIClient, draft: RulebookDraft, pointer: str, name: str) -> None:
        """Kept and told, or refused; and the draft can still be read in every way."""
        body = f'{{"edits": [{{"pointer": "{pointer}", "value": {NONSENSE[name]}}}]}}'.encode()
        expect_told(raw(officer, f"rulebook-drafts/{draft.pk}", body, method="patch"), may_do=True)
        for part in ("", "/tables", "/changes", "/weights"):
            assert officer.get(f"/api/v1/rulebook-drafts/{draft.pk}{part}").status_code == 200

    @pytest.mark.parametrize(
        "pointer", ["", "/", "x", "/scorecard/parts/99/max", "/scorecard/parts/-1", "/a" * 250, "/~", "/\x00"]
    )
    @pytest.mark.parametrize("op", ["set", "copy", "remove", "compare"])
    def test_a_place_that_is_none(self, officer: APIClient, draft: RulebookDraft, pointer: str, op: str) -> None:
        edits = [{"op": op, "pointer": pointer, "value": "1"}]
        headers = {"If-Match": "1"}
        expect_told(
            officer.patch(f"/api/v1/rulebook-drafts/{draft.pk}", {"edits": edits}, format="json", headers=headers)
        )

    @pytest.mark.parametrize("name", BROKEN)
    @pytest.mark.parametrize(
        ("method", "door"),
        [
            ("post", "rulebook-drafts"),
            ("patch", "rulebook-drafts/{draft}"),
            ("post", "rulebook-drafts/{draft}/impacts"),
            ("post", "rulebook-drafts/{draft}/actions/submit_draft"),
            ("put", "rulebook-drafts/{draft}/weights"),
            ("post", "rulebook-drafts/{draft}/weights/apply"),
        ],
    )
    def test_a_body_that_is_none(
        self, officer: APIClient, draft: RulebookDraft, method: str, door: str, name: str
    ) -> None:
        expect_told(raw(officer, door.format(draft=draft.pk), BROKEN[name], method=method))

    @pytest.mark.parametrize(
        "judgements",
        [
            {"creation|utilisation": word}
            for word in ("0", "-1", "NaN", "1/0", "1e9", "9" * 12, "1/", "/", "10", "0.1", "３", "∞", "")
        ]
        + [
            {"creation|creation": "1"},
            {"x|y": "1"},
            {"": "1"},
            {"creation|utilisation": [1]},
            [],
            "x",
            {"a" * 999: "1"},
        ],
    )
    def test_a_judgement_that_is_none(self, officer: APIClient, draft: RulebookDraft, judgements: Any) -> None:
        answer = officer.put(f"/api/v1/rulebook-drafts/{draft.pk}/weights", {"judgements": judgements}, format="json")
        expect_told(answer, may_do=True)
        assert officer.get(f"/api/v1/rulebook-drafts/{draft.pk}/weights").status_code == 200

    @pytest.mark.parametrize(
        "version", ["", " ", "../x", "a/b", "x" * 21, "版本", "2026", "\x00", 7, None, [], "1 2", "<b>"]
    )
    def test_a_version_that_is_none(self, officer: APIClient, version: Any) -> None:
        wanted = {"published": shipped().pk, "version": version, "starts": "2099-01-01"}
        expect_told(officer.post("/api/v1/rulebook-drafts", wanted, format="json"), may_do=version == 7)

    @pytest.mark.parametrize("starts", ["0001-01-01", "9999-12-31", "2026-02-30", "", None, 7, "2099-01-01T00:00"])
    def test_a_day_that_can_not_be(self, officer: APIClient, starts: Any) -> None:
        """A day too early is told as a problem of the draft."""
        wanted = {"published": shipped().pk, "version": "2099", "starts": starts}
        answer = officer.post("/api/v1/rulebook-drafts", wanted, format="json")
        expect_told(answer, may_do=True)
        if answer.status_code == 201:
            assert officer.get(f"/api/v1/rulebook-drafts/{answer.json()['id']}").status_code == 200

    @pytest.mark.parametrize("round_", [0, -1, 2**63, "x", None, [], 1e400, 1.5, True])
    def test_a_round_that_is_none(self, officer: APIClient, draft: RulebookDraft, round_: Any) -> None:
        body = json.dumps({"round": round_}).encode()
        expect_told(raw(officer, f"rulebook-drafts/{draft.pk}/impacts", body))

    @pytest.mark.parametrize(
        "query", ["round=x", "round=" + "9" * 30, "round=", "group=x&round=1", "group=" + "x" * 5_000, "round=1%00"]
    )
    def test_a_question_that_is_none(self, officer: APIClient, draft: RulebookDraft, query: str) -> None:
        for part in ("reach", "weights"):
            expect_told(officer.get(f"/api/v1/rulebook-drafts/{draft.pk}/{part}?{query}"), may_do=part == "weights")
