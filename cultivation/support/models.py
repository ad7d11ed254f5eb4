from django.db import models
from django.db.models import Q

from cultivation.assessments.models import Assessment
from cultivation.support.queries import PlanQuerySet
from cultivation.support.states import EFFORTS, PLAN_KINDS, PLAN_STATES


class Plan(models.Model):
    """What a firm does to get on, with what it is worth. `tasks` is what it does itself before services help."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="plan")
    state = models.CharField(max_length=12, choices=list(PLAN_STATES.items()), default="draft")
    kind = models.CharField(max_length=16, choices=list(PLAN_KINDS.items()))
    starts_on = models.DateField()
    score_low = models.FloatField()
    score_then = models.FloatField()
    level = models.CharField(max_length=12, blank=True)
    level_then = models.CharField(max_length=12, blank=True)
    summary = models.TextField()
    tasks = models.JSONField(default=list)
    catalogue = models.CharField(max_length=64)
    approved_by = models.CharField(max_length=80, blank=True)
    approved_at = models.DateTimeField(null=True)
    drafted_at = models.DateTimeField(auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(PLAN_STATES)), name="plan_state_known"),
            models.CheckConstraint(condition=Q(kind__in=list(PLAN_KINDS)), name="plan_kind_known"),
            models.CheckConstraint(
                condition=Q(state="draft") ^ Q(approved_at__isnull=False), name="plan_approval_dated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment.enterprise} · {self.get_kind_display()}"

    @property
    def expected_total(self) -> float:
        return round(self.score_then - self.score_low, 4)


class PlanItem(models.Model):
    """One service. `expected_points` is what it adds after the items before it: they add up to the whole."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    service = models.CharField(max_length=8)
    title = models.CharField(max_length=80)
    reason = models.TextField()
    gap = models.TextField()
    indicators = models.JSONField(default=dict)
    expected_points = models.FloatField()
    effort = models.CharField(max_length=8, choices=list(EFFORTS.items()))
    duration = models.CharField(max_length=80)
    owner = models.CharField(max_length=80)
    deliverable = models.CharField(max_length=200)
    resource = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    due = models.DateField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "place"], name="one_item_a_place"),
            models.UniqueConstraint(fields=["plan", "service"], name="one_item_a_service"),
            models.CheckConstraint(condition=Q(effort__in=list(EFFORTS)), name="plan_item_effort_known"),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.title}"
