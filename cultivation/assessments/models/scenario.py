from django.db import models

from cultivation.assessments.models.assessment import Assessment
from cultivation.assessments.queries import ScenarioQuerySet


class Scenario(models.Model):
    """Changes that a firm wished to keep from its what-if: a thought of its own, no filing, seen by nobody else."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=40)
    changes = models.JSONField()
    kept_by = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["assessment", "name"], name="one_scenario_a_name")]

    def __str__(self) -> str:
        return f"{self.assessment_id} · {self.name}"
