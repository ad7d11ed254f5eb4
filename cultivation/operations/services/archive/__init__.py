"""All data of a firm as one archive: asked for, packed by a job, kept for some days (E36)."""

from .asking import archive_page, drop_old_archives, pack_archive, request_archive, take_archive
from .build import build_archive
from .shape import Scope

__all__ = [
    "Scope",
    "archive_page",
    "build_archive",
    "drop_old_archives",
    "pack_archive",
    "request_archive",
    "take_archive",
]
