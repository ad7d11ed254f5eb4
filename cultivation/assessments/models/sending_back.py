from django.db import models

from cultivation.assessments.models.assessment import Assessment
from cultivation.assessments.models.submission import Submission


class Return(models.Model):
    """An office sent an assessment back to be set right (退回补正) up to a moment, after it had read one submission."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="returns")
    number = models.PositiveSmallIntegerField()
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="returns")
    until = models.DateTimeField("补正截止")
    office = models.CharField(max_length=120)
    by = models.CharField(max_length=80)
    by_user = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["assessment", "number"], name="one_return_a_number")]

    def __str__(self) -> str:
        return f"{self.assessment_id} · {self.number}"


class ReturnNote(models.Model):
    """What is wrong with one fact, pinned to it, and what the firm answers. What others are told of it names no firm.

    `reason` is a sentence of the office's list, `clause` where the fact is asked for. `belated` says why a defect that
    could be seen at an earlier return was not told then (一次性告知).
    """

    sending = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="notes")
    code = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    text = models.CharField(max_length=600)
    clause = models.CharField(max_length=200, blank=True)
    belated = models.CharField(max_length=300, blank=True)
    reply = models.CharField(max_length=600, blank=True)
    reply_version = models.PositiveIntegerField(default=0)
    replied_by = models.CharField(max_length=80, blank=True)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["code", "reason"], name="return_of_field")]
        constraints = [models.UniqueConstraint(fields=["sending", "code"], name="one_note_a_fact")]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"
