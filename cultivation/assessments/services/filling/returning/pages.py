"""Returns as both sides read them: each note with what stood there before and what stands there after (E23)."""

from typing import Any

from cultivation.assessments.models import Assessment, Return, ReturnNote
from cultivation.programmes.services import time_left

from ..catalogue import Field, fields_of
from ..lock import LEDGER, open_return, standing_submission
from .reasons import in_language
from .sending import label_of
from .told import Told, told_in, told_now

Page = dict[str, Any]
UNSIGNED: Page = {"reply": "", "reply_version": 0, "replied_by": "", "replied_at": None, "is_answered": False}


def returns_of(assessment: Assessment, *, lang: str = "zh", unsigned: bool = True) -> list[Page]:
    """Newest first. What the firm has changed but not signed yet is its own: others see it once it is handed in."""
    fields = {field.code: field for field in fields_of(assessment.round, lang)}
    sent = list(assessment.returns.select_related("submission").prefetch_related("notes"))
    return [_page(assessment, one, fields, lang, unsigned=unsigned) for one in sent]


def open_return_page(assessment: Assessment, *, lang: str = "zh") -> Page | None:
    """The one that waits for the firm's answer."""
    sent = open_return(assessment)
    if sent is None:
        return None
    fields = {field.code: field for field in fields_of(assessment.round, lang)}
    return _page(assessment, sent, fields, lang, unsigned=True)


def unanswered(assessment: Assessment) -> list[ReturnNote]:
    """Notes to which nothing was changed and nothing was said."""
    sent = open_return(assessment)
    if sent is None:
        return []
    before, now = told_in(sent.submission), told_now(assessment)
    return [note for note in sent.notes.all() if not note.reply and before.is_same(now, note.code)]


def note_page(note: ReturnNote, field: Field | None, before: Told, after: Told | None, lang: str = "zh") -> Page:
    zh, en = label_of(note.code, field)
    changed = after is not None and not before.is_same(after, note.code)
    kept = ("code", "text", "clause", "belated", "reply", "reply_version", "replied_by", "replied_at")
    return {
        **{key: getattr(note, key) for key in kept},
        "label": zh,
        "label_en": en,
        "section": field.section if field else "creation",
        "reason": in_language(note.reason, lang),
        "before": _side(before, note.code, field),
        "after": _side(after, note.code, field) if after else None,
        "is_changed": changed,
        "is_answered": changed or bool(note.reply),
    }


def _side(told: Told, code: str, field: Field | None) -> Page:
    indicator = field.indicator if field else None
    words = told.words(code, indicator) if field or code == LEDGER else ""
    return {"display": words, "proofs": told.proofs(code)}


def _page(assessment: Assessment, sent: Return, fields: dict[str, Field], lang: str, *, unsigned: bool) -> Page:
    before, after = told_in(sent.submission), _after(assessment, sent, unsigned=unsigned)
    notes = [note_page(note, fields.get(note.code), before, after, lang) for note in sent.notes.all()]
    is_open = assessment.state == "returned" and sent.number == assessment.returns.count()
    if after is None and not unsigned:
        notes = [note | UNSIGNED for note in notes]
    return {
        "number": sent.number,
        "at": sent.at,
        "until": sent.until,
        "office": sent.office,
        "left": time_left(sent.until) if is_open else None,
        "is_open": is_open,
        "notes": notes,
    }


def _after(assessment: Assessment, sent: Return, *, unsigned: bool) -> Told | None:
    """What answered it: what the next return found, else what stands now. One that was taken back answers nothing."""
    later = assessment.returns.filter(number=sent.number + 1).select_related("submission").first()
    if later is None and assessment.state == "returned":
        return told_now(assessment) if unsigned else None
    found = later.submission if later else standing_submission(assessment)
    return told_in(found) if found and found.number > sent.submission.number else None
