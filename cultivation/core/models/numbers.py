from django.db import models


class NumberSeries(models.Model):
    """The last number given out in a series. Its row is locked while the next is taken, so there is no gap."""

    name = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class IdempotencyRecord(models.Model):
    """The answer already given to a key, so that a retry gets it again and nothing happens twice."""

    user_id = models.BigIntegerField()
    key = models.CharField(max_length=100)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "key"], name="idempotency_once")]

    def __str__(self) -> str:
        return self.key
