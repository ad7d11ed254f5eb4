"""One firm's plan: what to do, why, by when and what it is worth. Pure: it asks `assess_with` and knows no database."""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
from cultivation.support.services.catalogue import Catalogue, Effort, PlanKind, Service
from cultivation.support.services.changes import Facts, apply_services, is_open_to
from cultivation.support.services.choice import Subset, choose_services
from cultivation.support.services.schedule import Slot, schedule
from cultivation.support.services.wording import Words

AssessWith = Callable[[Sequence[Mapping[str, Any]]], Sequence[Object]]


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
    """One service. `points` is what it adds to the lowest score after the items before it, so that they add up.

    `indicators` are labels by code.
    """

    service: Service
    reason: str
    gap: str
    indicators: Mapping[str, str]
    points: Decimal
    effort: Effort
    owner: str
    starts_on: date
    due: date
    resource: str


@dataclass(frozen=True, slots=True)
class Task:
    """What the firm does itself before services help: report what is missing, or put right what bars it."""

    kind: Literal["gap", "rectify"]
    title: str
    reason: str
    basis: str
    indicators: Mapping[str, str]
    points_open: Decimal | None
    due: date


@dataclass(frozen=True, slots=True)
class Draft:
    kind: Literal["advance", "maintenance", "rectification"]
    score_low: Decimal
    score_then: Decimal
    level: str
    level_then: str
    summary: str
    tasks: tuple[Task, ...]
    items: tuple[Item, ...]


def draft_plan(case: Case, *, assess_with: AssessWith, catalogue: Catalogue) -> Draft:
    if vetoes(case.found):
        return _rectification(case, catalogue)
    chosen = _choose(case, assess_with, catalogue)
    slots = schedule(chosen, parallel=catalogue.budgets[_kind(case)].parallel)
    steps = [case.found, *_after_each(case, slots, assess_with)]
    then = steps[-1]
    return Draft(
        kind=_kind(case),
        score_low=lowest(case.found),
        score_then=lowest(then),
        level=level(case.found),
        level_then=level(then),
        summary=wording.summary(case.found, then, len(slots), case.tiers, case.words),
        tasks=_gaps(case, catalogue),
        items=tuple(_item(case, slot, *pair) for slot, pair in zip(slots, pairwise(steps), strict=True)),
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
    """Its facts count in the scorecard, its preconditions may hold, and it would change something."""
    counted = {code for line in lines(case.found) for code in line.facts}
    changed = apply_services(case.facts, [service], on=case.starts_on)
    return bool(counted & changed.keys()) and is_open_to(service, case.facts)


def _after_each(case: Case, slots: Sequence[Slot], assess_with: AssessWith) -> Sequence[Object]:
    """What the rulebooks say once each further service is done: jointly, so overlaps count once."""
    done = [[slot.service for slot in slots[: place + 1]] for place in range(len(slots))]
    return assess_with([apply_services(case.facts, services, on=case.starts_on) for services in done]) if done else []


def _item(case: Case, slot: Slot, before: Object, after: Object) -> Item:
    service = slot.service
    changes = apply_services(case.facts, [service], on=case.starts_on)
    return Item(
        service=service,
        reason=wording.reason(service, case.facts, changes, case.words),
        gap=wording.gap(_moved(before, after), case.words),
        indicators=_labelled(changes, case),
        points=lowest(after) - lowest(before),
        effort=service.effort,
        owner=wording.owner(service),
        starts_on=case.starts_on + timedelta(weeks=slot.start),
        due=case.starts_on + timedelta(weeks=slot.end),
        resource=service.free_resource if "P" in service.providers else "",
    )


def _labelled(codes: Iterable[str], case: Case) -> dict[str, str]:
    return {code: case.words.indicator(code) for code in codes}


def _moved(before: Object, after: Object) -> list[tuple[Line, Line]]:
    later = {line.id: line for line in lines(after)}
    return [(line, later[line.id]) for line in lines(before) if line.low != later[line.id].low]


def _gaps(case: Case, catalogue: Catalogue) -> tuple[Task, ...]:
    """One task that asks for what is not known. It promises no points: they follow from what is reported."""
    open_lines = [line for line in lines(case.found) if line.unknown and line.high > line.low]
    if not open_lines:
        return ()
    open_lines.sort(key=lambda line: (line.low - line.high, line.id))
    spread = sum((line.high - line.low for line in open_lines), Decimal(0))
    stake = min(highest(case.found) - lowest(case.found), spread)
    return (
        Task(
            kind="gap",
            title="补报资料",
            reason=wording.gap_reason(open_lines, stake, case.words),
            basis=wording.gap_basis(open_lines, case.words),
            indicators=_labelled((code for line in open_lines for code in line.unknown), case),
            points_open=stake,
            due=_paperwork_due(case, catalogue),
        ),
    )


def _rectification(case: Case, catalogue: Catalogue) -> Draft:
    low, found = lowest(case.found), [(veto, catalogue.rectification_of(veto)) for veto in vetoes(case.found)]
    tasks = tuple(
        Task(
            kind="rectify",
            title=f"整改：{rectification.zh}",
            reason=f"{rectification.todo}。",
            basis=wording.veto_basis(veto, case.words),
            indicators=_labelled([veto], case),
            points_open=None,
            due=_paperwork_due(case, catalogue),
        )
        for veto, rectification in found
    )
    summary = wording.rectification([rectification.zh for _, rectification in found])
    return Draft("rectification", low, low, "", "", summary, tasks, ())


def _paperwork_due(case: Case, catalogue: Catalogue) -> date:
    return case.starts_on + timedelta(weeks=catalogue.paperwork_weeks)
