"""Decided cases with a panel's scores, and what is learned from them; the firms and marks are the demonstration's."""

from datetime import date
from functools import cache
from random import Random

from cultivation.assessments.models import Assessment, LearnedScorecard, PanelScore, Result, TrainingRun
from cultivation.assessments.services.facts import facts_of
from cultivation.assessments.services.learning import keep_scorecard
from cultivation.assessments.services.scoring import assess_rows, result_fields
from cultivation.core.actors import SYSTEM
from cultivation.operations.services.simulated import Firm, fictitious_firm, simulated_marks
from cultivation.programmes.models import PublishedRulebook, Round
from cultivation.programmes.services import note_firms, pinned_library
from scoring import Case, Trained, load_library, train_scorecard
from tests.factories.cases import take_part
from tests.factories.rounds import ON, new_round

ENOUGH = 110


@cache
def cases(count: int = ENOUGH) -> tuple[tuple[Firm, dict[str, float]], ...]:
    rng = Random(2026)
    firms = [fictitious_firm(rng, number) for number in range(count)]
    return tuple((firm, simulated_marks(rng, firm.facts)) for firm in firms)


def panel_round(count: int = ENOUGH, *, name: str = "评过的批次", origin: str = "panel", on: date = ON) -> Round:
    """A scored round in which three reviewers have marked each firm."""
    round_ = new_round(name=name, on=on)
    rows = [take_part(round_, firm.facts, name=firm.name, region=firm.region) for firm, _ in cases(count)]
    decide(round_, rows)
    PanelScore.objects.bulk_create(
        PanelScore(assessment=row, reviewer=who, score=mark, origin=origin)
        for row, (_, marks) in zip(rows, cases(count), strict=True)
        for who, mark in marks.items()
    )
    return round_


def decide(round_: Round, rows: list[Assessment]) -> None:
    """Results as the scoring job stores them, without the plans that follow from them."""
    facts = [facts_of(row) for row in rows]
    objects = assess_rows(round_, rows, facts, pinned_library(round_))
    for row, given, found in zip(rows, facts, objects, strict=True):
        Result.objects.update_or_create(assessment=row, defaults=result_fields(given, found))
    Assessment.objects.filter(pk__in=[row.pk for row in rows]).update(state="decided")
    Round.objects.filter(pk=round_.pk).update(state="deciding")
    note_firms(round_.pk, scored=len(rows))
    round_.refresh_from_db()


@cache
def trained(origin: str = "panel") -> Trained:
    """Learned once for all tests."""
    given = [
        Case(str(number), firm.facts, sum(marks.values()) / len(marks), region=firm.region)
        for number, (firm, marks) in enumerate(cases())
    ]
    return train_scorecard(given, expert=load_library().get("ip-capability/2026"), origin=origin, on=ON)


def learned_scorecard(origin: str = "panel") -> LearnedScorecard:
    """Stored by the service that stores what a training gives."""
    run = TrainingRun.objects.create(origin=origin, asked_by="测试")
    expert = PublishedRulebook.objects.get(key="ip-capability/2026")
    return keep_scorecard(SYSTEM, run, trained(origin), expert, False)
