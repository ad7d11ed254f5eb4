"""Every route of filling in, standing, learning, watching and the workshop for every role; and no route without a row.

Who may not see a thing is told that it is not there (404); who sees it but may not do it, that they may not (403).
"""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from rest_framework.test import APIClient

from cultivation.accounts.models import Enterprise
from cultivation.accounts.states import ROLES
from cultivation.assessments.models import Advice
from cultivation.assessments.services import request_verification
from cultivation.assessments.services.whatif.scenarios import keep_scenario
from cultivation.core.actors import SYSTEM, Actor
from cultivation.core.jobs import run_now
from cultivation.core.jobs.queue import jobs_of
from cultivation.operations.models import Archive
from cultivation.operations.services.archive import request_archive
from cultivation.programmes.flow import round_flow
from cultivation.programmes.services import request_impact
from tests.api import test_account_rights as accounts
from tests.api import test_rights as rounds
from tests.api.test_doors import OPERATIONS
from tests.factories import papers
from tests.factories.accounts import UserFactory, person_of, valid_uscc
from tests.factories.designations import designate, list_file, preview
from tests.factories.drafts import new_draft, shipped, tomorrow
from tests.factories.filling import answer_all, begin, open_round
from tests.factories.learning import learned_scorecard
from tests.factories.ledgers import ledger_book
from tests.factories.returning import in_a_week, note, return_to_firm, sign
from tests.factories.rounds import assessment_of, scored_round
from tests.factories.workbooks import ADVANTAGE, ELSEWHERE
from tests.people import People

pytestmark = pytest.mark.django_db
Row = tuple[int, int, int, int, int, int, int, int, int]

GROUPS: dict[str, tuple[str, ...]] = {
    "officer": ("province_officer",),
    "leader": ("province_leader",),
    "city": ("city_officer", "city_leader"),
    "filler": ("enterprise_filler",),
    "approver": ("enterprise_approver", "enterprise_legal"),
    "foreign": ("foreign_approver",),
    "auditor": ("audit_admin",),
    "others": ("expert", "agency_manager", "agency_consultant", "system_admin", "security_admin", "nobody"),
    "stranger": ("stranger",),
}


class Id(str):
    """The name of a thing whose id belongs there."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form with a file."""

    data: bytes
    more: dict[str, Any] = field(default_factory=dict)
    name: str = "file"


