from django.db import models

from cultivation.documents.models import Document
from cultivation.programmes.models import Round
from cultivation.publication.queries import PublishedListQuerySet


class PublishedList(models.Model):
    """A list as it was published: its entries frozen, known by their hash."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="published_list")
    title = models.CharField(max_length=200)
    entries = models.JSONField()
    sha256 = models.CharField(max_length=64)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True)
    published_by = models.CharField(max_length=80)
    published_at = models.DateTimeField(auto_now_add=True)

    objects = PublishedListQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title
