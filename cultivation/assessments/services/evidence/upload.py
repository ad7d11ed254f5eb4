"""Files come in pieces, so that a cut line goes on where it broke (E16); only a whole and known one is evidence."""

import hashlib
import unicodedata
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Assessment, Evidence, Upload
from cultivation.assessments.permissions import can_fill
from cultivation.assessments.services.filling.save import require_open
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.content import identify
from cultivation.core.errors import BadInput, Conflict
from cultivation.core.files import NoSpace, store_file

from .uses import require_code, use_evidence

PIECE = 1 * 2**20
MOST_NAME = 120
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
JOINER = "\u200d"  # of emoji
MOST_UNFINISHED = 20
FOLDER = "uploads"
KEPT_UNFINISHED = timedelta(days=3)


def start_upload(actor: Actor, *, draft: Assessment, name: str, size: int, code: str = "", mark: str = "") -> Upload:
    """Announce a file; with the mark of one that is still on its way, go on with that."""
    can_fill.require(actor, draft)
    require_open(draft)
    _require_name(name)
    _require_size(size)
    if code:
        require_code(draft, code)
    _forget_old(draft)
    going = draft.uploads.filter(mark=mark, size=size, name=name).first() if mark else None
    if going is None:
        _require_room(draft, size)
        return Upload.objects.create(key=uuid.uuid4(), assessment=draft, code=code, name=name, mark=mark, size=size)
    going.code = code
    going.save(update_fields=["code"])
    return going


def receive_piece(actor: Actor, *, upload: Upload, offset: int, data: bytes) -> Evidence | None:
    """Keep the next piece; after the last one the file is looked at, and kept or refused as a whole."""
    can_fill.require(actor, upload.assessment)
    with transaction.atomic():
        locked = Upload.objects.select_for_update(of=("self",)).select_related("assessment__round").get(pk=upload.pk)
        require_open(locked.assessment)
        if offset != locked.received:
            raise Conflict("文件已传到别的位置，请从服务器所记的位置继续。", code="other_offset")
        is_too_much = offset + len(data) > locked.size
        if not is_too_much:
            Pieces(locked.key).keep(offset, data)
            locked.received = offset + len(data)
            locked.save(update_fields=["received"])
    if is_too_much:
        _forget(locked)
        raise BadInput("传来的内容比开始时说明的大，没有保存。请重新上传。", code="too_large")
    upload.received = locked.received
    return _finish(actor, locked) if locked.received == locked.size else None


def cancel_upload(actor: Actor, *, upload: Upload) -> None:
    can_fill.require(actor, upload.assessment)
    _forget(upload)


class Pieces:
    """What has arrived of one file, each piece under its place."""

    def __init__(self, key: object) -> None:
        self.folder = f"{FOLDER}/{key}"

    def keep(self, offset: int, data: bytes) -> None:
        if not data:
            return
        path = f"{self.folder}/{offset:012d}"
        default_storage.delete(path)  # a worker killed before it could say so may have left one
        try:
            default_storage.save(path, ContentFile(data))
        except OSError as error:
            default_storage.delete(path)
            raise NoSpace from error

    def join(self) -> bytes:
        return b"".join(self._read(name) for name in sorted(self._names()))

    def drop(self) -> None:
        for name in self._names():
            default_storage.delete(f"{self.folder}/{name}")
        default_storage.delete(self.folder)

    def _names(self) -> list[str]:
        try:
            return default_storage.listdir(self.folder)[1]
        except FileNotFoundError:
            return []

    def _read(self, name: str) -> bytes:
        with default_storage.open(f"{self.folder}/{name}") as handle:
            data: bytes = handle.read()
        return data


def _finish(actor: Actor, upload: Upload) -> Evidence:
    pieces = Pieces(upload.key)
    data = pieces.join()
    try:
        content = identify(data)
    except BadInput:
        _forget(upload)
        raise
    with transaction.atomic():
        found = _keep(actor, upload, data, content.media_type)
        if upload.code:
            use_evidence(actor, draft=upload.assessment, evidence=found, code=upload.code)
        upload.delete()
        transaction.on_commit(pieces.drop)
    return found


