"""Who sees which rounds and rulebooks."""

from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet

from cultivation.accounts.queries import enterprise_scope
from cultivation.accounts.states import BUREAU_ROLES, ENTERPRISE_ROLES, PROVINCE_ROLES
from cultivation.core.actors import Actor
from cultivation.programmes.states import WITHOUT_EFFECT


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
        """What says something of a day: made and held by then, not entered by mistake, no matter left to a body."""
        held = Q(held_since__isnull=True) | Q(held_since__lte=on)
        return self.exclude(state__in=WITHOUT_EFFECT).filter(held, designated_on__lte=on)

    def entered(self) -> Self:
        """By a list, not by a merger; mistakes left out."""
        return self.exclude(state="voided").filter(taken_over_from__isnull=True)

    def with_standing(self, standing: str, on: date) -> Self:
        """Those that stand so on a day, by a key of `DESIGNATION_STANDINGS`; an expiry that is not known is no end."""
        revoked, passed = (Q(state=state, revoked_on__lte=on) for state in ("revoked", "passed"))
        alive = ~Q(state__in=WITHOUT_EFFECT) & ~revoked & ~passed
        begun = Q(designated_on__lte=on) & (Q(held_since__isnull=True) | Q(held_since__lte=on))
        conditions = {
            "in_force": alive & begun & (Q(expires_on__isnull=True) | Q(expires_on__gte=on)),
            "lapsed": alive & begun & Q(expires_on__lt=on),
            "future": alive & ~begun,
            "revoked": revoked,
            "passed": passed,
            **{state: Q(state=state) for state in WITHOUT_EFFECT},
        }
        return self.filter(conditions[standing])
