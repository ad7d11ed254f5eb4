from django.db import models

from cultivation.assessments.models.assessment import Assessment
from cultivation.assessments.states import ANSWER_SOURCES, RIGHT_STANDINGS
from cultivation.core.models import StoredFile


class Ledger(models.Model):
    """A firm's own ledger in one assessment: its version, and the counts of its rights under the round's rulebooks.

    `counts` holds the least and greatest number by indicator code; `open_above` the codes whose greatest number the
    ledger can't close, with the indicator that would.
    """

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="ledger")
    version = models.PositiveIntegerField(default=1)
    counts = models.JSONField(default=dict)
    open_above = models.JSONField(default=dict)
    changed_by = models.CharField(max_length=80, blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.assessment_id} · {self.version}"


class LedgerRight(models.Model):
    """One IP right in a firm's ledger, with the reason it counts or does not, for each counting rule.

    `facts` holds what a rulebook may ask beyond these columns, and what the list says besides; what it lacks is absent.
    `standing` is the best that `counting` gives it, so that a long ledger is filtered without reading every reason.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="rights")
    number = models.CharField(max_length=40, blank=True, db_index=True)
    number_ok = models.BooleanField()
    publication = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=24)
    filed_on = models.DateField(null=True)
    granted_on = models.DateField(null=True)
    legal_state = models.CharField(max_length=60, blank=True)
    holder_name = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=20)
    sheet = models.CharField(max_length=80, blank=True)
    row = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    counting = models.JSONField(default=dict)
    standing = models.CharField(max_length=8, choices=list(RIGHT_STANDINGS.items()), default="excluded")
    source = models.CharField(max_length=12, choices=list(ANSWER_SOURCES.items()), default="workbook")
    confirmed = models.BooleanField(default=True)
    carried_from = models.ForeignKey(Assessment, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["row", "id"]
        indexes = [models.Index(fields=["assessment", "row", "id"], name="ledger_right_order")]

    def __str__(self) -> str:
        return self.number


class LedgerImport(models.Model):
    """A list of rights that a firm took into its ledger: the file as it came, and what it changed."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="ledger_imports")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    rows = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file.name
