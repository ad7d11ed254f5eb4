from django.conf import settings
from django.db import models
from django.db.models import Q

from cultivation.programmes.models.round import Round
from cultivation.programmes.models.rulebook import PublishedRulebook
from cultivation.programmes.queries import DraftEditQuerySet, DraftQuerySet, ImpactQuerySet
from cultivation.programmes.states import DRAFT_STATES, OPEN_DRAFT_STATES

User = settings.AUTH_USER_MODEL


class RulebookDraft(models.Model):
    """A new version while it is written. Every edit is a revision; what it lacks is listed, never a bar to saving."""

    programme = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    base = models.ForeignKey(PublishedRulebook, on_delete=models.PROTECT, related_name="drafts")
    document = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=list(DRAFT_STATES.items()), default="draft")
    problem_count = models.PositiveIntegerField(default=0)
    no_impact_reason = models.TextField(blank=True)
    no_impact_for = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    return_reason = models.TextField(blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    editor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    submitter = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    published = models.OneToOneField(PublishedRulebook, on_delete=models.PROTECT, null=True, related_name="draft")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(DRAFT_STATES)), name="draft_state_known"),
            models.UniqueConstraint(
                fields=["programme", "version"],
                condition=Q(state__in=OPEN_DRAFT_STATES),
                name="one_open_draft_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published__isnull=False), name="published_draft_has_its_rulebook"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        return f"{self.programme}/{self.version}"


class DraftEdit(models.Model):
    """One saved change of a draft, with what takes it back."""

    draft = models.ForeignKey(RulebookDraft, on_delete=models.CASCADE, related_name="edits")
    revision = models.PositiveIntegerField()
    editor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    patches = models.JSONField()
    undoes = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="undone_by")
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    objects = DraftEditQuerySet.as_manager()

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["draft", "revision"], name="one_edit_a_revision")]

    def __str__(self) -> str:
        return f"{self.draft} r{self.revision}"


class DraftWeighing(models.Model):
    """Pairwise judgements on the parts of one group of a draft, kept as they are given; missing ones are open."""

    draft = models.ForeignKey(RulebookDraft, on_delete=models.CASCADE, related_name="weighings")
    group = models.CharField(max_length=60, blank=True)
    judgements = models.JSONField(default=dict)
    editor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["draft", "group"], name="one_weighing_a_group")]

    def __str__(self) -> str:
        return f"{self.draft} {self.group}"


class RulebookImpact(models.Model):
    """A draft tried on a past round: who would move. It speaks of the document with this fingerprint and no other."""

    draft = models.ForeignKey(RulebookDraft, on_delete=models.CASCADE, related_name="impacts")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    old = models.ForeignKey(PublishedRulebook, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    summary = models.JSONField(null=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    objects = ImpactQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.draft} · {self.round}"

    @property
    def is_done(self) -> bool:
        return self.done_at is not None
