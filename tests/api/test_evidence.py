"""Evidence over the API: in pieces, across a cut line, once for many facts; what is refused leaves nothing (E16)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from rest_framework.test import APIClient

from cultivation.assessments.models import Assessment, Evidence, EvidenceUse, Upload
from cultivation.assessments.services.evidence.upload import MOST_UNFINISHED, PIECE, Pieces
from cultivation.assessments.services.filling import submit_assessment
from cultivation.core.models import AuditEvent, StoredFile
from tests.factories import papers
from tests.factories.evidence import CODE, OTHER, Desk, codes, leftovers, move, nothing_is_kept
from tests.factories.filling import answer_all, begin, end_filling, fill
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people: People) -> Assessment:
    return begin(people.who("enterprise_filler").actor, people.firm)


@pytest.fixture
def client(api: APIClient, people: People) -> APIClient:
    api.force_authenticate(people.who("enterprise_filler"))
    return api


@pytest.fixture
def desk(client: APIClient, draft: Assessment) -> Desk:
    return Desk(client, draft)


def test_a_large_file_across_a_cut_line(desk: Desk, django_capture_on_commit_callbacks: Any) -> None:
    data = papers.pdf(size=2 * PIECE + 4321)
    key = desk.start(size=len(data), mark="m").json()["key"]
    assert desk.piece(key, 0, data[:PIECE]).json() == {"received": PIECE, "evidence": None}
    again = desk.start(size=len(data), mark="m").json()
    assert (again["key"], again["received"]) == (key, PIECE)
    assert desk.client.get(f"/api/v1/uploads/{key}").json()["received"] == PIECE
    refused = desk.piece(key, 0, data[:PIECE])
    assert (refused.status_code, refused.json()["code"]) == (409, "other_offset")
    assert desk.piece(key, PIECE, data[PIECE : 2 * PIECE]).json()["received"] == 2 * PIECE
    with django_capture_on_commit_callbacks(execute=True):
        found = desk.piece(key, 2 * PIECE, data[2 * PIECE :]).json()["evidence"]
    assert (found["size"], found["media_type"], codes(found)) == (len(data), "application/pdf", [CODE])
    file = desk.client.get(f"/api/v1/evidence/{found['id']}/file")
    assert file.content == data
    assert file["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in file["Content-Security-Policy"]
    assert not Upload.objects.exists()
    assert leftovers() == []


def test_a_last_piece_that_came_before_the_line_was_cut_is_finished_by_an_empty_one(desk: Desk) -> None:
    data = papers.pdf()
    key = desk.start(size=len(data)).json()["key"]
    upload = Upload.objects.get(key=key)
    Pieces(upload.key).keep(0, data)
    upload.received = len(data)
    upload.save()
    assert desk.piece(key, len(data), b"").json()["evidence"]["name"] == "登记簿.pdf"


def test_the_same_file_for_many_facts_counts_once(desk: Desk, draft: Assessment) -> None:
    first = desk.send(papers.pdf()).json()["evidence"]
    again = desk.send(papers.pdf(), name="同一份.pdf", code=OTHER).json()["evidence"]
    assert again["id"] == first["id"]
    assert sorted(codes(again)) == sorted([CODE, OTHER])
    assert len(desk.page()["items"]) == 1
    third = desk.client.put(f"{desk.at}/{first['id']}/uses/own_brand").json()
    assert len(third["uses"]) == third["use_count"] == 3
    assert desk.client.put(f"{desk.at}/{first['id']}/uses/no_such").status_code == 422
    dropped = desk.client.delete(f"{desk.at}/{first['id']}/uses/own_brand")
    assert len(dropped.json()["uses"]) == 2
    assert desk.client.delete(f"{desk.at}/{first['id']}/uses/own_brand").status_code == 404
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [(papers.HTML, "网页"), (papers.SVG, "SVG"), (b"MZ" + bytes(100), "程序")],
    ids=["html", "svg", "program"],
)
def test_hostile_content_is_refused_and_nothing_is_kept(desk: Desk, data: bytes, words: str) -> None:
    answer = desk.send(data)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_file")
    assert words in answer.json()["detail"]
    assert nothing_is_kept()


def test_a_bomb_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    answer = desk.send(papers.bomb(), name="文件.ofd")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_file")
    assert nothing_is_kept()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"size": 2 * 2**30}, "/size"),
        ({"size": 0}, "/size"),
        ({"size": -1}, "/size"),
        ({"size": 9, "name": "../登记簿.pdf"}, "/name"),
        ({"size": 9, "name": "C:\\登记簿.pdf"}, "/name"),
        ({"size": 9, "name": ".."}, "/name"),
        ({"size": 9, "name": "登\u202e簿.pdf"}, "/name"),
        ({"size": 9, "name": "登" * 121}, "/name"),
        ({"size": 9, "name": "  "}, "/name"),
        ({"size": 9, "code": "no_such"}, "/code"),
        ({"size": 9, "code": "ip_quantity_score"}, "/code"),
    ],
    ids=["2-gb", "empty", "negative", "path", "windows-path", "dots", "turned", "long", "blank", "unknown", "marks"],
)
def test_what_can_not_begin(desk: Desk, asked: dict[str, Any], field: str) -> None:
    answer = desk.start(**asked)
    assert answer.status_code == 422, answer.json()
    assert field in answer.json()["fields"]
    assert nothing_is_kept()


def test_more_than_was_announced_is_refused(desk: Desk) -> None:
    key = desk.start(size=10).json()["key"]
    assert desk.piece(key, 0, bytes(PIECE + 1)).status_code == 413
    assert desk.piece(key, "x", b"").status_code == 422  # type: ignore[arg-type]
    desk.piece(key, 0, b"%PDF-")
    assert desk.piece(key, 5, b"12345678").json()["code"] == "too_large"
    assert nothing_is_kept()


def test_what_is_not_a_pdf_is_shown_in_a_sandbox_or_only_saved(desk: Desk) -> None:
    """A PDF has the browser's own reader, which opens in no sandbox; nothing else may do more than be looked at."""

    def headers(data: bytes, name: str) -> tuple[str, bool, bool]:
        found = desk.send(data, name=name).json()["evidence"]
        answer = desk.client.get(f"/api/v1/evidence/{found['id']}/file")
        policy = answer["Content-Security-Policy"]
        return answer["Content-Disposition"].split(";")[0], "default-src 'none'" in policy, "sandbox" in policy

    assert headers(papers.pdf(), "a.pdf") == ("inline", True, False)
    assert headers(papers.PNG, "a.png") == ("inline", True, True)
    assert headers(papers.ofd(), "a.ofd") == ("attachment", True, True)
    assert headers(papers.xlsx(), "a.xlsx") == ("attachment", True, True)


