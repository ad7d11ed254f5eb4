"""The ledger as its page draws it: what its rights give together, and the lists they came from."""

from collections.abc import Mapping
from typing import Any

from cultivation.assessments.models import Answer, Assessment, Ledger
from cultivation.core.actors import Actor

from ..catalogue import fields_of
from .desk import ledger_of, why_not_editing
from .difference import Change
from .importing import Preview
from .listing import round_words, tally_of
from .settle import closed_counts

Page = dict[str, Any]


def ledger_page(actor: Actor, draft: Assessment) -> Page:
    ledger = ledger_of(draft)
    unconfirmed = draft.rights.filter(confirmed=False).select_related("carried_from__round")
    first = unconfirmed.first()
    return {
        "round": draft.round,
        "version": ledger.version,
        "closed": why_not_editing(draft),
        "can_edit": actor.enterprise_id == draft.enterprise_id and not why_not_editing(draft),
        "tally": tally_of(actor, draft),
        "unconfirmed": unconfirmed.count(),
        "carried_from": round_words(first.carried_from) if first and first.carried_from else "",
        "counts": _counts(draft, ledger),
        "imports": draft.ledger_imports.select_related("file"),
        "kinds": kind_words(),
    }


def kind_words() -> list[Page]:
    from scoring import RIGHT_KINDS

    return [{"code": code, "label": words.zh, "label_en": words.en} for code, words in RIGHT_KINDS.items()]


def _counts(draft: Assessment, ledger: Ledger) -> list[Page]:
    """Every count with the answer it gives; one that the ledger can't close waits for what the firm declares."""
    from scoring import read_indicators

    indicators = read_indicators()
    asked = {field.code for field in fields_of(draft.round)}
    answers = {answer.code: answer for answer in draft.answers.all()}
    closed = closed_counts(ledger, answers)
    return [
        {
            "code": code,
            "label": indicators[code].zh,
            "label_en": indicators[code].en,
            "least": least,
            "most": most if code in closed else None,
            "is_asked": code in asked,
            "is_open": code not in closed,
            "closed_by": _closer(indicators, answers, ledger.open_above.get(code, "")),
            "declared": _declared(answers.get(code)),
        }
        for code, (least, most) in ledger.counts.items()
    ]


def _closer(indicators: Mapping[str, Any], answers: Mapping[str, Answer], code: str) -> Page | None:
    """The answer that closes a count, as it stands: what may be written there is based on its version."""
    if not code:
        return None
    answer, words = answers.get(code), indicators[code]
    stands = {"declared": answer.declared if answer else None, "version": answer.version if answer else 0}
    return {"code": code, "label": words.zh, "label_en": words.en, **stands}


def _declared(answer: Answer | None) -> Any:
    return answer.declared if answer and answer.source != "ledger" else None


def preview_page(preview: Preview) -> Page:
    read, changes = preview.read, preview.changes
    return {
        "base": preview.base,
        "sha256": read.sha256,
        "sheets": read.sheets,
        "rows": read.rows,
        "rights": len(read.rights),
        "merged": read.merged,
        "others": len(read.strangers),
        "same": sum(one.kind == "same" for one in changes),
        "differences": [_difference(one) for one in changes if one.kind != "same"],
        "problems": [one.as_dict() for one in read.problems],
    }


def _difference(one: Change) -> Page:
    stands = one.row or one.right
    return {
        "key": one.key,
        "kind": one.kind,
        **{key: getattr(stands, key) for key in ("number", "publication", "title", "legal_state", "sheet", "row")},
        "right_kind": getattr(stands, "kind"),  # noqa: B009
        "fields": [{"name": name, "before": before, "after": after} for name, before, after in one.fields],
    }
