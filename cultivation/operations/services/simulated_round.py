"""A round of fictitious firms that a simulated panel has marked, and a training on its marks (P06, P24).

Its firms are fictitious or come again from the demonstration round; one of each kind is made to stand out, so that the
watch has something to show. Everything is named 演示数据, and the panel 模拟专家组; the round is never published, so it
waits for nobody.
"""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from django.db import transaction

from cultivation.accounts.services import register_enterprise
from cultivation.assessments.flow import assessment_flow
from cultivation.assessments.models import Answer, Assessment, PanelScore, TrainingRun
from cultivation.assessments.services.facts import as_answer, facts_of
from cultivation.assessments.services.learning import request_training, store_panel_scores
from cultivation.core.actors import SYSTEM
from cultivation.core.identifiers import parse_uscc
from cultivation.operations.services.simulated import COUNTS, Facts, fictitious_firm, filled_like, simulated_marks
from cultivation.operations.services.trial import settle
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import Round
from cultivation.programmes.services import create_round, note_firms

NAME = "模拟专家组评分批次（演示数据）"
LATER = timedelta(days=91)
SEED = 20260331
FIRMS = 130
COMING_AGAIN = 15
LEAP = 6
LEAPING = ("valid_utility_models", "software_copyrights")
STEM = "91420000MAYA"

Taken = tuple[str, str, str, Facts]


def carry_panel_round(before: Round) -> Round:
    """From where a run that was killed left it; the training is left to the worker, so that nobody waits for it."""
    round_ = Round.objects.filter(name=NAME).first() or create_round(
        SYSTEM, name=NAME, assessed_on=before.assessed_on + LATER, demonstration=True, simulated=True
    )
    settle(round_)
    if round_.state == "draft" and not round_.firms:
        with transaction.atomic():
            _bring_in(round_, before)
        round_.refresh_from_db()
    if round_.scored < round_.firms:
        round_flow.run(round_, "score" if round_.state == "draft" else "rescore", actor=SYSTEM)
        settle(round_)
    if not TrainingRun.objects.exists():
        request_training(SYSTEM, origin="simulated")
    return round_


def _bring_in(round_: Round, before: Round) -> None:
    rng = Random(SEED)  # noqa: S311 a simulation, no secret
    scores: list[PanelScore] = []
    for firm in [*_coming_again(rng, before), *_new_firms(rng, before)]:
        assessment = _take(round_, firm)
        scores += [
            PanelScore(assessment=assessment, reviewer=who, score=mark, origin="simulated", imported_by=SYSTEM.name)
            for who, mark in simulated_marks(rng, firm[3]).items()
        ]
    store_panel_scores(SYSTEM, round_=round_, scores=scores)
    note_firms(round_.pk, firms=Assessment.objects.standing().filter(round=round_).count(), scored=0)


def _new_firms(rng: Random, before: Round) -> Iterator[Taken]:
    """Forms as full as those of the round before; the last of them has handed in another's."""
    rows = Assessment.objects.filter(round=before, result__isnull=False).prefetch_related("answers").order_by("pk")
    models, like = [facts_of(row) for row in rows], Random(SEED + 1)  # noqa: S311 a simulation, no secret
    firms = [fictitious_firm(rng, number) for number in range(1, FIRMS + 1)]
    full = [filled_like(like, firm.facts, like.choice(models)) for firm in firms]
    for number, (firm, facts) in enumerate(zip(firms, full, strict=True), start=1):
        yield fictitious_uscc(number), firm.name, firm.region, full[0] if number == FIRMS else facts


def fictitious_uscc(number: int) -> str:
    stem = f"{STEM}{number:05d}"
    return stem + parse_uscc(stem + "0").expected


def _coming_again(rng: Random, before: Round) -> Iterator[Taken]:
    """Firms that were not on the published list, a little further on; the first has leapt in two counts."""
    rows = Assessment.objects.filter(round=before, result__level__in=["starter", "growth"])
    known = rows.select_related("enterprise").prefetch_related("answers").order_by("pk")
    for place, row in enumerate(known[:COMING_AGAIN]):
        firm = row.enterprise
        facts = _further_on(rng, facts_of(row))
        yield firm.uscc, firm.name, firm.region, _leap(facts) if place == 0 else facts


def _further_on(rng: Random, facts: Facts) -> Facts:
    """Counts grow by a tenth or two."""
    counts = {code: fact for code, fact in facts.items() if code in COUNTS and isinstance(fact, int)}
    return {**facts, **{code: round(count * (1 + rng.random() / 5)) for code, count in counts.items()}}


def _leap(facts: Facts) -> Facts:
    return {**facts, **{code: facts[code] * LEAP for code in LEAPING if isinstance(facts.get(code), int)}}


def _take(round_: Round, firm: Taken) -> Assessment:
    """Stored as an import stores a checked firm."""
    uscc, name, region, facts = firm
    enterprise = register_enterprise(
        SYSTEM,
        uscc=uscc,
        name=name,
        region=region,
        zone="",
        uscc_check_ok=True,
        on=round_.assessed_on,
        demonstration=True,
    )
    assessment: Assessment = Assessment.objects.create(round=round_, enterprise=enterprise)
    Answer.objects.bulk_create(
        as_answer(assessment, code, declared=fact, approved=fact, source="workbook") for code, fact in facts.items()
    )
    return assessment_flow.run(assessment, "accept_import", actor=SYSTEM)
