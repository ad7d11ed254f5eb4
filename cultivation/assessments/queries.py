"""Who sees which assessments and import findings."""

from typing import Any, Self

from django.db.models import QuerySet

from cultivation.accounts.queries import enterprise_scope
from cultivation.accounts.states import ENTERPRISE_ROLES, PROVINCE_ROLES
from cultivation.assessments.states import PUBLIC_TO_FIRM
from cultivation.core.actors import Actor


class AssessmentQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """A firm sees its result once it is announced; a bureau sees its jurisdiction."""
        rows = self.filter(enterprise_scope(actor, "enterprise__"))
        return rows.filter(state__in=PUBLIC_TO_FIRM) if actor.role in ENTERPRISE_ROLES else rows

    def standing(self) -> Self:
        """What takes part: a withdrawn assessment does not."""
        return self.exclude(state="withdrawn")


class WorkbookImportQuerySet(QuerySet[Any]):
    """A workbook holds the firms of every city, so only the province sees it and its findings."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.is_system or actor.role in PROVINCE_ROLES else self.none()
