"""A list that comes in against the ledger that is kept: what is new, what is otherwise, what is no longer there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from cultivation.assessments.models import LedgerRight
from cultivation.assessments.services.facts import plain
from cultivation.assessments.services.ledger import row_of
from cultivation.assessments.services.ledger.store import UNSAID
from cultivation.assessments.services.workbook.model import RightRow
from cultivation.assessments.services.workbook.own_checks import PATENT_KINDS
from cultivation.assessments.services.workbook.same_rights import identities, judge_on

COMPARED = (
    "number", "publication", "title", "kind", "filed_on", "granted_on", "legal_state", "holder_name", "holder_rank",
    "obtained", "transferred_on", "family", "pledge", "awards", "related", "in_use", "emerging", "used_in_hnte",
    "overseas_revenue",
)  # fmt: skip
Kind = Literal["added", "changed", "gone", "same"]


@dataclass(frozen=True, slots=True)
class Change:
    """One right of either side; `row` is how it would stand, `right` the kept one."""

    key: str
    kind: Kind
    right: LedgerRight | None
    row: RightRow | None
    fields: tuple[tuple[str, Any, Any], ...] = ()


def compare(kept: Sequence[LedgerRight], read: Sequence[RightRow], on: date) -> list[Change]:
    """Rights are matched by application or publication number; only kinds that the list holds can be gone from it."""
    by_identity = {one: right for right in kept for one in identities(right)}
    found: list[Change] = []
    met: set[int] = set()
    for place, row in enumerate(read):
        right = next((by_identity[one] for one in identities(row) if one in by_identity), None)
        if right is None or right.pk in met:
            found.append(Change(f"new-{place}", "added", None, row))
            continue
        met.add(right.pk)
        found.append(_changed(right, row, on))
    listed = {group_of(row.kind) for row in read}
    return found + [
        Change(f"row-{right.pk}", "gone", right, None)
        for right in kept
        if right.pk not in met and group_of(right.kind) in listed
    ]


def group_of(kind: str) -> str:
    return "patent" if kind in PATENT_KINDS else kind


def _changed(right: LedgerRight, row: RightRow, on: date) -> Change:
    """What the list does not say stays as it is kept."""
    before = row_of(right)
    known = {name: getattr(row, name) for name in COMPARED if getattr(row, name) not in UNSAID}
    known |= {"state": row.state} if row.legal_state else {}
    after = replace(before, **known, said=row.said or before.said, sheet=row.sheet, row=row.row)
    after.number_ok = row.number_ok if row.number else before.number_ok
    fields = tuple(
        (name, plain(getattr(before, name)), plain(getattr(after, name)))
        for name in COMPARED
        if getattr(before, name) != getattr(after, name)
    )
    return Change(f"row-{right.pk}", "changed" if fields else "same", right, judge_on(after, on), fields)
