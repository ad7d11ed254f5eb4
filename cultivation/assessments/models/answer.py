from django.db import models
from django.db.models import Q

from cultivation.assessments.models.assessment import Assessment
from cultivation.assessments.states import ANSWER_SOURCES, FACT_STATES


class Answer(models.Model):
    """One fact: what was declared and what was accepted. Both are kept for ever.

    `typed` is what somebody wrote that can't be read as this fact; `carried_from` the earlier assessment a value was
    taken over from, until a person confirms it.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=60)
    state = models.CharField(max_length=16, choices=list(FACT_STATES.items()))
    declared = models.JSONField(null=True)
    approved = models.JSONField(null=True)
    source = models.CharField(max_length=12, choices=list(ANSWER_SOURCES.items()))
    cell = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)
    typed = models.CharField(max_length=200, blank=True)
    confirmed = models.BooleanField(default=True)
    carried_from = models.ForeignKey(Assessment, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_by = models.CharField(max_length=80, blank=True)
    changed_at = models.DateTimeField(null=True)
    basis = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["assessment", "code"], name="one_answer_a_code")]

    def __str__(self) -> str:
        return f"{self.code}={self.approved}"


class AnswerEdit(models.Model):
    """One edit of a draft as it arrived: taken, or kept aside because somebody was first or the time was over.

    `key` is made by the client, so that an edit sent twice is one edit.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="edits")
    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10)
    value = models.JSONField(null=True)
    source = models.CharField(max_length=12, choices=list(ANSWER_SOURCES.items()))
    key = models.CharField(max_length=40, blank=True)
    by = models.CharField(max_length=80)
    by_user = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["assessment", "code", "version"], name="edit_of_answer")]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "key"], condition=~Q(key=""), name="one_edit_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version} {self.outcome}"
