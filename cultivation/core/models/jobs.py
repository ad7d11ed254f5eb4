from typing import Any

from django.db import models
from django.db.models import Q

STATES = ["queued", "running", "done", "failed", "cancelled"]


class Job(models.Model):
    """Long work as one row that a person can watch, cancel and see fail.

    At-least-once: whoever holds the lease runs it; when the lease runs out, another worker goes on.
    """

    kind = models.CharField(max_length=80)
    label = models.CharField(max_length=200)
    key = models.CharField(max_length=200, unique=True, null=True)  # noqa: DJ001
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default="queued")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    log: "models.JSONField[list[Any], list[Any]]" = models.JSONField(default=list)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    user_id = models.BigIntegerField(null=True)
    actor = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "lease_until", "id"], name="job_claim"),
            models.Index(fields=["subject_type", "subject_id", "-id"], name="job_subject"),
        ]
        constraints = [models.CheckConstraint(condition=Q(state__in=STATES), name="job_state_known")]

    def __str__(self) -> str:
        return f"{self.label} ({self.state})"

    @property
    def is_over(self) -> bool:
        return self.state in {"done", "failed", "cancelled"}
