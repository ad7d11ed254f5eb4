from django.db import models
from django.db.models import F, Q

from cultivation.assessments.models.assessment import Assessment
from cultivation.assessments.queries import AdviceQuerySet, LearnedScorecardQuerySet, PanelScoreQuerySet
from cultivation.assessments.states import ADVICE_OUTCOMES, ADVICE_STATES, PANEL_ORIGINS, SCORECARD_STATES
from cultivation.programmes.models import PublishedRulebook, RulebookDraft


class PanelScore(models.Model):
    """What one reviewer of a panel gave a firm; a simulated panel says so."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="panel_scores")
    reviewer = models.CharField(max_length=40)
    score = models.FloatField()
    origin = models.CharField(max_length=10, choices=list(PANEL_ORIGINS.items()))
    note = models.CharField(max_length=200, blank=True)
    imported_by = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PanelScoreQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "reviewer"], name="one_panel_score_a_reviewer"),
            models.CheckConstraint(condition=Q(origin__in=list(PANEL_ORIGINS)), name="panel_origin_known"),
            models.CheckConstraint(condition=Q(score__gte=0), name="panel_score_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} {self.score:g}"


class LearnedScorecard(models.Model):
    """A scorecard learned from panel scores, with its card; it advises, and decides nothing by itself (P06)."""

    key = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    origin = models.CharField(max_length=10, choices=list(PANEL_ORIGINS.items()))
    expert = models.ForeignKey(PublishedRulebook, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    card = models.JSONField()
    data_fingerprint = models.CharField(max_length=64)
    cases = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=list(SCORECARD_STATES.items()), default="advising")
    draft = models.ForeignKey(RulebookDraft, on_delete=models.PROTECT, null=True, related_name="+")
    is_demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LearnedScorecardQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(SCORECARD_STATES)), name="learned_state_known"),
            models.UniqueConstraint(fields=["state"], condition=Q(state="advising"), name="one_advising_scorecard"),
        ]

    def __str__(self) -> str:
        return self.key


class TrainingRun(models.Model):
    """One training as it was asked for: it gave a scorecard, or was refused with its reason in both languages."""

    origin = models.CharField(max_length=10, choices=list(PANEL_ORIGINS.items()))
    cases = models.PositiveIntegerField(default=0)
    refusal = models.JSONField(null=True)
    scorecard = models.ForeignKey(LearnedScorecard, on_delete=models.PROTECT, null=True, related_name="runs")
    asked_by = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = LearnedScorecardQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_origin_display()} {self.created_at:%Y-%m-%d}"


class Advice(models.Model):
    """A firm that two scorecards place a tier or more apart: a person looks at it and says why."""

    scorecard = models.ForeignKey(LearnedScorecard, on_delete=models.PROTECT, related_name="advice")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="advice")
    facts_fingerprint = models.CharField(max_length=64)
    expert = models.CharField(max_length=12)
    learned = models.CharField(max_length=12)
    steps = models.SmallIntegerField()
    line = models.CharField(max_length=12, blank=True)
    offset = models.FloatField(default=0)
    causes = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=list(ADVICE_STATES.items()), default="open")
    handler_id = models.BigIntegerField(null=True)
    handler = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=10, choices=list(ADVICE_OUTCOMES.items()), blank=True)
    reason = models.TextField(blank=True)
    settled_by = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["scorecard", "state", "id"], name="advice_queue")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(ADVICE_STATES)), name="advice_state_known"),
            models.CheckConstraint(condition=~Q(expert=F("learned")), name="advice_disagrees"),
            models.CheckConstraint(condition=~Q(state="settled") | ~Q(reason=""), name="settled_advice_has_a_reason"),
            models.UniqueConstraint(
                fields=["scorecard", "assessment"], condition=~Q(state="settled"), name="one_open_advice_a_firm"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.expert}→{self.learned}"
