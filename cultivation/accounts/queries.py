"""Who sees which enterprises and people: the only door to the rows."""

from typing import Any, Self

from django.db.models import Q, QuerySet

from cultivation.accounts.states import CITY_ROLES, ENTERPRISE_ROLES, PROVINCE_ROLES
from cultivation.core.actors import Actor


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


class EnterpriseQuerySet(QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(enterprise_scope(actor))
