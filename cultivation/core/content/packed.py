"""Files that are archives inside: OFD and XLSX. What an archive says of itself is not believed."""

import io
import posixpath
import re
import zlib
from zipfile import BadZipFile, ZipFile

from .kinds import OFD, SENDABLE, XLSX, Content, refused

MOST_PARTS = 5_000
MOST_UNPACKED = 400 * 2**20
MOST_SWELLING = 200  # times: real office files stay below 100, a bomb goes far beyond
BLOCK = 2**20
HEAD = 1024  # bytes in which a reader looks for the beginning of a PDF
_MARKS = {OFD: "ofd.xml", XLSX: "xl/workbook.xml"}
_DOCUMENT = re.compile(rb"<(?:\w+:)?DocRoot>\s*([^<]+?)\s*</")
_PAGE = re.compile(rb"<(?:\w+:)?Page\s")
_ACTIVE = {
    "xl/vbaproject.bin": "带有宏",
    "xl/macrosheets/": "带有宏",
    "xl/activex/": "带有控件",
    "xl/externallinks/": "引用了别的工作簿或程序",
    "xl/connections.xml": "连着外部数据",
    "xl/embeddings/": "嵌有别的文件",
}


def unpack(data: bytes) -> Content:
    if b"%PDF-" in data[:HEAD]:
        raise refused("这个文件既是压缩包又是 PDF，没有保存。请重新导出一份再上传。")
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return _kind_of(archive, len(data))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, ValueError, OSError) as error:
        raise refused("文件已损坏或设有密码，无法打开。请重新导出后再上传。") from error


def _kind_of(archive: ZipFile, size: int) -> Content:
    parts = {part.lower(): part for part in archive.namelist()}
    found = next((kind for kind, mark in _MARKS.items() if mark in parts), None)
    if found is None:
        raise refused(f"这是压缩包或别种办公文件。请把里面的文件逐个上传。{SENDABLE}")
    _require_sane(archive, size)
    if found is OFD:
        _require_pages(archive, parts)
    else:
        _require_passive(parts)
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


def _require_pages(archive: ZipFile, parts: dict[str, str]) -> None:
    """The root names its documents, and one of them has a page."""
    for place in _DOCUMENT.findall(archive.read(parts["ofd.xml"])):
        path = posixpath.normpath(place.decode("utf-8", "replace")).lstrip("/").lower()
        if path in parts and _PAGE.search(archive.read(parts[path])):
            return
    raise refused("这个 OFD 文件里没有一页内容。请用 OFD 阅读器打开核对，重新导出后再上传。")


def _require_passive(parts: dict[str, str]) -> None:
    """What runs or fetches when it is opened is no evidence."""
    for mark, words in _ACTIVE.items():
        if any(part.startswith(mark) for part in parts):
            raise refused(
                f"这个 Excel 文件{words}，打开时可能有风险，没有保存。请另存为只有数值的 .xlsx 或 PDF 后再上传。"
            )


def _bomb() -> Exception:
    return refused("文件解压后过大，可能是恶意文件，没有保存。请重新导出一份再上传。")
