"""Firms that the learned scorecard places a tier or more from the expert one are queued for a person (P06)."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet

from cultivation.assessments.events import RoundScored
from cultivation.assessments.models import Advice, Assessment, LearnedScorecard, Result
from cultivation.assessments.services.facts import facts_of
from cultivation.assessments.states import SCORED
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.jobs import enqueue
from cultivation.programmes.models import Round
from cultivation.programmes.services import CAPABILITY, capability_library

if TYPE_CHECKING:
    from scoring import Disagreement, Rulebook

BATCH = 200
Progress = Callable[[int, int, str], None]


def advise_scored(event: RoundScored) -> None:
    """A round that has been scored anew is compared anew, while there is a scorecard that advises."""
    if LearnedScorecard.objects.filter(state="advising").exists():
        enqueue(event.actor, "assessments.advise_round", label="比较学习评分表", round_id=event.round_id)


def open_rounds() -> QuerySet[Round]:
    """Rounds in which a disagreement can still matter."""
    found: QuerySet[Round] = Round.objects.filter(scored__gt=0).exclude(state="closed")
    return found


def advise_round(actor: Actor, round_: Round, *, progress: Progress = lambda *at: None) -> int:
    """Compare every scored firm of a round, batch by batch; how many disagreements stand."""
    scorecard = LearnedScorecard.objects.filter(state="advising").first()
    expert = _expert_of(round_)
    if scorecard is None or expert is None:
        return 0
    ids = list(_firms(round_).values_list("pk", flat=True))
    learned = _learned(scorecard)
    for start in range(0, len(ids), BATCH):
        rows = list(_firms(round_).filter(pk__in=ids[start : start + BATCH]).prefetch_related("answers"))
        with transaction.atomic():
            _store(actor, scorecard, rows, compare_firms(round_, rows, expert, learned))
        progress(start + len(rows), len(ids), f"已比较 {start + len(rows)} 家")
    return Advice.objects.filter(scorecard=scorecard, assessment__round=round_).exclude(state="settled").count()


def _firms(round_: Round) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(round=round_, state__in=SCORED, result__isnull=False)
    return rows.select_related("enterprise").order_by("pk")


def _expert_of(round_: Round) -> "Rulebook | None":
    library = capability_library(round_)
    return library.find(CAPABILITY, kind=round_.application, region=round_.region, on=round_.assessed_on).rulebook


def _learned(scorecard: LearnedScorecard) -> "Rulebook":
    from scoring import parse_rulebook

    return parse_rulebook(scorecard.document)


def compare_firms(
    round_: Round, rows: Sequence[Assessment], expert: "Rulebook", learned: "Rulebook"
) -> "dict[int, Disagreement]":
    """Disagreements by assessment; none where the two scorecards have other tiers."""
    from scoring import ReasonError, advise, evaluate, make_frame

    frame = make_frame(
        [facts_of(row) for row in rows],
        on=round_.assessed_on,
        kind=round_.application,
        region=round_.region,
        library=capability_library(round_),
    )
    try:
        found = advise(evaluate(expert, frame), evaluate(learned, frame))
    except ReasonError:
        return {}
    return {rows[one.row].pk: one for one in found}


def _store(
    actor: Actor, scorecard: LearnedScorecard, rows: Sequence[Assessment], found: "Mapping[int, Disagreement]"
) -> None:
    """What stands is brought up to date, what agrees now lapses, what a person has settled on these facts stays so."""
    known = {one.assessment_id: one for one in _standing(scorecard, rows)}
    facts = dict(Result.objects.filter(assessment__in=rows).values_list("assessment_id", "facts_fingerprint"))
    settled = set(
        Advice.objects.filter(scorecard=scorecard, assessment__in=rows, state="settled").values_list(
            "assessment_id", "facts_fingerprint"
        )
    )
    for row in rows:
        fields = _fields(found[row.pk], facts[row.pk]) if row.pk in found else None
        if row.pk in known:
            _renew(actor, known[row.pk], fields)
        elif fields and (row.pk, facts[row.pk]) not in settled:
            Advice.objects.create(scorecard=scorecard, assessment=row, **fields)


def _standing(scorecard: LearnedScorecard, rows: Sequence[Assessment]) -> QuerySet[Advice]:
    return Advice.objects.filter(scorecard=scorecard, assessment__in=rows).exclude(state="settled")


def _fields(one: "Disagreement", facts: str) -> dict[str, Any]:
    plain = one.plain()
    return {
        "expert": plain["expert"],
        "learned": plain["learned"],
        "steps": plain["steps"],
        "line": plain["tier"],
        "offset": plain["offset"],
        "causes": plain["causes"],
        "facts_fingerprint": facts,
    }


def _renew(actor: Actor, advice: Advice, fields: dict[str, Any] | None) -> None:
    if fields is None:
        audit.record(actor, "advice.lapse", advice, before=advice.state, detail={"assessment": advice.assessment_id})
        advice.delete()
        return
    for name, value in fields.items():
        setattr(advice, name, value)
    advice.save()
