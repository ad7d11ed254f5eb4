"""A PDF that an officer can open and read: whole, without a password, with at least one page.

It is searched, not parsed: a parser would unpack whatever a hostile file asks for, and refuse what readers mend.
"""

import io
import re
import zlib
from collections import deque
from typing import Any

from .kinds import PDF, cut_short, refused

TAIL = 2048  # bytes: readers look for the end in the last 1,024, and some senders add a line of their own
MOST_UNPACKED = 64 * 2**20
MOST_PACKED = 2**20  # of one stream of objects; real ones hold some hundred small ones
_ENCRYPT = re.compile(rb"/Encrypt\s*(?:(\d{1,10})\s+(\d{1,5})\s+R|(?=<<))")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PACKED_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_STREAM = re.compile(rb"stream\r?\n")
_NEAR = 1000  # an object's dictionary is short
_ID = re.compile(rb"/ID\s*\[\s*(?=[<(])")
_LOCKED = (
    "这个 PDF 设有打开密码，审核人员打不开，没有保存。"
    "请用密码打开后“打印”成新的 PDF（或在软件里取消密码），再上传新的那份。"
)


def require_readable(data: bytes) -> None:
    if b"%%EOF" not in data[-TAIL:]:
        raise cut_short(PDF)
    lock = _last(_ENCRYPT, data)
    if lock is None:
        if not _has_page(data):
            raise refused("这个 PDF 里没有一页内容，或已经损坏。请打开核对，重新导出后再上传。")
    elif not _opens_without_password(data, lock):
        raise refused(_LOCKED)


def _has_page(data: bytes) -> bool:
    """In the open, or in one of the packed streams of objects that newer files keep them in."""
    if _PAGE.search(data):
        return True
    left = MOST_UNPACKED
    for found in _PACKED_OBJECTS.finditer(data):
        begins = _STREAM.search(data, found.end(), found.end() + _NEAR)
        if begins is None:
            continue
        text = _inflate(data, begins.end(), left)
        if _PAGE.search(text):
            return True
        left -= len(text)
        if left <= 0:
            return False
    return False


def _inflate(data: bytes, at: int, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(memoryview(data)[at : at + MOST_PACKED], most)
    except zlib.error:
        return b""


def _opens_without_password(data: bytes, lock: re.Match[bytes]) -> bool:
    """Many official papers are locked against changes only: they open for everybody."""
    from pyhanko.pdf_utils.crypt import SecurityHandler
    from pyhanko.pdf_utils.crypt.api import AuthStatus
    from pyhanko.pdf_utils.misc import PdfError

    try:
        handler = SecurityHandler.build(_read(data, _place_of(data, lock)))
        found = _ID.search(data)
        first = _read(data, found.end()) if found else b""
        status = handler.authenticate(b"", id1=getattr(first, "original_bytes", first)).status
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, NotImplementedError, RecursionError):
        return False
    return bool(status != AuthStatus.FAILED)


def _place_of(data: bytes, lock: re.Match[bytes]) -> int:
    if lock[1] is None:
        return lock.end()
    place = _last(re.compile(rb"(?<!\d)%b\s+%b\s+obj\s*" % (lock[1], lock[2])), data)
    if place is None:
        raise ValueError
    return place.end()


def _last(pattern: re.Pattern[bytes], data: bytes) -> re.Match[bytes] | None:
    """What was added to a file later counts."""
    return next(iter(deque(pattern.finditer(data), maxlen=1)), None)


def _read(data: bytes, at: int) -> Any:
    """One object; whatever it points to is not looked up."""
    from pyhanko.pdf_utils.generic import Reference, read_object

    return read_object(io.BytesIO(data[at : at + 64 * 1024]), container_ref=Reference(0, 0))
