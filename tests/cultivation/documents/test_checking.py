"""The check page answers in words: 有效, 过期, 撤销, 已更换, 被改动, 查无 (U02, U03)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from cultivation.core.actors import SYSTEM
from cultivation.core.errors import BadInput, WrongState
from cultivation.core.files import read_file
from cultivation.core.models import AuditEvent
from cultivation.documents.flow import certificate_flow
from cultivation.documents.models import Certificate, Document
from cultivation.documents.services.checking import check_file, check_token
from cultivation.publication.services import issue_certificates, print_list
from tests.factories.rounds import published_round
from tests.factories.workbooks import ADVANTAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate() -> Certificate:
    (made,) = issue_certificates(SYSTEM, round_=published_round((ADVANTAGE,)))
    return made


def bytes_of(certificate: Certificate) -> bytes:
    assert certificate.document is not None
    return read_file(certificate.document.file)


class TestByToken:
    def test_in_force(self, certificate: Certificate) -> None:
        found = check_token(certificate.token)
        until = f"{certificate.expires_on:%Y年%-m月%-d日}"
        assert (found.label, found.sentence) == ("有效", f"这份证书由本平台发出，有效期至{until}。")

    def test_lapsed_by_its_date(self, certificate: Certificate) -> None:
        Certificate.objects.update(expires_on=date.today() - timedelta(days=2))
        assert check_token(certificate.token).label == "过期"

    def test_taken_back_tells_the_reason(self, certificate: Certificate) -> None:
        certificate_flow.run(certificate, "revoke", actor=SYSTEM, reason="企业提供虚假材料")
        found = check_token(certificate.token)
        assert (found.label, found.sentence) == ("撤销", "这份证书已被撤销。理由：企业提供虚假材料")

    def test_replaced_names_its_successor(self, certificate: Certificate) -> None:
        Certificate.objects.update(state="replaced", replaced_by=certificate)
        assert check_token(certificate.token).sentence == f"这份证书已由 {certificate.number} 更换，请查验新证书。"

    @pytest.mark.parametrize("token", ["", "0001", "鄂知试〔2026〕0001号", "x" * 3000, "\x00"])
    def test_what_was_never_given_out(self, certificate: Certificate, token: str) -> None:
        assert check_token(token).label == "查无"

    def test_the_bare_number_opens_nothing(self, certificate: Certificate) -> None:
        assert check_token(certificate.number).code == "unknown"


class TestByFile:
    def test_the_original_is_valid(self, certificate: Certificate) -> None:
        assert check_file(bytes_of(certificate)).label == "有效"

    @pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
    def test_one_byte_changed_is_altered(self, certificate: Certificate, place: float) -> None:
        data = bytearray(bytes_of(certificate))
        data[int(len(data) * place)] ^= 1
        assert check_file(bytes(data)).label == "被改动"

    def test_bytes_added_after_the_end_are_altered(self, certificate: Certificate) -> None:
        assert check_file(bytes_of(certificate) + b"\n").label == "被改动"

    @pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"<html>", b"\x00" * 1000])
    def test_a_strange_file_is_unknown(self, certificate: Certificate, data: bytes) -> None:
        assert check_file(data).label == "查无"

    def test_ours_but_not_on_record_is_not_called_altered(self, certificate: Certificate) -> None:
        data = bytes_of(certificate)
        Document.objects.update(sha256="0" * 64)
        found = check_file(data)
        assert (found.label, "签名完好" in found.sentence) == ("查无", True)

    def test_a_published_list_is_valid(self) -> None:
        document = print_list(SYSTEM, round_=published_round((ADVANTAGE,)))
        found = check_file(read_file(document.file))
        assert (found.code, found.sentence) == ("valid", "这是本平台出具的名单，文件未被改动。")


class TestRevoking:
    @pytest.mark.parametrize("reason", ["", "    ", "不行"])
    def test_a_reason_must_be_given(self, certificate: Certificate, reason: str) -> None:
        with pytest.raises(BadInput, match="请写明撤销理由"):
            certificate_flow.run(certificate, "revoke", actor=SYSTEM, reason=reason)
        assert Certificate.objects.get().state == "issued"

    def test_it_cannot_be_done_twice(self, certificate: Certificate) -> None:
        certificate_flow.run(certificate, "revoke", actor=SYSTEM, reason="企业提供虚假材料")
        with pytest.raises(WrongState, match="当前状态是“撤销”，不能撤销证书。"):
            certificate_flow.run(certificate, "revoke", actor=SYSTEM, reason="企业提供虚假材料")

    def test_the_audit_trail_keeps_who_and_why(self, certificate: Certificate) -> None:
        certificate_flow.run(certificate, "revoke", actor=SYSTEM, reason="企业提供虚假材料")
        line = AuditEvent.objects.get(action="certificate.revoke")
        assert (line.before, line.after, line.detail) == ("issued", "revoked", {"reason": "企业提供虚假材料"})


class TestPublicPage:
    def test_anybody_reads_the_verdict(self, api: APIClient, certificate: Certificate) -> None:
        page = api.get(f"/api/v1/public/check/{certificate.token}").json()
        assert (page["verdict"], page["verdict_label"], page["kind"]) == ("valid", "有效", "证书")
        assert page["certificate"]["number"] == certificate.number
        assert page["certificate"]["is_trial"]

    def test_anybody_hands_in_a_file(self, api: APIClient, certificate: Certificate) -> None:
        handed = SimpleUploadedFile("证书.pdf", bytes_of(certificate))
        page = api.post("/api/v1/public/check", {"file": handed}, format="multipart").json()
        assert (page["verdict"], page["certificate"]["enterprise_name"]) == ("valid", ADVANTAGE.name)

    def test_no_file_is_told(self, api: APIClient, db: None) -> None:
        answer = api.post("/api/v1/public/check", {}, format="multipart")
        assert (answer.status_code, answer.json()["fields"]) == (422, {"/file": "没有文件或文件过大"})

    def test_a_verdict_without_a_document_has_no_details(self, api: APIClient, db: None) -> None:
        page = api.get("/api/v1/public/check/nothing").json()
        assert (page["verdict"], page["kind"], page["certificate"]) == ("unknown", None, None)
