"""Lists of titles: read and shown, then entered as a whole or not at all; titles revoked and voided."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput
from cultivation.core.files import store_file
from cultivation.core.sheets import SheetError
from cultivation.programmes.flow import designation_flow, designation_list_flow
from cultivation.programmes.models import Designation, DesignationList
from cultivation.programmes.permissions import can_keep_designations
from cultivation.programmes.states import DESIGNATION_KINDS

from .reading import LABELS, LONGEST, Defaults, read_against_platform
from .sheet import read_list

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FURTHEST_YEARS = 50


def preview_list(
    actor: Actor,
    *,
    kind: str,
    data: bytes,
    filename: str,
    body: str = "",
    document: str = "",
    source: str = "",
    designated_on: date | None = None,
    expires_on: date | None = None,
) -> DesignationList:
    """Keep the file and what was read of it; nothing is entered before somebody confirms it."""
    can_keep_designations.require(actor)
    defaults = Defaults(kind, body.strip(), document.strip(), designated_on, expires_on)
    _require_sane(defaults, data)
    try:
        table = read_list(data)
    except SheetError as error:
        raise BadInput(str(error), code="unreadable_list", fields={"/file": str(error)}) from error
    reading = read_against_platform(table, defaults)
    if not reading.rows:
        raise BadInput("名单里没有一家企业。", code="empty_list", fields={"/file": "没有企业"})
    with transaction.atomic():
        found = DesignationList.objects.create(
            kind=kind,
            file=store_file(data, name=filename, media_type=XLSX),
            body=defaults.body,
            document=defaults.document,
            source=source.strip()[:300],
            designated_on=designated_on,
            expires_on=expires_on,
            rows=reading.plain(),
            problems=reading.problems,
            uploaded_by=actor.name,
        )
        audit.record(actor, "designationlist.preview", found, after="previewed", detail={"rows": len(reading.rows)})
    return found


def _require_sane(defaults: Defaults, data: bytes) -> None:
    if len(data) > settings.UPLOAD_MAX_BYTES:
        raise BadInput(f"文件超过 {settings.UPLOAD_MAX_BYTES // 2**20} MB，请拆分后再上传。", code="too_large")
    if defaults.kind not in DESIGNATION_KINDS:
        raise BadInput("请选择是哪一种称号或名单。", fields={"/kind": "未知的种类"})
    for name in ("body", "document"):
        if len(getattr(defaults, name)) > LONGEST[name]:
            sentence = f"{LABELS[name]}不能超过 {LONGEST[name]} 个字。"
            raise BadInput(sentence, fields={f"/{name}": sentence})
    begins, ends = defaults.designated_on, defaults.expires_on
    if begins and ends and ends < begins:
        raise BadInput("有效期至不能早于认定日期。", fields={"/expires_on": "早于认定日期"})
    latest = timezone.localdate().year + FURTHEST_YEARS
    for name, day in (("designated_on", begins), ("expires_on", ends)):
        if day and not 1980 <= day.year <= latest:
            raise BadInput(f"{LABELS[name]}的年份不对，请核对。", fields={f"/{name}": "年份不对"})


def move_list(actor: Actor, *, found: DesignationList, name: str) -> DesignationList:
    """Confirm or discard."""
    return designation_list_flow.run(found, name, actor=actor)


def move_designation(actor: Actor, *, designation: Designation, name: str, data: dict[str, Any]) -> Designation:
    """Revoke from a day on, or void what was entered by mistake; both with the reason."""
    return designation_flow.run(designation, name, actor=actor, **data)
