from django.db import models
from django.db.models import F, Q

from cultivation.programmes.models.rulebook import PublishedRulebook
from cultivation.programmes.queries import RoundQuerySet
from cultivation.programmes.states import KINDS, ROUND_STATES, Kind


class Round(models.Model):
    """One campaign. Its stages and rulebooks are pinned as data; a trial round (试运行) says so on every document.

    `expected` holds the day by which each step after the filling is to be done, as far as the office has set one.
    A simulated round only feeds the demonstration of learning: it is scored, but never published.
    """

    name = models.CharField(max_length=120, unique=True)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=list(KINDS.items()), default="new")
    region = models.CharField(max_length=6, default="420000")
    assessed_on = models.DateField()
    filling_from = models.DateTimeField("填报开始", null=True)
    filling_until = models.DateTimeField("填报截止", null=True)
    evidence_from = models.DateField("材料日期不早于", null=True)
    evidence_until = models.DateField("材料日期不晚于", null=True)
    stages = models.JSONField(default=list)
    expected = models.JSONField("各环节预计完成日", default=dict)
    state = models.CharField(max_length=12, choices=list(ROUND_STATES.items()), default="draft")
    is_trial = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)
    is_simulated = models.BooleanField("模拟批次", default=False)
    firms = models.PositiveIntegerField(default=0)
    scored = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(ROUND_STATES)), name="round_state_known"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="round_kind_known"),
            models.CheckConstraint(
                condition=Q(filling_from__isnull=True, filling_until__isnull=True)
                | Q(filling_until__gt=F("filling_from")),
                name="round_filling_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(evidence_from=None) | Q(evidence_until=None) | Q(evidence_until__gte=F("evidence_from")),
                name="round_evidence_period_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def application(self) -> Kind:
        """The kind of application, as `scoring` names it."""
        return "renewal" if self.kind == "renewal" else "new"


class PinnedRulebook(models.Model):
    """What a round is judged by in one programme, and why that version; none means none was in force."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="pinned")
    programme = models.CharField(max_length=40)
    rulebook = models.ForeignKey(PublishedRulebook, on_delete=models.PROTECT, null=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "programme"], name="one_rulebook_a_programme")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.programme}"
