"""Ask for an archive, watch it, and let go of it when its time is over (E36)."""

import tempfile
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cultivation.accounts.models import Enterprise
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import NotHere, WrongState
from cultivation.core.files import forget_file, store_stream
from cultivation.core.flow import action
from cultivation.core.jobs import JobContext, enqueue
from cultivation.core.jobs.queue import is_busy, jobs_of
from cultivation.core.models import StoredFile
from cultivation.operations.models import Archive
from cultivation.operations.permissions import can_take_all

from .build import build_archive
from .shape import Scope

JOB = "operations.pack_archive"
ZIP = "application/zip"
Page = dict[str, Any]


def request_archive(actor: Actor, *, enterprise: Enterprise) -> Archive:
    """Pack everything anew; while that is under way, asking again answers the same. An older archive is let go."""
    can_take_all.require(actor)
    assert actor.user_id is not None
    with transaction.atomic():
        Enterprise.objects.select_for_update().get(pk=enterprise.pk)
        latest = latest_archive(actor)
        if latest and is_busy(latest):
            return latest
        for old in Archive.objects.visible_to(actor).filter(file__isnull=False):
            _let_go(old)
        asked = Archive.objects.create(enterprise=enterprise, asked_by=actor.user_id, role=actor.role)
        audit.record(actor, "archive.ask", asked)
        enqueue(actor, JOB, label="打包全部资料", subject=asked, archive_id=asked.pk)
    return asked


def latest_archive(actor: Actor) -> Archive | None:
    found: Archive | None = Archive.objects.visible_to(actor).order_by("-pk").first()
    return found


def archive_page(actor: Actor) -> Page:
    """The latest archive of who asks, with its job, and what may be done."""
    latest = latest_archive(actor)
    ready = bool(latest and latest.file_id)
    return {
        "archive": latest and _page(latest, ready=ready),
        "days": settings.ARCHIVE_DAYS,
        "actions": [] if latest and is_busy(latest) else [action("pack", "重新打包" if ready else "打包全部资料")],
    }


def _page(archive: Archive, *, ready: bool) -> Page:
    return {
        "id": archive.pk,
        "asked_at": archive.asked_at,
        "ready_at": archive.ready_at,
        "kept_until": archive.kept_until,
        "is_ready": ready,
        "size": archive.file.size if archive.file else 0,
        "files": archive.files,
        "missing": archive.missing,
        "job": jobs_of(archive).first(),
    }


def take_archive(actor: Actor, *, archive: Archive) -> StoredFile:
    if archive.file is None:
        if archive.ready_at:
            raise NotHere("这个压缩包已过保存期，请重新打包。", code="archive_gone")
        raise WrongState("还没有打包好，请稍候。", code="not_ready")
    audit.record(actor, "archive.take", archive, detail={"sha256": archive.file.sha256, "size": archive.file.size})
    return archive.file


def pack_archive(context: JobContext, archive: Archive) -> Page:
    """Written beside the store first, so that a worker that dies half-way leaves nothing."""
    scope = Scope(context.actor, archive.enterprise)
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as out:
        packer = build_archive(scope, out, context.progress)
        name = f"知育资料-{archive.enterprise.uscc}-{timezone.localtime():%Y%m%d-%H%M}.zip"
        kept = store_stream(out, name=name, media_type=ZIP)
    with transaction.atomic():
        archive.file, archive.files, archive.missing = kept, len(packer.entries), len(packer.missing)
        archive.ready_at = timezone.now()
        archive.save(update_fields=["file", "files", "missing", "ready_at"])
    return {"files": archive.files, "missing": archive.missing, "size": kept.size}


def drop_old_archives() -> int:
    """Let go of what has been kept long enough; whoever still wants it asks again."""
    limit = timezone.now() - timedelta(days=settings.ARCHIVE_DAYS)
    old = list(Archive.objects.filter(file__isnull=False, ready_at__lt=limit).select_related("file"))
    for archive in old:
        _let_go(archive)
    return len(old)


def _let_go(archive: Archive) -> None:
    """Compare and set, so that two who drop at once do it once."""
    file = archive.file
    if file and Archive.objects.filter(pk=archive.pk, file=file).update(file=None):
        forget_file(file)
