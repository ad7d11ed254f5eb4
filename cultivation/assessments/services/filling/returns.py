"""The commonest reasons for which facts were sent back, from all that was ever sent back (E08)."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Count

from cultivation.assessments.models import Assessment, FieldReturn

MOST = 3


def note_returns(assessment: Assessment, reasons: Iterable[tuple[str, str]]) -> None:
    """Told by whoever sends an assessment back: each fact with its reason, in the words of the office's own list."""
    FieldReturn.objects.bulk_create(
        FieldReturn(assessment=assessment, code=code, reason=reason) for code, reason in reasons
    )


def commonest_returns() -> dict[str, list[str]]:
    """By fact the three reasons that most firms were told; one that only few were told could tell on them."""
    rows = FieldReturn.objects.values("code", "reason").annotate(firms=Count("assessment__enterprise", distinct=True))
    found: dict[str, list[str]] = {}
    for row in rows.filter(firms__gte=settings.SMALLEST_GROUP).order_by("code", "-firms", "reason"):
        kept = found.setdefault(row["code"], [])
        if len(kept) < MOST:
            kept.append(row["reason"])
    return found
