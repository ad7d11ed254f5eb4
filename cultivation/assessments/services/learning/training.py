"""Learn a scorecard from decided cases with panel scores; a refusal is kept in its own words (P06)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Avg, QuerySet
from django.utils import timezone

from cultivation.assessments.flow import scorecard_flow
from cultivation.assessments.models import Assessment, LearnedScorecard, TrainingRun
from cultivation.assessments.permissions import can_learn
from cultivation.assessments.services.facts import facts_of
from cultivation.assessments.states import PANEL_ORIGINS, SCORED
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, Conflict, WrongState
from cultivation.core.jobs import enqueue
from cultivation.core.models import Job
from cultivation.core.regions import load_regions
from cultivation.programmes.models import PinnedRulebook, PublishedRulebook
from cultivation.programmes.services import CAPABILITY, published_library

if TYPE_CHECKING:
    from scoring import Case, Trained

JOB = "assessments.train_scorecard"
Progress = Callable[[int, int, str], None]


def request_training(actor: Actor, *, origin: str) -> tuple[TrainingRun, Job]:
    """Ask for a training on all decided cases that a panel of this kind has scored."""
    can_learn.require(actor)
    if origin not in PANEL_ORIGINS:
        raise BadInput("请选择用专家组还是模拟专家组的评分训练。", fields={"/origin": "未知的来源"})
    if is_training():
        raise WrongState("已有训练正在进行，请稍候。", code="busy")
    with transaction.atomic():
        run = TrainingRun.objects.create(origin=origin, asked_by=actor.name)
        audit.record(actor, "training.request", run, detail={"origin": origin})
        job = enqueue(actor, JOB, label="训练学习评分表", subject=run, run_id=run.pk)
    return run, job


def is_training() -> bool:
    return Job.objects.filter(kind=JOB, state__in=["queued", "running"]).exists()


def scored_cases(origin: str) -> QuerySet[Assessment]:
    """Decided assessments with a panel's scores, and the mean of those scores."""
    rows = Assessment.objects.filter(panel_scores__origin=origin, state__in=SCORED)
    return rows.annotate(panel_mean=Avg("panel_scores__score")).select_related("enterprise", "round").order_by("pk")


def train(actor: Actor, run: TrainingRun, *, progress: Progress = lambda *at: None) -> TrainingRun:
    """Learn, store what was learned or why nothing was, and let it advise in place of the one before."""
    from scoring import TrainingRefused, train_scorecard

    rows = list(scored_cases(run.origin).prefetch_related("answers"))
    progress(0, 2, f"{len(rows)} 个案例")
    run.cases = len(rows)
    expert = _expert(rows)
    try:
        trained = train_scorecard(
            [_case(row) for row in rows],
            expert=_parsed(expert),
            origin=run.origin,
            on=max((row.round.assessed_on for row in rows), default=timezone.localdate()),
            library=published_library(),
        )
    except TrainingRefused as refusal:
        run.refusal = {"zh": refusal.zh, "en": refusal.en}
    else:
        progress(1, 2, "保存评分表和模型卡")
        run.scorecard = keep_scorecard(actor, run, trained, expert, all(row.round.is_demonstration for row in rows))
    run.finished_at = timezone.now()
    run.save()
    return run


def _case(row: Any) -> "Case":
    from scoring import Case

    return Case(
        id=row.enterprise.uscc,
        facts=facts_of(row),
        score=row.panel_mean,
        region=load_regions().division_of(row.enterprise.region),
        on=row.round.assessed_on,
        kind=row.round.application,
    )


def _expert(rows: list[Any]) -> PublishedRulebook:
    """The scorecard that the latest of the cases were judged by; without cases, the one in force."""
    rounds = {row.round_id for row in rows}
    pins = PinnedRulebook.objects.filter(programme=CAPABILITY, rulebook__isnull=False)
    chosen = pins.filter(round__in=rounds) if rounds else pins
    pin = chosen.select_related("rulebook").order_by("-round__assessed_on", "-round_id").first()
    if pin is None or pin.rulebook is None:
        raise Conflict("还没有一个批次锁定能力评分表，没有可以对照的评分表。", code="no_scorecard")
    return pin.rulebook


def _parsed(record: PublishedRulebook) -> Any:
    return published_library().get(record.key)


def keep_scorecard(
    actor: Actor, run: TrainingRun, trained: "Trained", expert: PublishedRulebook, is_demonstration: bool
) -> LearnedScorecard:
    """A simulated panel's never takes the place of a real panel's."""
    rulebook = trained.rulebook
    with transaction.atomic():
        before = LearnedScorecard.objects.select_for_update().filter(state="advising").first()
        stays = before is not None and before.origin == "panel" and run.origin == "simulated"
        if before is not None and not stays:
            scorecard_flow.run(before, "retire", actor=actor)
        kept = LearnedScorecard.objects.create(
            key=rulebook.key,
            title=rulebook.body.title.zh[:120],
            origin=run.origin,
            expert=expert,
            document=rulebook.document(),
            fingerprint=rulebook.fingerprint,
            card=dict(trained.card),
            data_fingerprint=trained.card["data"]["fingerprint"],
            cases=trained.card["data"]["cases"],
            state="retired" if stays else "advising",
            is_demonstration=is_demonstration,
        )
        audit.record(actor, "scorecard.learn", kept, after=kept.state, detail={"data": kept.data_fingerprint})
    return kept
