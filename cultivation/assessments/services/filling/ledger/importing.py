"""A list of rights is read and shown first; it is kept when the firm has seen the difference and accepts it (E18)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from cultivation.assessments.models import Assessment, LedgerImport, LedgerRight
from cultivation.assessments.services.ledger import stored_fields
from cultivation.assessments.services.workbook import WorkbookError
from cultivation.assessments.services.workbook.own_ledger import MOST_RIGHTS, OwnLedger, read_own_ledger
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput
from cultivation.core.files import store_file

from .desk import Desk, ledger_of, open_desk
from .difference import Change, compare

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Keys = Collection[str]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file says, against ledger version `base`; nothing is kept."""

    read: OwnLedger
    base: int
    changes: list[Change]


def preview_ledger(draft: Assessment, data: bytes) -> Preview:
    """Raises `BadInput` for a file that can't be read safely, or holds no list of rights."""
    read = _read(draft, data)
    changes = compare(list(draft.rights.all()), read.rights, draft.round.assessed_on)
    return Preview(read, ledger_of(draft).version, changes)


def import_ledger(
    actor: Actor, *, draft: Assessment, data: bytes, filename: str, base: int, leave: Keys = (), remove: Keys = ()
) -> LedgerImport:
    """Take the list into the ledger of version `base`.

    New and changed rights but those of `leave`; of those that are gone, the ones named by `remove`.
    """
    read = _read(draft, data)
    with open_desk(actor, draft, base=base) as desk:
        changes = compare(list(desk.draft.rights.all()), read.rights, desk.draft.round.assessed_on)
        counted = _apply(desk, changes, leave, remove)
        if desk.draft.rights.count() + len(desk.fresh) > MOST_RIGHTS:
            raise BadInput(f"台账最多 {MOST_RIGHTS:,} 项。请联系省局协助。", code="too_many_rights")
        file = store_file(data, name=filename, media_type=XLSX if data.startswith(b"PK") else "text/csv")
        record = LedgerImport.objects.create(
            assessment=desk.draft, file=file, rows=read.rows, by=actor.name, at=desk.now, **counted
        )
        desk.record("import", file=file.name, sha256=file.sha256, **counted)
    return record


def _read(draft: Assessment, data: bytes) -> OwnLedger:
    firm = draft.enterprise
    names = {firm.name, *firm.names.values_list("name", flat=True)}
    try:
        return read_own_ledger(data, uscc=firm.uscc, names=names, on=draft.round.assessed_on)
    except WorkbookError as error:
        raise BadInput(str(error), code="unreadable_workbook") from error


def _apply(desk: Desk, changes: list[Change], leave: Keys, remove: Keys) -> dict[str, int]:
    added = [one for one in changes if one.kind == "added" and one.key not in leave]
    changed = [one for one in changes if one.kind == "changed" and one.key not in leave]
    same = [one for one in changes if one.kind == "same"]
    gone = [one.right.pk for one in changes if one.kind == "gone" and one.key in remove and one.right]
    desk.fresh = [
        LedgerRight(assessment=desk.draft, source="excel", **stored_fields(one.row)) for one in added if one.row
    ]
    _rewrite([*changed, *same])
    LedgerRight.objects.filter(pk__in=gone).delete()
    return {"added": len(added), "changed": len(changed), "removed": len(gone)}


def _rewrite(changes: list[Change]) -> None:
    """A right that the list holds as well stands confirmed by it."""
    rights = []
    for one in changes:
        if one.right is None or one.row is None:
            continue
        values: dict[str, Any] = stored_fields(one.row) | {"source": "excel", "confirmed": True}
        if all(getattr(one.right, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(one.right, name, value)
        rights.append(one.right)
    if rights:
        names = [*stored_fields(changes[0].row), "source", "confirmed"] if changes[0].row else []
        LedgerRight.objects.bulk_update(rights, names, batch_size=200)
