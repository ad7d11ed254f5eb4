"""The plan's page: what it shows, whom it shows it to, and its one button."""

import pytest
from rest_framework.test import APIClient

from cultivation.support.models import Plan
from tests.people import People

from .rounds import FACTORY, new_round, score, take_in

pytestmark = pytest.mark.django_db
KEY = {"Idempotency-Key": "one"}


@pytest.fixture
def plan(people: People) -> Plan:
    (made,) = score(take_in(new_round(), people.firm, FACTORY))
    return made


def sign_in(api: APIClient, people: People, role: str) -> APIClient:
    api.force_authenticate(people.who(role))
    return api


def test_plan_page_shows_items_with_reasons_and_points(api: APIClient, people: People, plan: Plan) -> None:
    page = sign_in(api, people, "province_officer").get(f"/api/v1/plans/{plan.pk}").json()
    assert page["expected_total"] == sum(item["expected_points"] for item in page["items"])
    assert (page["state_label"], page["document"], page["source_status"]) == ("草案", None, "calibrated")
    secrets = next(item for item in page["items"] if item["service"] == "SV-21")
    assert secrets["indicators"] == ["商业秘密保护制度"]


def test_bureau_is_offered_approval_and_gets_the_document_after(api: APIClient, people: People, plan: Plan) -> None:
    client = sign_in(api, people, "city_officer")
    assert [a["name"] for a in client.get(f"/api/v1/plans/{plan.pk}").json()["actions"]] == ["approve"]
    answer = client.post(f"/api/v1/plans/{plan.pk}/actions/approve", headers=KEY)
    assert (answer.status_code, answer.json()["state"], answer.json()["actions"]) == (200, "approved", [])
    file = client.get(answer.json()["document"]["url"])
    assert (file.status_code, file["Content-Type"], file.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_approving_twice_with_one_key_answers_the_same(api: APIClient, people: People, plan: Plan) -> None:
    client = sign_in(api, people, "province_officer")
    answers = [client.post(f"/api/v1/plans/{plan.pk}/actions/approve", headers=KEY) for _ in range(2)]
    assert [a.status_code for a in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


def test_company_does_not_find_a_draft(api: APIClient, people: People, plan: Plan) -> None:
    client = sign_in(api, people, "enterprise_approver")
    assert client.get(f"/api/v1/plans/{plan.pk}").status_code == 404
    assert client.post(f"/api/v1/plans/{plan.pk}/actions/approve", headers=KEY).status_code == 404


def test_company_reads_its_approved_plan_without_buttons(api: APIClient, people: People, plan: Plan) -> None:
    sign_in(api, people, "province_officer").post(f"/api/v1/plans/{plan.pk}/actions/approve", headers=KEY)
    type(plan.assessment).objects.update(state="announced")
    page = sign_in(api, people, "enterprise_approver").get(f"/api/v1/plans/{plan.pk}").json()
    assert (page["state"], page["actions"]) == ("approved", [])


def test_list_is_filtered_by_round_assessment_and_state(api: APIClient, people: People, plan: Plan) -> None:
    client = sign_in(api, people, "province_officer")
    counts = {
        query: client.get(f"/api/v1/plans?{query}").json()["count"]
        for query in (
            f"round={plan.assessment.round_id}", "round=0", f"assessment={plan.assessment_id}", "assessment=0",
            "state=draft", "state=approved",
        )
    }  # fmt: skip
    assert list(counts.values()) == [1, 0, 1, 0, 1, 0]


def test_list_leaves_out_other_cities(api: APIClient, people: People) -> None:
    round_ = new_round()
    score(take_in(round_, people.firm, FACTORY), take_in(round_, people.other_firm, FACTORY))
    found = sign_in(api, people, "city_officer").get("/api/v1/plans").json()["results"]
    assert [row["enterprise"]["name"] for row in found] == [people.firm.name]


def test_unknown_action_is_a_problem_with_a_code(api: APIClient, people: People, plan: Plan) -> None:
    answer = sign_in(api, people, "province_officer").post(f"/api/v1/plans/{plan.pk}/actions/fly", headers=KEY)
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_action")
