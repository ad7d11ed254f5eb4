"""The holder of certificates was merged into another firm: they are shown there, and wait for a decision (E37)."""

from django.db.models import Q

from cultivation.accounts.events import EnterprisesMerged
from cultivation.core import audit
from cultivation.documents.models import Certificate


def take_over(event: EnterprisesMerged) -> None:
    """What is in force on the day of the merger; what an earlier merger brought goes on with its firm."""
    held = Q(enterprise=event.absorbed_id, taken_by=None) | Q(taken_by=event.absorbed_id)
    rows = Certificate.objects.filter(held, state="issued", expires_on__gte=event.merged_on).exclude(taking="declined")
    for certificate in rows:
        before = certificate.taking
        certificate.taken_by_id, certificate.taking, certificate.taking_basis = event.successor_id, "pending", ""
        certificate.save(update_fields=["taken_by", "taking", "taking_basis"])
        audit.record(event.actor, "certificate.propose_taking", certificate, before=before, after="pending")
