"""All data of a firm as one archive: a job, memory flat, everything that is the firm's and nothing else (E36)."""

import hashlib
import io
import json
import tracemalloc
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from cultivation.accounts.models import Enterprise, Membership
from cultivation.accounts.services import invite_person
from cultivation.assessments.models import Assessment, Evidence, LedgerRight, PanelScore, Result
from cultivation.assessments.services.filling import submit_assessment
from cultivation.assessments.services.whatif.scenarios import keep_scenario
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, NotHere, WrongState
from cultivation.core.files import read_file, read_pieces, store_file
from cultivation.core.jobs import enqueue_daily, run_now
from cultivation.core.jobs.queue import jobs_of
from cultivation.core.models import AuditEvent, Job, StoredFile
from cultivation.operations.models import Archive
from cultivation.operations.services.archive import archive_page, drop_old_archives, request_archive, take_archive
from cultivation.operations.services.archive.case_tables import CASE_TABLES
from cultivation.operations.services.archive.firm_tables import FIRM_TABLES
from cultivation.operations.services.archive.left_out import LEFT_OUT
from cultivation.operations.services.archive.packing import entry_name
from tests.factories import papers
from tests.factories.accounts import person_of
from tests.factories.designations import designate
from tests.factories.filling import answer_all, begin, fill, open_round
from tests.factories.rounds import assessment_of, published_round
from tests.factories.workbooks import ADVANTAGE, ELSEWHERE
from tests.people import People

pytestmark = pytest.mark.django_db
TABLES = (*FIRM_TABLES, *CASE_TABLES)


def pack(actor: Actor, firm: Enterprise) -> Archive:
    asked = request_archive(actor, enterprise=firm)
    job = run_now(jobs_of(asked).get())
    assert job.state == "done", job.error
    asked.refresh_from_db()
    return asked


def opened(archive: Archive) -> zipfile.ZipFile:
    assert archive.file
    return zipfile.ZipFile(io.BytesIO(read_file(archive.file)))


def add_evidence(firm: Enterprise, data: bytes, *, name: str = "营业执照.pdf") -> Evidence:
    file = store_file(data, name=name, media_type="application/pdf")
    return Evidence.objects.create(enterprise=firm, file=file, sha256=file.sha256, title=name, added_by="汪洋")


@pytest.fixture
def filler(people: People) -> Actor:
    return people.who("enterprise_filler").actor


@pytest.fixture
def approver(people: People) -> Actor:
    return people.who("enterprise_approver").actor


