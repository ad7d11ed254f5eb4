"""The kinds of file that are kept, and how each begins."""

from dataclasses import dataclass

from cultivation.core.errors import BadInput

SENDABLE = "请上传 PDF、JPG、PNG、OFD 或 XLSX 文件。"


@dataclass(frozen=True, slots=True)
class Content:
    media_type: str
    name: str


PDF = Content("application/pdf", "PDF")
JPEG = Content("image/jpeg", "JPG")
PNG = Content("image/png", "PNG")
OFD = Content("application/ofd", "OFD")
XLSX = Content("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX")
BEGINS = {PDF: b"%PDF-", JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}


def kind_of(data: bytes) -> Content | None:
    """A PDF or a picture by how it begins; nothing else."""
    return next((kind for kind, begins in BEGINS.items() if data.startswith(begins)), None)


def is_shown(media_type: str) -> bool:
    """Whether a browser may show it in place, and need not only save it."""
    return media_type in {kind.media_type for kind in BEGINS}


def refused(words: str) -> BadInput:
    return BadInput(words, code="bad_file", fields={"/file": words})


def cut_short(kind: Content) -> BadInput:
    return refused(f"这个 {kind.name} 文件不完整，可能没有下载完。请重新导出后再上传。")
