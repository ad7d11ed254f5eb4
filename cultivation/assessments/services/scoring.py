"""Score by the rulebooks a round has pinned; ask what would be if facts were different."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cultivation.assessments.events import AssessmentsScored
from cultivation.assessments.flow import assessment_flow
from cultivation.assessments.models import Assessment, Result
from cultivation.assessments.services.facts import facts_of
from cultivation.core.actors import Actor
from cultivation.core.canonical import fingerprint
from cultivation.core.events import emit
from cultivation.programmes.models import Round
from cultivation.programmes.services import capability_library, pinned_library

if TYPE_CHECKING:
    from scoring import Library


def score_assessments(actor: Actor, *, round_: Round, assessments: Sequence[Assessment]) -> None:
    """Store the results of a batch, decide each assessment and tell who places the firms; one transaction."""
    with transaction.atomic():
        for assessment in assessments:
            if assessment.state == "submitted":
                assessment_flow.run(assessment, "accept", actor=actor)
        rows = [{"id": a.enterprise.uscc, **facts_of(a)} for a in assessments]
        objects = _assess(round_, rows, pinned_library(round_))
        for assessment, found in zip(assessments, objects, strict=True):
            _store(assessment, found)
            assessment_flow.run(assessment, "decide", actor=actor)
        emit(AssessmentsScored(round_.pk, tuple(a.pk for a in assessments), actor))


def assess_with(assessment: Assessment, changes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One assess object for each set of changes to the approved facts, with its capability alone; nothing is stored."""
    facts = facts_of(assessment)
    rows = [{**facts, **change, "id": assessment.enterprise.uscc} for change in changes]
    return _assess(assessment.round, rows, capability_library(assessment.round))


def assess_facts(assessment: Assessment, facts: Mapping[str, Any]) -> dict[str, Any]:
    """One assess object of other facts than the approved ones, under the round's own rulebooks; nothing is stored."""
    row = {**facts, "id": assessment.enterprise.uscc}
    return _assess(assessment.round, [row], pinned_library(assessment.round))[0]


def _assess(round_: Round, rows: list[dict[str, Any]], library: "Library") -> list[dict[str, Any]]:
    from scoring import assess

    return assess(rows, on=round_.assessed_on, kind=round_.application, region=round_.region, library=library)


def _store(assessment: Assessment, found: dict[str, Any]) -> None:
    low, high = (found["capability"] or {}).get("score") or (None, None)
    Result.objects.update_or_create(
        assessment=assessment,
        defaults={
            "object": found,
            "fingerprint": fingerprint(found),
            "score_low": low,
            "score_high": high,
            "level": found["capability"].get("level") or "",
            "level_possible": found["capability"].get("level_possible") or "",
        },
    )
