"""Who sees which enterprises, people and requests: the only door to the rows."""

from typing import Any, Self

from django.db.models import Q, QuerySet

from cultivation.accounts.states import APPROVERS, BUREAU_ROLES, CITY_ROLES, ENTERPRISE_ROLES, PROVINCE_ROLES
from cultivation.core.actors import Actor

APPROVER = "enterprise_approver"


def region_prefix(code: str) -> str:
    """What the codes of a jurisdiction begin with: a prefecture covers its counties, a county itself."""
    return code[:4] if code.endswith("00") else code


def enterprise_scope(actor: Actor, path: str = "") -> Q:
    """The condition that a row's enterprise, reached by `path`, is the actor's to see. Every app's rows use it."""
    if actor.is_system or actor.role in PROVINCE_ROLES:
        return Q()
    if actor.role in CITY_ROLES and actor.region:
        return Q(**{f"{path}region__startswith": region_prefix(actor.region)})
    if actor.role in ENTERPRISE_ROLES and actor.enterprise_id:
        return Q(**{f"{path}pk": actor.enterprise_id})
    return Q(**{f"{path}pk__in": []})


def _of_own_firm(actor: Actor, *, approvers_only: bool = False) -> Q:
    roles = APPROVERS if approvers_only else ENTERPRISE_ROLES
    return Q(enterprise_id=actor.enterprise_id) if actor.role in roles and actor.enterprise_id else Q(pk__in=[])


def _of_own_office(actor: Actor) -> Q:
    return enterprise_scope(actor, "enterprise__") if actor.role in BUREAU_ROLES or actor.is_system else Q(pk__in=[])


def _absorbs_own(actor: Actor) -> Q:
    """Mergers that name one's own firm, or one of one's region, as absorbed."""
    if actor.role in ENTERPRISE_ROLES or actor.role in CITY_ROLES:
        return Q(other__isnull=False) & enterprise_scope(actor, "other__")
    return Q(pk__in=[])


class EnterpriseQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(enterprise_scope(actor))


class MembershipQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """The people of one's own firm; nobody else's."""
        return self.all() if actor.is_system else self.filter(_of_own_firm(actor))

    def approvers_of(self, enterprise_id: int) -> Self:
        """Those who can sign in, so that a closed account never holds a firm."""
        return self.filter(enterprise_id=enterprise_id, role__in=APPROVERS, is_active=True, user__is_active=True)


class InvitationQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.is_system else self.filter(_of_own_firm(actor, approvers_only=True))


class ClaimQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; those for one's own firm, where one may approve; those put before one's office."""
        if actor.is_system:
            return self.all()
        own = Q(claimant_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        firm = _of_own_firm(actor, approvers_only=True)
        return self.filter(own | firm | (Q(decider="office") & _of_own_office(actor)))


class ChangeQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own firm's, a merger's to both firms; those of firms in one's region now, in it before they moved
        away, or asking to move in."""
        if actor.is_system or actor.role in PROVINCE_ROLES:
            return self.all()
        left = Q(pk__in=[])
        if actor.role in CITY_ROLES and actor.region:
            prefix = region_prefix(actor.region)
            moves = Q(region_before__startswith=prefix) | Q(after__startswith=prefix)
            left = Q(kind="region") & moves
        return self.filter(_of_own_firm(actor) | _of_own_office(actor) | left | _absorbs_own(actor))
