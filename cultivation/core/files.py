"""Files kept under their hash. The same bytes are stored once; names never become paths."""

import hashlib
import unicodedata
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from cultivation.core.models import StoredFile


def clean_name(name: str) -> str:
    """A name fit for showing and downloading: no folders, no control characters, at most 200 characters."""
    base = PurePath(name.replace("\\", "/")).name
    kept = "".join(char for char in base if unicodedata.category(char)[0] != "C")
    return kept[-200:] or "未命名"


def store_file(data: bytes, *, name: str, media_type: str) -> StoredFile:
    sha256 = hashlib.sha256(data).hexdigest()
    path = f"{sha256[:2]}/{sha256}"
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(data))
    return StoredFile.objects.create(
        sha256=sha256, name=clean_name(name), media_type=media_type, size=len(data), path=path
    )


def read_file(file: StoredFile) -> bytes:
    with default_storage.open(file.path) as handle:
        data: bytes = handle.read()
    return data


def forget_file(file: StoredFile) -> None:
    """Take a file off the record; its bytes go with the last that had them, once that is sure."""
    path = file.path
    file.delete()
    transaction.on_commit(lambda: _drop_bytes(path))


def _drop_bytes(path: str) -> None:
    if not StoredFile.objects.filter(path=path).exists():
        default_storage.delete(path)
