"""Enterprises and people: making them known, changing what is known."""

from datetime import date

from django.conf import settings
from django.db import transaction

from cultivation.accounts.models import Enterprise, EnterpriseName, Membership, Organisation, User
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import NotHere


def register_enterprise(
    actor: Actor, *, uscc: str, name: str, region: str, zone: str, uscc_check_ok: bool, on: date, demonstration: bool
) -> Enterprise:
    """The enterprise with this USCC. A known one is taken up, not doubled; a new name joins its history."""
    with transaction.atomic():
        enterprise, created = Enterprise.objects.get_or_create(
            uscc=uscc,
            defaults={
                "name": name, "region": region, "zone": zone, "uscc_check_ok": uscc_check_ok,
                "is_demonstration": demonstration,
            },
        )  # fmt: skip
        EnterpriseName.objects.get_or_create(enterprise=enterprise, name=name, defaults={"heard_on": on})
        if created:
            audit.record(actor, "enterprise.register", enterprise, detail={"uscc": uscc})
        else:
            _update_profile(actor, enterprise, name=name, region=region, zone=zone)
    return enterprise


def _update_profile(actor: Actor, enterprise: Enterprise, **profile: str) -> None:
    """An empty value says nothing and changes nothing."""
    changed = {key: value for key, value in profile.items() if value and getattr(enterprise, key) != value}
    if changed:
        detail = {key: [getattr(enterprise, key), value] for key, value in changed.items()}
        for key, value in changed.items():
            setattr(enterprise, key, value)
        enterprise.save(update_fields=list(changed))
        audit.record(actor, "enterprise.change", enterprise, detail=detail)


def add_person(
    actor: Actor,
    *,
    username: str,
    full_name: str,
    password: str,
    role: str,
    organisation: Organisation | None = None,
    enterprise: Enterprise | None = None,
    demonstration: bool = False,
) -> User:
    """A person with one role. Asked for again, the person stays as they are."""
    with transaction.atomic():
        user = User.objects.filter(username=username).first()
        if user is None:
            user = User.objects.create_user(username, password=password)
            user.full_name, user.is_demonstration = full_name, demonstration
            user.save()
            audit.record(actor, "user.add", user, detail={"role": role})
        Membership.objects.get_or_create(user=user, role=role, organisation=organisation, enterprise=enterprise)
    return user


def demonstration_accounts() -> list[dict[str, str]]:
    """Who may be tried in a demonstration; their password is told where it was loaded, not here."""
    if not settings.DEMONSTRATION:
        return []
    rows = Membership.objects.filter(user__is_demonstration=True, is_active=True).select_related("user")
    return [
        {"username": row.user.username, "full_name": row.user.full_name, "role_label": row.get_role_display()}
        for row in rows
    ]


def choose_membership(person: User, *, pk: int) -> Membership:
    """One of the person's own places."""
    found = next((row for row in person.active_memberships if row.pk == pk), None)
    if found is None:
        raise NotHere("没有找到，或者您已不在这个单位。")
    return found
