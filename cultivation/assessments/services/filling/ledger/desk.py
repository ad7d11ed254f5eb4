"""Every change of a ledger: one at a time, on the version it was made on, with the counted answers settled after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cultivation.assessments.flow import why_late
from cultivation.assessments.models import Assessment, Ledger, LedgerRight
from cultivation.assessments.permissions import can_fill
from cultivation.assessments.services.ledger import Counting
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import Conflict, WrongState

from ..lock import LEDGER_LOCKED, lock_of
from ..save import require_filling
from .settle import settle, settle_one


@dataclass(slots=True)
class Desk:
    """A draft whose row is locked, with its ledger."""

    actor: Actor
    draft: Assessment
    ledger: Ledger
    now: datetime
    fresh: list[LedgerRight] = field(default_factory=list)
    touched: tuple[Counting | None, LedgerRight | None] | None = None
    """One right alone: what it counted for before, and as it is now; all are counted anew where it is not said."""

    def record(self, action: str, **detail: Any) -> None:
        audit.record(self.actor, f"ledger.{action}", self.draft, detail={"version": self.ledger.version, **detail})


def ledger_of(draft: Assessment) -> Ledger:
    """The ledger, or the one that is not begun yet: version 0."""
    return Ledger.objects.filter(assessment=draft).first() or Ledger(assessment=draft, version=0)


def why_not_editing(draft: Assessment) -> str:
    try:
        require_filling(draft)
    except WrongState as reason:
        return str(reason)
    return why_late(draft) or ("" if lock_of(draft).ledger else LEDGER_LOCKED)


@contextmanager
def open_desk(actor: Actor, draft: Assessment, *, base: int | None = None) -> Iterator[Desk]:
    """Lock, check, let it be changed, count again.

    Raises
    ------
    WrongState
        After the time, or when the draft is handed in.
    Conflict
        When somebody else changed the ledger since version `base`.
    """
    with transaction.atomic():
        rows = Assessment.objects.select_for_update(of=("self",)).select_related("round", "enterprise")
        locked: Assessment = rows.get(pk=draft.pk)
        can_fill.require(actor, locked)
        if reason := why_not_editing(locked):
            raise WrongState(reason, code="not_filling")
        ledger = ledger_of(locked)
        if base is not None and base != ledger.version:
            who = ledger.changed_by or "别人"
            raise Conflict(f"台账在您查看以后由 {who} 改过，请重新查看后再操作。", code="ledger_changed")
        desk = Desk(actor, locked, ledger, timezone.now())
        yield desk
        ledger.version += 1
        ledger.changed_by, ledger.changed_at = actor.name, desk.now
        if desk.touched is None:
            settle(locked, ledger, desk.fresh)
        else:
            was, now = desk.touched
            settle_one(locked, ledger, was=was, now=now)
