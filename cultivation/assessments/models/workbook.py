from django.db import models

from cultivation.assessments.queries import WorkbookImportQuerySet
from cultivation.core.models import StoredFile
from cultivation.programmes.models import Round


class WorkbookImport(models.Model):
    """A city office's workbook as it came, and what was kept of it."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="imports")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    title = models.CharField(max_length=200, blank=True)
    filled_on = models.DateField(null=True)
    firms = models.PositiveIntegerField(default=0)
    rights = models.PositiveIntegerField(default=0)
    is_finished = models.BooleanField(default=False)
    uploaded_by = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkbookImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file.name


class ImportProblem(models.Model):
    """One finding with the place it was made at, what was done and what the office should do."""

    workbook = models.ForeignKey(WorkbookImport, on_delete=models.CASCADE, related_name="problems")
    sheet = models.CharField(max_length=80, blank=True)
    cell = models.CharField(max_length=20, blank=True)
    value = models.TextField(blank=True)
    severity = models.CharField(max_length=8)
    code = models.CharField(max_length=60)
    problem = models.TextField()
    done = models.TextField()
    todo = models.TextField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["workbook", "severity", "id"], name="problem_severity")]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell} {self.problem}"
