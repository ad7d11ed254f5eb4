"""One firm's plan: what to do, why, by when and what it is worth. Pure: it asks `assess_with` and knows no database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

from cultivation.support.services import wording
from cultivation.support.services.card import (
    Line,
    Object,
    Tier,
    couplings,
    highest,
    level,
    lines,
    lowest,
    next_tier,
    vetoes,
)
from cultivation.support.services.catalogue import Catalogue, PlanKind, Service
from cultivation.support.services.changes import Facts, apply_services, is_open_to
from cultivation.support.services.choice import Subset, choose_services
from cultivation.support.services.schedule import Slot, schedule
from cultivation.support.services.wording import Words

AssessWith = Callable[[Sequence[Mapping[str, Any]]], Sequence[Object]]
Kind = Literal["advance", "maintenance", "rectification"]


@dataclass(frozen=True, slots=True)
class Case:
    """A firm as it stands: its approved facts, what the rulebooks say of them, and the tracks it is in."""

    facts: Facts
    found: Object
    starts_on: date
    tracks: tuple[str, ...]
    tiers: tuple[Tier, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do. `points` is what it adds to the lowest score after the items before; None promises nothing."""

    kind: Literal["service", "gap", "rectify"]
    code: str
    title: str
    reason: str
    gap: str
    indicators: tuple[str, ...]
    points: Decimal | None
    effort: str
    duration: str
    owner: str
    starts_on: date
    due: date
    deliverable: str = ""
    resource: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    kind: Kind
    score_low: Decimal
    score_then: Decimal
    level: str
    level_then: str
    summary: str
    items: tuple[Item, ...]


def draft_plan(case: Case, *, assess_with: AssessWith, catalogue: Catalogue) -> Draft:
    if vetoes(case.found):
        return _rectification(case, catalogue)
    chosen = _choose(case, assess_with, catalogue)
    slots = schedule(chosen, parallel=catalogue.budgets[_kind(case)].parallel)
    steps = [case.found, *_after_each(case, slots, assess_with)]
    items = [_item(case, slot, *pair) for slot, pair in zip(slots, pairwise(steps), strict=True)]
    then = steps[-1]
    return Draft(
        kind=_kind(case),
        score_low=lowest(case.found),
        score_then=lowest(then),
        level=level(case.found),
        level_then=level(then),
        summary=wording.summary(case.found, then, len(items), case.tiers),
        items=(*_gaps(case, catalogue), *items),
    )


def _kind(case: Case) -> PlanKind:
    return "advance" if next_tier(case.tiers, level(case.found)) else "maintenance"


def _choose(case: Case, assess_with: AssessWith, catalogue: Catalogue) -> Subset:
    def gains_of(subsets: Sequence[Subset]) -> list[Decimal]:
        found = assess_with([apply_services(case.facts, subset, on=case.starts_on) for subset in subsets])
        return [lowest(one) - lowest(case.found) for one in found]

    return choose_services(
        [service for service in catalogue.services if _is_candidate(service, case)],
        gains_of=gains_of,
        couplings=couplings(case.found),
        budget=catalogue.budgets[_kind(case)],
        effort_of=catalogue.effort_of,
        package=catalogue.package_of(case.tracks),
    )


def _is_candidate(service: Service, case: Case) -> bool:
    return is_open_to(service, case.facts) and bool(apply_services(case.facts, [service], on=case.starts_on))


def _after_each(case: Case, slots: Sequence[Slot], assess_with: AssessWith) -> Sequence[Object]:
    """What the rulebooks say once each further service is done: jointly, so overlaps count once."""
    done = [[slot.service for slot in slots[: place + 1]] for place in range(len(slots))]
    return assess_with([apply_services(case.facts, services, on=case.starts_on) for services in done]) if done else []


def _item(case: Case, slot: Slot, before: Object, after: Object) -> Item:
    service = slot.service
    changes = apply_services(case.facts, [service], on=case.starts_on)
    moved = _moved(before, after)
    return Item(
        kind="service",
        code=service.code,
        title=service.zh,
        reason=wording.reason(service, case.facts, changes, case.words),
        gap=wording.gap(moved, before, after, case.words),
        indicators=tuple(changes),
        points=lowest(after) - lowest(before),
        effort=service.effort,
        duration=service.duration.zh,
        owner=wording.owner(service),
        starts_on=case.starts_on + timedelta(weeks=slot.start),
        due=case.starts_on + timedelta(weeks=slot.end),
        deliverable=service.deliverable,
        resource=service.free_resource if "P" in service.providers else "",
    )


def _moved(before: Object, after: Object) -> list[tuple[Line, Line]]:
    later = {line.id: line for line in lines(after)}
    pairs = [(line, later[line.id]) for line in lines(before) if line.id in later]
    return [(was, now) for was, now in pairs if was.low != now.low]


def _gaps(case: Case, catalogue: Catalogue) -> list[Item]:
    """One item that asks for what is not known; it is not a service and promises no points."""
    open_lines = [line for line in lines(case.found) if line.unknown and line.high > line.low]
    if not open_lines:
        return []
    open_lines.sort(key=lambda line: (line.low - line.high, line.id))
    missing = tuple(dict.fromkeys(code for line in open_lines for code in line.unknown))
    stake = min(highest(case.found) - lowest(case.found), sum((x.high - x.low for x in open_lines), Decimal(0)))
    return [
        _paperwork(
            case, catalogue, kind="gap", title="补报资料", reason=wording.gap_reason(open_lines, stake, case.words),
            gap=wording.gap_lines(open_lines, case.words), indicators=missing,
        )
    ]  # fmt: skip


def _rectification(case: Case, catalogue: Catalogue) -> Draft:
    items = [
        _paperwork(
            case, catalogue, kind="rectify", title=f"整改：{case.words.line(veto)}", indicators=(veto,),
            reason=catalogue.rectifications.get(veto, catalogue.default_rectification),
            gap=wording.veto_gap(veto, case.facts, case.words),
        )
        for veto in vetoes(case.found)
    ]  # fmt: skip
    low = lowest(case.found)
    summary = wording.rectification(vetoes(case.found), case.words)
    return Draft("rectification", low, low, "", "", summary, tuple(items))


def _paperwork(
    case: Case, catalogue: Catalogue, *, kind: Literal["gap", "rectify"], title: str, reason: str, gap: str,
    indicators: tuple[str, ...],
) -> Item:  # fmt: skip
    return Item(
        kind=kind, code="", title=title, reason=reason, gap=gap, indicators=indicators, points=None, effort="low",
        duration=f"{catalogue.paperwork_weeks} 周", owner="企业", starts_on=case.starts_on,
        due=case.starts_on + timedelta(weeks=catalogue.paperwork_weeks),
    )  # fmt: skip
