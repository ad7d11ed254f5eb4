"""Who is who: the predicates that other apps build their rights from."""

from typing import Any

from rules.predicates import predicate

from cultivation.accounts.states import BUREAU_ROLES, CITY_ROLES, ENTERPRISE_ROLES, PROVINCE_ROLES
from cultivation.core.actors import Actor


@predicate
def is_system(actor: Actor, obj: Any = None) -> bool:
    return actor.is_system


@predicate
def is_province(actor: Actor, obj: Any = None) -> bool:
    return actor.role in PROVINCE_ROLES


@predicate
def is_province_leader(actor: Actor, obj: Any = None) -> bool:
    return actor.role == "province_leader"


@predicate
def is_city(actor: Actor, obj: Any = None) -> bool:
    return actor.role in CITY_ROLES


@predicate
def is_bureau(actor: Actor, obj: Any = None) -> bool:
    return actor.role in BUREAU_ROLES


@predicate
def is_enterprise(actor: Actor, obj: Any = None) -> bool:
    return actor.role in ENTERPRISE_ROLES
