"""A ledger as a submission freezes it: whoever has it can count again."""

from typing import Any

from cultivation.assessments.models import Assessment, LedgerImport, LedgerRight

from .desk import ledger_of

Page = dict[str, Any]
_PLAIN = (
    "number", "number_ok", "publication", "title", "kind", "legal_state", "holder_name", "status", "source",
    "confirmed",
)  # fmt: skip


def frozen_ledger(draft: Assessment) -> Page:
    ledger = ledger_of(draft)
    return {
        "ledger": {
            "version": ledger.version,
            "counts": ledger.counts,
            "open_above": ledger.open_above,
            "imports": [_import(one) for one in draft.ledger_imports.select_related("file").order_by("pk")],
        },
        "rights": [right_page(right) for right in draft.rights.order_by("row", "pk")],
    }


def _import(one: LedgerImport) -> Page:
    return {"file": one.file.name, "sha256": one.file.sha256, "by": one.by, "at": one.at.isoformat()}


def right_page(right: LedgerRight) -> Page:
    """Every fact of a right as plain JSON."""
    dates = {key: day.isoformat() if (day := getattr(right, key)) else None for key in ("filed_on", "granted_on")}
    return {key: getattr(right, key) for key in _PLAIN} | dates | {"facts": right.facts}
