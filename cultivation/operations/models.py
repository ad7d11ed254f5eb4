from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from cultivation.accounts.models import Enterprise
from cultivation.core.models import StoredFile
from cultivation.operations.queries import ArchiveQuerySet


class Archive(models.Model):
    """All data of a firm, packed for the person who asked (E36). Its bytes are dropped after a while, its line stays.

    How far it is, its job says.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="archives")
    asked_by = models.BigIntegerField()
    role = models.CharField(max_length=24)
    asked_at = models.DateTimeField(auto_now_add=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    files = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["asked_by", "enterprise", "-id"], name="archive_of_asker")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} · {self.asked_at}"

    @property
    def kept_until(self) -> datetime | None:
        return self.ready_at and self.ready_at + timedelta(days=settings.ARCHIVE_DAYS)
