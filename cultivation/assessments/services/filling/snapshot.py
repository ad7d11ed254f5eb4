"""What a firm says, as plain JSON: whoever has a frozen one can compute its hash again (E21)."""

from typing import Any

from cultivation.assessments.models import Assessment
from cultivation.programmes.models import PinnedRulebook

from .ledger import frozen_ledger

Page = dict[str, Any]


def snapshot_of(draft: Assessment) -> Page:
    firm, round_ = draft.enterprise, draft.round
    pins = PinnedRulebook.objects.filter(round=round_, rulebook__isnull=False).select_related("rulebook")
    return {
        "enterprise": {key: getattr(firm, key) for key in ("uscc", "name", "region", "zone")},
        "round": {"name": round_.name, "kind": round_.kind, "assessed_on": round_.assessed_on.isoformat()},
        "rulebooks": [{"key": pin.rulebook.key, "fingerprint": pin.fingerprint} for pin in pins if pin.rulebook],
        "answers": answers_of(draft),
        **frozen_ledger(draft),
        "evidence": proofs_of(draft),
    }


def answers_of(draft: Assessment) -> list[Page]:
    kept = ("code", "state", "source", "confirmed", "version", "changed_by")
    return [
        {"value": answer.declared, **{key: getattr(answer, key) for key in kept}}
        for answer in draft.answers.order_by("code")
    ]


def proofs_of(draft: Assessment) -> list[Page]:
    """Each file once, with its hash, its own dates and the facts it is to prove."""
    found: dict[int, Page] = {}
    for use in draft.evidence_uses.select_related("evidence__file").order_by("evidence_id", "code"):
        one = use.evidence
        days = {key: day.isoformat() if (day := getattr(one, key)) else None for key in ("dated_on", "expires_on")}
        page: Page = {"sha256": one.sha256, "name": one.file.name, "title": one.title, **days, "codes": [], "notes": {}}
        kept = found.setdefault(one.pk, page)
        kept["codes"].append(use.code)
        if use.note:
            kept["notes"][use.code] = use.note
    return list(found.values())
