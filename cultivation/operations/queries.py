"""Who sees which archives."""

from typing import Any, Self

from django.db.models import QuerySet

from cultivation.accounts.states import ENTERPRISE_ROLES
from cultivation.core.actors import Actor


class ArchiveQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever asked for it, in the role and the firm it was packed for: another may see less of the firm."""
        if actor.role not in ENTERPRISE_ROLES or actor.user_id is None:
            return self.none()
        return self.filter(asked_by=actor.user_id, role=actor.role, enterprise_id=actor.enterprise_id)
