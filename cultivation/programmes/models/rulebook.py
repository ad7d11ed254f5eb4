from django.db import models

from cultivation.programmes.queries import RulebookQuerySet


class PublishedRulebook(models.Model):
    """A rulebook as it was published: never changed, only followed by another version."""

    key = models.CharField(max_length=60, unique=True)
    programme = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    source_status = models.CharField(max_length=12)
    fingerprint = models.CharField(max_length=64)
    document = models.JSONField()
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)

    objects = RulebookQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "version"]

    def __str__(self) -> str:
        return self.key

    @property
    def is_shipped(self) -> bool:
        """Whether it came with the program; the others were published in the rule workshop."""
        return not self.published_by
