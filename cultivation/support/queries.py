"""Who sees which plans."""

from typing import Any, Self

from django.db.models import QuerySet

from cultivation.accounts.queries import enterprise_scope
from cultivation.accounts.states import ENTERPRISE_ROLES
from cultivation.core.actors import Actor


class PlanQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """A bureau sees all plans of its jurisdiction; a firm its own, once approved and its result announced."""
        rows = self.filter(enterprise_scope(actor, "assessment__enterprise__")).exclude(assessment__state="withdrawn")
        if actor.role in ENTERPRISE_ROLES:
            return rows.exclude(state="draft").filter(assessment__state="announced")
        return rows
