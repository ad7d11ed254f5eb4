"""The return of an assessment over the API: what each side is told, and what is refused with a sentence (E23, E33)."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from cultivation.assessments.models import Assessment
from tests.factories.filling import fill
from tests.factories.returning import TEXT, handed_in, in_a_week, return_to_firm
from tests.people import People

pytestmark = pytest.mark.django_db


def of(people: People, role: str) -> APIClient:
    client = APIClient()
    client.force_authenticate(people.who(role))
    return client


@pytest.fixture
def city(people: People) -> APIClient:
    return of(people, "city_officer")


@pytest.fixture
def firm(people: People) -> APIClient:
    return of(people, "enterprise_filler")


@pytest.fixture
def case(people: People) -> Assessment:
    return handed_in(people)


def a_return(*codes: str, **more: Any) -> dict[str, Any]:
    notes = [{"code": code, "reason": "proof_differs", "text": TEXT} for code in codes]
    return {"until": in_a_week().isoformat(), "notes": notes, **more}


def test_an_office_reads_sends_back_and_the_firm_finds_the_notes(
    city: APIClient, firm: APIClient, case: Assessment
) -> None:
    at = f"/api/v1/assessments/{case.pk}"
    page = city.get(f"{at}/review").json()
    assert page["submission"]["number"] == 1
    assert page["opened_at"]
    assert [move["name"] for move in page["actions"]] == ["send_back"]
    answer = city.post(f"{at}/send-back", a_return("revenue", "ledger"), format="json")
    assert answer.status_code == 200
    assert answer.json()["state"] == "returned"
    [told] = answer.json()["returns"]
    assert (told["is_open"], told["office"], [one["code"] for one in told["notes"]]) == (
        True, "武汉市知识产权局", ["revenue", "ledger"],
    )  # fmt: skip
    form = firm.get(f"{at}/form").json()
    assert [one["label"] for one in form["returned"]["notes"]] == ["上年度营业收入", "知识产权台账"]
    assert form["is_ledger_open"]
    reply = firm.put(f"{at}/returns/notes/revenue", {"reply": "审计报告已更换。", "version": 0}, format="json").json()
    assert (reply["notes"][0]["reply"], reply["notes"][0]["is_answered"]) == ("审计报告已更换。", True)


def test_who_checks_it_never_reads_what_is_not_signed(people: People, city: APIClient, case: Assessment) -> None:
    """Neither the form nor the files nor the score of what is being set right, until it is handed in again."""
    return_to_firm(people.who("city_officer").actor, case, "revenue")
    fill(people.who("enterprise_filler").actor, case, revenue=4321)
    at = f"/api/v1/assessments/{case.pk}"
    for page in ("form", "live", "checklist", "ledger", "rights", "evidence", "form/workbook", "returns"):
        assert city.get(f"{at}/{page}").status_code == 403, page
    assert b"4,321" not in city.get(f"{at}/review").content


def test_a_return_sent_twice_is_one(city: APIClient, case: Assessment) -> None:
    at, headers = f"/api/v1/assessments/{case.pk}/send-back", {"Idempotency-Key": "one"}
    first = city.post(at, a_return("revenue"), format="json", headers=headers)
    again = city.post(at, a_return("revenue"), format="json", headers=headers)
    assert (first.status_code, again.status_code, case.returns.count()) == (200, 200, 1)


def test_two_officers_send_it_back_once(people: People, city: APIClient, case: Assessment) -> None:
    at = f"/api/v1/assessments/{case.pk}/send-back"
    assert city.post(at, a_return("revenue"), format="json").status_code == 200
    second = of(people, "city_leader").post(at, a_return("employees"), format="json")
    assert second.status_code == 409
    assert "退回补正" in second.json()["detail"]
    assert case.returns.count() == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/until"),
        (a_return(), "/notes"),
        (a_return("revenue", until="2026-02-30"), "/until"),
        (a_return("revenue", until="2020-01-01"), "/until"),
        (a_return("revenue", notes=[{"code": "revenue"}]), "/notes/0/reason"),
        (a_return("revenue", notes="all"), "/notes"),
        (a_return("<script>"), "/<script>"),
    ],
)
def test_bad_input_is_named_and_changes_nothing(
    city: APIClient, case: Assessment, body: dict[str, Any], pointer: str
) -> None:
    answer = city.post(f"/api/v1/assessments/{case.pk}/send-back", body, format="json")
    assert answer.status_code == 422, answer.content
    assert pointer in answer.json()["fields"], answer.json()
    case.refresh_from_db()
    assert case.state == "submitted"


def test_a_reply_that_came_second_is_told_what_stands_there(people: People, firm: APIClient, case: Assessment) -> None:
    """E04: refused with who wrote what, and nothing is overwritten."""
    return_to_firm(people.who("city_officer").actor, case, "revenue")
    at = f"/api/v1/assessments/{case.pk}/returns/notes/revenue"
    assert firm.put(at, {"reply": "甲", "version": 0}, format="json").status_code == 200
    second = of(people, "enterprise_approver").put(at, {"reply": "乙", "version": 0}, format="json")
    assert (second.status_code, second.json()["code"]) == (409, "reply_changed")
    assert "汪洋" in second.json()["detail"]


def test_an_imported_firm_has_nothing_to_send_back(people: People) -> None:
    """A firm that a summary workbook brought in has signed nothing here."""
    from tests.factories.rounds import assessment_of, scored_round
    from tests.factories.workbooks import ADVANTAGE

    imported = assessment_of(scored_round((ADVANTAGE,)), ADVANTAGE)
    province = of(people, "province_officer")
    assert province.get(f"/api/v1/assessments/{imported.pk}/review").status_code == 404
    answer = province.post(f"/api/v1/assessments/{imported.pk}/send-back", a_return("revenue"), format="json")
    assert answer.status_code == 409
