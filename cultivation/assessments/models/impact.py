from django.db import models

from cultivation.assessments.models.assessment import Assessment
from cultivation.assessments.queries import ImpactFirmQuerySet
from cultivation.programmes.models import RulebookImpact


class ImpactFirm(models.Model):
    """A firm that a draft would move, or score otherwise, in a round it was tried on."""

    impact = models.ForeignKey(RulebookImpact, on_delete=models.CASCADE, related_name="firms")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="+")
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    change = models.SmallIntegerField(default=0)
    is_moved = models.BooleanField()
    score_before = models.JSONField(null=True)
    score_after = models.JSONField(null=True)
    gain = models.FloatField(null=True)
    city = models.CharField(max_length=6, blank=True)
    size = models.CharField(max_length=16)
    tracks = models.CharField(max_length=200)

    objects = ImpactFirmQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["impact", "assessment"], name="one_line_a_firm")]
        indexes = [models.Index(fields=["impact", "before", "after", "id"], name="impact_step")]

    def __str__(self) -> str:
        return f"{self.impact_id}: {self.before} → {self.after}"
