"""Published lists are public."""

from typing import Any, Self

from django.db.models import QuerySet

from cultivation.core.actors import Actor


class PublishedListQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        return self.all()
