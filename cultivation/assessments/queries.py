"""Who sees which assessments and import findings."""

from typing import Any, Self

from django.db.models import Q, QuerySet

from cultivation.accounts.queries import enterprise_scope
from cultivation.accounts.states import ENTERPRISE_ROLES, PROVINCE_ROLES
from cultivation.assessments.states import PUBLIC_TO_FIRM, TAKING_PART
from cultivation.core.actors import Actor


class AssessmentQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """A firm sees what it fills in itself, and any result once it is announced; a bureau its jurisdiction.

        What is left of a discarded draft is the firm's alone.
        """
        rows = self.filter(enterprise_scope(actor, "enterprise__"))
        if actor.role not in ENTERPRISE_ROLES:
            return rows.in_place()
        return rows.filter(Q(is_self_filled=True) | Q(state__in=PUBLIC_TO_FIRM))

    def with_result_for(self, actor: Actor) -> Self:
        """Of the visible ones those whose result the actor may see: a firm's only once it is announced."""
        return self.filter(state__in=PUBLIC_TO_FIRM) if actor.role in ENTERPRISE_ROLES else self

    def in_place(self) -> Self:
        """The one assessment of a firm in a round, without drafts that were discarded before it."""
        return self.exclude(state="discarded")

    def standing(self) -> Self:
        """What takes part: neither a withdrawn assessment nor a draft that was never submitted."""
        return self.filter(state__in=TAKING_PART)


class WorkbookImportQuerySet(QuerySet[Any]):
    """A workbook holds the firms of every city, so only the province sees it and its findings."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.is_system or actor.role in PROVINCE_ROLES else self.none()


class ScenarioQuerySet(QuerySet[Any]):
    """What a firm only thought of is its own: no office sees it."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.role not in ENTERPRISE_ROLES:
            return self.none()
        return self.filter(enterprise_scope(actor, "assessment__enterprise__"))


class EvidenceQuerySet(QuerySet[Any]):
    """A firm sees its own files; an office those that came with what was handed in to it."""

    def visible_to(self, actor: Actor) -> Self:
        rows = self.filter(enterprise_scope(actor, "enterprise__"))
        if actor.is_system or actor.role in ENTERPRISE_ROLES:
            return rows
        return rows.filter(uses__assessment__state__in=TAKING_PART).distinct()


class UploadQuerySet(QuerySet[Any]):
    """What is still on its way is the firm's alone."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.role not in ENTERPRISE_ROLES:
            return self.none()
        return self.filter(enterprise_scope(actor, "assessment__enterprise__"))


class VerificationQuerySet(QuerySet[Any]):
    """Whether old cases still come out the same is for the province and for the audit trail's keeper."""

    def visible_to(self, actor: Actor) -> Self:
        sees = actor.is_system or actor.role in {*PROVINCE_ROLES, "audit_admin"}
        return self.all() if sees else self.none()


class ImpactFirmQuerySet(QuerySet[Any]):
    """Rules are tried by the province alone."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.is_system or actor.role in PROVINCE_ROLES else self.none()


class ProvinceQuerySet(QuerySet[Any]):
    """What compares cities, reviewers and firms with each other is the province's alone."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.is_system or actor.role in PROVINCE_ROLES else self.none()


class PanelScoreQuerySet(ProvinceQuerySet):
    """A panel's single scores."""


class LearnedScorecardQuerySet(ProvinceQuerySet):
    """Learned scorecards and the trainings that gave them."""


class AdviceQuerySet(ProvinceQuerySet):
    """Disagreements of two scorecards."""

    def standing(self) -> Self:
        """Of firms that still take part."""
        return self.exclude(assessment__state="withdrawn")


class WatchQuerySet(ProvinceQuerySet):
    """What stood out in a round."""


class WatchFindingQuerySet(ProvinceQuerySet):
    """The firms it stood out in."""
