"""A round through the API: each step once, wrong steps refused with a sentence, retries harmless (O01, O03)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from cultivation.core.actors import SYSTEM
from cultivation.core.jobs import work_once
from cultivation.core.models import AuditEvent, Job
from cultivation.programmes.models import Round
from cultivation.publication.services import issue_certificates
from tests.factories.rounds import new_round, published_round, scored_round
from tests.factories.workbooks import ADVANTAGE, FIRMS, STARTER, cut_workbook
from tests.people import People

pytestmark = pytest.mark.django_db
WANTED = {"name": "2026年第二批", "assessed_on": "2026-05-01"}


@pytest.fixture
def client(api: APIClient, people: People) -> APIClient:
    api.force_authenticate(people.who("province_leader"))
    return api


def act(client: APIClient, round_: Round, name: str, key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"/api/v1/rounds/{round_.pk}/actions/{name}", headers=headers)


def names(page: dict[str, Any]) -> list[str]:
    return [action["name"] for action in page["actions"]]


def test_the_whole_path(client: APIClient) -> None:
    page = client.post("/api/v1/rounds", WANTED, format="json").json()
    at = f"/api/v1/rounds/{page['id']}"
    steps = [(page["state"], names(page))]
    body = {"file": SimpleUploadedFile("汇总表.xlsx", cut_workbook(FIRMS))}
    client.post(f"{at}/workbook", body, format="multipart")
    work_once()
    for name in ("score", "publish", "issue_certificates", "close"):
        assert client.post(f"{at}/actions/{name}").status_code == 200
        work_once()
        page = client.get(at).json()
        steps.append((page["state"], names(page)))
    assert steps == [
        ("draft", ["score"]),
        ("deciding", ["rescore", "publish"]),
        ("published", ["issue_certificates", "close"]),
        ("published", ["issue_certificates", "close"]),
        ("closed", ["issue_certificates"]),
    ]
    assert page["counts"] == {
        "firms": 4,
        "scored": 4,
        "placed": 3,
        "listed": 2,
        "problems": page["counts"]["problems"],
        "plans": 3,
        "plans_approved": 0,
        "certificates": 2,
    }


def test_each_number_is_the_length_of_its_list(client: APIClient) -> None:
    round_ = scored_round()
    counts = client.get(f"/api/v1/rounds/{round_.pk}").json()["counts"]
    lists = {
        "firms": "assessments?",
        "placed": "placements?",
        "plans": "plans?",
        "plans_approved": "plans?state=approved&",
        "certificates": "certificates?",
        "problems": f"rounds/{round_.pk}/problems?",
    }
    found = {key: client.get(f"/api/v1/{query}round={round_.pk}").json()["count"] for key, query in lists.items()}
    assert found == {key: counts[key] for key in lists}


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ("score", "请先导入汇总表。"),
        ("rescore", "当前状态是“筹备”，不能重新评分。"),
        ("publish", "当前状态是“筹备”，不能发布名单。"),
        ("close", "当前状态是“筹备”，不能结束批次。"),
        ("issue_certificates", "名单发布后才能发证。"),
    ],
)
def test_a_step_too_early_is_told_why(client: APIClient, action: str, sentence: str) -> None:
    answer = act(client, new_round(), action)
    assert (answer.status_code, answer.json()["detail"]) == (409, sentence)


@pytest.mark.parametrize("action", ["score", "rescore", "publish"])
def test_a_step_too_late_is_told_why(client: APIClient, action: str) -> None:
    answer = act(client, published_round((STARTER,)), action)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_a_button_that_must_wait_says_why(client: APIClient) -> None:
    (button,) = client.get(f"/api/v1/rounds/{new_round().pk}").json()["actions"]
    assert (button["enabled"], button["reason"]) == (False, "请先导入汇总表。")


class TestRetries:
    def test_one_key_makes_one_round(self, client: APIClient) -> None:
        answers = [
            client.post("/api/v1/rounds", WANTED, format="json", headers={"Idempotency-Key": "a"}) for _ in range(2)
        ]
        assert [a.status_code for a in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert Round.objects.count() == 1

    def test_a_key_for_another_round_is_refused(self, client: APIClient) -> None:
        key = {"Idempotency-Key": "a"}
        client.post("/api/v1/rounds", WANTED, format="json", headers=key)
        answer = client.post("/api/v1/rounds", {**WANTED, "name": "别的"}, format="json", headers=key)
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_reused")

    def test_without_a_key_the_name_is_taken(self, client: APIClient) -> None:
        for _ in range(2):
            answer = client.post("/api/v1/rounds", WANTED, format="json")
        assert (answer.status_code, answer.json()["fields"]) == (422, {"/name": "已有同名批次"})

    def test_a_refused_write_may_be_sent_again_with_its_key(self, client: APIClient) -> None:
        round_ = new_round()
        assert act(client, round_, "score", "k").status_code == 409
        Round.objects.update(firms=1)
        assert act(client, round_, "score", "k").status_code == 200

    def test_publishing_twice_with_one_key_publishes_once(self, client: APIClient) -> None:
        round_ = scored_round((STARTER,))
        assert [act(client, round_, "publish", "k").status_code for _ in range(2)] == [200, 200]
        assert AuditEvent.objects.filter(action="round.publish").count() == 1

    def test_a_double_click_on_issuing_makes_one_job(self, client: APIClient) -> None:
        round_ = published_round((ADVANTAGE,))
        assert [act(client, round_, "issue_certificates").status_code for _ in range(2)] == [200, 409]
        assert Job.objects.filter(kind="publication.issue_certificates").count() == 1


class TestJobs:
    def test_who_started_it_may_cancel_it_once(self, client: APIClient) -> None:
        round_ = scored_round((STARTER,))
        job = act(client, round_, "rescore").json()["job"]
        address = f"/api/v1/jobs/{job['id']}"
        assert names(client.get(address).json()) == ["cancel"]
        answers = [client.post(f"{address}/actions/cancel") for _ in range(2)]
        assert [a.status_code for a in answers] == [200, 409]
        assert answers[1].json()["detail"] == "任务已经结束，不能取消。"
        assert names(client.get(address).json()) == []

    def test_a_colleague_sees_it_without_the_button(self, client: APIClient, people: People) -> None:
        job = act(client, scored_round((STARTER,)), "rescore").json()["job"]
        client.force_authenticate(people.who("province_officer"))
        page = client.get(f"/api/v1/jobs/{job['id']}").json()
        assert (page["state_label"], page["actions"]) == ("等待中", [])


class TestQueries:
    """Measured with 2 and with 55 firms: the same. The limits leave no room for one query a row of the four here."""

    LISTS = ("assessments", "placements", "plans", "certificates", "rounds", "public/lists")

    @pytest.mark.parametrize("address", LISTS)
    def test_lists_ask_a_fixed_number_of_times(
        self, client: APIClient, address: str, django_assert_max_num_queries: Any
    ) -> None:
        issue_certificates(SYSTEM, round_=published_round(FIRMS))
        with django_assert_max_num_queries(4):
            assert len(client.get(f"/api/v1/{address}").json()["results"]) >= 1

    @pytest.mark.parametrize(("part", "most"), [("", 34), ("/pool", 6), ("/list", 8)])
    def test_pages_of_a_round(
        self, client: APIClient, part: str, most: int, django_assert_max_num_queries: Any
    ) -> None:
        round_ = scored_round()
        with django_assert_max_num_queries(most):
            client.get(f"/api/v1/rounds/{round_.pk}{part}")
