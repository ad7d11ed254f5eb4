"""Who sees which documents and certificates."""

from typing import Any, Self

from django.db.models import Q, QuerySet

from cultivation.accounts.queries import enterprise_scope
from cultivation.accounts.states import BUREAU_ROLES, ENTERPRISE_ROLES
from cultivation.core.actors import Actor


class DocumentQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """Bureaus see those of their jurisdiction and of no firm; others only what is released, to them or to all."""
        own = Q(enterprise__isnull=False) & enterprise_scope(actor, "enterprise__")
        rows = self.filter(own | Q(enterprise__isnull=True))
        return rows if actor.is_system or actor.role in BUREAU_ROLES else rows.filter(is_released=True)


class CertificateQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        rows = self.filter(enterprise_scope(actor, "enterprise__"))
        return rows.filter(document__is_released=True) if actor.role in ENTERPRISE_ROLES else rows
