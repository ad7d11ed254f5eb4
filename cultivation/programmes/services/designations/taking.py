"""A firm was merged into another: its titles are shown under that one, and wait for the bodies that gave them (E37)."""

from cultivation.accounts.events import EnterprisesMerged
from cultivation.core import audit
from cultivation.programmes.models import Designation


def take_over(event: EnterprisesMerged) -> None:
    """Each title that had not ended by the day of the merger; what still waited from an earlier merger waits on."""
    own = Designation.objects.filter(enterprise=event.absorbed_id)
    for waiting in own.filter(state="pending"):
        waiting.enterprise_id, waiting.held_since = event.successor_id, event.merged_on
        waiting.save(update_fields=["enterprise", "held_since"])
        audit.record(event.actor, "designation.hand_on", waiting, after="pending")
    for record in own.filter(state="standing"):
        if record.standing(event.merged_on) in {"in_force", "future"}:
            _propose(event, record)


def _propose(event: EnterprisesMerged, record: Designation) -> None:
    kept = ("kind", "chain", "body", "document", "designated_on", "expires_on", "source")
    proposed = Designation.objects.create(
        **{name: getattr(record, name) for name in kept},
        enterprise_id=event.successor_id,
        taken_over_from=record,
        held_since=event.merged_on,
        state="pending",
    )
    audit.record(event.actor, "designation.propose_taking", proposed, after="pending", detail={"from": record.pk})
