"""Whatever is sent, the answer is a problem in words, never a page of the framework (O01)."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from rest_framework.test import APIClient

from backend.site import server_error
from tests.factories.rounds import scored_round
from tests.factories.workbooks import STARTER
from tests.people import People

pytestmark = pytest.mark.django_db
ROUNDS = "/api/v1/rounds"


@pytest.fixture
def client(api: APIClient, people: People) -> APIClient:
    api.force_authenticate(people.who("province_officer"))
    return api


@pytest.mark.parametrize("address", ["nonsense", "rounds/", "rounds/abc", "rounds/-1", "rounds/1/actions", "../x"])
def test_an_address_that_is_none_is_a_problem(client: APIClient, address: str) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("kind", ["rounds", "assessments", "plans", "documents", "jobs", "public/lists"])
def test_a_number_too_great_is_not_found(client: APIClient, kind: str) -> None:
    tail = "/file" if kind == "documents" else ""
    assert client.get(f"/api/v1/{kind}/{'9' * 21}{tail}").json()["code"] == "not_found"


@pytest.mark.parametrize("part", ["problems", "pool", "list", "workbook"])
def test_parts_of_a_round_that_is_none_are_not_found(client: APIClient, part: str) -> None:
    assert client.get(f"{ROUNDS}/999/{part}").json()["code"] == "not_found"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 422),
        (b"null", 422),
        (b'{"name": "a", "assessed_on": "2026-02-30"}', 422),
        (b'{"name": "a\\u0000", "assessed_on": "2026-05-01"}', 422),
        (b'{"name": "\\ud800", "assessed_on": "2026-05-01"}', 422),
        (b'{"name": "a", "assessed_on": "2026-05-01", "stages": []}', 422),
        (b'{"name": "a", "assessed_on": "2026-05-01", "stages": ["fly"]}', 422),
        (b'{"name": "a", "assessed_on": "2026-05-01", "kind": "old"}', 422),
    ],
)
def test_a_body_that_makes_no_sense_is_refused(client: APIClient, body: bytes, status: int) -> None:
    answer = client.post(ROUNDS, data=body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("day", ["0001-01-01", "2019-05-01", "9999-12-31"])
def test_a_day_without_a_scorecard_makes_no_round(client: APIClient, day: str) -> None:
    answer = client.post(ROUNDS, {"name": "a", "assessed_on": day}, format="json")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["/assessed_on"])


@pytest.mark.parametrize("query", ["on=x", "on=2026-13-01", "kind=old"])
def test_rulebooks_in_force_refuse_nonsense(client: APIClient, query: str) -> None:
    assert client.get(f"/api/v1/rulebooks/in-force?{query}").status_code == 422


def test_other_formats_are_refused(client: APIClient) -> None:
    assert client.get(ROUNDS, HTTP_ACCEPT="application/xml").json()["code"] == "not_acceptable"
    assert client.post(ROUNDS, {"name": "a"}, format="multipart").json()["code"] == "unsupported_media_type"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "post"])
def test_a_method_that_is_none_is_refused(client: APIClient, method: str) -> None:
    answer = getattr(client, method)(f"{ROUNDS}/1")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


def test_a_write_without_csrf_token_is_refused(people: People) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.who("province_officer"))
    answer = browser.post(ROUNDS, {"name": "a"}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")


def test_an_error_of_ours_is_a_problem_too(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/api/v1/rounds"))
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")


class TestEnglish:
    """The English path answers with the same data; rulebooks speak English, fixed sentences are still Chinese."""

    @pytest.fixture
    def addresses(self) -> list[str]:
        round_ = scored_round((STARTER,))
        firm = round_.assessments.get().pk
        parts = ["rounds", "home", "me", "site", "rulebooks/in-force", "placements", "assessments", "plans"]
        more = [f"rounds/{round_.pk}{part}" for part in ("", "/pool", "/list", "/problems")]
        return [f"/api/v1/{part}" for part in [*parts, *more, f"assessments/{firm}"]]

    def test_every_page_answers(self, client: APIClient, addresses: list[str]) -> None:
        answers = {address: client.get(address, HTTP_ACCEPT_LANGUAGE="en") for address in addresses}
        assert {address: a.status_code for address, a in answers.items()} == dict.fromkeys(addresses, 200)
        assert {a["Content-Language"] for a in answers.values()} == {"en"}

    def test_a_result_is_explained_in_english(self, client: APIClient, addresses: list[str]) -> None:
        page: dict[str, Any] = client.get(addresses[-1], HTTP_ACCEPT_LANGUAGE="en").json()
        assert page["rulebook"]["title"] == "Enterprise IP capability scorecard, 2026"
        assert page["result"] == client.get(addresses[-1]).json()["result"]