RIGHT = {"number": "201811070331.7", "title": "一种装置", "kind": "invention", "legal_state": "有效"}
WHAT_IF = {"changes": {"revenue": 9000}}
PDF = b"%PDF-1.4"
TITLE = [1, "某企业", "", "省上市办", "2025-01-01", "2026-12-31", ""]
COPY = {"published": Id("rulebook"), "version": "2030", "starts": tomorrow().isoformat()}
# What a write carries so that it gets as far as the rights; nothing where it needs nothing.
BODIES: dict[str, Any] = {
    "PATCH assessments/{draft}/answers": {"changes": [{"code": "revenue", "value": "8000", "base": 0}]},
    "POST assessments/{draft}/form/workbook": Sheet(ledger_book()),
    "POST assessments/{draft}/ledger/imports": Sheet(ledger_book(), {"base": 1}),
    "POST assessments/{draft}/ledger/preview": Sheet(ledger_book()),
    "POST assessments/{draft}/ledger/rights": RIGHT | {"number": "201820123456.1", "kind": "utility_model"},
    "PATCH assessments/{draft}/ledger/rights/{right}": {"title": "另一种装置"},
    "POST assessments/{draft}/evidence/uploads": {"name": "a.pdf", "size": 99, "code": "ip_strategy", "mark": "c"},
    "PATCH evidence/{paper}": {"title": "登记簿", "dated_on": None, "expires_on": None, "draft": Id("draft")},
    "POST assessments/{draft}/submit": {"signed_name": "江山", "agreed": True},
    "POST assessments/{sent}/send-back": {"until": in_a_week().isoformat(), "notes": [asdict(note("revenue"))]},
    "PUT assessments/{returned}/returns/notes/revenue": {"reply": "审计报告见附件。", "version": 0},
    "POST assessments/{firm}/scenarios": {"name": "后年", **WHAT_IF},
    "POST assessments/{other}/scenarios": {"name": "后年", **WHAT_IF},
    "POST assessments/{firm}/what-if": WHAT_IF,
    "POST assessments/{other}/what-if": WHAT_IF,
    "POST designation-lists": Sheet(list_file([TITLE]), {"kind": "gold-seed"}),
    "POST designations/{title}/actions/revoke": {"reason": "名单更正后不再列入", "on": "2026-01-01"},
    "POST learned-scorecards/{card}/actions/send_to_workshop": {"version": "2031", "starts": tomorrow().isoformat()},
    "POST public/check": Sheet(PDF),
    "POST mergers": Sheet(
        PDF,
        {"uscc": valid_uscc(88), "name": "外省企业有限公司", "form": "absorption", "happened_on": "2026-05-01"},
        "proof",
    ),
    "POST changes": Sheet(PDF, {"kind": "name", "after": "新名称有限公司", "happened_on": "2026-05-01"}, "proof"),
    "POST claims": Sheet(PDF, {"uscc": ADVANTAGE.uscc, "reason": "新来的经办人"}, "proof"),
    "POST trainings": {"origin": "panel"},
    "PUT me/membership": {"membership": Id("membership")},
    "POST rounds/{filling}/deadline": {"until": "2099-01-01T00:00:00+08:00", "reason": "延长填报时间"},
    "POST rounds/{filling}/timetable": {"days": {"decide": "2030-06-03"}},
    "POST rounds/{round}/panel-scores": Sheet(ledger_book(), {"origin": "panel"}),
    "POST rulebook-drafts": COPY,
    "PATCH rulebook-drafts/{rules}": {"edits": [{"pointer": "/issuer", "value": "省局"}]},
    "POST rulebook-drafts/{rules}/actions/explain_no_impact": {"reason": "只改文字，不影响得分。"},
    "POST rulebook-drafts/{rules}/impacts": {"round": Id("round")},
    "PUT rulebook-drafts/{rules}/weights": {"judgements": {"creation|utilisation": "2"}},
}
ROWS: dict[str, Row] = {
    "GET assessments/{draft}/evidence": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "POST assessments/{draft}/evidence/uploads": (403, 403, 403, 201, 201, 404, 404, 404, 401),
    "PUT assessments/{draft}/evidence/{paper}/uses/ip_strategy": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "DELETE assessments/{draft}/evidence/{paper}/uses/ip_strategy": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "PATCH evidence/{paper}": (404, 404, 404, 200, 200, 404, 404, 404, 401),
    "DELETE evidence/{paper}": (404, 404, 404, 409, 409, 404, 404, 404, 401),
    "GET evidence/{paper}/file": (404, 404, 404, 200, 200, 404, 404, 404, 401),
    "GET uploads/{upload}": (404, 404, 404, 200, 200, 404, 404, 404, 401),
    "PATCH uploads/{upload}?offset=0": (404, 404, 404, 415, 415, 404, 404, 404, 401),
    "DELETE uploads/{upload}": (404, 404, 404, 204, 204, 404, 404, 404, 401),
    "GET advice": (200, 200, 200, 200, 200, 200, 200, 200, 401),
    "POST advice/{advice}/actions/take": (200, 200, 404, 404, 404, 404, 404, 404, 401),
    "PATCH assessments/{draft}/answers": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "GET assessments/{draft}/checklist": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "GET assessments/{draft}/form": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "GET assessments/{draft}/form/workbook": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "POST assessments/{draft}/form/workbook": (403, 403, 403, 422, 422, 404, 404, 404, 401),
    "GET assessments/{draft}/ledger": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "GET assessments/{draft}/rights": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "GET assessments/{sent}/rights": (200, 200, 200, 200, 200, 404, 404, 404, 401),
    "DELETE assessments/{draft}/ledger": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "POST assessments/{draft}/ledger/confirm": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "POST assessments/{draft}/ledger/imports": (403, 403, 403, 409, 409, 404, 404, 404, 401),
    "POST assessments/{draft}/ledger/preview": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "POST assessments/{draft}/ledger/rights": (403, 403, 403, 201, 201, 404, 404, 404, 401),
    "PATCH assessments/{draft}/ledger/rights/{right}": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "DELETE assessments/{draft}/ledger/rights/{right}": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "GET assessments/{draft}/live": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "GET assessments/{sent}/live": (200, 200, 200, 200, 200, 404, 404, 404, 401),
    "GET assessments/{firm}/peers": (200, 200, 200, 200, 200, 404, 404, 404, 401),
    "GET assessments/{sent}/receipts/{receipt}": (200, 200, 200, 200, 200, 404, 404, 404, 401),
    "POST assessments/{firm}/scenarios": (403, 403, 403, 201, 201, 404, 404, 404, 401),
    "POST assessments/{other}/scenarios": (403, 403, 404, 404, 404, 201, 404, 404, 401),
    "POST assessments/{firm}/what-if": (200, 200, 200, 200, 200, 404, 404, 404, 401),
    "POST assessments/{other}/what-if": (200, 200, 404, 404, 404, 200, 404, 404, 401),
    "DELETE scenarios/{scenario}": (404, 404, 404, 204, 204, 404, 404, 404, 401),
    "GET assessments/{draft}/standing": (200, 200, 200, 200, 200, 404, 404, 404, 401),
    "GET assessments/{sent}/standing": (200, 200, 200, 200, 200, 404, 404, 404, 401),
    "POST assessments/{draft}/submit": (403, 403, 403, 403, 422, 404, 404, 404, 401),
    "POST assessments/{draft}/discard": (403, 403, 403, 403, 200, 404, 404, 404, 401),
    "POST assessments/{sent}/discard": (409, 409, 409, 409, 409, 404, 404, 404, 401),
    "POST assessments/{sent}/take-back": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "GET assessments/{draft}/review": (403, 403, 403, 403, 403, 404, 404, 404, 401),
    "GET assessments/{sent}/review": (200, 200, 200, 403, 403, 404, 404, 404, 401),
    "GET assessments/{returned}/review": (200, 200, 200, 403, 403, 404, 404, 404, 401),
    "POST assessments/{sent}/send-back": (200, 200, 200, 403, 403, 404, 404, 404, 401),
    "POST assessments/{returned}/take-up": (409, 409, 409, 403, 403, 404, 404, 404, 401),
    "GET assessments/{returned}/form": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "GET assessments/{returned}/returns": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "PUT assessments/{returned}/returns/notes/revenue": (403, 403, 403, 200, 200, 404, 404, 404, 401),
    "GET assessments/{firm}/years": (200, 200, 200, 200, 200, 404, 404, 404, 401),
    "GET designation-lists": (200, 200, 200, 200, 200, 200, 200, 200, 401),
    "POST designation-lists": (201, 201, 403, 403, 403, 403, 403, 403, 401),
    "GET designation-lists/{list}": (200, 200, 404, 404, 404, 404, 404, 404, 401),
    "POST designation-lists/{list}/actions/confirm": (200, 200, 404, 404, 404, 404, 404, 404, 401),
    "GET designations": (200, 200, 200, 200, 200, 200, 200, 200, 401),
    "POST designations/{title}/actions/revoke": (200, 200, 404, 404, 404, 403, 404, 404, 401),
    "GET learned-scorecards": (200, 200, 200, 200, 200, 200, 200, 200, 401),
    "GET learned-scorecards/{card}": (200, 200, 404, 404, 404, 404, 404, 404, 401),
    "POST learned-scorecards/{card}/actions/retire": (200, 200, 404, 404, 404, 404, 404, 404, 401),
    "POST learned-scorecards/{card}/actions/send_to_workshop": (200, 200, 404, 404, 404, 404, 404, 404, 401),
    "GET learned-scorecards/{card}/card": (200, 200, 404, 404, 404, 404, 404, 404, 401),
    "GET learned-scorecards/{card}/rulebook": (200, 200, 404, 404, 404, 404, 404, 404, 401),
    "GET learning": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "GET trainings": (200, 200, 200, 200, 200, 200, 200, 200, 401),
    "POST trainings": (202, 202, 403, 403, 403, 403, 403, 403, 401),
    "PUT me/membership": (404, 404, 404, 200, 404, 404, 404, 404, 401),
    "GET me/totp-square": (404, 404, 404, 404, 404, 404, 404, 404, 401),
    "GET my/archive": (403, 403, 403, 200, 200, 200, 403, 403, 401),
    "POST my/archive": (403, 403, 403, 202, 202, 202, 403, 403, 401),
    "GET my/archives/{archive}/file": (404, 404, 404, 200, 404, 404, 404, 404, 401),
    "GET my/rounds": (200, 200, 200, 200, 200, 200, 200, 200, 401),
    "POST rounds/{open}/assessments": (403, 403, 403, 201, 201, 201, 404, 404, 401),
    "POST rounds/{filling}/deadline": (200, 200, 403, 403, 403, 403, 404, 404, 401),
    "POST rounds/{filling}/timetable": (200, 200, 403, 403, 403, 403, 404, 404, 401),
    "GET rounds/{round}/panel-scores": (200, 200, 403, 403, 403, 403, 404, 404, 401),
    "POST rounds/{round}/panel-scores": (422, 422, 403, 403, 403, 403, 404, 404, 401),
    "GET rounds/{round}/panel-scores/workbook": (200, 200, 403, 403, 403, 403, 404, 404, 401),
    "GET rounds/{round}/watch": (200, 200, 403, 403, 403, 403, 404, 404, 401),
    "POST rounds/{round}/watch": (409, 409, 403, 403, 403, 403, 404, 404, 401),
    "GET rounds/{round}/watch/findings": (200, 200, 404, 404, 404, 404, 404, 404, 401),
    "GET rounds/{round}/watch/firms": (200, 200, 404, 404, 404, 404, 404, 404, 401),
    "GET rulebook-drafts": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "POST rulebook-drafts": (201, 201, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebook-drafts/{rules}": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "PATCH rulebook-drafts/{rules}": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "POST rulebook-drafts/{rules}/actions/explain_no_impact": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "POST rulebook-drafts/{rules}/actions/approve_draft": (409, 409, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebook-drafts/{rules}/changes": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebook-drafts/{rules}/impacts": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "POST rulebook-drafts/{rules}/impacts": (201, 201, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebook-drafts/{rules}/reach?round={round}": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebook-drafts/{rules}/rounds": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebook-drafts/{rules}/tables": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "POST rulebook-drafts/{rules}/undo": (409, 409, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebook-drafts/{rules}/weights": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "PUT rulebook-drafts/{rules}/weights": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "POST rulebook-drafts/{rules}/weights/apply": (422, 422, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebook-impacts/{impact}": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebook-impacts/{impact}/all-firms": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebook-impacts/{impact}/firms": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebook-impacts/{impact}/firms/{firm}": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebooks": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebooks/{rulebook}/tables": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "GET rulebooks/compare?old={rulebook}&new={rulebook}": (200, 200, 403, 403, 403, 403, 403, 403, 401),
    "GET verifications": (200, 200, 200, 200, 200, 200, 200, 200, 401),
    "POST verifications": (202, 202, 403, 403, 403, 403, 202, 403, 401),
    "GET verifications/{verification}/findings": (200, 200, 404, 404, 404, 404, 200, 404, 401),
    "GET verifications/choices": (200, 200, 403, 403, 403, 403, 200, 403, 401),
    "POST public/check": (200,) * 9,
    "POST mergers": (404, 404, 404, 403, 201, 201, 404, 404, 401),
    "POST changes": (404, 404, 404, 403, 201, 201, 404, 404, 401),
    "POST claims": (403, 403, 403, 403, 403, 201, 403, 403, 401),
    "POST try": (422, 422, 422, 422, 422, 422, 422, 422, 422),
}


@pytest.fixture
def ids(people: People) -> dict[str, Any]:
    """One of each thing: the firm's draft, one handed in, a scored round, a draft of rules, a learned scorecard."""
    scored = round_flow.run(scored_round((ADVANTAGE, ELSEWHERE)), "publish", actor=SYSTEM)
    filler, approver = (people.who(f"enterprise_{role}").actor for role in ("filler", "approver"))
    draft = begin(filler, people.firm)
    sent, returned = (begin(filler, people.firm, open_round(name=name)) for name in ("已提交的批次", "退回的批次"))
    for case in (sent, returned):
        answer_all(filler, case)
        sign(approver, case)
    return_to_firm(people.who("city_officer").actor, returned, "revenue")
    rules = new_draft(people.who("province_officer").actor)
    card, firm = learned_scorecard(), assessment_of(scored, ADVANTAGE)
    about = {"facts_fingerprint": "x", "expert": "growth", "learned": "starter", "steps": 1}
    return {
        "round": scored.pk,
        "open": open_round(name="还没有开始的批次").pk,
        "filling": draft.round_id,
        "draft": draft.pk,
        "right": add_right(people, draft.pk),
        **add_evidence(people, draft.pk),
        "sent": sent.pk,
        "receipt": 1,
        "returned": returned.pk,
        "firm": firm.pk,
        "other": assessment_of(scored, ELSEWHERE).pk,
        "scenario": keep_scenario(approver, assessment=firm, name="明年", changes={"revenue": 1}).pk,
        "rules": rules.pk,
        "impact": request_impact(SYSTEM, draft=rules, round_=scored).pk,
        "rulebook": shipped().pk,
        "membership": people.who("enterprise_filler").memberships.get().pk,
        "card": card.pk,
        "advice": Advice.objects.create(scorecard=card, assessment=firm, **about).pk,
        "verification": request_verification(SYSTEM, round_=scored)[0].pk,
        "list": preview(list_file([[*TITLE[:1], people.firm.name, *TITLE[2:]]])).pk,
        "title": designate(people.other_firm).pk,
        "archive": packed_archive(filler, people.firm).pk,
    }


def packed_archive(actor: Actor, firm: Enterprise) -> Archive:
    asked = request_archive(actor, enterprise=firm)
    run_now(jobs_of(asked).get())
    return asked


def add_right(people: People, draft: int) -> int:
    client = APIClient()
    client.force_authenticate(people.who("enterprise_filler"))
    page = client.post(f"/api/v1/assessments/{draft}/ledger/rights", RIGHT, format="json").json()
    return int(page["right"]["id"])


def add_evidence(people: People, draft: int) -> dict[str, Any]:
    """A paper of the firm's draft, and one that is still on its way."""
    client, data = APIClient(), papers.pdf()
    client.force_authenticate(people.who("enterprise_filler"))
    asked = {"name": "登记簿.pdf", "size": len(data), "code": "ip_strategy"}
    at = f"/api/v1/assessments/{draft}/evidence/uploads"
    key = client.post(at, asked | {"mark": "a"}, format="json").json()["key"]
    kept = client.patch(f"/api/v1/uploads/{key}?offset=0", data, content_type="application/octet-stream").json()
    upload = client.post(at, asked | {"mark": "b", "size": 99}, format="json").json()["key"]
    return {"paper": kept["evidence"]["id"], "upload": upload}


@pytest.fixture
def clients(people: People, ids: dict[str, Any]) -> dict[str, APIClient]:
    known = {role: people.who(role) for role in ROLES}
    known |= {"foreign_approver": person_of(people.other_firm), "nobody": UserFactory()}
    found = {name: APIClient() for name in (*known, "stranger")}
    for name, user in known.items():
        found[name].force_authenticate(user)
    return found


def ask(client: APIClient, row: str, ids: dict[str, Any]) -> int:
    """What is answered; a write is taken back."""
    method, address = row.format(**ids).split(" ")
    headers = {"If-Match": "1"} if "rulebook-drafts" in address else {}
    given = {} if method == "GET" else carried(BODIES.get(row, {}), ids)
    with transaction.atomic():
        answer = getattr(client, method.lower())(f"/api/v1/{address}", **given, headers=headers)
        if hasattr(answer, "file_to_stream"):
            answer.file_to_stream.close()
        transaction.set_rollback(True)
    return int(answer.status_code)


def carried(body: Any, ids: dict[str, Any]) -> dict[str, Any]:
    if isinstance(body, Sheet):
        return {"data": {body.name: SimpleUploadedFile("表.xlsx", body.data), **body.more}, "format": "multipart"}
    known = {key: ids[value] if isinstance(value, Id) else value for key, value in body.items()}
    return {"data": known, "format": "json"}


def test_every_row(clients: dict[str, APIClient], ids: dict[str, Any]) -> None:
    found = {row: {name: ask(clients[name], row, ids) for names in GROUPS.values() for name in names} for row in ROWS}
    expected = {
        row: {name: status for names, status in zip(GROUPS.values(), statuses, strict=True) for name in names}
        for row, statuses in ROWS.items()
    }
    assert {row: found[row] for row in found if found[row] != expected[row]} == {}


# How many rows each list has for them; a list that is not theirs is empty.
COUNTING: dict[str, tuple[int, int, int, int, int, int, int, int]] = {
    "advice": (1, 1, 0, 0, 0, 0, 0, 0),
    "designation-lists": (2, 2, 0, 0, 0, 0, 0, 0),
    "designations": (1, 1, 0, 0, 0, 1, 0, 0),
    "learned-scorecards": (1, 1, 0, 0, 0, 0, 0, 0),
    "trainings": (1, 1, 0, 0, 0, 0, 0, 0),
    "verifications": (1, 1, 0, 0, 0, 0, 1, 0),
}


def test_how_much_everybody_sees(clients: dict[str, APIClient], ids: dict[str, Any]) -> None:
    groups = [names for group, names in GROUPS.items() if group != "stranger"]
    found = {
        address: {name: clients[name].get(f"/api/v1/{address}").json()["count"] for names in groups for name in names}
        for address in COUNTING
    }
    assert found == {
        address: {name: count for names, count in zip(groups, counts, strict=True) for name in names}
        for address, counts in COUNTING.items()
    }


# Rights that depend on more than the role have tests of their own: the leader alone takes a certificate back.
SPECIAL = [
    "POST /api/v1/certificates/{id}/actions/revoke",
    "POST /api/v1/certificates/{id}/actions/{move}_taking",
]


def test_no_route_is_without_a_row() -> None:
    """A new route gets its row here, in the table of rounds, or in that of accounts."""
    reading = [*rounds.READING, *rounds.COUNTING, *accounts.READING, *accounts.COUNTING]
    rows = {*ROWS, *(f"GET {one}" for one in reading), *(f"POST {one}" for one in (*rounds.WRITING, *accounts.WRITING))}
    known = [one.split("?")[0] for one in rows]
    bare = [
        f"{method.upper()} {path}" for path, method in OPERATIONS if not any(_is_of(one, path, method) for one in known)
    ]
    assert bare == SPECIAL


def _is_of(row: str, path: str, method: str) -> bool:
    shape = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path.removeprefix("/api/v1/")))
    return re.fullmatch(f"{method.upper()} {shape}", row) is not None
