"""Files kept under their hash. The same bytes are stored once; names never become paths."""

import hashlib
import unicodedata
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from cultivation.core.errors import DomainError
from cultivation.core.models import StoredFile

PIECE = 2**20


def clean_name(name: str) -> str:
    """A name fit for showing and downloading: no folders, no control characters, at most 200 characters."""
    base = PurePath(name.replace("\\", "/")).name
    kept = "".join(char for char in base if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    return kept[-200:] or "未命名"


class NoSpace(DomainError):
    status = 507
    code = "no_space"

    def __init__(self) -> None:
        super().__init__("服务器的存储空间暂时不足，文件没有保存。请稍后再试，或告知管理员。")


def store_file(data: bytes, *, name: str, media_type: str) -> StoredFile:
    return _store(ContentFile(data), hashlib.sha256(data).hexdigest(), len(data), name, media_type)


def store_stream(stream: IO[bytes], *, name: str, media_type: str) -> StoredFile:
    """Store what may be too large for memory, from its beginning."""
    stream.seek(0)
    sha256, size = hashlib.sha256(), 0
    while piece := stream.read(PIECE):
        sha256.update(piece)
        size += len(piece)
    stream.seek(0)
    return _store(File(stream), sha256.hexdigest(), size, name, media_type)


def _store(content: "File[bytes]", sha256: str, size: int, name: str, media_type: str) -> StoredFile:
    path = _put(f"{sha256[:2]}/{sha256}", content, size)
    return StoredFile.objects.create(sha256=sha256, name=clean_name(name), media_type=media_type, size=size, path=path)


def _put(path: str, content: "File[bytes]", size: int) -> str:
    """Whole or not at all: what a full disk or a killed process left half written is never taken for the file."""
    if default_storage.exists(path):
        if default_storage.size(path) == size:
            return path
        default_storage.delete(path)
    try:
        return default_storage.save(path, content)
    except OSError as error:
        default_storage.delete(path)
        raise NoSpace from error


def read_file(file: StoredFile) -> bytes:
    with default_storage.open(file.path) as handle:
        data: bytes = handle.read()
    return data


def read_pieces(file: StoredFile) -> Iterator[bytes]:
    """The bytes of a file that may be too large for memory."""
    with default_storage.open(file.path) as handle:
        while piece := handle.read(PIECE):
            yield piece


def forget_file(file: StoredFile) -> None:
    """Take a file off the record; its bytes go with the last that had them, once that is sure."""
    path = file.path
    file.delete()
    transaction.on_commit(lambda: _drop_bytes(path))


def _drop_bytes(path: str) -> None:
    if not StoredFile.objects.filter(path=path).exists():
        default_storage.delete(path)
