"""Who sees which rounds and rulebooks."""

from typing import Any, Self

from django.db.models import QuerySet

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
