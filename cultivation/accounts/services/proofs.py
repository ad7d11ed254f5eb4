"""Proof files: a licence or a letter of authorisation, known by what is in them, not by their names."""

from django.core.files.uploadedfile import UploadedFile

from cultivation.core.content import JPEG, PDF, PNG, Content, kind_of
from cultivation.core.errors import BadInput
from cultivation.core.files import store_file
from cultivation.core.models import StoredFile

LARGEST = 10 * 2**20
ENDINGS: dict[Content, tuple[str, ...]] = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",)}


def store_proof(upload: UploadedFile | None) -> StoredFile:
    """Refused before a byte is kept."""
    if upload is None:
        raise _refusal("请附上证明材料。", "没有文件")
    if (upload.size or 0) > LARGEST:
        raise _refusal(f"证明材料不能超过 {LARGEST // 2**20} MB。", "文件过大")
    data = upload.read(LARGEST + 1)
    kind = kind_of(data)
    if kind is None:
        raise _refusal("证明材料请用 PDF、JPG 或 PNG 文件；这个文件的内容不是。", "文件内容不是 PDF、JPG 或 PNG")
    return store_file(data, name=_with_ending(upload.name or "", kind), media_type=kind.media_type)


def _with_ending(name: str, kind: Content) -> str:
    known = ENDINGS[kind]
    return name if name.lower().endswith(known) else f"{name}{known[0]}"


def _refusal(detail: str, short: str) -> BadInput:
    return BadInput(detail, code="bad_proof", fields={"/proof": short})
