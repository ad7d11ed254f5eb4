"""Where in a file the proof is, what may be removed, and what an office is shown of it (E16, E17)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from rest_framework.test import APIClient

from cultivation.assessments.models import Assessment, Evidence, EvidenceUse, Upload
from cultivation.assessments.services.evidence import forget_unfinished
from cultivation.assessments.services.evidence.upload import Pieces
from cultivation.assessments.services.filling import submit_assessment
from cultivation.core.jobs import enqueue_daily, work_once
from cultivation.core.models import AuditEvent, Job, StoredFile
from cultivation.programmes.models import Round
from tests.factories import papers
from tests.factories.evidence import CODE, OTHER, Desk, codes, leftovers, move
from tests.factories.filling import answer_all, begin, end_filling, open_round
from tests.people import People

pytestmark = pytest.mark.django_db
PLACE = "第 3 页, 第二段"


@pytest.fixture
def draft(people: People) -> Assessment:
    return begin(people.who("enterprise_filler").actor, people.firm)


@pytest.fixture
def desk(api: APIClient, people: People, draft: Assessment) -> Desk:
    api.force_authenticate(people.who("enterprise_filler"))
    return Desk(api, draft)


def hand_in(people: People, draft: Assessment) -> Any:
    approver = people.who("enterprise_approver").actor
    answer_all(people.who("enterprise_filler").actor, draft)
    return submit_assessment(approver, draft=draft, signed_name=approver.name, agreed=True)


def say_where(desk: Desk, evidence: int, code: str, note: str) -> Any:
    return desk.client.put(f"{desk.at}/{evidence}/uses/{code}", {"note": note}, format="json")


def notes(row: dict[str, Any]) -> dict[str, str]:
    return {use["code"]: use["note"] for use in row["uses"]}


def test_each_use_says_where_in_the_file_its_proof_is(desk: Desk, draft: Assessment, people: People) -> None:
    found = desk.send(papers.pdf()).json()["evidence"]
    assert notes(say_where(desk, found["id"], CODE, f"  {PLACE}\u202e\n").json()) == {CODE: PLACE}
    say_where(desk, found["id"], OTHER, "")
    again = desk.client.put(f"{desk.at}/{found['id']}/uses/{CODE}")
    assert notes(again.json()) == {CODE: PLACE, OTHER: ""}
    assert say_where(desk, found["id"], CODE, "x" * 121).status_code == 422
    assert AuditEvent.objects.filter(action="evidence.note").count() == 1
    snapshot = hand_in(people, draft).snapshot["evidence"]
    assert [(one["codes"], one["notes"]) for one in snapshot] == [(sorted([OTHER, CODE]), {CODE: PLACE})]


def test_an_office_sees_what_was_handed_in_not_what_became_of_it(desk: Desk, draft: Assessment, people: People) -> None:
    found = desk.send(papers.pdf()).json()["evidence"]
    say_where(desk, found["id"], CODE, PLACE)
    hand_in(people, draft)
    body = {"title": "改过的名称", "dated_on": "2020-01-01", "expires_on": None, "draft": draft.pk}
    address = f"/api/v1/evidence/{found['id']}"
    refused = desk.client.patch(address, body, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "handed_in")
    assert move(desk.page()["items"][0], "change")["enabled"] is False
    other = begin(people.who("enterprise_filler").actor, people.firm, open_round(name="另一批次"))
    assert desk.client.patch(address, {**body, "draft": other.pk}, format="json").status_code == 200
    office = APIClient()
    office.force_authenticate(people.who("city_officer"))
    (seen,) = office.get(desk.at).json()["items"]
    assert (seen["title"], seen["dated_on"], notes(seen)) == ("登记簿", None, {CODE: PLACE})
    assert [flag["kind"] for flag in seen["flags"]] == ["undated"]
    assert seen["uses"][0]["label"] == "有效发明专利数"


def test_a_file_is_removed_with_the_uses_that_were_shown(desk: Desk, draft: Assessment) -> None:
    """Two windows: one more use since then is told before anything goes."""
    found = desk.send(papers.pdf()).json()["evidence"]
    address = f"/api/v1/evidence/{found['id']}"
    assert move(found, "remove")["enabled"] is True
    say_where(desk, found["id"], OTHER, "")
    refused = desk.client.delete(f"{address}?uses=1")
    assert (refused.status_code, refused.json()["code"]) == (409, "uses_changed")
    assert desk.client.delete(address).status_code == 409
    assert desk.client.delete(f"{address}?uses=x").status_code == 422
    assert desk.client.delete(f"{address}?uses=2").status_code == 204
    assert not any(model._default_manager.exists() for model in (Evidence, EvidenceUse, StoredFile))
    event = AuditEvent.objects.get(action="evidence.remove")
    assert sorted(event.detail["codes"]) == sorted([CODE, OTHER])


def test_what_a_closed_round_uses_stays(desk: Desk, draft: Assessment, people: People) -> None:
    found = desk.send(papers.pdf()).json()["evidence"]
    later = begin(people.who("enterprise_filler").actor, people.firm, open_round(name="另一批次"))
    end_filling(draft.round)
    row = Desk(desk.client, later).page()["items"][0]
    assert (codes(row), row["elsewhere"], row["use_count"]) == ([], 1, 1)
    assert draft.round.name in move(row, "remove")["reason"]
    assert desk.client.delete(f"/api/v1/evidence/{found['id']}?uses=1").json()["code"] == "in_use"


@pytest.mark.parametrize(
    ("dated", "flags"),
    [("2025-06-30", []), ("2024-12-31", ["out_of_period"]), ("2026-01-01", ["out_of_period"]), (None, ["undated"])],
)
def test_a_paper_out_of_the_rounds_period_is_a_warning(
    desk: Desk, draft: Assessment, dated: str | None, flags: list[str]
) -> None:
    """E17: only where the office set a period; the checklist says the same (E06)."""
    Round.objects.filter(pk=draft.round_id).update(evidence_from=date(2025, 1, 1), evidence_until=date(2025, 12, 31))
    found = desk.send(papers.pdf()).json()["evidence"]
    body = {"title": "审计报告", "dated_on": dated, "expires_on": None, "draft": draft.pk}
    changed = desk.client.patch(f"/api/v1/evidence/{found['id']}", body, format="json").json()
    assert [flag["kind"] for flag in changed["flags"]] == flags
    items = desk.client.get(f"/api/v1/assessments/{draft.pk}/checklist").json()["items"]
    listed = [(one["code"], one["severity"]) for one in items if one["kind"] == "out_of_period"]
    assert listed == ([(CODE, "warning")] if flags == ["out_of_period"] else [])
    page = desk.page()
    assert (page["evidence_from"], page["evidence_until"]) == ("2025-01-01", "2025-12-31")


def test_without_a_period_no_date_is_out_of_it(desk: Desk, draft: Assessment) -> None:
    found = desk.send(papers.pdf()).json()["evidence"]
    body = {"title": "审计报告", "dated_on": "1999-01-01", "expires_on": None, "draft": draft.pk}
    changed = desk.client.patch(f"/api/v1/evidence/{found['id']}", body, format="json").json()
    assert changed["flags"] == []
    assert (desk.page()["evidence_from"], desk.page()["evidence_until"]) == (None, None)


def test_a_day_ends_what_was_never_finished(desk: Desk) -> None:
    """The worker asks for it once a day; what is younger, and what others keep, stays."""
    old, young = (desk.start(size=10, name=name).json()["key"] for name in ("旧.pdf", "新.pdf"))
    for key in (old, young):
        desk.piece(key, 0, b"%PDF-")
    Upload.objects.filter(key=old).update(started_at=timezone.now() - timedelta(days=4))
    Pieces("00000000-0000-0000-0000-000000000000").keep(0, b"left by a killed process")
    for _ in range(2):
        enqueue_daily()
    assert Job.objects.filter(kind="assessments.forget_uploads").count() == 1
    while work_once():
        pass
    job = Job.objects.get(kind="assessments.forget_uploads")
    assert (job.state, job.result) == ("done", {"forgotten": 2})
    assert [str(key) for key in Upload.objects.values_list("key", flat=True)] == [young] == leftovers()
    assert forget_unfinished() == 0


def test_one_firm_can_not_fill_the_disk(desk: Desk, settings: Any) -> None:
    settings.FIRM_FILES_MAX_BYTES = 3000
    desk.send(papers.pdf(size=2000))
    refused = desk.start(size=2000)
    assert (refused.status_code, refused.json()["code"]) == (422, "no_room")
    assert desk.start(size=500).status_code == 201
    assert desk.start(size=800).json()["code"] == "no_room"


def test_a_full_disk_is_told_and_what_came_before_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    data = papers.pdf()
    key = desk.start(size=len(data)).json()["key"]
    desk.piece(key, 0, data[:100])

    def full(*_: Any, **__: Any) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "save", full)
        answer = desk.piece(key, 100, data[100:])
    assert (answer.status_code, answer.json()["code"]) == (507, "no_space")
    assert desk.client.get(f"/api/v1/uploads/{key}").json()["received"] == 100
    with monkeypatch.context() as patch:
        Pieces(key).keep(100, data[100:])
        Upload.objects.filter(key=key).update(received=len(data))
        patch.setattr(default_storage, "save", full)
        assert desk.piece(key, len(data), b"").status_code == 507
    assert not StoredFile.objects.exists()
    assert desk.piece(key, len(data), b"").json()["evidence"]["name"] == "登记簿.pdf"


def test_half_a_file_under_its_hash_is_not_taken_for_it(desk: Desk) -> None:
    found = desk.send(papers.pdf()).json()["evidence"]
    path = Evidence.objects.get().file.path
    desk.client.delete(f"/api/v1/evidence/{found['id']}?uses=1")
    default_storage.save(path, papers_half())
    again = desk.send(papers.pdf()).json()["evidence"]
    assert desk.client.get(f"/api/v1/evidence/{again['id']}/file").content == papers.pdf()


def papers_half() -> Any:
    from django.core.files.base import ContentFile

    return ContentFile(papers.pdf()[:50])


@pytest.mark.parametrize("name", ["奖牌🏅.pdf", "一家人👨‍👩‍👧.pdf", "\ue863姓名.pdf", "e\u0301.pdf"])
def test_odd_names_that_hurt_nobody_are_kept(desk: Desk, name: str) -> None:
    assert desk.send(papers.pdf(), name=name).json()["evidence"]["name"] == name.replace("\u200d", "")