def _keep(actor: Actor, upload: Upload, data: bytes, media_type: str) -> Evidence:
    """The same bytes are the evidence that is there already."""
    enterprise = Enterprise.objects.select_for_update().get(pk=upload.assessment.enterprise_id)
    known = Evidence.objects.filter(enterprise=enterprise, sha256=hashlib.sha256(data).hexdigest()).first()
    if known:
        return known
    file = store_file(data, name=upload.name, media_type=media_type)
    title = upload.name.rpartition(".")[0] or upload.name
    found = Evidence.objects.create(
        enterprise=enterprise, file=file, sha256=file.sha256, title=title, added_by=actor.name
    )
    audit.record(actor, "evidence.add", found, detail={"sha256": file.sha256, "name": file.name, "size": file.size})
    return found


def _forget(upload: Upload) -> None:
    Pieces(upload.key).drop()
    upload.delete()


def drop_uploads(draft: Assessment) -> None:
    """What is still on its way into a draft that goes; its pieces leave the disk once that is sure."""
    for upload in draft.uploads.all():
        pieces = Pieces(upload.key)
        upload.delete()
        transaction.on_commit(pieces.drop)


def forget_unfinished() -> int:
    """What nobody has gone on with for days, and pieces that a killed process left without their upload."""
    old = list(Upload.objects.filter(started_at__lt=timezone.now() - KEPT_UNFINISHED))
    for upload in old:
        _forget(upload)
    return len(old) + _sweep()


def _sweep() -> int:
    if not default_storage.exists(FOLDER):
        return 0
    known = {str(key) for key in Upload.objects.values_list("key", flat=True)}
    lost = [name for name in default_storage.listdir(FOLDER)[0] if name not in known]
    for name in lost:
        Pieces(name).drop()
    return len(lost)


def _forget_old(draft: Assessment) -> None:
    uploads = list(draft.uploads.order_by("-pk"))
    limit = timezone.now() - KEPT_UNFINISHED
    for place, upload in enumerate(uploads):
        if place >= MOST_UNFINISHED - 1 or upload.started_at < limit:
            _forget(upload)


def _require_name(name: str) -> None:
    if not name.strip() or len(name) > MOST_NAME:
        words = f"文件名应有 1 到 {MOST_NAME} 个字。"
    elif "/" in name or "\\" in name or name in {".", ".."}:
        words = "文件名里不能有路径。请改名后再上传。"
    elif any(unicodedata.category(char) in UNSEEN and char != JOINER for char in name):
        words = "文件名里有不可见的字符。请改名后再上传。"
    else:
        return
    raise BadInput(words, code="bad_name", fields={"/name": words})


def _require_room(draft: Assessment, size: int) -> None:
    """So much for one firm, so that none fills the disk of all."""
    most, firm = settings.FIRM_FILES_MAX_BYTES, draft.enterprise_id
    kept = Evidence.objects.filter(enterprise=firm).aggregate(sum=Sum("file__size"))["sum"] or 0
    coming = Upload.objects.filter(assessment__enterprise=firm).aggregate(sum=Sum("size"))["sum"] or 0
    if kept + coming + size > most:
        words = (
            f"本企业的证明材料合计不能超过 {most // 2**20} MB，现有 {(kept + coming) // 2**20} MB。"
            "请删除不用的材料，或压缩后再上传。"
        )
        raise BadInput(words, code="no_room", fields={"/size": words})


def _require_size(size: int) -> None:
    most = settings.UPLOAD_MAX_BYTES
    if not 0 < size <= most:
        words = f"文件超过 {most // 2**20} MB，请压缩或拆分后再上传。" if size else "文件是空的，没有保存。"
        raise BadInput(words, code="too_large" if size else "bad_file", fields={"/size": words})
