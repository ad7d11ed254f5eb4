"""A firm's results over the years; a change of rules is a break, and old facts can be read by today's rules (E28)."""

from itertools import pairwise
from typing import Any

from cultivation.assessments.models import Assessment
from cultivation.assessments.services.facts import facts_of
from cultivation.assessments.services.scoring import assess_facts
from cultivation.assessments.states import LEVELS

Page = dict[str, Any]


def years_of(assessment: Assessment) -> list[Page]:
    """Announced results up to this one, oldest first, each under its own rules and under this one's."""
    rows = Assessment.objects.filter(enterprise=assessment.enterprise, state="announced", result__isnull=False)
    rows = rows.filter(round__assessed_on__lte=assessment.round.assessed_on)
    rows = rows.select_related("round", "result", "enterprise").prefetch_related("answers")
    found = list(rows.order_by("round__assessed_on", "pk"))
    latest = found[-1].result.object["capability"]["fingerprint"] if found else None
    pages = [_year(one, latest, found[-1]) for one in found]
    for before, page in pairwise(pages):
        page["is_break"] = page["fingerprint"] != before["fingerprint"]
    return pages


def _year(one: Assessment, latest: str | None, today: Assessment) -> Page:
    capability = one.result.object["capability"]
    is_old = capability["fingerprint"] != latest
    again = assess_facts(today, facts_of(one))["capability"] if is_old else capability
    return {
        "assessment": one.pk,
        "round": one.round.name,
        "on": one.round.assessed_on,
        "rulebook": capability["rulebook"],
        "fingerprint": capability["fingerprint"],
        "is_break": False,
        "score": capability["score"],
        "level_label": LEVELS.get(capability["level"] or "", "未入库"),
        "dimensions": capability["dimensions"],
        "by_latest_rules": {"score": again["score"], "level_label": LEVELS.get(again["level"] or "", "未入库")},
    }