class TestContent:
    @pytest.fixture
    def full(self, people: People, filler: Actor, approver: Actor) -> Assessment:
        """A firm with something of everything."""
        firm = people.firm
        draft = begin(filler, firm)
        fill(filler, draft, revenue=5000)
        fill(filler, draft, revenue=5200)
        answer_all(filler, draft)
        submit_assessment(approver, draft=draft, signed_name=approver.name, agreed=True)
        add_evidence(firm, papers.pdf("执照"))
        designate(firm)
        invite_person(approver, enterprise=firm, role="enterprise_filler", email="new@example.org")
        return draft

    def test_it_holds_what_the_firm_entered_with_every_edit(self, people: People, approver: Actor, full: Any) -> None:
        archive = opened(pack(approver, people.firm))
        (edits,) = [name for name in archive.namelist() if name.endswith("修改记录.json")]
        values = [row["value"] for row in json.loads(archive.read(edits)) if row["code"] == "revenue"]
        assert values == [5000, 5200]
        (answers,) = [name for name in archive.namelist() if name.endswith("填报内容.json")]
        revenue = next(row for row in json.loads(archive.read(answers)) if row["code"] == "revenue")
        assert (revenue["declared"], revenue["code_label"], revenue["unit"]) == (5200, "上年度营业收入", "万元")

    def test_it_holds_people_titles_invitations_and_the_submission(
        self, people: People, approver: Actor, full: Any
    ) -> None:
        archive = opened(pack(approver, people.firm))
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".json")}
        assert "汪洋" in texts["企业/人员和角色.json"]
        assert "new@example.org" in texts["企业/邀请.json"]
        assert json.loads(texts["企业/称号.json"])
        snapshot = next(json.loads(text) for name, text in texts.items() if name.endswith("/提交.json"))[0]
        assert (snapshot["sha256"], snapshot["snapshot"]["enterprise"]["name"]) == (
            full.submissions.get().sha256,
            people.firm.name,
        )

    def test_the_receipt_is_in_it_though_nobody_has_asked_for_it(
        self, people: People, approver: Actor, full: Any
    ) -> None:
        archive = opened(pack(approver, people.firm))
        (receipt,) = [name for name in archive.namelist() if name.startswith("文件/")]
        assert archive.read(receipt).startswith(b"%PDF")

    def test_every_file_is_in_it_with_its_hash_in_the_index(self, people: People, approver: Actor, full: Any) -> None:
        archive = opened(pack(approver, people.firm))
        index = json.loads(archive.read("目录.json"))
        hashed = [one for one in index["entries"] if one.get("sha256")]
        assert {one["path"].split("/")[0] for one in hashed} == {"证明材料", "文件"}
        assert all(hashlib.sha256(archive.read(one["path"])).hexdigest() == one["sha256"] for one in hashed)
        assert index["missing"] == []
        listed = {one["path"] for one in index["entries"]} | {"目录.json"}
        assert listed == set(archive.namelist())

    def test_a_paper_that_cannot_be_printed_stops_nothing_and_is_told(
        self, people: People, approver: Actor, full: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: Any) -> None:
            raise BadInput("缺字", code="missing_glyph")

        monkeypatch.setattr("cultivation.operations.services.archive.build.issue_document", refuse)
        index = json.loads(opened(pack(approver, people.firm)).read("目录.json"))
        assert [one["why"] for one in index["missing"]] == ["缺字"]

    def test_it_opens_offline_and_explains_itself(self, people: People, approver: Actor, full: Any) -> None:
        archive = opened(pack(approver, people.firm))
        page = archive.read("目录.html").decode()
        assert people.firm.name in page
        assert "<script" not in page
        assert not any(scheme in page for scheme in ("http://", "https://"))
        fields = {one["path"] for one in json.loads(archive.read("字段说明.json"))}
        assert {"企业/人员和角色.json", "批次/…/填报内容.json", "企业/操作记录.json"} <= fields
        readme = archive.read("说明.txt").decode()
        assert all(reason in readme for reason in LEFT_OUT.values())

    def test_what_somebody_typed_runs_nothing_in_the_pages(self, people: People, filler: Actor) -> None:
        draft = begin(filler, people.firm, open_round(name="<script>alert(1)</script>/../批次"))
        fill(filler, draft, revenue="<img src=x onerror=alert(1)>")
        archive = opened(pack(filler, people.firm))
        assert not any(".." in name.split("/") or "<" in name for name in archive.namelist())
        pages = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".html")]
        assert any("&lt;img" in page for page in pages)
        assert not any("<img" in page or "<script" in page for page in pages)

    def test_scenarios_and_ledger_rows(self, people: People, filler: Actor) -> None:
        draft = begin(filler, people.firm)
        keep_scenario(filler, assessment=draft, name="明年", changes={"revenue": 9})
        LedgerRight.objects.create(
            assessment=draft, number="2020", number_ok=True, kind="invention", row=1, status="valid"
        )
        archive = opened(pack(filler, people.firm))
        texts = {name.rpartition("/")[2]: archive.read(name).decode() for name in archive.namelist()}
        assert "明年" in texts["模拟方案.json"]
        assert json.loads(texts["台账.json"])[0]["counting"] is not None


