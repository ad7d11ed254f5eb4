"""Every route for every role: what may not be seen is not found, what may not be done is refused with a reason."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from rest_framework.test import APIClient

from cultivation.accounts.events import EnterprisesMerged
from cultivation.accounts.models import Enterprise
from cultivation.accounts.states import ROLES
from cultivation.core.actors import SYSTEM
from cultivation.core.events import emit
from cultivation.core.jobs import run_now
from cultivation.core.jobs.queue import jobs_of
from cultivation.core.models import AuditEvent
from cultivation.documents.models import Certificate
from cultivation.documents.services.checking import check_token
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import Round
from cultivation.publication.services import print_list, request_certificates
from cultivation.support.models import Plan
from cultivation.support.services import approve_plan
from tests.factories.accounts import UserFactory
from tests.factories.rounds import assessment_of, new_round, scored_round
from tests.factories.workbooks import ADVANTAGE, ELSEWHERE, cut_workbook
from tests.people import People

pytestmark = pytest.mark.django_db

OFFICER, LEADER = ("province_officer",), ("province_leader",)
PROVINCE = OFFICER + LEADER
CITY = ("city_officer", "city_leader")
FIRM = ("enterprise_filler", "enterprise_approver", "enterprise_legal")
OTHERS = (*(role for role in ROLES if role not in PROVINCE + CITY + FIRM), "nobody")
STRANGER = ("stranger",)

Table = dict[str, tuple[int, int, int, int, int]]
Seen = dict[str, dict[str, int]]

# What each address answers the province, the city office of the firm, the firm, all other roles, and a stranger.
READING: Table = {
    "me": (200, 200, 200, 200, 401),
    "home": (200, 200, 200, 200, 401),
    "site": (200, 200, 200, 200, 200),
    "rulebooks/in-force": (200, 200, 200, 200, 401),
    "rounds": (200, 200, 200, 200, 401),
    "rounds/{round}": (200, 200, 200, 404, 401),
    "rounds/{round}/pool": (200, 200, 200, 404, 401),
    "rounds/{round}/problems": (200, 200, 200, 404, 401),
    "rounds/{round}/workbook": (200, 404, 404, 404, 401),
    "rounds/{round}/list": (200, 200, 403, 403, 401),
    "rounds/{round}/list/file": (200, 200, 403, 403, 401),
    "rounds/{draft}": (200, 200, 404, 404, 401),
    "rounds/{draft}/pool": (200, 200, 404, 404, 401),
    "assessments/{firm}": (200, 200, 200, 404, 401),
    "assessments/{other}": (200, 404, 404, 404, 401),
    "assessments/{firm}/report": (200, 200, 200, 404, 401),
    "assessments/{other}/report": (200, 404, 404, 404, 401),
    "assessments/{firm}/what-if": (200, 200, 200, 404, 401),
    "assessments/{other}/what-if": (200, 404, 404, 404, 401),
    "assessments/{firm}/moves": (200, 200, 200, 404, 401),
    "assessments/{other}/moves": (200, 404, 404, 404, 401),
    "assessments/{firm}/ledger": (200, 200, 200, 404, 401),
    "assessments/{other}/ledger": (200, 404, 404, 404, 401),
    "assessments/{firm}/peers": (200, 200, 200, 404, 401),
    "assessments/{other}/peers": (200, 404, 404, 404, 401),
    "assessments/{firm}/years": (200, 200, 200, 404, 401),
    "assessments/{other}/years": (200, 404, 404, 404, 401),
    "my/rounds": (200, 200, 200, 200, 401),
    "my/archive": (403, 403, 200, 403, 401),
    "plans/{firm_plan}": (200, 200, 200, 404, 401),
    "plans/{other_plan}": (200, 404, 404, 404, 401),
    "plans/{firm_plan}/file": (200, 200, 200, 404, 401),
    "plans/{other_plan}/file": (200, 404, 404, 404, 401),
    "documents/{firm_paper}/file": (200, 200, 200, 404, 401),
    "documents/{other_paper}/file": (200, 404, 404, 404, 401),
    "documents/{list_paper}/file": (200, 200, 200, 200, 401),
    "designations/desk": (200, 200, 200, 200, 401),
    "jobs/{job}": (200, 404, 404, 404, 401),
    "learning": (200, 403, 403, 403, 401),
    "trainings": (200, 200, 200, 200, 401),
    "learned-scorecards": (200, 200, 200, 200, 401),
    "learned-scorecards/1": (404, 404, 404, 404, 401),
    "advice": (200, 200, 200, 200, 401),
    "rounds/{round}/panel-scores": (200, 403, 403, 404, 401),
    "rounds/{round}/panel-scores/workbook": (200, 403, 403, 404, 401),
    "rounds/{round}/watch": (200, 403, 403, 404, 401),
    "rounds/{round}/watch/findings": (200, 404, 404, 404, 401),
    "rounds/{round}/watch/firms": (200, 404, 404, 404, 401),
    "verifications": (200, 200, 200, 200, 401),
    "public/lists": (200, 200, 200, 200, 200),
    "public/lists/{list}": (200, 200, 200, 200, 200),
    "public/lists/{list}/file": (200, 200, 200, 200, 200),
    "public/check/{token}": (200, 200, 200, 200, 200),
    "public/rulebooks": (200, 200, 200, 200, 200),
    "public/rulebooks/little-giant/2026": (200, 200, 200, 200, 200),
    "public/rulebooks/applicable": (200, 200, 200, 200, 200),
    "public/holiday-table": (200, 200, 200, 200, 200),
    "public/indicators": (200, 200, 200, 200, 200),
    "openapi": (200, 200, 200, 200, 200),
}
# How many rows each list has for them.
COUNTING: dict[str, tuple[int, int, int, int]] = {
    "rounds": (2, 2, 1, 0),
    "assessments": (2, 1, 1, 0),
    "placements": (2, 1, 1, 0),
    "plans": (2, 1, 1, 0),
    "certificates": (2, 1, 1, 0),
    "public/lists": (1, 1, 1, 1),
    "rounds/{round}/problems": (-1, 0, 0, -404),
}
# The same groups, for writing to a scored round that is not published yet.
WRITING: Table = {
    "rounds": (201, 403, 403, 403, 401),
    "rounds/{round}/workbook": (202, 403, 403, 404, 401),
    "rounds/{round}/actions/rescore": (200, 403, 403, 404, 401),
    "rounds/{round}/actions/publish": (200, 403, 403, 404, 401),
    "rounds/{round}/actions/issue_certificates": (409, 403, 403, 404, 401),
    "rounds/{round}/actions/fly": (404, 404, 404, 404, 401),
    "assessments/{firm}/ledger/confirm": (403, 403, 404, 404, 401),
    "assessments/{firm}/ledger/rights": (403, 403, 404, 404, 401),
    "assessments/{firm}/ledger/preview": (403, 403, 404, 404, 401),
    "assessments/{firm}/ledger/imports": (403, 403, 404, 404, 401),
    "plans/{firm_plan}/actions/approve": (200, 200, 404, 404, 401),
    "plans/{other_plan}/actions/approve": (200, 404, 404, 404, 401),
    "jobs/{job}/actions/cancel": (403, 404, 404, 404, 401),
}


def clients(people: People) -> dict[str, APIClient]:
    found = {role: APIClient() for role in (*ROLES, "nobody", "stranger")}
    for role in ROLES:
        found[role].force_authenticate(people.who(role))
    found["nobody"].force_authenticate(UserFactory(username="nobody"))
    return found


def expected(table: Table) -> Seen:
    groups = (PROVINCE, CITY, FIRM, OTHERS, STRANGER)
    return {
        address: {role: status for group, status in zip(groups, row, strict=True) for role in group}
        for address, row in table.items()
    }


def ids_of(round_: Round) -> dict[str, Any]:
    firm, other = assessment_of(round_, ADVANTAGE), assessment_of(round_, ELSEWHERE)
    return {
        "round": round_.pk,
        "firm": firm.pk,
        "other": other.pk,
        "firm_plan": Plan.objects.get(assessment=firm).pk,
        "other_plan": Plan.objects.get(assessment=other).pk,
        "job": last_job(round_),
    }


def last_job(round_: Round) -> int:
    found: int = jobs_of(round_).latest("pk").pk
    return found


def papers_of(round_: Round) -> dict[str, Any]:
    certificates = {c.enterprise.uscc: c for c in Certificate.objects.select_related("enterprise", "document")}
    return {
        "draft": new_round(name="下一批次").pk,
        "firm_paper": certificates[ADVANTAGE.uscc].document_id,
        "other_paper": certificates[ELSEWHERE.uscc].document_id,
        "list": round_.published_list.pk,
        "list_paper": print_list(SYSTEM, round_=round_).pk,
        "token": certificates[ADVANTAGE.uscc].token,
    }


def finished_round() -> Round:
    round_ = scored_round((ADVANTAGE, ELSEWHERE))
    for plan in Plan.objects.all():
        approve_plan(SYSTEM, plan=plan)
    round_flow.run(round_, "publish", actor=SYSTEM)
    run_now(request_certificates(SYSTEM, round_=round_))
    return round_


def test_reading(people: People) -> None:
    round_ = finished_round()
    ids = {**ids_of(round_), **papers_of(round_)}
    at = clients(people)
    seen: Seen = {
        address: {role: at[role].get(f"/api/v1/{address.format(**ids)}").status_code for role in at}
        for address in READING
    }
    assert seen == expected(READING)
    counted = {
        address: tuple(
            _count(at[role].get(f"/api/v1/{address.format(**ids)}"))
            for role in ("province_leader", "city_officer", "enterprise_filler", "expert")
        )
        for address in COUNTING
    }
    problems = round_.imports.get().problems.count()
    assert counted == COUNTING | {"rounds/{round}/problems": (problems, 0, 0, -404)}


def _count(answer: Any) -> int:
    return answer.json()["count"] if answer.status_code == 200 else -answer.status_code


def test_writing(people: People) -> None:
    ids = ids_of(scored_round((ADVANTAGE, ELSEWHERE)))
    at = clients(people)
    seen: Seen = {
        address: {role: _try(at[role], f"/api/v1/{address.format(**ids)}") for role in at} for address in WRITING
    }
    assert seen == expected(WRITING)


def _try(client: APIClient, address: str) -> int:
    """What the write would answer; it is taken back."""
    body: dict[str, Any] = {"data": {"name": "新批次", "assessed_on": "2026-05-01"}, "format": "json"}
    if address.endswith(("workbook", "ledger/preview", "ledger/imports")):
        body = {"data": {"file": SimpleUploadedFile("a.xlsx", cut_workbook())}, "format": "multipart"}
    with transaction.atomic():
        answer = client.post(address, **body)
        transaction.set_rollback(True)
    status: int = answer.status_code
    return status


class TestLeaderAlone:
    """A formal round is published, and a certificate taken back, by the leader of the province."""

    @pytest.mark.parametrize(("role", "status"), [("province_officer", 403), ("province_leader", 200)])
    def test_publishes_a_formal_round(self, people: People, role: str, status: int) -> None:
        round_ = scored_round((ADVANTAGE,), trial=False)
        answer = clients(people)[role].post(f"/api/v1/rounds/{round_.pk}/actions/publish")
        assert (answer.status_code, answer.json().get("code")) == (status, "leader_only" if status == 403 else None)

    @pytest.mark.parametrize(("role", "status"), [("province_officer", 403), ("province_leader", 200)])
    def test_issues_certificates_of_a_formal_round(self, people: People, role: str, status: int) -> None:
        round_ = round_flow.run(scored_round((ADVANTAGE,), trial=False), "publish", actor=SYSTEM)
        answer = clients(people)[role].post(f"/api/v1/rounds/{round_.pk}/actions/issue_certificates")
        assert answer.status_code == status

    def test_takes_a_certificate_back(self, people: People) -> None:
        finished_round()
        pk = Certificate.objects.get(enterprise__uscc=ADVANTAGE.uscc).pk
        address, body = f"/api/v1/certificates/{pk}/actions/revoke", {"reason": "企业提供虚假材料"}
        answers = {role: client.post(address, body, format="json") for role, client in clients(people).items()}
        statuses = {role: answer.status_code for role, answer in answers.items()}
        groups = ((OFFICER, 403), (LEADER, 200), (CITY, 403), (FIRM, 403), (OTHERS, 404), (STRANGER, 401))
        assert statuses == {role: status for group, status in groups for role in group}


def merge(absorbed: Enterprise, firm: Enterprise, on: date) -> None:
    Enterprise.objects.filter(pk=absorbed.pk).update(successor=firm, merged_on=on)
    emit(EnterprisesMerged(absorbed.pk, firm.pk, on, SYSTEM))


class TestCertificatesOfAMergedFirm:
    """Shown under the firm that lives on, waiting; the province says whether they pass on (E37)."""

    @pytest.fixture
    def taken(self, people: People) -> Certificate:
        finished_round()
        found = Certificate.objects.get(enterprise__uscc=ELSEWHERE.uscc)
        merge(found.enterprise, Enterprise.objects.get(uscc=ADVANTAGE.uscc), found.issued_on)
        found.refresh_from_db()
        return found

    def test_the_successor_sees_it_only_once_merged(self, people: People) -> None:
        finished_round()
        client, old = clients(people)["enterprise_approver"], Certificate.objects.get(enterprise__uscc=ELSEWHERE.uscc)
        file = f"/api/v1/documents/{old.document_id}/file"
        assert (client.get("/api/v1/certificates").json()["count"], client.get(file).status_code) == (1, 404)
        merge(old.enterprise, people.firm, old.issued_on)
        rows = client.get("/api/v1/certificates").json()["results"]
        assert [row["taken"]["state"] for row in rows if row["taken"]] == ["pending"]
        assert client.get(file).status_code == 200

    @pytest.mark.parametrize("move", ["confirm", "decline"])
    def test_the_province_decides(self, people: People, taken: Certificate, move: str) -> None:
        address, body = f"/api/v1/certificates/{taken.pk}/actions/{move}_taking", {"reason": "省局函〔2026〕3号"}
        statuses = {}
        for role, client in clients(people).items():
            with transaction.atomic():
                statuses[role] = client.post(address, body, format="json").status_code
                transaction.set_rollback(True)
        groups = ((OFFICER, 200), (LEADER, 200), (CITY, 403), (FIRM, 403), (OTHERS, 404), (STRANGER, 401))
        assert statuses == {role: status for group, status in groups for role in group}

    def test_decided_once_with_its_basis_and_told_to_whoever_checks(self, people: People, taken: Certificate) -> None:
        assert "待发证机关确认" in check_token(taken.token).sentence
        officer = clients(people)["province_officer"]
        address = f"/api/v1/certificates/{taken.pk}/actions/confirm_taking"
        assert officer.post(address, {"reason": "好"}, format="json").status_code == 422
        row = officer.post(address, {"reason": "省局函〔2026〕3号"}, format="json").json()
        assert (row["taken"]["state"], row["taken"]["basis"]) == ("confirmed", "省局函〔2026〕3号")
        assert officer.post(address, {"reason": "省局函〔2026〕3号"}, format="json").status_code == 409
        found = check_token(taken.token)
        assert (found.code, ADVANTAGE.uscc in found.sentence, "证书由其承继" in found.sentence) == ("valid", True, True)
        assert AuditEvent.objects.filter(action="certificate.confirm_taking", after="confirmed").exists()

    def test_lists_show_the_old_name_with_the_firm_that_lives_on(self, people: People, taken: Certificate) -> None:
        officer, heir = clients(people)["province_officer"], {"name": ADVANTAGE.name, "uscc": ADVANTAGE.uscc}
        published = officer.get("/api/v1/public/lists").json()["results"][0]["id"]
        pages = [
            officer.get("/api/v1/assessments").json()["results"],
            officer.get(f"/api/v1/public/lists/{published}").json()["entries"],
            [row["enterprise"] for row in officer.get("/api/v1/placements").json()["results"]],
        ]
        told = [{row["uscc"]: row["merged_into"] for row in page} for page in pages]
        assert [page[ADVANTAGE.uscc] for page in told] == [None] * 3
        for page in told:
            assert {key: page[ELSEWHERE.uscc][key] for key in heir} == heir


def test_a_city_sees_its_own_part_of_a_draft_list(people: People) -> None:
    round_ = scored_round((ADVANTAGE, ELSEWHERE))
    at = clients(people)
    names = {
        role: [entry["name"] for entry in at[role].get(f"/api/v1/rounds/{round_.pk}/list").json()["entries"]]
        for role in ("province_officer", "city_officer")
    }
    assert names == {"province_officer": [ADVANTAGE.name, ELSEWHERE.name], "city_officer": [ADVANTAGE.name]}


def test_a_firm_sees_nothing_before_publication(people: People) -> None:
    round_ = scored_round((ADVANTAGE, ELSEWHERE))
    ids, client = ids_of(round_), clients(people)["enterprise_approver"]
    draft = print_list(SYSTEM, round_=round_).pk
    addresses = [f"assessments/{ids['firm']}", f"plans/{ids['firm_plan']}", f"documents/{draft}/file"]
    assert [client.get(f"/api/v1/{address}").status_code for address in addresses] == [404, 404, 404]
    assert client.get("/api/v1/home").json()["assessment"] is None
