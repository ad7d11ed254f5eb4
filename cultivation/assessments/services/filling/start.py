"""A firm begins: one draft in one round, with what it told last time taken over and marked as such (E07)."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils import timezone

from cultivation.accounts.models import Enterprise
from cultivation.accounts.services import why_merged
from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.permissions import can_start
from cultivation.assessments.services.facts import state_of
from cultivation.assessments.states import PUBLIC_TO_FIRM
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import WrongState
from cultivation.programmes.models import Round
from cultivation.programmes.services import why_not_filling

from .catalogue import fields_of
from .ledger import carry_ledger, take_kept_ledger

# This year's figure of last year is next year's figure of the year before last.
SERIES: tuple[tuple[str, ...], ...] = (
    ("revenue", "revenue_prev1", "revenue_prev2"),
    ("main_revenue", "main_revenue_prev1", "main_revenue_prev2"),
    ("rd_expense", "rd_expense_prev1", "rd_expense_prev2"),
    ("development_score", "development_score_prev1"),
)
ABOUT_A_YEAR = (timedelta(days=270), timedelta(days=460))


def start_assessment(actor: Actor, *, round_: Round, enterprise: Enterprise) -> Assessment:
    """The firm's draft in an open round; asked for again, the one that is there.

    After a draft was discarded another one begins, with the ledger that was kept.
    """
    can_start.require(actor, enterprise)
    reason = why_merged(enterprise) or why_not_filling(round_)
    if reason:
        raise WrongState(reason, code="not_filling")
    with transaction.atomic():
        draft, created = Assessment.objects.in_place().get_or_create(
            round=round_, enterprise=enterprise, defaults={"is_self_filled": True}
        )
        if created:
            _carry_over(draft, actor)
            if not take_kept_ledger(draft):
                carry_ledger(draft, actor)
            audit.record(actor, "assessment.start", draft, after="draft")
    return draft


def earlier_of(draft: Assessment) -> Assessment | None:
    """The latest assessment of the firm before this one that has answers to take over."""
    rows = Assessment.objects.filter(enterprise=draft.enterprise, answers__isnull=False)
    return rows.exclude(pk=draft.pk).exclude(state="draft").order_by("-round__assessed_on", "-pk").first()


def told_values(earlier: Assessment | None) -> dict[str, Any]:
    """What the firm may know of it: approved values once they are announced, until then what it declared (P10)."""
    if earlier is None:
        return {}
    is_told = earlier.state in PUBLIC_TO_FIRM
    return {answer.code: answer.approved if is_told else answer.declared for answer in earlier.answers.all()}


def _carry_over(draft: Assessment, actor: Actor) -> None:
    earlier = earlier_of(draft)
    if earlier is None:
        return
    asked = {field.code for field in fields_of(draft.round)}
    values = {code: value for code, value in _shifted(told_values(earlier), earlier, draft).items() if code in asked}
    now = timezone.now()
    Answer.objects.bulk_create(
        Answer(
            assessment=draft,
            code=code,
            state=state_of(value),
            declared=value,
            source="prefill",
            confirmed=False,
            carried_from=earlier,
            changed_by=actor.name,
            changed_at=now,
        )
        for code, value in values.items()
        if value is not None and not isinstance(value, list)
    )


def _shifted(known: dict[str, Any], earlier: Assessment, draft: Assessment) -> dict[str, Any]:
    """Values as they stand now: a year later each yearly figure has moved one place back, and the newest is open."""
    years = {code for series in SERIES for code in series}
    found = {code: value for code, value in known.items() if code not in years}
    least, most = ABOUT_A_YEAR
    if least <= draft.round.assessed_on - earlier.round.assessed_on <= most:
        for series in SERIES:
            found |= {later: known[sooner] for sooner, later in pairwise(series) if sooner in known}
        found |= _net_assets(known)
    return found


def _net_assets(known: dict[str, Any]) -> dict[str, Any]:
    """Last year's net assets are what its assets and liabilities leave."""
    assets, liabilities = known.get("total_assets"), known.get("total_liabilities")
    found = {}
    if isinstance(assets, int | float) and isinstance(liabilities, int | float):
        found["net_assets_prev1"] = round(assets - liabilities, 6)
    if "net_assets_prev1" in known:
        found["net_assets_prev2"] = known["net_assets_prev1"]
    return found
