"""A firm's evidence beside one draft: what is there, where it is used, what is wrong with it, what is on its way."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from cultivation.assessments.models import Assessment, Evidence, Upload
from cultivation.assessments.permissions import can_fill
from cultivation.assessments.services.filling.catalogue import Field, fields_of
from cultivation.assessments.services.filling.lock import LOCKED, lock_of, standing_submission
from cultivation.core.actors import Actor
from cultivation.core.flow import action

from .flags import flags_of
from .upload import PIECE
from .uses import handed_in, why_closed, why_not_remove

Page = dict[str, Any]


def evidence_page(actor: Actor, draft: Assessment) -> Page:
    """The firm sees all it has, so that it can use a file again; others what was handed in, as it was handed in."""
    rows = _with_uses(Evidence.objects.visible_to(actor).filter(enterprise=draft.enterprise)).order_by("-pk")
    is_own, closed, round_ = can_fill.holds(actor, draft), why_closed(draft), draft.round
    return {
        "actions": [action("add", "添加文件", reason=closed)] if is_own else [],
        "items": _Desk(draft).rows(list(rows)) if is_own else _handed_in(draft, list(rows)),
        "uploads": list(Upload.objects.visible_to(actor).filter(assessment=draft)),
        "most": settings.UPLOAD_MAX_BYTES,
        "piece": PIECE,
        "evidence_from": round_.evidence_from,
        "evidence_until": round_.evidence_until,
    }


def row_of(evidence: Evidence, draft: Assessment) -> Page:
    """One piece as the firm itself sees it."""
    return _Desk(draft).rows([_with_uses(Evidence.objects.all()).get(pk=evidence.pk)])[0]


def _with_uses(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    return rows.select_related("file").prefetch_related("uses__assessment__round")


def handed_in_files(draft: Assessment) -> list[Page]:
    """The files of the last submission, as it was signed."""
    rows = Evidence.objects.filter(enterprise=draft.enterprise).select_related("file").order_by("-pk")
    return _handed_in(draft, list(rows))


class _Desk:
    """What is asked of the database once for all rows."""

    def __init__(self, draft: Assessment) -> None:
        self.draft = draft
        self.kept = handed_in(draft.enterprise_id)
        self.closed = why_closed(draft)
        self.lock = lock_of(draft)
        self.fields = {field.code: field for field in fields_of(draft.round)}

    def rows(self, found: list[Evidence]) -> list[Page]:
        return [self._row(one) for one in found]

    def _why_not_change(self, here: Mapping[str, str]) -> str:
        if not here:
            return ""
        return self.closed or (LOCKED if all(self.lock.holds(code) for code in here) else "")

    def _row(self, evidence: Evidence) -> Page:
        uses = list(evidence.uses.all())
        here = {use.code: use.note for use in uses if use.assessment_id == self.draft.pk}
        moves = [
            action("change", "改名称和日期", reason=self._why_not_change(here)),
            action("use", "用于指标", reason=self.closed),
            action("remove", "删除", reason=why_not_remove(evidence, uses, self.kept)),
        ]
        told = _told(evidence, self.draft, self.fields, here)
        for use in told["uses"]:
            use["is_locked"] = self.lock.holds(use["code"])
        return {
            **told,
            "elsewhere": len({use.assessment_id for use in uses} - {self.draft.pk}),
            "use_count": len(uses),
            "actions": moves,
        }


def _handed_in(draft: Assessment, rows: list[Evidence]) -> list[Page]:
    """Titles, dates and places from the last submission: what the firm changes later is not what it signed."""
    submission, fields = standing_submission(draft), {field.code: field for field in fields_of(draft.round)}
    told = {one["sha256"]: one for one in (submission.snapshot.get("evidence") or ())} if submission else {}
    found = []
    for evidence in rows:
        if frozen := told.get(evidence.sha256):
            evidence.title = frozen["title"]
            evidence.dated_on, evidence.expires_on = (_day(frozen[key]) for key in ("dated_on", "expires_on"))
            notes = frozen.get("notes", {})
            here = {code: notes.get(code, "") for code in frozen["codes"]}
            page = _told(evidence, draft, fields, here)
            found.append({**page, "elsewhere": 0, "use_count": len(here), "actions": []})
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _told(evidence: Evidence, draft: Assessment, fields: Mapping[str, Field], here: Mapping[str, str]) -> Page:
    told = ("id", "title", "sha256", "dated_on", "expires_on", "added_by", "added_at")
    return {
        **{key: getattr(evidence, key) for key in told},
        "name": evidence.file.name,
        "media_type": evidence.file.media_type,
        "size": evidence.file.size,
        "uses": [_use(code, note, fields.get(code)) for code, note in here.items()],
        "flags": flags_of(evidence, draft.round),
    }


def _use(code: str, note: str, field: Field | None) -> Page:
    return {
        "code": code,
        "label": field.indicator.zh if field else code,
        "label_en": field.indicator.en if field else code,
        "section": field.section if field else "",
        "note": note,
        "is_locked": True,
    }
