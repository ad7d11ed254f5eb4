from django.db import models

from cultivation.assessments.queries import VerificationQuerySet
from cultivation.assessments.states import DEVIATION_CAUSES
from cultivation.programmes.models import Round


class Verification(models.Model):
    """One run over stored results: each is made again from its facts and its own rulebooks, and compared (P07)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, null=True, related_name="verifications")
    started_by = models.CharField(max_length=80)
    results = models.PositiveIntegerField(default=0)
    agreed = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    differed = models.PositiveIntegerField(default=0)
    last_result = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.agreed}/{self.results}"


class VerificationFinding(models.Model):
    """A case that comes out otherwise, or a pinned rulebook that is no longer what was pinned; in words of its day."""

    verification = models.ForeignKey(Verification, on_delete=models.CASCADE, related_name="findings")
    cause = models.CharField(max_length=10, choices=list(DEVIATION_CAUSES.items()))
    round_name = models.CharField(max_length=120)
    subject = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=300)
    stored = models.CharField(max_length=200)
    again = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.round_name} {self.name} {self.path}"
