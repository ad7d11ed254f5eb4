"""Rights as they are stored, and back as rows that the rulebooks read; one way for every door they come in by."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cultivation.assessments.models import LedgerRight
from cultivation.assessments.services.facts import plain
from cultivation.assessments.services.workbook.model import RightRow
from cultivation.assessments.services.workbook.rights import state_of_text

COLUMNS = (
    "number", "number_ok", "publication", "title", "kind", "filed_on", "granted_on", "legal_state", "holder_name",
    "status", "sheet", "row",
)  # fmt: skip
FACTS = (
    "state", "family", "pledge", "awards", "ipc", "obtained", "transferred_on", "holder_rank", "related", "in_use",
    "emerging", "used_in_hnte", "overseas_revenue", "said",
)  # fmt: skip
UNSAID: tuple[Any, ...] = (None, "", "unknown")
WIDTHS = {
    field.name: field.max_length for field in LedgerRight._meta.concrete_fields if getattr(field, "max_length", None)
}


def stored_fields(row: RightRow) -> dict[str, Any]:
    """The columns and facts of a right, cut to what the table holds; a fact that nobody gave is absent."""
    found = {name: getattr(row, name) for name in COLUMNS}
    found |= {name: text[: WIDTHS[name]] for name, text in found.items() if name in WIDTHS and isinstance(text, str)}
    facts = {name: plain(getattr(row, name)) for name in FACTS}
    kept = {name: fact for name, fact in facts.items() if fact not in UNSAID and not (name == "said" and not fact)}
    return found | {"facts": kept, "notes": list(row.reasons)}


def row_of(right: LedgerRight) -> RightRow:
    """A stored right as a row; one stored before facts were kept lacks them."""
    found: Mapping[str, Any] = {name: getattr(right, name) for name in COLUMNS}
    row = RightRow(holder=None, **found)
    row.state, row.reasons = state_of_text(right.legal_state), list(right.notes)
    for name, fact in right.facts.items():
        setattr(row, name, _fact(name, fact))
    return row


def _fact(name: str, fact: Any) -> Any:
    if name == "pledge":
        return Decimal(str(fact))
    return date.fromisoformat(fact) if name == "transferred_on" else fact
