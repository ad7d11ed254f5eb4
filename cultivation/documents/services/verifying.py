"""Our own verdict on a PDF that somebody hands in: unchanged since we signed it, or not, or never ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from .keys import SigningKey


@dataclass(frozen=True, slots=True)
class Verdict:
    """`intact` covers the whole file: bytes added after the signature make it false as well."""

    signed: bool
    intact: bool
    ours: bool
    signed_at: datetime | None = None
    signer: str = ""

    @property
    def genuine(self) -> bool:
        return self.intact and self.ours


def verify_pdf(data: bytes, *, trust: SigningKey | Sequence[SigningKey | bytes]) -> Verdict:
    """Checks the last signature against our certificates, past ones included (a SigningKey or a certificate in PEM).

    Whatever is handed in gets an answer: of a file too broken to read, only whether it still carries our certificate.
    """
    from .cms import asn1_certificate

    keys = [trust] if isinstance(trust, SigningKey) else trust
    ours = {asn1_certificate(k.trust_pem if isinstance(k, SigningKey) else k).dump() for k in keys}
    try:
        signature = _last_signature(data)
        return _judge(data, signature, ours) if signature else _unread(data, ours)
    except Exception:  # a hostile file can fail anywhere inside the parser; the answer is the same
        return _unread(data, ours)


def _unread(data: bytes, ours: set[bytes]) -> Verdict:
    """No signature that a reader finds; one that was tampered with still shows its certificate."""
    text = data.lower()
    is_ours = any(certificate.hex().encode("ascii") in text for certificate in ours)
    return Verdict(signed=is_ours, intact=False, ours=is_ours)


def _last_signature(data: bytes) -> Any:
    from pyhanko.pdf_utils.reader import PdfFileReader

    signatures = PdfFileReader(BytesIO(data)).embedded_regular_signatures
    return signatures[-1] if signatures else None


def _judge(data: bytes, signature: Any, ours: set[bytes]) -> Verdict:
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    certificate = signature.signer_cert
    roots = ValidationContext(trust_roots=[certificate], allow_fetching=False, moment=signature.self_reported_timestamp)
    status = validate_pdf_signature(signature, roots)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and _padding_is_blank(data, signature)
    return Verdict(
        signed=True,
        intact=bool(status.intact and status.valid and whole),
        ours=certificate.dump() in ours,
        signed_at=signature.self_reported_timestamp,
        signer=str(certificate.subject.native.get("common_name", "")),
    )


def _padding_is_blank(data: bytes, signature: Any) -> bool:
    """The room reserved for the signature is outside its own digest: nothing may hide there."""
    start, length, end, _ = (int(number) for number in signature.byte_range)
    room = data[start + length : end]
    body = bytes.fromhex(room.strip(b"<>").decode("ascii"))
    return room[:1] + room[-1:] == b"<>" and not any(body[_der_length(body) :])


def _der_length(body: bytes) -> int:
    """Length of the first DER element, header included."""
    size = body[1]
    if size < 0x80:
        return 2 + size
    count = size & 0x7F
    return 2 + count + int.from_bytes(body[2 : 2 + count], "big")
