"""Where a draft stands: the same engine call as the official result, over what the firm has declared (E09)."""

from typing import Any

from django.utils import timezone

from cultivation.assessments.flow import why_late
from cultivation.assessments.models import Assessment
from cultivation.assessments.services.facts import declared_facts_of
from cultivation.assessments.services.ledger import with_ledger
from cultivation.assessments.services.scoring import assess_facts
from cultivation.assessments.services.screen import Lang, screen_of_result
from cultivation.assessments.services.titles import laid_over
from cultivation.programmes.services import time_left

from .catalogue import SECTIONS, Field, fields_of
from .checklist import checklist_of
from .lock import due_of

Page = dict[str, Any]


def live_of(draft: Assessment, *, lang: Lang = "zh") -> Page:
    """Score, level, programmes, progress by section and the checklist of a draft; nothing is stored."""
    found = assess_facts(draft, laid_over(draft, with_ledger(draft, declared_facts_of(draft))))
    fields, due = fields_of(draft.round), due_of(draft)
    items = checklist_of(draft, fields=fields, warnings=found["warnings"])
    return {
        **screen_of_result(draft, found, lang=lang),
        "sections": [_progress(section.code, fields, draft) for section in SECTIONS],
        "checklist": [vars_of(item) for item in items],
        "blocking": sum(item.severity == "blocking" for item in items),
        "closed": why_late(draft),
        "filling_until": due,
        "left": time_left(due) if due else None,
        "now": timezone.now(),
    }


def _progress(section: str, fields: list[Field], draft: Assessment) -> Page:
    answered = {answer.code for answer in draft.answers.all() if not answer.typed}
    own = [field for field in fields if field.section == section]
    needed = [field for field in own if field.is_required]
    return {
        "code": section,
        "asked": len(own),
        "answered": sum(field.code in answered for field in own),
        "required": len(needed),
        "open": sum(field.code not in answered for field in needed),
    }


def vars_of(item: Any) -> Page:
    return {name: getattr(item, name) for name in ("code", "section", "severity", "kind", "text")}
