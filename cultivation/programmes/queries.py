"""Who sees which rounds and rulebooks."""

from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet

from cultivation.accounts.queries import enterprise_scope
from cultivation.accounts.states import BUREAU_ROLES, ENTERPRISE_ROLES, PROVINCE_ROLES
from cultivation.core.actors import Actor


class RulebookQuerySet(QuerySet[Any]):
    """Published rules are public."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all()


class RoundQuerySet(QuerySet[Any]):
    """Bureaus see every round; a company sees rounds that are under way."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.is_system or actor.role in BUREAU_ROLES:
            return self.all()
        return self.exclude(state="draft") if actor.role in ENTERPRISE_ROLES else self.none()


class WorkshopQuerySet(QuerySet[Any]):
    """What is written in the rule workshop is the province's own until it is published."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.is_system or actor.role in PROVINCE_ROLES else self.none()


class DraftQuerySet(WorkshopQuerySet):
    """Drafts of rulebooks."""


class DraftEditQuerySet(WorkshopQuerySet):
    """Saved changes of drafts."""


class ImpactQuerySet(WorkshopQuerySet):
    """Drafts tried on past rounds."""


class DesignationListQuerySet(QuerySet[Any]):
    """A list holds firms of every city, so only the province sees it as it came."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.is_system or actor.role in PROVINCE_ROLES else self.none()


class DesignationQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """A bureau sees the titles of its jurisdiction, a firm its own."""
        return self.filter(enterprise_scope(actor, "enterprise__"))

    def on_record(self, on: date) -> Self:
        """What says something of a day: made by then, and not entered by mistake."""
        return self.exclude(state="voided").filter(designated_on__lte=on)

    def with_standing(self, standing: str, on: date) -> Self:
        """Those that stand so on a day, by a key of `DESIGNATION_STANDINGS`; an expiry that is not known is no end."""
        revoked = Q(state="revoked", revoked_on__lte=on)
        alive, begun = ~Q(state="voided") & ~revoked, Q(designated_on__lte=on)
        conditions = {
            "in_force": alive & begun & (Q(expires_on__isnull=True) | Q(expires_on__gte=on)),
            "lapsed": alive & begun & Q(expires_on__lt=on),
            "future": alive & ~begun,
            "revoked": revoked,
            "voided": Q(state="voided"),
        }
        return self.filter(conditions[standing])