def test_a_cancelled_upload_leaves_nothing(desk: Desk) -> None:
    key = desk.start(size=10).json()["key"]
    desk.piece(key, 0, b"%PDF-")
    assert [one["received"] for one in desk.page()["uploads"]] == [5]
    assert desk.client.delete(f"/api/v1/uploads/{key}").status_code == 204
    assert nothing_is_kept()


def test_what_is_never_finished_is_forgotten(desk: Desk) -> None:
    for number in range(MOST_UNFINISHED + 3):
        desk.start(size=10 + number)
    assert Upload.objects.count() == MOST_UNFINISHED
    Upload.objects.update(started_at=timezone.now() - timedelta(days=4))
    desk.start(size=10)
    assert Upload.objects.count() == 1


def test_its_own_dates_are_flagged_and_stand_in_the_checklist(desk: Desk, draft: Assessment) -> None:
    """E17: the paper's dates, not the day of the upload."""
    filler = desk.client
    found = desk.send(papers.pdf()).json()["evidence"]
    assert [flag["kind"] for flag in found["flags"]] == ["undated"]
    address, on = f"/api/v1/evidence/{found['id']}", draft.round.assessed_on
    asked = {
        "title": "专利登记簿副本",
        "dated_on": "2020-01-01",
        "expires_on": str(on - timedelta(days=1)),
        "draft": draft.pk,
    }
    changed = filler.patch(address, asked, format="json").json()
    assert ([flag["kind"] for flag in changed["flags"]], changed["title"]) == (["expired"], "专利登记簿副本")
    items = filler.get(f"/api/v1/assessments/{draft.pk}/checklist").json()["items"]
    assert [(one["code"], one["severity"]) for one in items if one["kind"] == "expired"] == [(CODE, "warning")]
    asked |= {"dated_on": str(on + timedelta(days=1)), "expires_on": None}
    assert [flag["kind"] for flag in filler.patch(address, asked, format="json").json()["flags"]] == ["future"]
    asked |= {"dated_on": str(on), "expires_on": str(on)}
    assert filler.patch(address, asked, format="json").json()["flags"] == []
    wrong = filler.patch(address, asked | {"expires_on": "2020-01-01"}, format="json")
    assert "/expires_on" in wrong.json()["fields"]
    assert filler.patch(address, asked | {"dated_on": "0001-01-01"}, format="json").status_code == 422


def test_a_claim_without_a_paper_is_a_warning(desk: Desk, draft: Assessment, people: People) -> None:
    def missing() -> set[str]:
        items = desk.client.get(f"/api/v1/assessments/{draft.pk}/checklist").json()["items"]
        return {one["code"] for one in items if one["kind"] == "no_evidence"}

    fill(people.who("enterprise_filler").actor, draft, **{CODE: "3", "own_brand": False, "registered_trademarks": "0"})
    assert missing() == {CODE}
    desk.send(papers.pdf())
    assert missing() == set()


