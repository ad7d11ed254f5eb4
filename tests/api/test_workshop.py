"""The rule workshop over HTTP: tables, edits with If-Match, a second person, and who may come in (P02, P03)."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from cultivation.accounts.states import PROVINCE_ROLES, ROLES
from cultivation.programmes.models import PublishedRulebook, RulebookDraft
from tests.factories.drafts import BANDS, WHY, change, new_draft, shipped, submitted, tomorrow
from tests.factories.rounds import new_round
from tests.people import People

pytestmark = pytest.mark.django_db

Plain = dict[str, Any]


@pytest.fixture
def officer(people: People) -> APIClient:
    return signed_in(people, "province_officer")


@pytest.fixture
def leader(people: People) -> APIClient:
    return signed_in(people, "province_leader")


@pytest.fixture
def draft(people: People) -> RulebookDraft:
    return new_draft(people.who("province_officer").actor)


def signed_in(people: People, role: str) -> APIClient:
    client = APIClient()
    client.force_login(people.who(role))
    return client


def at(draft: RulebookDraft, *rest: object) -> str:
    return "/".join(["/api/v1/rulebook-drafts", str(draft.pk), *map(str, rest)])


def save(client: APIClient, draft: RulebookDraft, *edits: Plain, revision: object = 1) -> Any:
    return client.patch(at(draft), {"edits": edits}, format="json", headers={"If-Match": str(revision)})


def sections(client: APIClient, draft: RulebookDraft) -> dict[str, Plain]:
    return {one["node"]: one for one in client.get(at(draft, "tables")).json()["sections"]}


class TestDoors:
    def addresses(self, draft: RulebookDraft) -> list[str]:
        record = shipped()
        return [
            "/api/v1/rulebooks",
            f"/api/v1/rulebooks/{record.pk}/tables",
            f"/api/v1/rulebooks/compare?old={record.pk}&new={record.pk}",
            "/api/v1/rulebook-drafts",
            at(draft),
            *(at(draft, part) for part in ("tables", "changes", "rounds", "impacts")),
        ]

    @pytest.mark.parametrize("role", sorted(set(ROLES) - PROVINCE_ROLES))
    def test_who_is_not_of_the_province_is_refused_everywhere(
        self, people: People, role: str, draft: RulebookDraft
    ) -> None:
        client = signed_in(people, role)
        answers = [client.get(address) for address in self.addresses(draft)]
        answers += [save(client, draft, {"pointer": "/issuer", "value": "x"})]
        answers += [
            client.post(at(draft, part), {}, format="json") for part in ("undo", "impacts", "actions/approve_draft")
        ]
        answers += [client.post("/api/v1/rulebook-drafts", {}, format="json")]
        assert {(one.status_code, one.json()["code"]) for one in answers} == {(403, "province_only")}

    @pytest.mark.parametrize("role", sorted(PROVINCE_ROLES))
    def test_the_province_comes_in(self, people: People, role: str, draft: RulebookDraft) -> None:
        client = signed_in(people, role)
        assert {client.get(address).status_code for address in self.addresses(draft)} == {200}

    def test_what_is_not_there_is_not_found(self, officer: APIClient) -> None:
        for address in ("rulebook-drafts/999", "rulebooks/999/tables", "rulebook-impacts/999"):
            assert officer.get(f"/api/v1/{address}").status_code == 404


class TestReading:
    def test_published_versions_say_what_they_are_in_force_for(self, officer: APIClient) -> None:
        rows = officer.get("/api/v1/rulebooks?size=200").json()["results"]
        found = {row["key"]: (row["in_force"], row["is_shipped"]) for row in rows}
        assert len(found) == PublishedRulebook.objects.count()
        assert found["ip-capability/2026"] == (["new", "renewal"], True)
        assert found["little-giant/2022"] == (["renewal"], True)

    def test_one_scheme_alone(self, officer: APIClient) -> None:
        rows = officer.get("/api/v1/rulebooks?programme=srdi-sme").json()["results"]
        assert [row["key"] for row in rows] == ["srdi-sme/2026", "srdi-sme/2022"]

    def test_tables_in_both_languages(self, officer: APIClient) -> None:
        address = f"/api/v1/rulebooks/{shipped().pk}/tables"
        for lang, title in (("zh-CN", "海外知识产权风险预案"), ("en", "Overseas IP risk plan")):
            found = officer.get(address, headers={"Accept-Language": lang}).json()
            assert title in [section["title"] for section in found["sections"]]

    def test_two_versions_side_by_side(self, officer: APIClient) -> None:
        old, new = shipped("srdi-sme/2022"), shipped("srdi-sme/2026")
        found = officer.get(f"/api/v1/rulebooks/compare?old={old.pk}&new={new.pk}").json()
        assert (found["old"]["key"], found["new"]["key"]) == (old.key, new.key)
        assert found["changes"]
        assert {section["state"] for section in found["sections"]} >= {"added", "removed", "changed"}

    def test_a_draft_beside_another_scheme_is_refused(self, officer: APIClient, draft: RulebookDraft) -> None:
        answer = officer.get(f"/api/v1/rulebooks/compare?old={shipped('hnte/2016').pk}&new=draft-{draft.pk}")
        assert (answer.status_code, answer.json()["detail"]) == (422, "只能对照同一方案的两个版本。")

    @pytest.mark.parametrize(("old", "status"), [("", 422), ("draft-x", 422), ("9" * 30, 422), ("999", 404)])
    def test_a_version_that_is_none(self, officer: APIClient, old: str, status: int) -> None:
        assert officer.get(f"/api/v1/rulebooks/compare?old={old}&new=1").status_code == status


class TestWriting:
    def test_a_copy_is_begun_once_for_one_key(self, officer: APIClient) -> None:
        wanted = {"published": shipped().pk, "version": "2028", "starts": tomorrow().isoformat()}
        answers = [
            officer.post("/api/v1/rulebook-drafts", wanted, format="json", headers={"Idempotency-Key": "k1"})
            for _ in range(2)
        ]
        assert [one.status_code for one in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert RulebookDraft.objects.count() == 1
        assert answers[0].json()["holder"] == "在林静手里修改"

    def test_a_copy_of_nothing_is_not_found(self, officer: APIClient) -> None:
        wanted = {"draft": 999, "version": "2028", "starts": tomorrow().isoformat()}
        assert officer.post("/api/v1/rulebook-drafts", wanted, format="json").status_code == 404

    def test_a_saved_cell_comes_back_as_it_is_stored(self, officer: APIClient, draft: RulebookDraft) -> None:
        answer = save(officer, draft, {"pointer": f"{BANDS}/1/points", "value": "２.5"}).json()
        assert answer["values"] == [{"pointer": f"{BANDS}/1/points", "value": 2.5}]
        assert (answer["status"]["revision"], answer["is_reshaped"], answer["status"]["problems"]) == (2, False, [])
        row = sections(officer, draft)["CR-4"]["rows"][1]
        assert (row["state"], row["cells"][3]["original"], row["cells"][3]["value"]) == ("changed", 2, 2.5)

    def test_a_problem_stands_beside_its_row_and_in_the_checklist(
        self, officer: APIClient, draft: RulebookDraft
    ) -> None:
        status = save(officer, draft, {"pointer": f"{BANDS}/1/to", "value": "8"}).json()["status"]
        assert status["problems"] == [
            {"law": "bands", "node": "CR-4", "pointer": f"{BANDS}/0", "sentence": "8至10之间有空缺"}
        ]
        states = {one["law"]: one["state"] for one in status["checks"]}
        assert (states["bands"], states["adds-up"], states["maximum"]) == ("broken", "holds", "untested")
        submit = next(one for one in status["actions"] if one["name"] == "submit_draft")
        assert (submit["enabled"], submit["needs"]) == (False, ["reason"])

    def test_a_row_that_comes_reshapes_the_tables(self, officer: APIClient, draft: RulebookDraft) -> None:
        answer = save(officer, draft, {"op": "copy", "pointer": f"{BANDS}/0"}).json()
        assert answer["is_reshaped"] is True
        undone = officer.post(at(draft, "undo"), headers={"If-Match": "2"}).json()
        assert (undone["status"]["revision"], undone["last_edit"]) == (3, None)

    def test_a_second_tab_is_told_who_and_when(
        self, officer: APIClient, leader: APIClient, draft: RulebookDraft
    ) -> None:
        assert save(leader, draft, {"pointer": f"{BANDS}/1/points", "value": "2.5"}).status_code == 200
        answer = save(officer, draft, {"pointer": f"{BANDS}/2/points", "value": "1.5"})
        assert (answer.status_code, answer.json()["code"]) == (409, "draft_changed")
        assert answer.json()["detail"].startswith("周正明在 20")
        assert answer.json()["fields"] == {"/revision": 2}

    @pytest.mark.parametrize("revision", ["", "x", "-1", "1" * 12])
    def test_a_change_without_a_revision_is_refused(
        self, officer: APIClient, draft: RulebookDraft, revision: str
    ) -> None:
        answer = save(officer, draft, {"pointer": "/issuer", "value": "省局"}, revision=revision)
        assert (answer.status_code, answer.json()["code"]) == (422, "revision_missing")

    @pytest.mark.parametrize(
        "edits",
        [
            [],
            [{"op": "fly", "pointer": "/issuer"}],
            [{"pointer": "/id", "value": "x"}],
            [{"pointer": "/issuer", "value": {"a": 1}}],
            [{"op": "remove", "pointer": "/tiers/0"}],
            [{"op": "compare", "pointer": "/issuer", "value": "at_least"}],
            [{"pointer": "x" * 501, "value": 1}],
        ],
    )
    def test_nonsense_is_refused_in_words(self, officer: APIClient, draft: RulebookDraft, edits: list[Plain]) -> None:
        answer = save(officer, draft, *edits)
        assert answer.status_code == 422
        assert answer.json()["detail"]


class TestApproval:
    def test_the_second_person_alone_has_the_buttons(
        self, people: People, officer: APIClient, leader: APIClient, draft: RulebookDraft
    ) -> None:
        submitted(people.who("province_officer").actor, draft)
        names = [
            [one["name"] for one in client.get(at(draft)).json()["status"]["actions"]] for client in (officer, leader)
        ]
        assert names == [["withdraw_draft"], ["approve_draft", "return_draft"]]

    def test_the_author_is_refused_with_the_sentence(
        self, people: People, officer: APIClient, draft: RulebookDraft
    ) -> None:
        submitted(people.who("province_officer").actor, draft)
        answer = officer.post(at(draft, "actions/approve_draft"), {}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (403, "second_person")

    def test_publication_happens_once_for_one_key(
        self, people: People, leader: APIClient, draft: RulebookDraft
    ) -> None:
        submitted(people.who("province_officer").actor, draft)
        answers = [
            leader.post(at(draft, "actions/approve_draft"), {}, format="json", headers={"Idempotency-Key": "k2"})
            for _ in range(2)
        ]
        assert [one.status_code for one in answers] == [200, 200]
        assert answers[0].json()["state"] == "published"
        assert PublishedRulebook.objects.get(key="ip-capability/2027").reason == WHY

    def test_what_changed_is_told_in_words(self, people: People, leader: APIClient, draft: RulebookDraft) -> None:
        change(people.who("province_officer").actor, draft, f"{BANDS}/1/points", "2.5")
        sentences = [one["sentence"] for one in leader.get(at(draft, "changes")).json()["changes"]]
        assert "5–10：2分 → 2.5分" in sentences

    def test_what_cannot_be_read_has_no_words(self, people: People, leader: APIClient, draft: RulebookDraft) -> None:
        change(people.who("province_officer").actor, draft, f"{BANDS}/1/points", "很多")
        assert leader.get(at(draft, "changes")).json() == {"changes": None}


def test_a_round_without_results_is_nothing_to_compare_with(officer: APIClient, draft: RulebookDraft) -> None:
    round_ = new_round()
    assert officer.get(at(draft, "rounds")).json() == []
    answer = officer.post(at(draft, "impacts"), {"round": round_.pk}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_compare")
