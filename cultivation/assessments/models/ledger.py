from django.db import models

from cultivation.assessments.models.assessment import Assessment


class LedgerRight(models.Model):
    """One IP right in a firm's ledger, with the reason it counts or does not, for each counting rule."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="rights")
    number = models.CharField(max_length=40)
    number_ok = models.BooleanField()
    title = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20)
    filed_on = models.DateField(null=True)
    granted_on = models.DateField(null=True)
    legal_state = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20)
    sheet = models.CharField(max_length=80, blank=True)
    row = models.PositiveIntegerField()
    notes = models.JSONField(default=list)
    counting = models.JSONField(default=dict)

    class Meta:
        ordering = ["row", "id"]

    def __str__(self) -> str:
        return self.number
