"""Signatures, checked by pyHanko's own command and by our own verdict (P14, U02)."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from cultivation.documents.services import (
    BadSigningKey,
    SigningKey,
    Verdict,
    load_or_create_signing_key,
    load_signing_key,
    sign_pdf,
    verify_pdf,
)
from tests.cultivation.documents import samples
from tests.cultivation.documents.printed import pdf, text


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return load_or_create_signing_key(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return pdf("certificate", samples.certificate())


@pytest.fixture(scope="module")
def signed(key: SigningKey, unsigned: bytes) -> bytes:
    return sign_pdf(unsigned, signer=key, reason="签发知识产权优势企业证书")


def changed(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def pyhanko_says(data: bytes, key: SigningKey, directory: Path) -> str:
    """The last words of `pyhanko sign validate` on this file."""
    (directory / "trust.pem").write_bytes(key.trust_pem)
    (directory / "file.pdf").write_bytes(data)
    command = [str(Path(sys.executable).with_name("pyhanko")), "sign", "validate", "--executive-summary"]
    command += ["--trust", str(directory / "trust.pem"), "--trust-replace", str(directory / "file.pdf")]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=directory)
    return answer.stdout.splitlines()[0].rsplit(":", 1)[-1] if answer.stdout.strip() else "UNREADABLE"


def test_pyhanko_finds_the_signature_valid(signed: bytes, key: SigningKey, tmp_path: Path) -> None:
    assert pyhanko_says(signed, key, tmp_path) == "VALID"


def test_pyhanko_finds_one_changed_byte(signed: bytes, key: SigningKey, tmp_path: Path) -> None:
    assert pyhanko_says(changed(signed, len(signed) // 2), key, tmp_path) == "INVALID"


def test_pyhanko_does_not_trust_another_key(signed: bytes, tmp_path: Path) -> None:
    stranger = load_or_create_signing_key(tmp_path / "stranger")
    assert pyhanko_says(signed, stranger, tmp_path) == "INVALID"


def test_signing_only_adds_to_the_file(signed: bytes, unsigned: bytes) -> None:
    assert signed[: len(unsigned)] == unsigned


def test_signed_certificate_still_says_pdf_a_and_passes_qpdf(signed: bytes, tmp_path: Path) -> None:
    (tmp_path / "file.pdf").write_bytes(signed)
    check = subprocess.run(["qpdf", "--check", str(tmp_path / "file.pdf")], capture_output=True, text=True)
    assert "No syntax or stream encoding errors found" in check.stdout
    metadata = subprocess.run(["pdfinfo", "-meta", str(tmp_path / "file.pdf")], capture_output=True, text=True).stdout
    assert ('part="2"' in metadata, 'conformance="B"' in metadata) == (True, True)


def test_signature_says_why_and_by_whom(signed: bytes) -> None:
    from io import BytesIO

    from pyhanko.pdf_utils.reader import PdfFileReader

    (signature,) = PdfFileReader(BytesIO(signed)).embedded_regular_signatures
    said = signature.sig_object
    assert said["/Reason"] == "签发知识产权优势企业证书（平台自有密钥签名，未接入持牌电子印章服务）"
    assert (said["/Location"], said["/SubFilter"]) == ("中国湖北", "/ETSI.CAdES.detached")


def test_verdict_on_our_own_file(signed: bytes, key: SigningKey) -> None:
    verdict = verify_pdf(signed, trust=key)
    assert (verdict.signed, verdict.intact, verdict.ours, verdict.genuine) == (True, True, True, True)
    assert verdict.signed_at is not None
    assert abs(datetime.now(UTC) - verdict.signed_at) < timedelta(minutes=5)


@pytest.mark.parametrize("share", [0.001, 0.2, 0.5, 0.9, 0.995])
def test_verdict_on_a_changed_byte(signed: bytes, key: SigningKey, share: float) -> None:
    verdict = verify_pdf(changed(signed, int(len(signed) * share)), trust=key)
    assert (verdict.intact, verdict.ours) == (False, True)


def test_verdict_on_bytes_hidden_in_the_signature_room(signed: bytes, key: SigningKey) -> None:
    assert not verify_pdf(changed(signed, signed.rfind(b"0000>")), trust=key).intact


def test_verdict_on_added_bytes(signed: bytes, key: SigningKey) -> None:
    assert not verify_pdf(signed + b"\n% more", trust=key).intact


def test_verdict_on_a_strangers_signature(unsigned: bytes, key: SigningKey, tmp_path: Path) -> None:
    stranger = load_or_create_signing_key(tmp_path)
    verdict = verify_pdf(sign_pdf(unsigned, signer=stranger, reason="冒名"), trust=key)
    assert (verdict.intact, verdict.ours) == (True, False)


def test_verdict_trusts_past_keys_too(signed: bytes, key: SigningKey, tmp_path: Path) -> None:
    assert verify_pdf(signed, trust=[load_or_create_signing_key(tmp_path), key.trust_pem]).genuine


@pytest.mark.parametrize("data", [b"", b"junk", b"%PDF-1.7\n%%EOF", b"%PDF-1.7 /ByteRange [0 1 2 3]"])
def test_verdict_on_rubbish(data: bytes, key: SigningKey) -> None:
    assert verify_pdf(data, trust=key) == Verdict(signed=False, intact=False, ours=False)


def test_verdict_on_an_unsigned_document(unsigned: bytes, key: SigningKey) -> None:
    assert verify_pdf(unsigned, trust=key) == Verdict(signed=False, intact=False, ours=False)


def test_document_says_who_signs(signed: bytes) -> None:
    assert "平台自有密钥签名，未接入持牌电子印章服务" in text(signed)


def test_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first = load_or_create_signing_key(tmp_path)
    assert load_or_create_signing_key(tmp_path) == first
    assert [(path.name, path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == [("signing-key.pem", 0o600)]


def test_key_certificate_is_for_signing_documents(key: SigningKey) -> None:
    usage = key.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (True, True, False)
    assert isinstance(key.certificate.public_key(), ec.EllipticCurvePublicKey)


def test_key_is_not_shown_when_printed(key: SigningKey) -> None:
    assert "PRIVATE" not in repr(key)


def test_key_file_without_certificate_is_refused(tmp_path: Path, key: SigningKey) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(key.private_pem)
    with pytest.raises(BadSigningKey, match=r"签名密钥文件 .*key.pem 无法使用"):
        load_signing_key(path)


def test_key_file_of_two_pairs_is_refused(tmp_path: Path, key: SigningKey) -> None:
    other = load_or_create_signing_key(tmp_path / "other")
    path = tmp_path / "key.pem"
    path.write_bytes(key.private_pem + other.trust_pem)
    with pytest.raises(BadSigningKey, match="不是一对"):
        load_signing_key(path)