def test_what_was_handed_in_keeps_its_proof(
    desk: Desk, draft: Assessment, people: People, django_capture_on_commit_callbacks: Any
) -> None:
    approver = people.who("enterprise_approver").actor
    answer_all(people.who("enterprise_filler").actor, draft)
    found = desk.send(papers.pdf()).json()["evidence"]
    unused = desk.send(papers.pdf("other"), code="").json()["evidence"]
    submission = submit_assessment(approver, draft=draft, signed_name=approver.name, agreed=True)
    assert [(one["sha256"], one["codes"]) for one in submission.snapshot["evidence"]] == [(found["sha256"], [CODE])]
    assert desk.client.delete(f"/api/v1/evidence/{found['id']}").json()["code"] == "in_use"
    assert desk.client.delete(f"{desk.at}/{found['id']}/uses/{CODE}").json()["code"] == "not_a_draft"
    path = Evidence.objects.get(pk=unused["id"]).file.path
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.client.delete(f"/api/v1/evidence/{unused['id']}").status_code == 204
        assert default_storage.exists(path)
    assert not default_storage.exists(path)
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"evidence.add", "evidence.use", "evidence.remove"} <= actions


def test_what_a_submission_names_stays_when_its_use_is_dropped(desk: Desk, draft: Assessment, people: People) -> None:
    approver = people.who("enterprise_approver").actor
    answer_all(people.who("enterprise_filler").actor, draft)
    found = desk.send(papers.pdf()).json()["evidence"]
    submit_assessment(approver, draft=draft, signed_name=approver.name, agreed=True)
    Assessment.objects.filter(pk=draft.pk).update(state="returned")
    assert desk.client.delete(f"{desk.at}/{found['id']}/uses/{CODE}").json()["actions"][2]["enabled"] is False
    assert ["已随填报提交过" in move(one, "remove")["reason"] for one in desk.page()["items"]] == [True]
    assert desk.client.delete(f"/api/v1/evidence/{found['id']}").json()["code"] == "in_use"


def test_whether_anything_may_be_added_is_told(desk: Desk, draft: Assessment) -> None:
    assert [(one["name"], one["enabled"]) for one in desk.page()["actions"]] == [("add", True)]
    end_filling(draft.round)
    assert [(one["name"], one["enabled"], "截止" in one["reason"]) for one in desk.page()["actions"]] == [
        ("add", False, True)
    ]


def test_after_the_deadline_nothing_is_added(desk: Desk, draft: Assessment) -> None:
    key = desk.start(size=10).json()["key"]
    end_filling(draft.round)
    assert desk.start(size=10).json()["code"] == "not_filling"
    assert desk.piece(key, 0, b"%PDF-").json()["code"] == "not_filling"


def test_who_sees_a_paper(desk: Desk, draft: Assessment, people: People) -> None:
    """Another firm never; the offices once it is handed in, and only what belongs to it."""
    found = desk.send(papers.pdf()).json()["evidence"]
    desk.send(papers.pdf("never used"), code="")
    address = f"/api/v1/evidence/{found['id']}/file"

    def seen_by(role: str) -> int:
        client = APIClient()
        client.force_authenticate(people.who(role))
        return client.get(address).status_code

    roles = ("province_officer", "city_officer", "expert", "agency_manager", "system_admin")
    assert [seen_by(role) for role in roles] == [404] * 5
    approver = people.who("enterprise_approver").actor
    answer_all(people.who("enterprise_filler").actor, draft)
    submit_assessment(approver, draft=draft, signed_name=approver.name, agreed=True)
    assert [seen_by(role) for role in roles] == [200, 200, 404, 404, 404]
    office = APIClient()
    office.force_authenticate(people.who("city_officer"))
    page = office.get(desk.at).json()
    assert ([one["id"] for one in page["items"]], page["uploads"]) == ([found["id"]], [])
    assert page["actions"] == page["items"][0]["actions"] == []
    assert office.put(f"{desk.at}/{found['id']}/uses/{OTHER}").status_code == 403
    body = {"title": "x", "dated_on": None, "expires_on": None, "draft": draft.pk}
    assert office.patch(f"/api/v1/evidence/{found['id']}", body, format="json").status_code == 403
    assert office.delete(f"/api/v1/evidence/{found['id']}").status_code == 403


def test_another_firms_paper_can_not_be_used(desk: Desk, people: People, draft: Assessment) -> None:
    file = StoredFile.objects.create(sha256="0" * 64, name="x.pdf", media_type="application/pdf", size=1, path="x")
    theirs = Evidence.objects.create(
        enterprise=people.other_firm, file=file, sha256=file.sha256, title="x", dated_on=date(2026, 1, 1)
    )
    assert desk.client.put(f"{desk.at}/{theirs.pk}/uses/{CODE}").status_code == 404
    assert desk.client.get(f"/api/v1/evidence/{theirs.pk}/file").status_code == 404
    assert not EvidenceUse.objects.exists()


def test_the_cap_is_the_operators(desk: Desk) -> None:
    assert desk.page()["most"] == settings.UPLOAD_MAX_BYTES == 50 * 2**20
