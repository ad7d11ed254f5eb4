from django.db import models
from django.db.models import F, Q

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models.assessment import Assessment
from cultivation.assessments.queries import EvidenceQuerySet, UploadQuerySet
from cultivation.core.models import StoredFile


class Evidence(models.Model):
    """A file that a firm brings to prove what it says. The same bytes are one piece of evidence, however often used.

    `dated_on` and `expires_on` are the paper's own, not those of the upload (E17).
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=120)
    dated_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "sha256"], name="one_evidence_a_content"),
            models.CheckConstraint(
                condition=Q(dated_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("dated_on")),
                name="evidence_expires_after_its_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceUse(models.Model):
    """One piece of evidence under one fact of one assessment. `note` says where in the file the proof is."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="uses")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="evidence_uses")
    code = models.CharField(max_length=60)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["evidence", "assessment", "code"], name="one_use_a_fact")]

    def __str__(self) -> str:
        return f"{self.code}: {self.evidence_id}"


class Upload(models.Model):
    """A file on its way: what has arrived is kept piece by piece, so that a cut line goes on where it broke.

    `mark` is the sender's own sign of the file: whoever comes again with the same goes on with this upload.
    """

    key = models.UUIDField(unique=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="uploads")
    code = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    mark = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} {self.received}/{self.size}"
