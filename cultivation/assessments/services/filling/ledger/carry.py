"""Last time's ledger begins this one: each right marked with where it comes from, to be confirmed (E07)."""

from django.utils import timezone

from cultivation.assessments.models import Assessment, Ledger, LedgerRight
from cultivation.assessments.services.ledger import row_of, stored_fields
from cultivation.assessments.services.workbook.same_rights import judge_on
from cultivation.core.actors import Actor

from .settle import settle


def earlier_ledger(draft: Assessment) -> Assessment | None:
    """The firm's latest assessment before this one whose ledger was handed in or accepted."""
    rows = Assessment.objects.filter(enterprise=draft.enterprise, rights__isnull=False)
    rows = rows.exclude(pk=draft.pk).exclude(state__in=("draft", "withdrawn", "discarded"))
    return rows.order_by("-round__assessed_on", "-pk").first()


def carry_ledger(draft: Assessment, actor: Actor) -> None:
    """Judged anew on this round's day and counted by its rulebooks."""
    earlier = earlier_ledger(draft)
    if earlier is None:
        return
    rights = [right for right in earlier.rights.all() if right.status != "duplicate"]
    rows = [judge_on(row_of(right), draft.round.assessed_on) for right in rights]
    fresh = [
        LedgerRight(assessment=draft, source="prefill", confirmed=False, carried_from=earlier, **stored_fields(row))
        for row in rows
    ]
    ledger = Ledger(assessment=draft, version=1, changed_by=actor.name, changed_at=timezone.now())
    settle(draft, ledger, fresh)


def take_kept_ledger(draft: Assessment) -> bool:
    """What the firm had put into the ledger of a draft that it discarded, moved into the one begun anew."""
    discarded = Assessment.objects.filter(round=draft.round_id, enterprise=draft.enterprise_id, state="discarded")
    ledger = Ledger.objects.filter(assessment__in=discarded).order_by("-assessment").first()
    if ledger is None:
        return False
    kept = ledger.assessment
    kept.rights.update(assessment=draft)
    kept.ledger_imports.update(assessment=draft)
    ledger.assessment = draft
    settle(draft, ledger)
    return True
