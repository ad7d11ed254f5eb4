"""What a file is, told by its content: the name and the sender's word for it count for nothing (E16, O12).

An officer has to be able to open and read what is kept, so that a locked, cut, empty or two-faced file is refused too.
"""

import io
from zipfile import BadZipFile, ZipFile

from .kinds import JPEG, OFD, PDF, PNG, SENDABLE, XLSX, Content, is_shown, kind_of, refused
from .packed import unpack
from .pdf import require_readable
from .pictures import require_whole_jpeg, require_whole_png

__all__ = ["JPEG", "OFD", "PDF", "PNG", "XLSX", "Content", "identify", "is_shown", "kind_of"]
_CHECKS = {PDF: require_readable, JPEG: require_whole_jpeg, PNG: require_whole_png}
_HEIC = {b"ftyphei", b"ftypmif", b"ftypmsf", b"ftyphev", b"ftypavi"}


def identify(data: bytes) -> Content:
    """One of the kinds that evidence comes in; whatever else it is, is refused in words."""
    if not data:
        raise refused("文件是空的，没有保存。")
    kind = kind_of(data)
    if kind:
        _require_one_face(kind, data)
        _CHECKS[kind](data)
        return kind
    if data.startswith(b"PK"):
        return unpack(data)
    raise refused(f"{_guess(data)}{SENDABLE}")


def _require_one_face(kind: Content, data: bytes) -> None:
    """A file that is also an archive shows one thing to the officer and another to the next program."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            is_archive = bool(archive.infolist())
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        return
    if is_archive:
        raise refused(f"这个 {kind.name} 文件里另藏着一个压缩包，没有保存。请重新导出一份再上传。")


def _guess(data: bytes) -> str:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<svg") or (head.startswith(b"<?xml") and b"<svg" in data[:65536].lower()):
        return "这是 SVG 图形，可能带有脚本，不能作为证据。"
    if head.startswith(b"<"):
        return "这是网页或 XML 文件，只是名字像别的文件。"
    if head.startswith((b"mz", b"\x7felf", b"#!")):
        return "这是程序，不能作为证据。"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "这是旧版 Office 文件，或设有密码的 Office 文件。请另存为不带密码的新格式或 PDF。"
    if data[4:11] in _HEIC:
        return (
            "这是苹果手机的 HEIC 照片，审核人员多半打不开。请在“设置—相机—格式”里选“兼容性最佳”后重拍，"
            "或在手机上截屏后上传截图。"
        )
    if b"\0" not in data[:4096]:
        return "这是文本文件。"
    return "认不出这是什么文件。"
