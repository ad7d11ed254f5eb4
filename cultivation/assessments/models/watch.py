from django.db import models

from cultivation.assessments.models.assessment import Assessment
from cultivation.assessments.queries import WatchFindingQuerySet, WatchQuerySet
from cultivation.assessments.states import WATCH_KINDS
from cultivation.programmes.models import Round


class Watch(models.Model):
    """What stood out in a round when it was last looked over, beside an earlier round where there is one (P24)."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="watch")
    against = models.ForeignKey(Round, on_delete=models.SET_NULL, null=True, related_name="+")
    body = models.JSONField(default=dict)
    asked_by = models.CharField(max_length=80)
    computed_at = models.DateTimeField(null=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.round)


class WatchFinding(models.Model):
    """One firm whose facts leapt, or two firms that share unusual values: something for a person to look at."""

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=6, choices=list(WATCH_KINDS.items()))
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Assessment, on_delete=models.CASCADE, null=True, related_name="+")
    data = models.JSONField()

    objects = WatchFindingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["watch", "kind", "id"], name="watch_finding")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.assessment_id}"
