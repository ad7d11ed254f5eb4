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


class FieldReturn(models.Model):
    """Why an office sent one fact back to be set right; what is told of it to others names no firm."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="returns")
    code = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["code", "reason"], name="return_of_field")]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"
