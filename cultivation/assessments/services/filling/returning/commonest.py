"""The commonest reasons for which facts were sent back, from all that was ever sent back (E08)."""

from django.conf import settings
from django.db.models import Count

from cultivation.assessments.models import ReturnNote

from .reasons import in_language

MOST = 3


def commonest_returns(lang: str = "zh") -> dict[str, list[str]]:
    """By fact the three reasons that most firms were told; one that only few were told could tell on them."""
    firms = Count("sending__assessment__enterprise", distinct=True)
    rows = ReturnNote.objects.values("code", "reason").annotate(firms=firms).filter(firms__gte=settings.SMALLEST_GROUP)
    found: dict[str, list[str]] = {}
    for row in rows.order_by("code", "-firms", "reason"):
        kept = found.setdefault(row["code"], [])
        if len(kept) < MOST:
            kept.append(in_language(row["reason"], lang))
    return found
