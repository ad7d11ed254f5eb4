from django.db import models
from django.db.models import Q

from cultivation.accounts.models import Enterprise
from cultivation.assessments.queries import AssessmentQuerySet
from cultivation.assessments.states import ASSESSMENT_STATES
from cultivation.programmes.models import Round


class Assessment(models.Model):
    """One firm in one round.

    A draft that was discarded holds nothing but the firm's ledger, until another is begun.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assessments")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=18, choices=list(ASSESSMENT_STATES.items()), default="draft")
    sheet = models.CharField(max_length=80, blank=True)
    row = models.PositiveIntegerField(null=True)
    is_self_filled = models.BooleanField("企业自评填报", default=False)
    submitted_at = models.DateTimeField("提交时间", null=True)
    opened_at = models.DateTimeField("审核人员打开时间", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "enterprise"], condition=~Q(state="discarded"), name="one_assessment_a_round"
            ),
            models.CheckConstraint(condition=Q(state__in=list(ASSESSMENT_STATES)), name="assessment_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.round}"


class Result(models.Model):
    """What the pinned rulebooks say of the approved facts: the object of `scoring assess`, word for word.

    With the version of its shape and the fingerprint of the facts it was made from, so that it can be made again.
    """

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="result")
    object = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    facts_fingerprint = models.CharField(max_length=64, blank=True)
    output_version = models.PositiveSmallIntegerField(default=1)
    score_low = models.FloatField(null=True)
    score_high = models.FloatField(null=True)
    level = models.CharField(max_length=12, blank=True)
    level_possible = models.CharField(max_length=12, blank=True)
    computed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.score_low}–{self.score_high} {self.level}"
