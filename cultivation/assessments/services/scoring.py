"""Score by the rulebooks a round has pinned; ask what would be if facts were different."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cultivation.assessments.events import AssessmentsScored
from cultivation.assessments.flow import assessment_flow
from cultivation.assessments.models import Assessment, Result
from cultivation.assessments.services.facts import facts_of
from cultivation.assessments.services.ledger import settle_ledger
from cultivation.assessments.services.titles import settle_titles
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
                settle_ledger(assessment)
        settle_titles(assessments)
        facts = [facts_of(assessment) for assessment in assessments]
        objects = assess_rows(round_, assessments, facts, pinned_library(round_))
        for assessment, given, found in zip(assessments, facts, objects, strict=True):
            _store(assessment, given, found)
            assessment_flow.run(assessment, "decide", actor=actor)
        emit(AssessmentsScored(round_.pk, tuple(a.pk for a in assessments), actor))


def assess_with(assessment: Assessment, changes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One assess object for each set of changes to the approved facts, with its capability alone; nothing is stored."""
    facts = facts_of(assessment)
    changed = [{**facts, **change} for change in changes]
    library = capability_library(assessment.round)
    return assess_rows(assessment.round, [assessment] * len(changed), changed, library)


def assess_facts(assessment: Assessment, facts: Mapping[str, Any]) -> dict[str, Any]:
    """One assess object of other facts than the approved ones, under the round's own rulebooks; nothing is stored."""
    return assess_rows(assessment.round, [assessment], [facts], pinned_library(assessment.round))[0]


def assess_rows(
    round_: Round, assessments: Sequence[Assessment], facts: Sequence[Mapping[str, Any]], library: "Library"
) -> list[dict[str, Any]]:
    """The assess object of each set of facts, as of the round's day, kind and region."""
    from scoring import assess

    rows = [{**given, "id": a.enterprise.uscc} for a, given in zip(assessments, facts, strict=True)]
    return assess(rows, on=round_.assessed_on, kind=round_.application, region=round_.region, library=library)


def _store(assessment: Assessment, facts: Mapping[str, Any], found: dict[str, Any]) -> None:
    Result.objects.update_or_create(assessment=assessment, defaults=result_fields(facts, found))


def result_fields(facts: Mapping[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """What is stored of one assess object made from these facts."""
    from scoring import OUTPUT_VERSION

    capability = found["capability"]
    low, high = map(float, capability["score"]) if capability["score"] else (None, None)
    return {
        "object": found,
        "fingerprint": fingerprint(found),
        "facts_fingerprint": fingerprint(facts),
        "output_version": OUTPUT_VERSION,
        "score_low": low,
        "score_high": high,
        "level": capability["level"] or "",
        "level_possible": capability["level_possible"] or "",
    }
