"""The audit trail: record a line, seal lines into a hash chain, find what was tampered with."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Model

from cultivation.core.actors import Actor
from cultivation.core.canonical import canonical_json
from cultivation.core.models import AuditEvent, AuditSeal
from cultivation.core.numbering import next_number

SEALED_FIELDS = (
    "id", "at", "actor_id", "actor_name", "role", "action", "subject_type", "subject_id", "before", "after", "detail",
)  # fmt: skip


def record(
    actor: Actor,
    action: str,
    subject: Model,
    *,
    before: str = "",
    after: str = "",
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    return AuditEvent.objects.create(
        actor_id=actor.user_id,
        actor_name=actor.name,
        role=actor.role,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        before=before,
        after=after,
        detail=detail or {},
    )


def times_reached(subject: Model) -> dict[str, datetime]:
    """When the subject last came into each of its states, as far as the trail tells."""
    lines = AuditEvent.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
    moves = lines.exclude(after="").exclude(before=F("after")).order_by("id")
    return dict(moves.values_list("after", "at"))


def digest(previous: str, event: AuditEvent) -> str:
    line = {field: getattr(event, field) for field in SEALED_FIELDS}
    return hashlib.sha256(previous.encode() + canonical_json(line)).hexdigest()


def seal_events(limit: int = 10_000) -> int:
    """Seal what is not sealed yet, in id order. The lock on the run's number lets one sealer work at a time;
    writers never wait for it."""
    with transaction.atomic():
        next_number("audit.seal")
        last = AuditSeal.objects.order_by("-id").first()
        chain = last.digest if last else ""
        sealed = AuditSeal.objects.values("event_id")
        events = list(AuditEvent.objects.exclude(id__in=sealed).order_by("id")[:limit])
        seals = []
        for event in events:
            chain = digest(chain, event)
            seals.append(AuditSeal(event_id=event.pk, digest=chain))
        AuditSeal.objects.bulk_create(seals)
    return len(seals)


def find_tampering() -> Iterator[str]:
    """One sentence for each sealed line that was changed, removed or put elsewhere."""
    events = AuditEvent.objects.in_bulk(list(AuditSeal.objects.values_list("event_id", flat=True)))
    chain = ""
    for seal in AuditSeal.objects.order_by("id").iterator():
        event = events.get(seal.event_id)
        if event is None:
            yield f"审计记录 {seal.event_id} 已被删除"
        elif digest(chain, event) != seal.digest:
            yield f"审计记录 {seal.event_id} 与封存时不一致（被改动或调换顺序）"
        chain = seal.digest
