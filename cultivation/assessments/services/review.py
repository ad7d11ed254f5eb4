"""What an office reads of a firm that has handed in: what it signed, with its files; and what it may do then (E23)."""

from typing import Any

from django.db import transaction

from cultivation.assessments.flow import assessment_flow
from cultivation.assessments.models import Assessment, Submission
from cultivation.assessments.permissions import can_check
from cultivation.assessments.services.evidence import handed_in_files
from cultivation.assessments.services.filling.catalogue import SECTIONS, Field, fields_of
from cultivation.assessments.services.filling.lock import LEDGER, standing_submission, was_answered
from cultivation.assessments.services.filling.returning import (
    clause_of,
    first_day,
    label_of,
    last_day,
    needs_explaining,
    reason_pages,
    returns_of,
)
from cultivation.assessments.services.filling.returning.told import Told, told_in
from cultivation.assessments.services.screen import Lang, enterprise_words
from cultivation.assessments.states import ANSWER_SOURCES
from cultivation.core.actors import Actor
from cultivation.core.errors import NotHere
from cultivation.programmes.models import Round

Page = dict[str, Any]
OFFERED = ("send_back", "take_up")
LEDGER_SECTION = "creation"


def open_review(actor: Actor, assessment: Assessment) -> None:
    """Whoever may check it and reads it has opened it: from then on the firm can't take it back (E22)."""
    if assessment.state == "submitted" and assessment.opened_at is None and can_check.holds(actor, assessment):
        with transaction.atomic():
            assessment_flow.run(assessment, "open", actor=actor)


def review_of(actor: Actor, assessment: Assessment, *, lang: Lang = "zh") -> Page:
    """Drawn from the last submission alone; what the firm is changing meanwhile is not signed."""
    submission = standing_submission(assessment)
    if submission is None:
        raise NotHere("企业还没有在线提交过。")
    before = _judged_before(assessment, submission)
    return {
        "id": assessment.pk,
        "round": assessment.round,
        "enterprise": enterprise_words(assessment),
        "state": assessment.state,
        "state_label": assessment.get_state_display(),
        "submission": submission,
        "opened_at": assessment.opened_at,
        "sections": _sections(assessment, submission, before, lang),
        "evidence": handed_in_files(assessment),
        "returns": returns_of(assessment, lang=lang, unsigned=False),
        "reasons": reason_pages(),
        "earliest": first_day(),
        "latest": last_day(),
        "actions": [move for move in assessment_flow.available(assessment, actor) if move["name"] in OFFERED],
    }


def _judged_before(assessment: Assessment, submission: Submission) -> Submission | None:
    """What this office read last time: one that the firm took back in between was read by nobody."""
    earlier = assessment.returns.filter(submission__number__lt=submission.number).select_related("submission").first()
    return earlier.submission if earlier else None


def _sections(assessment: Assessment, submission: Submission, before: Submission | None, lang: Lang) -> list[Page]:
    now, then = told_in(submission), told_in(before) if before else None
    needing = needs_explaining(assessment)
    fields = fields_of(assessment.round, lang)
    rows: dict[str, list[Page]] = {section.code: [] for section in SECTIONS}
    rows[LEDGER_SECTION].append(_row(LEDGER, None, now, then, needing))
    for field in fields:
        rows[field.section].append(_row(field.code, field, now, then, needing))
    return [
        {"code": section.code, "label": section.zh, "label_en": section.en, "fields": rows[section.code]}
        for section in SECTIONS
    ]


def _row(code: str, field: Field | None, now: Told, then: Told | None, needing: frozenset[str]) -> Page:
    zh, en = label_of(code, field)
    answer = now.answers.get(code, {})
    indicator = field.indicator if field else None
    is_changed = then is not None and not now.is_same(then, code)
    source = answer.get("source", "")
    return {
        "code": code,
        "label": zh,
        "label_en": en,
        "display": now.words(code, indicator),
        "state": answer.get("state", "unknown") if field else "known",
        "source": source,
        "source_label": ANSWER_SOURCES.get(source, ""),
        "is_confirmed": answer.get("confirmed", True),
        "before": then.words(code, indicator) if then and is_changed else None,
        "is_changed": is_changed,
        "proofs": now.proofs(code),
        "wanted": field.evidence if field else "",
        "clause": clause_of(field),
        "needs_explaining": code in needing,
    }


def waiting_for(actor: Actor, round_: Round) -> tuple[int, int]:
    """How many firms have handed in and wait for this office's check; of these, after they were sent back."""
    rows = Assessment.objects.visible_to(actor).filter(round=round_, state="submitted").select_related("enterprise")
    mine = [one for one in rows.select_related("round") if can_check.holds(actor, one)]
    returned = Assessment.objects.filter(pk__in=[one.pk for one in mine], returns__isnull=False).distinct()
    return len(mine), sum(was_answered(one) for one in returned)
