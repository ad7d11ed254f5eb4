"""What a file is, told by its content: the name and the sender's word for it count for nothing."""

import io
import zlib
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

from cultivation.core.errors import BadInput

MOST_PARTS = 5_000
MOST_UNPACKED = 400 * 2**20
MOST_SWELLING = 200  # times: real office files stay below 100, a bomb goes far beyond
BLOCK = 2**20
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
_ENDS = {PDF: b"%%EOF", JPEG: b"\xff\xd9", PNG: b"IEND\xaeB`\x82"}
_BEGINS = {PDF: b"%PDF-", JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}
_PACKED = {OFD: "ofd.xml", XLSX: "xl/workbook.xml"}


def identify(data: bytes) -> Content:
    """One of the kinds that evidence comes in; whatever else it is, is refused in words."""
    if not data:
        raise _refused("文件是空的，没有保存。")
    kind = kind_of(data)
    if kind:
        if _ENDS[kind] not in data:
            raise _refused(f"这个 {kind.name} 文件不完整，可能没有下载完。请重新导出后再上传。")
        return kind
    if data.startswith(b"PK"):
        return _unpack(data)
    raise _refused(f"{_guess(data)}{SENDABLE}")


def kind_of(data: bytes) -> Content | None:
    """A PDF or a picture by how it begins; nothing else."""
    return next((kind for kind, begins in _BEGINS.items() if data.startswith(begins)), None)


def is_shown(media_type: str) -> bool:
    """Whether a browser may show it in place, and need not only save it."""
    return media_type in {kind.media_type for kind in _BEGINS}


def _unpack(data: bytes) -> Content:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = {part.lower() for part in archive.namelist()}
            found = next((kind for kind, mark in _PACKED.items() if mark in names), None)
            if found is None:
                raise _refused(f"这是压缩包或别种办公文件。请把里面的文件逐个上传。{SENDABLE}")
            _require_sane(archive, len(data))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, OSError) as error:
        raise _refused("文件已损坏或设有密码，无法打开。请重新导出后再上传。") from error
    return found


def _require_sane(archive: ZipFile, size: int) -> None:
    """Sizes as declared, then as they really unpack: a bomb lies about the first."""
    parts, most = archive.infolist(), min(MOST_UNPACKED, max(size, BLOCK) * MOST_SWELLING)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most:
        raise _bomb()
    unpacked = 0
    for part in parts:
        with archive.open(part) as stream:
            while block := stream.read(BLOCK):
                unpacked += len(block)
                if unpacked > most:
                    raise _bomb()


def _bomb() -> BadInput:
    return _refused("文件解压后过大，可能是恶意文件，没有保存。请重新导出一份再上传。")


def _guess(data: bytes) -> str:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<svg") or (head.startswith(b"<?xml") and b"<svg" in data[:65536].lower()):
        return "这是 SVG 图形，可能带有脚本，不能作为证据。"
    if head.startswith(b"<"):
        return "这是网页或 XML 文件，只是名字像别的文件。"
    if head.startswith((b"mz", b"\x7felf", b"#!")):
        return "这是程序，不能作为证据。"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "这是旧版 Office 文件。"
    if data[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"}:
        return "这是 HEIC 照片。请在手机相机设置里选“兼容性最佳”，或另存为 JPG。"
    if b"\0" not in data[:4096]:
        return "这是文本文件。"
    return "认不出这是什么文件。"


def _refused(words: str) -> BadInput:
    return BadInput(words, code="bad_file", fields={"/file": words})
