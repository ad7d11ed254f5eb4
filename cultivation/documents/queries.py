"""Who sees which documents and certificates."""

from typing import Any, Self

from django.db.models import Q, QuerySet

from cultivation.accounts.queries import enterprise_scope
from cultivation.accounts.states import BUREAU_ROLES, ENTERPRISE_ROLES
from cultivation.core.actors import Actor


class DocumentQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """A firm's documents are its own and its bureaus'; documents of no firm are the bureaus' and the public's."""
        own = Q(enterprise__isnull=False) & enterprise_scope(actor, "enterprise__")
        general = Q(enterprise__isnull=True)
        if actor.is_system or actor.role in BUREAU_ROLES:
            return self.filter(own | general)
        return self.filter(own | (general & Q(is_public=True)))


class CertificateQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        rows = self.filter(enterprise_scope(actor, "enterprise__"))
        return rows.filter(document__isnull=False) if actor.role in ENTERPRISE_ROLES else rows
