"""Titles that lapse soon, and what to do about it (E32)."""

from datetime import date, timedelta
from typing import Any

from cultivation.core.actors import Actor
from cultivation.documents.models import Certificate
from cultivation.programmes.models import Designation, Round
from cultivation.programmes.services import why_not_filling

Page = dict[str, Any]
# A firm is reminded when so many days are left.
REMINDERS = (30, 60, 90)


def expiring_titles(actor: Actor, on: date) -> list[Page]:
    """The firm's certificates and designations that lapse within the widest reminder, the nearest first."""
    last = on + timedelta(days=max(REMINDERS))
    certificates = Certificate.objects.visible_to(actor).filter(state="issued", expires_on__range=(on, last))
    certificates = certificates.exclude(taking__in=["pending", "declined"])
    titles = Designation.objects.visible_to(actor).with_standing("in_force", on).filter(expires_on__lte=last)
    found = [_page("certificate", one.title, one.number, one.expires_on, on) for one in certificates]
    found += [
        _page("designation", one.get_kind_display(), one.body, one.expires_on, on) for one in titles if one.expires_on
    ]
    return sorted(found, key=lambda page: (page["days"], page["title"]))


def renewal_round(actor: Actor) -> int | None:
    """A round that takes renewals now: its form begins with what the firm told last time."""
    rounds = Round.objects.visible_to(actor).filter(kind="renewal", state="open")
    return next((round_.pk for round_ in rounds if not why_not_filling(round_)), None)


def _page(kind: str, title: str, about: str, expires_on: date, on: date) -> Page:
    days = (expires_on - on).days
    within = next(limit for limit in REMINDERS if days <= limit)
    return {"kind": kind, "title": title, "about": about, "expires_on": expires_on, "days": days, "within": within}
