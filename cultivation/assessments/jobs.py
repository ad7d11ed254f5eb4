"""Long work on assessments."""

from typing import Any

from cultivation.assessments.events import RoundScored
from cultivation.assessments.models import Assessment, TrainingRun, Verification, Watch, WorkbookImport
from cultivation.assessments.services import (
    import_workbook,
    score_assessments,
    tried_firms,
    verify_results,
    work_out_impact,
)
from cultivation.assessments.services.evidence import forget_unfinished
from cultivation.assessments.services.learning import advise_round, open_rounds, train
from cultivation.assessments.services.watching import watch_round
from cultivation.core.events import emit
from cultivation.core.jobs import JobContext, daily, enqueue, job
from cultivation.programmes.events import ImpactRequested, ScoringRequested
from cultivation.programmes.models import Round, RulebookImpact
from cultivation.programmes.services import note_firms

BATCH = 5
FEW_FIRMS = 300


def enqueue_scoring(event: ScoringRequested) -> None:
    round_ = Round.objects.get(pk=event.round_id)
    enqueue(event.actor, "assessments.score_round", label="评分入库", subject=round_, round_id=round_.pk)


@job("assessments.import_workbook")
def run_import(context: JobContext, *, import_id: int) -> dict[str, Any]:
    record = WorkbookImport.objects.select_related("round", "file").get(pk=import_id)
    context.log(f"读取 {record.file.name}")
    summary = import_workbook(context.actor, record=record, progress=context.progress)
    context.log(f"{summary['firms']} 家企业，{summary['rights']} 件知识产权，{summary['problems']} 条问题")
    return summary


@job("assessments.score_round")
def run_scoring(context: JobContext, *, round_id: int) -> dict[str, Any]:
    """Batch by batch, each its own transaction, so a worker that is killed goes on where it stopped."""
    round_ = Round.objects.get(pk=round_id)
    standing = Assessment.objects.standing().filter(round=round_)
    total, rows = standing.count(), standing.exclude(state="returned")
    left = list(rows.exclude(result__computed_at__gte=context.job.created_at).values_list("pk", flat=True))
    done = rows.count() - len(left)
    context.progress(done, total, "开始评分")
    for start in range(0, len(left), BATCH):
        chosen = rows.filter(pk__in=left[start : start + BATCH])
        batch = list(chosen.select_related("enterprise", "round").prefetch_related("answers"))
        score_assessments(context.actor, round_=round_, assessments=batch)
        done += len(batch)
        note_firms(round_id, firms=total, scored=done)
        context.progress(done, total, f"已评分 {done} 家")
    emit(RoundScored(round_id, context.actor))
    context.log(f"{done} 家企业已评分入库")
    if waiting := total - done:
        context.log(f"{waiting} 家企业还在补正，没有评分")
    return {"firms": total, "scored": done}


@job("assessments.verify_results")
def run_verification(context: JobContext, *, verification_id: int) -> dict[str, Any]:
    record = Verification.objects.select_related("round").get(pk=verification_id)
    verify_results(record, progress=context.progress)
    context.log(f"{record.agreed} 家一致，{record.differed} 家不一致，{record.waiting} 家待重新评分")
    return {"results": record.results, "agreed": record.agreed, "differed": record.differed, "waiting": record.waiting}


def try_rules(event: ImpactRequested) -> None:
    """Few firms are tried at once, many as a job."""
    impact = RulebookImpact.objects.get(pk=event.impact_id)
    if tried_firms(impact).count() <= FEW_FIRMS:
        work_out_impact(impact)
    else:
        enqueue(event.actor, "assessments.try_rules", label="测算规则影响", subject=impact, impact_id=impact.pk)


@job("assessments.try_rules")
def run_trial(context: JobContext, *, impact_id: int) -> dict[str, Any]:
    impact = RulebookImpact.objects.select_related("draft", "round", "old").get(pk=impact_id)
    total = tried_firms(impact).count()
    context.progress(0, total, "开始测算")
    work_out_impact(impact, progress=lambda done: context.progress(done, total, f"已测算 {done} 家"))
    summary = impact.summary or {}
    context.log(f"{summary['firms']} 家企业，{summary['moved']} 家等级变动")
    return {"firms": summary["firms"], "moved": summary["moved"]}


@job("assessments.watch_round")
def run_watch(context: JobContext, *, watch_id: int) -> dict[str, Any]:
    record = Watch.objects.select_related("round", "against").get(pk=watch_id)
    watch_round(record, progress=context.progress)
    return {"firms": record.body["firms"], "findings": record.findings.count()}


@job("assessments.train_scorecard")
def run_training(context: JobContext, *, run_id: int) -> dict[str, Any]:
    """Learn, then compare the firms of every round in which it can still matter. A refusal is an answer, no failure."""
    run = train(context.actor, TrainingRun.objects.get(pk=run_id), progress=context.progress)
    if run.scorecard is None:
        refusal = (run.refusal or {})["zh"]
        context.progress(2, 2, f"未予训练：{refusal}")
        return {"cases": run.cases, "refused": refusal}
    open_advice = sum(advise_round(context.actor, round_) for round_ in open_rounds())
    context.progress(2, 2, f"学习了 {run.scorecard.cases} 个案例，{open_advice} 家企业等级有分歧，待处理")
    return {"cases": run.cases, "scorecard": run.scorecard_id, "advice": open_advice}


@job("assessments.advise_round")
def run_advice(context: JobContext, *, round_id: int) -> dict[str, Any]:
    round_ = Round.objects.get(pk=round_id)
    return {"advice": advise_round(context.actor, round_, progress=context.progress)}


@daily("assessments.forget_uploads", label="清理没有传完的文件")
def run_forgetting(context: JobContext) -> dict[str, Any]:
    forgotten = forget_unfinished()
    context.log(f"清理 {forgotten} 份没有传完的文件")
    return {"forgotten": forgotten}
