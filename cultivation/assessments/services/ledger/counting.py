"""Counts of one firm's rights, as the rulebooks of rights give them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from cultivation.assessments.services.workbook.model import RightRow

from .model import Counts, Reason, key_of

if TYPE_CHECKING:
    from scoring import Library, Right, RightCount, Verdict


def derive_counts(rights: Iterable[RightRow], *, on: date, library: "Library | None" = None) -> Counts:
    """Counts on a date, least and greatest, and the reason for every right under every rule.

    `library` holds the rulebooks to count by, those that a round has pinned; the shipped ones by default.
    """
    from scoring import count_rights

    ledger = list(rights)
    found = count_rights([as_right(row) for row in ledger], on=on, library=library)
    return Counts(
        counts={code: (count.least, count.most) for code, count in found.counts.items()},
        reasons={
            key_of(row): tuple(_reason(verdict) for verdict in verdicts)
            for row, verdicts in zip(ledger, found.verdicts, strict=True)
        },
        open_above=_open_above(found.counts),
    )


def left_open(listed: Iterable[tuple[str, str]], *, on: date, library: "Library | None" = None) -> Mapping[str, str]:
    """The codes whose greatest number is open, told from the kinds and states alone that a ledger lists."""
    from scoring import Right, count_rights

    rights = [Right(kind=kind, state=state) for kind, state in listed]
    return _open_above(count_rights(rights, on=on, library=library).counts)


def _open_above(counts: Mapping[str, "RightCount"]) -> dict[str, str]:
    return {code: count.closed_by or "" for code, count in counts.items() if count.is_open}


def _reason(verdict: "Verdict") -> Reason:
    return Reason(
        code=verdict.code,
        rulebook=verdict.rulebook,
        rule=verdict.title.zh,
        rule_en=verdict.title.en,
        clause=verdict.clause,
        status=verdict.status,
        outcome=verdict.outcome,
        reason=verdict.zh,
        reason_en=verdict.en,
    )


def as_right(row: RightRow) -> "Right":
    """A row of the ledger as the rulebooks read it."""
    from scoring import Right

    repeats = (row.reasons[-1] if row.reasons else "重复登记") if row.status == "duplicate" else ""
    return Right(
        number=row.number,
        title=row.title,
        kind=row.kind,
        state=row.state,
        state_text=row.legal_state,
        filed_on=row.filed_on,
        granted_on=row.granted_on,
        obtained=row.obtained,
        transferred_on=row.transferred_on,
        holder_rank=row.holder_rank,
        related=row.related,
        in_use=row.in_use,
        emerging=row.emerging,
        used_in_hnte=row.used_in_hnte,
        overseas_revenue=row.overseas_revenue,
        family=None if row.family is None else tuple(row.family),
        pledge=row.pledge,
        awards=None if row.awards is None else tuple(row.awards),
        number_ok=row.number_ok,
        duplicate=repeats,
    )
