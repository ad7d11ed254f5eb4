"""A firm keeps a what-if under a name, for itself alone, and throws it away (E10)."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from cultivation.assessments.models import Assessment, Scenario
from cultivation.core.models import AuditEvent
from tests.factories.rounds import assessment_of, published_round
from tests.factories.workbooks import ADVANTAGE, ELSEWHERE
from tests.people import People

pytestmark = pytest.mark.django_db
CHANGES = {"valid_invention_patents": 9, "ip_insurance": True, "rd_expense": None}


@pytest.fixture
def own(people: People) -> Assessment:
    round_ = published_round((ADVANTAGE, ELSEWHERE))
    found = assessment_of(round_, ADVANTAGE)
    people.who("enterprise_filler").memberships.update(enterprise=found.enterprise)
    return found


@pytest.fixture
def firm(api: APIClient, people: People, own: Assessment) -> APIClient:
    api.force_authenticate(people.who("enterprise_filler"))
    return api


def keep(
    api: APIClient, assessment: Assessment, name: str = "明年的打算", changes: Any = CHANGES, **headers: str
) -> Any:
    body = {"name": name, "changes": changes}
    return api.post(f"/api/v1/assessments/{assessment.pk}/scenarios", body, format="json", **headers)


def page(api: APIClient, assessment: Assessment) -> Any:
    return api.get(f"/api/v1/assessments/{assessment.pk}/what-if").json()


def test_what_is_kept_comes_back_as_it_was(firm: APIClient, own: Assessment) -> None:
    assert keep(firm, own).status_code == 201
    (found,) = page(firm, own)["scenarios"]
    assert (found["name"], found["changes"], found["kept_by"]) == ("明年的打算", CHANGES, "汪洋")


def test_keeping_leaves_a_line_without_the_facts(firm: APIClient, own: Assessment) -> None:
    keep(firm, own)
    firm.delete(f"/api/v1/scenarios/{Scenario.objects.get().pk}")
    lines = AuditEvent.objects.filter(action__startswith="scenario.").order_by("id")
    assert [(line.action, line.detail) for line in lines] == [("scenario.keep", {"facts": 3}), ("scenario.remove", {})]


def test_it_changes_nothing_of_the_result(firm: APIClient, own: Assessment) -> None:
    before = own.result.fingerprint
    keep(firm, own)
    own.refresh_from_db()
    assert (own.result.fingerprint, own.answers.filter(approved=9, code="valid_invention_patents").exists()) == (
        before,
        False,
    )


def test_what_is_thrown_away_is_gone(firm: APIClient, own: Assessment) -> None:
    kept = keep(firm, own).json()["id"]
    assert firm.delete(f"/api/v1/scenarios/{kept}").status_code == 204
    assert (page(firm, own)["scenarios"], firm.delete(f"/api/v1/scenarios/{kept}").status_code) == ([], 404)


def test_a_name_is_used_once(firm: APIClient, own: Assessment) -> None:
    keep(firm, own)
    again = keep(firm, own, changes={"ip_insurance": False})
    assert (again.status_code, again.json()["code"], list(again.json()["fields"])) == (422, "name_taken", ["/name"])
    assert Scenario.objects.get().changes == CHANGES


def test_the_same_request_twice_keeps_one(firm: APIClient, own: Assessment) -> None:
    answers = [keep(firm, own, HTTP_IDEMPOTENCY_KEY="k1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize(
    ("name", "changes", "fields"),
    [
        (" ", CHANGES, ["/name"]),
        ("x" * 41, CHANGES, ["/name"]),
        ("空", {}, []),
        ("错", {"revenue": "many", "nothing": 1}, ["/changes/nothing", "/changes/revenue"]),
        ("错", [], ["/changes"]),
    ],
)
def test_what_makes_no_sense_is_refused(
    firm: APIClient, own: Assessment, name: str, changes: Any, fields: list[str]
) -> None:
    answer = keep(firm, own, name, changes)
    assert (answer.status_code, sorted(answer.json()["fields"])) == (422, fields)
    assert not Scenario.objects.exists()


def test_there_is_an_end_to_keeping(firm: APIClient, own: Assessment) -> None:
    codes = [keep(firm, own, f"方案{number}").status_code for number in range(21)]
    assert codes == [201] * 20 + [422]


def test_offices_use_the_page_but_see_and_keep_no_scenario(
    api: APIClient, people: People, firm: APIClient, own: Assessment
) -> None:
    kept = keep(firm, own).json()["id"]
    assert page(firm, own)["keep"]["enabled"]
    for role in ("city_officer", "province_leader"):
        api.force_authenticate(people.who(role))
        found = page(api, own)
        assert (found["scenarios"], found["keep"], bool(found["levers"])) == ([], None, True)
        assert keep(api, own, "省局的").json()["code"] == "own_firm_only"
        assert api.delete(f"/api/v1/scenarios/{kept}").status_code == 404


def test_another_firm_sees_none(api: APIClient, people: People, firm: APIClient, own: Assessment) -> None:
    kept = keep(firm, own).json()["id"]
    other = people.who("enterprise_approver")
    other.memberships.update(enterprise=Assessment.objects.exclude(pk=own.pk).get().enterprise)
    api.force_authenticate(other)
    assert (keep(api, own).status_code, api.delete(f"/api/v1/scenarios/{kept}").status_code) == (404, 404)
