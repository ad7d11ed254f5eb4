"""A firm's results over the years; a change of rules is a break, and old facts can be read by today's rules (E28)."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from cultivation.accounts.models.asking import months_later
from cultivation.assessments.models import Assessment
from cultivation.assessments.services.facts import facts_of
from cultivation.assessments.services.scoring import assess_facts
from cultivation.assessments.services.screen import NO_UPPER_BOUND
from cultivation.assessments.states import LEVELS
from cultivation.programmes.models import Round
from cultivation.programmes.services import CAPABILITY, pinned_library, rules_between

if TYPE_CHECKING:
    from scoring import Indicator

Page = dict[str, Any]
Lang = Literal["zh", "en"]
QUANTITIES = frozenset({"money", "integer", "number", "percent"})


def years_of(assessment: Assessment, *, lang: Lang = "zh") -> Page:
    """Announced results up to this one, oldest first, each under its own rules and under those of the last.

    With the quantities that the scorecard reads: an indicator's code means the same in every year.
    """
    rows = Assessment.objects.filter(enterprise=assessment.enterprise, state="announced", result__isnull=False)
    rows = rows.filter(round__assessed_on__lte=assessment.round.assessed_on)
    rows = rows.select_related("round", "result", "enterprise").prefetch_related("answers")
    found = list(rows.order_by("round__assessed_on", "pk"))
    if not found:
        return {"years": [], "indicators": []}
    pages = [_year(one, found[-1]) for one in found]
    for (before, after), page in zip(pairwise(found), pages[1:], strict=True):
        page["is_break"] = _rules(before) != _rules(after)
        page["rule_changes"] = rules_between(before.round, after.round, lang=lang)
    return {"years": pages, "indicators": list(_indicators(found, lang))}


def _year(one: Assessment, last: Assessment) -> Page:
    capability = one.result.object["capability"]
    again = capability if _rules(one) == _rules(last) else assess_facts(last, facts_then(one, last))["capability"]
    return {
        "assessment": one.pk,
        "round": one.round.name,
        "year": one.round.year,
        "on": one.round.assessed_on,
        "rulebook": capability["rulebook"],
        "is_break": False,
        **_scored(capability),
        "dimensions": capability["dimensions"],
        "by_latest_rules": _scored(again),
        "rule_changes": [],
    }


def facts_then(one: Assessment, last: Assessment) -> Page:
    """The facts of a year as if it were the last: each day is as far from the day of assessment as it was then.

    A certificate that was valid in that year would have lapsed by now, which is no change of the rules.
    """
    from scoring import read_indicators

    days = {code for code, indicator in read_indicators().items() if indicator.type == "date"}
    return {
        code: _moved(value, one.round.assessed_on, last.round.assessed_on) if code in days else value
        for code, value in facts_of(one).items()
    }


def _moved(raw: Any, then: date, now: date) -> Any:
    """By whole years where both days are the same day of their years, so that anniversaries stay what they are."""
    try:
        day = date.fromisoformat(raw)
        if (then.month, then.day) != (now.month, now.day):
            return (day + (now - then)).isoformat()
        return months_later(day, 12 * (now.year - then.year)).isoformat()
    except (TypeError, ValueError, OverflowError):
        return raw


def _rules(one: Assessment) -> str | None:
    """The fingerprint of the scorecard that the result was made by; None where there was none."""
    found: str | None = one.result.object["capability"]["fingerprint"]
    return found


def _scored(capability: Page) -> Page:
    level = capability["level"]
    return {"score": capability["score"], "level": level, "level_label": LEVELS.get(level or "", "未入库")}


def _indicators(found: Sequence[Assessment], lang: Lang) -> Iterator[Page]:
    """What no year knows is left out; what one year does not know stays unknown there."""
    facts = [facts_of(one) for one in found]
    for indicator in _read_quantities(found[-1].round):
        spans = [_span(one.get(indicator.code)) for one in facts]
        if any(spans):
            named = {"code": indicator.code, "label": getattr(indicator, lang), "unit": indicator.unit}
            yield {**named, "values": spans}


def _span(value: Any) -> list[float | None] | None:
    """Lowest and highest of what is known; None where nothing is, or where there is no upper end."""
    if isinstance(value, list):
        low, high = value
        return [low, None if high >= NO_UPPER_BOUND else high]
    return [value, value] if isinstance(value, int | float) and not isinstance(value, bool) else None


def _read_quantities(round_: Round) -> "list[Indicator]":
    """The quantities that the round's capability scorecard reads, in the order of the catalogue."""
    from scoring import describe_readers, read_indicators

    rulebooks = pinned_library(round_).rulebooks.values()
    read = {code for one in rulebooks if one.body.id == CAPABILITY for code in describe_readers(one, "zh")}
    return [one for one in read_indicators().values() if one.code in read and one.type in QUANTITIES]
