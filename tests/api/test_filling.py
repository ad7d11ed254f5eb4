"""A firm fills in over the API: begin, save, see where it stands, Excel out and back (E03–E09, E13, E20, E22)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from rest_framework.test import APIClient

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Assessment
from cultivation.programmes.models import Round
from tests.factories.filling import begin, open_round
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(api: APIClient, people: People) -> APIClient:
    api.force_authenticate(people.who("enterprise_filler"))
    return api


def start(client: APIClient) -> int:
    answer = client.post(f"/api/v1/rounds/{open_round().pk}/assessments")
    assert answer.status_code == 201, answer.json()
    found: int = answer.json()["id"]
    return found


def save(client: APIClient, pk: int, *changes: dict[str, Any]) -> Any:
    return client.patch(f"/api/v1/assessments/{pk}/answers", {"changes": list(changes)}, format="json")


def test_from_beginning_to_excel_and_back(client: APIClient) -> None:
    pk = start(client)
    form = client.get(f"/api/v1/assessments/{pk}/form").json()
    assert [section["code"] for section in form["sections"]][:2] == ["company", "finance"]
    saved = save(client, pk, {"code": "revenue", "value": "8000", "base": 0, "key": "a"}).json()
    assert (saved["changes"][0]["outcome"], saved["changes"][0]["answer"]["version"]) == ("saved", 1)
    live = client.get(f"/api/v1/assessments/{pk}/live").json()
    assert live["blocking"] == len(
        [
            item
            for item in client.get(f"/api/v1/assessments/{pk}/checklist").json()["items"]
            if item["severity"] == "blocking"
        ]
    )
    sheet = client.get(f"/api/v1/assessments/{pk}/form/workbook")
    file = SimpleUploadedFile("自评表.xlsx", sheet.content)
    compared = client.post(f"/api/v1/assessments/{pk}/form/workbook", {"file": file}, format="multipart")
    assert compared.json() == {"differences": [], "problems": []}


def test_a_conflict_carries_the_other_value(client: APIClient) -> None:
    pk = start(client)
    save(client, pk, {"code": "rd_staff", "value": 23, "base": 0})
    (change,) = save(client, pk, {"code": "rd_staff", "value": 25, "base": 0}).json()["changes"]
    assert (change["outcome"], change["answer"]["value"], change["answer"]["changed_by"]) == ("conflict", 23, "汪洋")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"changes": []},
        {"changes": [{"code": "revenue"}]},
        {"changes": [{"code": "revenue", "value": 1, "base": -1}]},
        {"changes": [{"code": "revenue", "value": 1, "base": 0}] * 301},
        {"changes": "all"},
        {"changes": [{"code": "revenue", "value": 1, "base": 0}], "source": "ledger"},
    ],
)
def test_what_is_no_save_is_refused_with_pointers(client: APIClient, body: Any) -> None:
    answer = client.patch(f"/api/v1/assessments/{start(client)}/answers", body, format="json")
    assert answer.status_code == 422
    assert answer.json()["fields"]


def test_a_draft_is_the_firms_own(people: People, client: APIClient) -> None:
    pk = start(client)
    officer = APIClient()
    officer.force_authenticate(people.who("city_officer"))
    for address in ("form", "live", "checklist", "form/workbook"):
        assert officer.get(f"/api/v1/assessments/{pk}/{address}").status_code == 403
    assert save(officer, pk, {"code": "revenue", "value": 1, "base": 0}).status_code == 403
    stranger = APIClient()
    stranger.force_authenticate(people.who("expert"))
    assert stranger.get(f"/api/v1/assessments/{pk}/form").status_code == 404


def test_a_firm_that_was_merged_into_another_begins_and_hands_in_nothing(people: People, client: APIClient) -> None:
    """E37: several rounds at once (E39), none of them is for it any more; what it wrote stays readable."""
    draft, other = start(client), open_round(name="另一个批次")
    firm, heir = people.firm, people.other_firm
    Enterprise.objects.filter(pk=firm.pk).update(successor=heir, merged_on=timezone.localdate())
    begun = client.post(f"/api/v1/rounds/{other.pk}/assessments")
    assert (begun.status_code, heir.name in begun.json()["detail"]) == (409, True)
    rows = client.get("/api/v1/my/rounds").json()
    assert [(row["assessment"], heir.name in row["closed"]) for row in rows] == [(draft, True)]
    api = APIClient()
    api.force_authenticate(people.who("enterprise_approver"))
    moves = api.get(f"/api/v1/assessments/{draft}/standing").json()["actions"]
    (handing_in,) = (move for move in moves if move["name"] == "submit")
    assert (handing_in["enabled"], heir.name in handing_in["reason"]) == (False, True)
    assert client.get(f"/api/v1/assessments/{draft}/form").status_code == 200


def test_a_firms_result_stays_hidden_until_it_is_announced(people: People, client: APIClient) -> None:
    """The firm sees that it takes part, not what was found, before the list is published."""
    draft = begin(people.who("enterprise_filler").actor, people.firm)
    Assessment.objects.filter(pk=draft.pk).update(state="decided")
    assert client.get(f"/api/v1/assessments/{draft.pk}").status_code == 404
    assert client.get("/api/v1/assessments").json()["count"] == 0


class TestRounds:
    """The province opens filling with a window, and may move its end (E22, P01)."""

    @pytest.fixture
    def province(self, people: People) -> APIClient:
        client = APIClient()
        client.force_authenticate(people.who("province_officer"))
        return client

    def create(self, province: APIClient, **window: Any) -> Any:
        body = {"name": "自评", "assessed_on": "2026-03-31", "stages": ["filling"], **window}
        return province.post("/api/v1/rounds", body, format="json")

    def test_filling_needs_its_window(self, province: APIClient) -> None:
        answer = self.create(province)
        assert (answer.status_code, set(answer.json()["fields"])) == (422, {"/filling_from", "/filling_until"})

    def test_it_must_end_after_it_begins(self, province: APIClient) -> None:
        now = timezone.now()
        answer = self.create(province, filling_from=now, filling_until=now)
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_filling_window")

    def test_it_opens_and_its_end_moves(self, province: APIClient) -> None:
        now = timezone.now()
        made = self.create(province, filling_from=now, filling_until=now + timedelta(hours=1)).json()
        assert [action["name"] for action in made["actions"]] == ["open"]
        opened = province.post(f"/api/v1/rounds/{made['id']}/actions/open", {}, format="json")
        assert opened.status_code == 200
        until = now + timedelta(days=2)
        moved = province.post(f"/api/v1/rounds/{made['id']}/deadline", {"until": until}, format="json")
        assert moved.status_code == 200
        assert Round.objects.get(pk=made["id"]).filling_until == until
        early = province.post(f"/api/v1/rounds/{made['id']}/deadline", {"until": now}, format="json")
        assert early.status_code == 422

    def test_nobody_scores_while_companies_still_fill_in(self, province: APIClient, people: People) -> None:
        round_ = open_round()
        actions = province.get(f"/api/v1/rounds/{round_.pk}").json()["actions"]
        (score,) = [action for action in actions if action["name"] == "score"]
        assert "还没有截止" in score["reason"]


def test_a_deleted_draft_is_gone_from_every_page_and_the_round_begins_again(people: People, client: APIClient) -> None:
    """E36: once per key, and the old address says what happened."""
    pk, approver = start(client), APIClient()
    approver.force_authenticate(people.who("enterprise_approver"))
    key = {"HTTP_IDEMPOTENCY_KEY": "once"}
    gone = approver.post(f"/api/v1/assessments/{pk}/discard", {}, format="json", **key)
    assert (gone.status_code, gone.json()["state"]) == (200, "discarded")
    assert approver.post(f"/api/v1/assessments/{pk}/discard", {}, format="json", **key).json() == gone.json()
    for address in ("form", "live", "checklist", "standing", "ledger", "evidence", "form/workbook"):
        answer = client.get(f"/api/v1/assessments/{pk}/{address}")
        assert (answer.status_code, answer.json()["code"]) == (404, "discarded"), address
    assert save(client, pk, {"code": "revenue", "value": 1, "base": 0}).status_code == 404
    (mine,) = client.get("/api/v1/my/rounds").json()
    assert mine["assessment"] is None
    anew = client.post(f"/api/v1/rounds/{mine['id']}/assessments")
    assert anew.status_code == 201
    assert anew.json()["id"] != pk
