"""Who sees which placements, and the counts that a pool's page shows."""

from typing import Any, Self

from django.db.models import Count, QuerySet

from cultivation.accounts.queries import enterprise_scope, region_prefix
from cultivation.accounts.states import ENTERPRISE_ROLES
from cultivation.core.actors import Actor


class PlacementQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """A firm sees its place once the round has announced it."""
        rows = self.filter(enterprise_scope(actor, "enterprise__"))
        return rows.filter(assessment__state="announced") if actor.role in ENTERPRISE_ROLES else rows

    def in_region(self, code: str) -> Self:
        return self.filter(enterprise__region__startswith=region_prefix(code))

    def cells(self) -> list[dict[str, Any]]:
        """Firms by tier, track and standing."""
        rows = self.order_by().values("tier", "tracks__track", "tracks__standing").annotate(firms=Count("pk"))
        return [
            {
                "tier": row["tier"],
                "track": row["tracks__track"],
                "standing": row["tracks__standing"],
                "firms": row["firms"],
            }
            for row in rows
        ]