class TestWhatIsNotTheirs:
    def test_a_result_that_is_not_announced_is_not_in_it(self, people: People, filler: Actor) -> None:
        draft = begin(filler, people.firm)
        fill(filler, draft, revenue=5000)
        draft.answers.filter(code="revenue").update(approved=4321, basis={"why": "verdict-of-the-office"})
        Result.objects.create(assessment=draft, object={"secret": 1}, fingerprint="", score_low=1, score_high=1)
        Assessment.objects.filter(pk=draft.pk).update(state="decided")
        archive = opened(pack(filler, people.firm))
        data = b"".join(archive.read(name) for name in archive.namelist())
        assert b"secret" not in data
        assert b"4321" not in data
        assert b"verdict-of-the-office" not in data

    def test_an_announced_result_is_in_it_with_its_trace(self, people: People) -> None:
        mine = assessment_of(published_round((ADVANTAGE, ELSEWHERE)), ADVANTAGE)
        user = person_of(mine.enterprise)
        archive = opened(pack(user.actor, mine.enterprise))
        (name,) = [name for name in archive.namelist() if name.endswith("/结果.json")]
        assert json.loads(archive.read(name))[0]["object"]["capability"]["clauses"]
        assert any(name.startswith("文件/") and "诊断" in name for name in archive.namelist())

    def test_nothing_of_another_firm(self, people: People) -> None:
        round_ = published_round((ADVANTAGE, ELSEWHERE))
        mine, other = assessment_of(round_, ADVANTAGE), assessment_of(round_, ELSEWHERE)
        add_evidence(other.enterprise, papers.pdf("theirs"), name="别家的.pdf")
        archive = opened(pack(person_of(mine.enterprise).actor, mine.enterprise))
        data = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="ignore")
        assert other.enterprise.name not in data
        assert other.enterprise.uscc not in data
        assert "别家的" not in data

    def test_officers_stay_unnamed_and_their_remarks_inside(self, people: People, filler: Actor) -> None:
        officer = people.who("province_officer").actor
        draft = begin(filler, people.firm)
        AuditEvent.objects.create(
            actor_id=officer.user_id, actor_name=officer.name, role=officer.role, action="assessment.return",
            subject_type="assessments.assessment", subject_id=str(draft.pk), before="submitted", after="returned",
            detail={"remark": "inner-remark"},
        )  # fmt: skip
        PanelScore.objects.create(assessment=draft, reviewer="reviewer-name", score=1, origin="panel", imported_by="x")
        archive = opened(pack(filler, people.firm))
        data = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="ignore")
        lines = json.loads(archive.read("企业/操作记录.json"))
        assert [(one["who"], one["after"]) for one in lines if one["action"] == "assessment.return"] == [
            ("省局经办", "returned")
        ]
        assert officer.name not in data
        assert "inner-remark" not in data
        assert "reviewer-name" not in data

    def test_a_filler_gets_no_invitations_and_claims_as_on_the_screen(
        self, people: People, filler: Actor, approver: Actor
    ) -> None:
        invite_person(approver, enterprise=people.firm, role="enterprise_filler", email="new@example.org")
        archive = opened(pack(filler, people.firm))
        assert "企业/邀请.json" not in archive.namelist()
        assert not any(b"new@example.org" in archive.read(name) for name in archive.namelist())


