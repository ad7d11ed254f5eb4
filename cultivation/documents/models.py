import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from cultivation.accounts.models import Enterprise
from cultivation.core.models import StoredFile
from cultivation.documents.queries import CertificateQuerySet, DocumentQuerySet
from cultivation.documents.states import CERTIFICATE_STATES, DOCUMENT_KINDS, TAKING_STATES


def new_token() -> str:
    """Random, so that a number read off a wall opens nothing."""
    return secrets.token_urlsafe(18)


class Document(models.Model):
    """A finished PDF, its subject by type and id, and the payload it was made from."""

    kind = models.CharField(max_length=20, choices=list(DOCUMENT_KINDS.items()))
    title = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, null=True, related_name="documents")
    payload = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64, db_index=True)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    is_released = models.BooleanField("已向持有人或公众放行", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id", "fingerprint"], name="one_document_a_content"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def check_url(self) -> str:
        return check_url(self.token)


def check_url(token: str) -> str:
    return f"{settings.PUBLIC_BASE_URL}/check/{token}"


class Certificate(models.Model):
    """A title on paper. Its number and token are given before it is printed, so a killed job leaves no gap."""

    number = models.CharField(max_length=40, unique=True)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    title = models.CharField(max_length=80)
    tier = models.CharField(max_length=12)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="certificates")
    enterprise_name = models.CharField(max_length=120)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    series = models.CharField(max_length=60, db_index=True)
    payload = models.JSONField()
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, related_name="certificate")
    state = models.CharField(max_length=10, choices=list(CERTIFICATE_STATES.items()), default="issued")
    issued_on = models.DateField()
    expires_on = models.DateField()
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaces")
    reason = models.CharField(max_length=300, blank=True)
    taken_by = models.ForeignKey(Enterprise, on_delete=models.PROTECT, null=True, related_name="certificates_taken")
    taking = models.CharField(max_length=10, choices=list(TAKING_STATES.items()), blank=True, default="")
    taking_basis = models.CharField("承继与否的依据", max_length=300, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    is_trial = models.BooleanField(default=False)
    is_demonstration = models.BooleanField(default=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=Q(state="issued"),
                name="one_certificate_in_force",
            ),
            models.CheckConstraint(condition=Q(state__in=list(CERTIFICATE_STATES)), name="certificate_state_known"),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taking="")
                | (Q(taken_by__isnull=False, taking__in=list(TAKING_STATES)) & ~Q(taking="")),
                name="certificate_taking_known",
            ),
        ]

    def __str__(self) -> str:
        return self.number
