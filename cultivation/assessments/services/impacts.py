"""A draft of a rulebook on the frozen facts of a past round: who would move, and why one firm would (P03)."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet

from cultivation.assessments.models import Assessment, ImpactFirm
from cultivation.assessments.services.facts import facts_of
from cultivation.assessments.services.scoring import assess_rows
from cultivation.assessments.states import SCORED
from cultivation.core.regions import load_regions
from cultivation.programmes.models import RulebookImpact
from cultivation.programmes.services import CAPABILITY, pinned_library, store_impact
from cultivation.programmes.states import Lang

if TYPE_CHECKING:
    from scoring import Library, Rulebook, Simulation

Plain = dict[str, Any]
Progress = Callable[[int], None]
GROUPS = ("city", "size", "track")
BATCH = 500
NO_TIER = ""
ELSEWHERE = "-"


def tried_firms(impact: RulebookImpact) -> QuerySet[Assessment]:
    """Those whose facts are frozen: scored, and not withdrawn."""
    rows = Assessment.objects.standing().filter(round=impact.round, state__in=SCORED)
    found: QuerySet[Assessment] = rows.select_related("enterprise").prefetch_related("answers").order_by("pk")
    return found


def work_out_impact(impact: RulebookImpact, *, progress: Progress = lambda done: None) -> None:
    """Simulate, keep the firms that move or score otherwise, and tell the summary. Done again, it gives the same."""
    from scoring import parse_rulebook, simulate

    new = parse_rulebook(impact.document)
    library = pinned_library(impact.round)
    found = simulate(
        _rows(impact, progress),
        library.get(impact.old.key),
        new,
        on=impact.round.assessed_on,
        kind=impact.round.application,
        region=impact.round.region,
        groups=GROUPS,
        library=library,
        with_rescored=True,
    )
    with transaction.atomic():
        impact.firms.all().delete()
        lines = [_line(impact, found, firm) for firm in sorted((*found.moved, *found.rescored), key=lambda f: f.row)]
        ImpactFirm.objects.bulk_create(lines, batch_size=BATCH)
        store_impact(impact, _summary(found, library.get(impact.old.key), new))


def _rows(impact: RulebookImpact, progress: Progress) -> Iterator[Mapping[str, Any]]:
    for done, assessment in enumerate(tried_firms(impact).iterator(chunk_size=BATCH), start=1):
        yield {**facts_of(assessment), "id": assessment.pk, "city": division_of(assessment)}
        if done % BATCH == 0:
            progress(done)


def division_of(assessment: Assessment) -> str:
    code = assessment.enterprise.region
    return (load_regions().division_of(code) if code else None) or ELSEWHERE


def _line(impact: RulebookImpact, found: "Simulation", firm: Any) -> ImpactFirm:
    step = firm.before, firm.after
    return ImpactFirm(
        impact=impact,
        assessment_id=firm.id,
        before=firm.before or NO_TIER,
        after=firm.after or NO_TIER,
        change=found.change(step),
        is_moved=firm.before != firm.after,
        score_before=firm.score_before,
        score_after=firm.score_after,
        gain=_gain(firm.score_before, firm.score_after),
        city=firm.groups["city"][0],
        size=firm.groups["size"][0],
        tracks=_joined(firm.groups["track"]),
    )


def _gain(before: Any, after: Any) -> float | None:
    """What is certain of the score, gained or lost."""
    return round(after[0] - before[0], 6) if before and after else None


def _joined(tracks: tuple[str, ...]) -> str:
    return f"|{'|'.join(tracks)}|"


def _summary(found: "Simulation", old: "Rulebook", new: "Rulebook") -> Plain:
    return {
        "firms": found.firms,
        "scores_changed": found.scores_changed,
        "moved": len(found.moved),
        "risen": found.risen,
        "fallen": found.fallen,
        "bad_values": found.bad_values,
        "tiers_before": _tiers(old),
        "tiers_after": _tiers(new),
        "steps": [_step(step, count) for step, count in found.steps.most_common()],
        "by": {
            group: [_group(found, label, steps) for label, steps in sorted(found.by[group].items())] for group in GROUPS
        },
    }


def _tiers(rulebook: "Rulebook") -> list[Plain]:
    from scoring import describe_tiers

    return describe_tiers(rulebook)


def _step(step: tuple[str | None, str | None], count: int) -> Plain:
    return {"before": step[0] or NO_TIER, "after": step[1] or NO_TIER, "count": count}


def _groups(found: "Simulation", group: str) -> list[Plain]:
    return [_group(found, label, steps) for label, steps in sorted(found.by[group].items())]


def _group(found: "Simulation", label: str, steps: Counter[Any]) -> Plain:
    risen = sum(count for step, count in steps.items() if found.change(step) > 0)
    fallen = sum(count for step, count in steps.items() if found.change(step) < 0)
    moved = sum(count for (before, after), count in steps.items() if before != after)
    return {"code": label, "firms": steps.total(), "moved": moved, "risen": risen, "fallen": fallen}


def explain_firm(impact: RulebookImpact, assessment: Assessment, *, lang: Lang = "zh") -> Plain:
    """One firm under both versions, clause by clause."""
    library = pinned_library(impact.round)
    before = _explained(impact, assessment, library, impact.old.key, lang)
    after = _explained(impact, assessment, *_with_draft(impact, library), lang)
    return {
        "before": before["head"],
        "after": after["head"],
        "rows": _beside(before["rows"], after["rows"]),
    }


def _with_draft(impact: RulebookImpact, library: "Library") -> tuple["Library", str]:
    """The round's rulebooks with the draft in the place and for the time of the version it would replace."""
    from scoring import Library, parse_rulebook

    old = library.get(impact.old.key)
    draft = parse_rulebook({**impact.document, "applies": old.document()["applies"], "supersedes": []})
    others = [rulebook for rulebook in library.rulebooks.values() if rulebook.key != old.key]
    return Library([*others, draft]), draft.key


def _explained(impact: RulebookImpact, assessment: Assessment, library: "Library", key: str, lang: Lang) -> Plain:
    from scoring import explain_clauses

    found = assess_rows(impact.round, [assessment], [facts_of(assessment)], library)[0]
    rows, programme = explain_clauses(found, library=library, lang=lang), impact.draft.programme
    if programme == CAPABILITY:
        own, clauses = found["capability"], rows["capability"]
        head = {"key": key, "score": own["score"], "result": own["level"] or NO_TIER}
    else:
        own, clauses = found["programmes"][programme], rows["programmes"][programme]
        head = {"key": key, "score": own["score"], "result": own["outcome"]}
    return {"head": head, "rows": clauses}


def _beside(old: list[Plain], new: list[Plain]) -> list[Plain]:
    """Rows of both by id, in the order of the new; what is gone comes last."""
    before = {row["id"]: row for row in old}
    after = {row["id"]: row for row in new}
    return [_row(name, before.get(name), after.get(name)) for name in dict.fromkeys([*after, *before])]


def _row(name: str, old: Plain | None, new: Plain | None) -> Plain:
    shown = new or old
    assert shown is not None
    sides = {"before": _side(old), "after": _side(new)}
    return {
        "id": name,
        "depth": shown["depth"],
        "title": shown["title"],
        "value": shown["value"],
        **sides,
        "is_changed": sides["before"] != sides["after"],
    }


def _side(row: Plain | None) -> Plain | None:
    return row and {key: row[key] for key in ("points", "max", "band", "outcome", "outcome_label")}
