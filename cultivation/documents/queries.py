"""Who sees which documents and certificates."""

from typing import Any, Self

from django.db.models import Q, QuerySet

from cultivation.accounts.queries import enterprise_scope
from cultivation.accounts.states import CITY_ROLES, ENTERPRISE_ROLES, PROVINCE_ROLES
from cultivation.core.actors import Actor


class DocumentQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """The province sees all, a city office those of its firms; others only what is released, to them or to all."""
        if actor.is_system or actor.role in PROVINCE_ROLES:
            return self.all()
        own = Q(enterprise__isnull=False) & enterprise_scope(actor, "enterprise__")
        own |= Q(certificate__taken_by__isnull=False) & enterprise_scope(actor, "certificate__taken_by__")
        released = Q(is_released=True)
        mine = own if actor.role in CITY_ROLES else own & released
        return self.filter(mine | (Q(enterprise__isnull=True) & released))


class CertificateQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, and those of firms that were merged into one's own; so too for the firms of a region."""
        if actor.is_system or actor.role in PROVINCE_ROLES:
            return self.all()
        taken = Q(taken_by__isnull=False) & enterprise_scope(actor, "taken_by__")
        rows = self.filter(enterprise_scope(actor, "enterprise__") | taken)
        return rows.filter(document__is_released=True) if actor.role in ENTERPRISE_ROLES else rows
