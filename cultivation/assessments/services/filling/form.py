"""The form as the screen draws it: sections, fields with their rules and evidence, and the answers so far (E08)."""

from typing import Any

from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.services.screen import display
from cultivation.assessments.states import ANSWER_SOURCES
from cultivation.programmes.states import SOURCE_STATUSES

from .catalogue import SECTIONS, Field, fields_of
from .guidance import example_of, year_of
from .lock import lock_of
from .returning import commonest_returns, open_return_page
from .save import Saved, read_value
from .start import earlier_of, told_values

Page = dict[str, Any]


def form_of(draft: Assessment, *, lang: str = "zh") -> Page:
    """Everything the form needs once; what changes while somebody fills comes from `live_of` and the saves."""
    answers = {answer.code: answer for answer in draft.answers.select_related("carried_from__round")}
    earlier = earlier_of(draft)
    before = told_values(earlier)
    fields, returns, lock = fields_of(draft.round, lang), commonest_returns(lang), lock_of(draft)
    return {
        "returned": open_return_page(draft, lang=lang),
        "is_ledger_open": lock.ledger,
        "sections": [
            {
                "code": section.code,
                "label": section.zh,
                "label_en": section.en,
                "fields": [
                    _field(field, answers.get(field.code), before.get(field.code), earlier)
                    | {"year": year_of(field.indicator, draft.round), "returns": returns.get(field.code, [])}
                    | {"is_locked": lock.holds(field.code)}
                    for field in fields
                    if field.section == section.code
                ],
            }
            for section in SECTIONS
        ],
    }


def _field(field: Field, answer: Answer | None, before: Any, earlier: Assessment | None) -> Page:
    one = field.indicator
    return {
        "code": one.code,
        "label": one.zh,
        "label_en": one.en,
        "unit": one.unit,
        "type": one.type,
        "note": one.note,
        "example": example_of(one.code)["zh"],
        "example_en": example_of(one.code)["en"],
        "least": one.least,
        "most": one.most,
        "choices": [{"code": code, "label": zh, "label_en": en} for code, (zh, en) in one.choices.items()],
        "empty_is_none": one.empty_is_none,
        "is_required": field.is_required,
        "rules": [_rule(row) for row in field.readers],
        "previous": _previous(field, before, earlier),
        "answer": answer_of(answer, field),
    }


def _rule(row: Page) -> Page:
    kept = ("programme", "rulebook", "rulebook_title", "document", "id", "title", "test", "max", "source", "status")
    more = ("evidence", "hint", "note", "steps")
    return {key: row[key] for key in (*kept, *more)} | {"status_label": SOURCE_STATUSES.get(row["status"] or "", "")}


def _previous(field: Field, before: Any, earlier: Assessment | None) -> Page | None:
    if before is None or earlier is None:
        return None
    return {
        "value": before,
        "display": display(field.indicator, before),
        "round": earlier.round.name,
        "on": earlier.round.assessed_on,
    }


def answer_of(answer: Answer | None, field: Field | None = None) -> Page | None:
    """An answer as the form holds it; its version is what the next edit is based on."""
    if answer is None:
        return None
    problem = read_value(field.indicator, answer.typed)[2] if field and answer.typed else ""
    carried = answer.carried_from
    return {
        "value": answer.declared,
        "typed": answer.typed,
        "problem": problem,
        "state": answer.state,
        "version": answer.version,
        "source": answer.source,
        "source_label": ANSWER_SOURCES[answer.source],
        "carried_from": f"{carried.round.name}（{carried.round.assessed_on.isoformat()}）" if carried else "",
        "confirmed": answer.confirmed,
        "changed_by": answer.changed_by,
        "changed_at": answer.changed_at,
    }


def saved_page(saved: Saved) -> Page:
    return {
        "code": saved.code,
        "outcome": saved.outcome,
        "problem": saved.problem,
        "note": saved.note,
        "answer": answer_of(saved.answer),
    }
