"""The queue is the table: ask for a job, claim one, ask one to stop."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone

from cultivation.core import audit
from cultivation.core.actors import SYSTEM, Actor
from cultivation.core.jobs.registry import daily_jobs
from cultivation.core.models import Job


def enqueue(
    actor: Actor, kind: str, *, label: str, subject: Model | None = None, key: str | None = None, **payload: Any
) -> Job:
    """Write the job's row in the caller's transaction. With a key that is taken, answer the job that has it."""
    wanted = {
        "kind": kind,
        "label": label,
        "payload": payload,
        "user_id": actor.user_id,
        "actor": asdict(actor),
        "subject_type": subject._meta.label_lower if subject else "",
        "subject_id": str(subject.pk) if subject else "",
    }
    if key is None:
        return Job.objects.create(**wanted)
    found, _ = Job.objects.get_or_create(key=key, defaults=wanted)
    return found


def enqueue_daily() -> None:
    """What has to be done each day, however many workers ask for it: the day is in the key."""
    today = timezone.localdate()
    for kind, label in daily_jobs().items():
        enqueue(SYSTEM, kind, label=label, key=f"{kind} {today.isoformat()}")


def jobs_of(subject: Model) -> QuerySet[Job]:
    return Job.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk)).order_by("-id")


def is_busy(subject: Model) -> bool:
    return jobs_of(subject).filter(state__in=["queued", "running"]).exists()


def claimable() -> QuerySet[Job]:
    """What waits, and what a worker has left: its lease ran out."""
    lost = Q(state="running", lease_until__lt=timezone.now())
    return Job.objects.filter(Q(state="queued") | lost).order_by("id")


def claim_job(worker: str) -> Job | None:
    """Take the oldest free job: skip what others hold on PostgreSQL, compare and set everywhere."""
    with transaction.atomic():
        free = claimable()
        if connection.features.has_select_for_update_skip_locked:
            free = free.select_for_update(skip_locked=True)
        found = free.first()
        if found is None or not _take(found, worker):
            return None
    found.refresh_from_db()
    return found


def _take(found: Job, worker: str) -> bool:
    same = Job.objects.filter(pk=found.pk, state=found.state, worker=found.worker, attempts=found.attempts)
    taken = same.update(
        state="running",
        worker=worker,
        attempts=F("attempts") + 1,
        lease_until=lease_end(),
        started_at=found.started_at or timezone.now(),
    )
    return taken == 1


def lease_end() -> Any:
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def cancel_job(actor: Actor, *, job: Job) -> Job:
    """A waiting job ends at once; a running one at its next step."""
    with transaction.atomic():
        waiting = Job.objects.filter(pk=job.pk, state="queued")
        if not waiting.update(state="cancelled", finished_at=timezone.now()):
            Job.objects.filter(pk=job.pk, state="running").update(cancel_requested=True)
        audit.record(actor, "job.cancel", job)
    job.refresh_from_db()
    return job
