"""Answer in words whether a document is ours and in force (U02, U03)."""

import hashlib
from dataclasses import dataclass

from django.utils import timezone

from cultivation.documents.models import Certificate, Document
from cultivation.documents.states import VERDICTS


@dataclass(frozen=True, slots=True)
class Verdict:
    """`code` is one of six; `sentence` says what it means and what to do."""

    code: str
    sentence: str
    document: Document | None = None
    certificate: Certificate | None = None

    @property
    def label(self) -> str:
        return VERDICTS[self.code]


UNKNOWN = Verdict("unknown", "没有查到这份文书。请核对查验地址是否完整；如由他人提供，请向发放单位核实。")
UNREGISTERED = Verdict("unknown", "这份文件的签名完好，但登记簿里没有查到它，请向发放单位核实。")
ALTERED = Verdict("altered", "这份文件带有本平台的签名，但内容在签名之后被改动过，不是本平台发出的原件，请勿采信。")


def check_token(token: str) -> Verdict:
    """By the random token in the QR code; one with a NUL can't even be asked for on PostgreSQL."""
    token = token.replace("\x00", "")
    document = Document.objects.select_related("certificate__enterprise", "enterprise").filter(token=token).first()
    return _judge(document) if document else UNKNOWN


def check_file(data: bytes) -> Verdict:
    """By the bytes: exactly what was issued, or something else."""
    sha256 = hashlib.sha256(data).hexdigest()
    document = Document.objects.select_related("certificate__enterprise", "enterprise").filter(sha256=sha256).first()
    if document:
        return _judge(document)
    return _judge_stranger(data)


def _judge_stranger(data: bytes) -> Verdict:
    """A file that is not on record, by the signature it bears."""
    from cultivation.documents.services.issuing import platform_key
    from cultivation.documents.services.verifying import verify_pdf

    found = verify_pdf(data, trust=platform_key())
    if found.genuine:
        return UNREGISTERED
    return ALTERED if found.ours else UNKNOWN


def _judge(document: Document) -> Verdict:
    certificate = getattr(document, "certificate", None)
    if certificate is None:
        return Verdict("valid", f"这是本平台出具的{document.get_kind_display()}，文件未被改动。", document)
    code, sentence = _state(certificate)
    return Verdict(code, sentence + _holder_now(certificate), document, certificate)


def _holder_now(certificate: Certificate) -> str:
    """A certificate is not voided by a merger; whoever checks it is told whom to ask for."""
    heir = certificate.enterprise.successor
    if heir is None:
        return ""
    what = {
        "pending": "证书是否由其承继，待发证机关确认",
        "confirmed": "证书由其承继",
        "declined": "证书不由其承继",
    }.get(certificate.taking, "")
    sentence = f"持证企业已于{certificate.enterprise.merged_on:%Y年%-m月%-d日}并入{heir.name}（{heir.uscc}）"
    return f"{sentence}，{what}。" if what else f"{sentence}。"


def _state(certificate: Certificate) -> tuple[str, str]:
    until = f"{certificate.expires_on:%Y年%-m月%-d日}"
    if certificate.state == "revoked":
        return "revoked", f"这份证书已被撤销。理由：{certificate.reason}"
    if certificate.state == "replaced":
        return "replaced", f"这份证书已由 {certificate.replaced_by} 更换，请查验新证书。"
    if certificate.state == "expired" or certificate.expires_on < timezone.localdate():
        return "expired", f"这份证书已于{until}到期，请持证企业申请复核。"
    return "valid", f"这份证书由本平台发出，有效期至{until}。"
