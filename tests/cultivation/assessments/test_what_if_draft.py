"""What-if on a firm's own draft and on what it handed in, and changes put into the draft when it asks (E10, E11)."""

from typing import Any

import pytest
from django.apps import apps
from rest_framework.test import APIClient

from cultivation.assessments.models import Answer, AnswerEdit, Assessment, LedgerRight
from cultivation.assessments.services.filling import checklist_of, live_of, save_answers, submit_assessment
from cultivation.assessments.services.filling.save import WHAT_IF, Change
from cultivation.assessments.services.whatif import declared_base, shortest_paths, try_changes
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput
from tests.factories.filling import answer_all, begin, end_filling, fill, random_answers
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def filler(people: People) -> Actor:
    return people.who("enterprise_filler").actor


@pytest.fixture
def approver(people: People) -> Actor:
    return people.who("enterprise_approver").actor


@pytest.fixture
def draft(people: People, filler: Actor) -> Assessment:
    draft = begin(filler, people.firm)
    fill(filler, draft, revenue=5000, rd_expense=100, employees=60)
    return draft


@pytest.fixture
def client(people: People) -> APIClient:
    client = APIClient()
    client.force_authenticate(people.who("enterprise_filler"))
    return client


def at(assessment: Assessment, tail: str = "what-if") -> str:
    return f"/api/v1/assessments/{assessment.pk}/{tail}"


def put(actor: Actor, draft: Assessment, **values: Any) -> list[Any]:
    versions = dict(draft.answers.values_list("code", "version"))
    changes = [Change(code, value, versions.get(code, 0)) for code, value in values.items()]
    return save_answers(actor, draft=draft, changes=changes, source=WHAT_IF)[0]


class TestFromTheDraft:
    @pytest.mark.parametrize("seed", range(4))
    def test_no_change_gives_the_live_score_of_the_form(self, draft: Assessment, seed: int) -> None:
        draft.answers.all().delete()
        random_answers(draft, seed)
        draft = Assessment.objects.get(pk=draft.pk)
        live, tried = live_of(draft), try_changes(declared_base(draft), {})
        assert tried["score"] == live["score"]
        assert {one["code"]: one["outcome"] for one in tried["programmes"]} == {
            one["code"]: one["outcome"] for one in live["programmes"]
        }
        assert tried["differences"] == []

    def test_the_page_starts_from_what_was_typed(self, client: APIClient, draft: Assessment) -> None:
        page = client.get(at(draft)).json()
        values = {one["code"]: (one["value"], one["version"]) for one in page["levers"]}
        assert values["revenue"] == (5000, 1)
        assert page["is_declared"]
        assert page["put"]["name"] == "put"

    def test_trying_stores_nothing(self, client: APIClient, draft: Assessment) -> None:
        before = {model: model.objects.count() for model in apps.get_app_config("assessments").get_models()}
        stood = list(Answer.objects.order_by("pk").values())
        assert client.get(at(draft)).status_code == 200
        assert client.post(at(draft), {"changes": {"revenue": 9}}, format="json").status_code == 200
        assert client.get(at(draft, "moves")).status_code == 200
        assert {model: model.objects.count() for model in before} == before
        assert list(Answer.objects.order_by("pk").values()) == stood

    def test_what_is_handed_in_is_tried_by_what_was_declared(
        self, client: APIClient, filler: Actor, approver: Actor, draft: Assessment
    ) -> None:
        """What the office has made of it meanwhile is not told before it is announced."""
        answer_all(filler, draft)
        submit_assessment(approver, draft=draft, signed_name=approver.name, agreed=True)
        Answer.objects.filter(assessment=draft, code="revenue").update(approved=1)
        page = client.get(at(draft)).json()
        assert next(one["value"] for one in page["levers"] if one["code"] == "revenue") == 5000
        assert page["put"] is None

    def test_the_office_does_not_look_into_a_draft(self, people: People, draft: Assessment) -> None:
        for role, status in (("province_officer", 409), ("city_officer", 409), ("expert", 404)):
            client = APIClient()
            client.force_authenticate(people.who(role))
            assert client.get(at(draft)).status_code == status
            assert client.get(at(draft, "moves")).status_code == status

    def test_a_way_up_from_the_draft_reaches_its_tier(self, draft: Assessment) -> None:
        base = declared_base(draft)
        paths = shortest_paths(base)["paths"]
        assert paths
        for path in paths:
            assert try_changes(base, path["changes"])["level"] == path["level"] == path["goal"]


class TestPutIntoTheDraft:
    def test_it_is_an_edit_that_is_marked_and_waits(self, filler: Actor, draft: Assessment) -> None:
        (saved,) = put(filler, draft, revenue=8000)
        answer = Answer.objects.get(assessment=draft, code="revenue")
        assert (saved.outcome, answer.declared, answer.source, answer.confirmed) == ("saved", 8000, WHAT_IF, False)
        edits = AnswerEdit.objects.filter(assessment=draft, code="revenue").values_list("value", "source")
        assert list(edits) == [(5000, "form"), (8000, WHAT_IF)]

    def test_it_keeps_the_draft_from_being_handed_in_until_a_person_says_that_it_is_so(
        self, filler: Actor, approver: Actor, draft: Assessment
    ) -> None:
        answer_all(filler, draft)
        put(filler, draft, revenue=8000)
        draft = Assessment.objects.get(pk=draft.pk)
        (item,) = [one for one in checklist_of(draft) if one.severity == "blocking"]
        assert (item.code, "模拟测算" in item.text) == ("revenue", True)
        with pytest.raises(BadInput) as refused:
            submit_assessment(approver, draft=draft, signed_name=approver.name, agreed=True)
        assert refused.value.code == "incomplete"
        fill(filler, draft, revenue=8000)
        answer = Answer.objects.get(assessment=draft, code="revenue")
        assert (answer.source, answer.confirmed) == ("form", True)
        submit_assessment(approver, draft=Assessment.objects.get(pk=draft.pk), signed_name=approver.name, agreed=True)

    def test_what_somebody_changed_meanwhile_stays(self, client: APIClient, filler: Actor, draft: Assessment) -> None:
        page = client.get(at(draft)).json()
        base = next(one["version"] for one in page["levers"] if one["code"] == "revenue")
        fill(filler, draft, revenue=5100)
        body = {"changes": [{"code": "revenue", "value": 8000, "base": base, "key": "k"}], "source": WHAT_IF}
        (answered,) = client.patch(at(draft, "answers"), body, format="json").json()["changes"]
        assert (answered["outcome"], answered["answer"]["value"]) == ("conflict", 5100)

    def test_what_the_ledger_counts_or_a_person_judges_has_no_version(
        self, client: APIClient, draft: Assessment
    ) -> None:
        LedgerRight.objects.create(
            assessment=draft, number="1", number_ok=True, kind="invention", row=1, status="valid"
        )
        Answer.objects.create(
            assessment=draft, code="valid_invention_patents", state="known", declared=1, source="ledger"
        )
        levers = {one["code"]: one for one in client.get(at(draft)).json()["levers"]}
        assert levers["valid_invention_patents"]["version"] is None
        assert all(one["version"] is None for one in levers.values() if one["group"] == "judgement")

    def test_after_the_end_nothing_is_put(self, client: APIClient, filler: Actor, draft: Assessment) -> None:
        end_filling(draft.round)
        assert client.get(at(draft)).json()["put"] is None
        assert put(filler, Assessment.objects.get(pk=draft.pk), revenue=8000)[0].outcome == "late"