class TestJob:
    def test_asking_twice_is_one_job_and_then_anew(self, people: People, filler: Actor) -> None:
        first = request_archive(filler, enterprise=people.firm)
        assert request_archive(filler, enterprise=people.firm) == first
        assert archive_page(filler)["actions"] == []
        run_now(jobs_of(first).get())
        page = archive_page(filler)
        assert (page["archive"]["is_ready"], page["actions"][0]["label"]) == (True, "重新打包")
        assert request_archive(filler, enterprise=people.firm) != first
        first.refresh_from_db()
        assert first.file is None

    def test_it_tells_how_far_it_is(self, people: People, filler: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cultivation.operations.services.archive.packing.TELL_EVERY", 0)
        begin(filler, people.firm)
        add_evidence(people.firm, papers.pdf(size=3 * 2**20))
        told: list[tuple[int, int, str]] = []
        asked = request_archive(filler, enterprise=people.firm)
        run_now(jobs_of(asked).get(), watch=lambda *line: told.append(line))
        assert all(done <= whole for done, whole, _ in told)
        assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
        assert any(note.endswith("/ 3.0 MB") for _, _, note in told)

    def test_memory_stays_flat(self, people: People, filler: Actor) -> None:
        """60 MB of evidence in 20 MB of memory, in and out."""
        for place in range(3):
            add_evidence(people.firm, papers.pdf(str(place), size=20 * 2**20), name=f"{place}.pdf")
        tracemalloc.start()
        archive = pack(filler, people.firm)
        assert archive.file
        size = sum(len(piece) for piece in read_pieces(archive.file))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert size == archive.file.size > 60 * 2**20
        assert peak < 20 * 2**20

    def test_a_file_that_is_gone_or_altered_is_told_and_stops_nothing(self, people: People, filler: Actor) -> None:
        gone, altered = (
            add_evidence(people.firm, papers.pdf(word), name=f"{word}.pdf") for word in ("gone", "altered")
        )
        default_storage.delete(gone.file.path)
        with default_storage.open(altered.file.path, "wb") as out:
            out.write(b"other bytes")
        archive = pack(filler, people.firm)
        missing = json.loads(opened(archive).read("目录.json"))["missing"]
        assert {one["title"]: one["why"] for one in missing} == {
            "gone.pdf": "文件在存储中找不到",
            "altered.pdf": "内容与登记的哈希不一致",
        }
        assert archive.missing == 2

    def test_a_worker_killed_half_way_leaves_nothing_and_the_next_packs_anew(
        self, people: People, filler: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = request_archive(filler, enterprise=people.firm)
        before = StoredFile.objects.count()
        with monkeypatch.context() as patch:
            patch.setattr("cultivation.operations.services.archive.build.write_index", lambda *_: 1 / 0)
            run_now(jobs_of(asked).get())
        assert StoredFile.objects.count() == before
        asked.refresh_from_db()
        with pytest.raises(WrongState):
            take_archive(filler, archive=asked)
        jobs_of(asked).update(state="queued")
        assert run_now(jobs_of(asked).get()).state == "done"

    def test_it_is_dropped_after_its_days_and_the_bytes_with_it(
        self, people: People, filler: Actor, settings: Settings, django_capture_on_commit_callbacks: Any
    ) -> None:
        settings.ARCHIVE_DAYS = 2
        archive = pack(filler, people.firm)
        assert archive.file
        path = archive.file.path
        assert drop_old_archives() == 0
        Archive.objects.update(ready_at=timezone.now() - timedelta(days=2, minutes=1))
        with django_capture_on_commit_callbacks(execute=True):
            assert drop_old_archives() == 1
        assert not default_storage.exists(path)
        archive.refresh_from_db()
        with pytest.raises(NotHere, match="过保存期"):
            take_archive(filler, archive=archive)

    def test_they_are_dropped_every_day(self, people: People, filler: Actor) -> None:
        archive = pack(filler, people.firm)
        Archive.objects.update(ready_at=timezone.now() - timedelta(days=400))
        enqueue_daily()
        run_now(Job.objects.get(kind="operations.drop_archives"))
        archive.refresh_from_db()
        assert archive.file is None


class TestApi:
    @pytest.fixture
    def client(self, people: People) -> APIClient:
        client = APIClient()
        client.force_authenticate(people.who("enterprise_filler"))
        return client

    def test_ask_watch_and_take(self, people: People, filler: Actor, client: APIClient) -> None:
        assert client.get("/api/v1/my/archive").json()["archive"] is None
        asked = client.post("/api/v1/my/archive")
        assert asked.status_code == 202
        archive = asked.json()["archive"]
        address = f"/api/v1/my/archives/{archive['id']}/file"
        assert client.get(address).status_code == 409
        assert client.get(f"/api/v1/jobs/{archive['job']['id']}").json()["state"] == "queued"
        run_now(jobs_of(Archive.objects.get()).get())
        answer = client.get(address)
        data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert int(answer["Content-Length"]) == len(data)
        assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
        assert AuditEvent.objects.filter(action="archive.take").exists()

    def test_nobody_else_takes_it(self, people: People, filler: Actor) -> None:
        """Neither a colleague, who sees other things of the firm, nor the same person in another role."""
        archive = pack(filler, people.firm)
        for role in ("enterprise_approver", "province_leader", "city_officer"):
            client = APIClient()
            client.force_authenticate(people.who(role))
            assert client.get(f"/api/v1/my/archives/{archive.pk}/file").status_code == 404
        Membership.objects.filter(user_id=filler.user_id).update(role="enterprise_approver")
        client = APIClient()
        client.force_authenticate(people.who("enterprise_filler"))
        assert client.get(f"/api/v1/my/archives/{archive.pk}/file").status_code == 404


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a:b?.pdf", "a_b_.pdf"),
        ("../../etc/passwd", "passwd"),
        ("名" * 300 + ".pdf", "名" * 80 + ".pdf"),
        (" . ", "未命名"),
        ("x\u202egnp.pdf", "xgnp.pdf"),
    ],
)
def test_names_unpack_everywhere(name: str, kept: str) -> None:
    assert entry_name(name) == kept
