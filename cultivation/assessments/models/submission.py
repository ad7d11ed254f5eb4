from django.db import models

from cultivation.assessments.models.assessment import Assessment


class Submission(models.Model):
    """What a firm handed in, frozen with its hash. It never changes; handing in again makes another one."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    snapshot = models.JSONField()
    sha256 = models.CharField(max_length=64)
    signed_by = models.CharField(max_length=80)
    signed_user = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["assessment", "number"], name="one_submission_a_number")]

    def __str__(self) -> str:
        return f"{self.assessment_id} · {self.number}"
