"""Which office a firm belongs to, and how to reach it and the firm (E39)."""

from django.db.models.functions import Length

from cultivation.accounts.models import Membership, Organisation
from cultivation.accounts.queries import region_prefix
from cultivation.accounts.states import BUREAU_ROLES, ROLES
from cultivation.core.actors import Actor


def office_of(region: str) -> Organisation | None:
    """The city office whose division the region lies in; the province's where there is none or no region is known."""
    offices = Organisation.objects.filter(kind="city").exclude(region="").order_by(Length("region").desc(), "pk")
    city = next((one for one in offices if region and region.startswith(region_prefix(one.region))), None)
    return city or Organisation.objects.filter(kind="province").order_by("pk").first()


def office_addresses(region: str) -> list[tuple[str, str]]:
    """Address and language of its people; where none of them has one, the office's own."""
    office = office_of(region)
    if office is None:
        return []
    rows = Membership.objects.filter(organisation=office, role__in=BUREAU_ROLES, is_active=True).exclude(user__email="")
    found = [(row.user.email, row.user.language) for row in rows.select_related("user")]
    return found or ([(office.email, "zh-hans")] if office.email else [])


def office_name(actor: Actor) -> str:
    """What an officer's words are signed with towards companies: the office, never the person."""
    office = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    return office.name if office else ROLES.get(actor.role, actor.name)


def firm_addresses(enterprise_id: int) -> list[tuple[str, str]]:
    """Address and language of everybody who works for a firm."""
    rows = Membership.objects.filter(enterprise=enterprise_id, is_active=True, user__is_active=True)
    people = rows.exclude(user__email="").select_related("user").order_by("pk")
    return [(row.user.email, row.user.language) for row in people]
