"""Hostile files are refused in words, a good one is kept under its own name, and nothing else becomes of the name."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from rest_framework.test import APIClient

from cultivation.assessments.models import WorkbookImport
from cultivation.core.jobs import work_once
from cultivation.core.models import Job, StoredFile
from cultivation.programmes.models import Round
from tests.factories.rounds import new_round, published_round
from tests.factories.workbooks import STARTER, cut_workbook
from tests.people import People

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def client(api: APIClient, people: People) -> APIClient:
    api.force_authenticate(people.who("province_officer"))
    return api


@pytest.fixture
def round_(db: None) -> Round:
    return new_round()


def upload(client: APIClient, round_: Round, data: bytes, *, name: str = "汇总表.xlsx", key: str = "") -> object:
    headers = {"Idempotency-Key": key} if key else {}
    body = {"file": SimpleUploadedFile(name, data)}
    return client.post(f"/api/v1/rounds/{round_.pk}/workbook", body, format="multipart", headers=headers)


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


HOSTILE = {
    "empty": b"",
    "html": b"<!doctype html><script>alert(1)</script>",
    "pdf": b"%PDF-1.7\n%%EOF",
    "binary": bytes(range(256)) * 40,
    "zip of something else": zipped(readme=b"hello"),
    "half a workbook": cut_workbook()[:4000],
    "xml bomb": zipped(**{"[Content_Types].xml": b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"}),
    "zip bomb": zipped(**{"xl/worksheets/sheet1.xml": b"\0" * 50_000_000}),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_in_words(client: APIClient, round_: Round, data: bytes) -> None:
    answer = upload(client, round_, data)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["detail"].endswith("。")
    assert (WorkbookImport.objects.count(), StoredFile.objects.count(), Job.objects.count()) == (0, 0, 0)


def test_a_file_too_large_is_refused_before_it_is_read(client: APIClient, round_: Round, settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 2**20
    answer = upload(client, round_, b"\0" * (2**20 + 1))
    assert (answer.status_code, answer.json()["detail"]) == (422, "文件超过 1 MB，请拆分后再上传。")


def test_no_file_is_told(client: APIClient, round_: Round) -> None:
    answer = client.post(f"/api/v1/rounds/{round_.pk}/workbook", {}, format="multipart")
    assert (answer.status_code, answer.json()["fields"]) == (422, {"/file": "没有文件"})


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.xlsx", "passwd.xlsx"),
        ("..\\..\\boot.xlsx", "boot.xlsx"),
        ("长" * 300 + ".xlsx", "长" * 195 + ".xlsx"),
        ("a.html", "a.html"),
    ],
)
def test_a_name_never_becomes_a_path(client: APIClient, round_: Round, name: str, kept: str) -> None:
    assert upload(client, round_, cut_workbook((STARTER,)), name=name).status_code == 202
    file = StoredFile.objects.get()
    assert (file.name, file.path, file.media_type) == (kept, f"{file.sha256[:2]}/{file.sha256}", XLSX)


def test_the_workbook_comes_back_as_it_was_sent(client: APIClient, round_: Round) -> None:
    data = cut_workbook((STARTER,))
    upload(client, round_, data, name='<b>汇总"表.xlsx')
    answer = client.get(f"/api/v1/rounds/{round_.pk}/workbook")
    assert (answer.content, answer["Content-Type"]) == (data, XLSX)
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-store", "nosniff")


def test_the_import_is_a_job_that_can_be_watched(client: APIClient, round_: Round) -> None:
    job = upload(client, round_, cut_workbook((STARTER,))).json()["job"]
    assert (job["state"], job["label"]) == ("queued", "导入汇总表")
    assert work_once()
    page = client.get(f"/api/v1/jobs/{job['id']}").json()
    assert (page["state"], page["progress"]["done"], page["progress"]["total"]) == ("done", 1, 1)
    assert page["result"] == {"firms": 1, "rights": 12, "problems": page["result"]["problems"]}


def test_a_second_click_with_one_key_is_one_import(client: APIClient, round_: Round) -> None:
    answers = [upload(client, round_, cut_workbook((STARTER,)), key="k") for _ in range(2)]
    assert [a.status_code for a in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    assert Job.objects.count() == 1


def test_a_second_click_without_a_key_must_wait(client: APIClient, round_: Round) -> None:
    answers = [upload(client, round_, cut_workbook((STARTER,))) for _ in range(2)]
    assert [a.status_code for a in answers] == [202, 409]
    assert answers[1].json()["detail"] == "有任务正在进行，完成后再导入。"


def test_after_publication_nothing_is_taken(client: APIClient) -> None:
    answer = upload(client, published_round((STARTER,)), cut_workbook())
    assert (answer.status_code, answer.json()["code"]) == (409, "round_not_open")
