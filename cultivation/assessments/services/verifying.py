"""Every stored result made again from its facts by the rulebooks its round pinned, and compared byte for byte (P07)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from cultivation.assessments.models import Result, Verification, VerificationFinding
from cultivation.assessments.permissions import can_verify
from cultivation.assessments.services.facts import facts_of
from cultivation.assessments.services.scoring import assess_rows, result_fields
from cultivation.assessments.states import SCORED
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.canonical import NOTHING, Difference, canonical_json, fingerprint, first_difference
from cultivation.core.jobs import enqueue
from cultivation.core.models import Job
from cultivation.programmes.models import Round
from cultivation.programmes.services import reread_library

if TYPE_CHECKING:
    from scoring import Library

BATCH = 200
KEPT = SCORED | {"withdrawn"}
SHOWN = 200
ROUNDS_KEPT = 16
Progress = Callable[[int, int, str], None]
Read = Callable[[Round], "tuple[Library, list[str]]"]


@dataclass(frozen=True, slots=True)
class Deviation:
    """A case that does not come out as it is stored."""

    result: Result
    cause: str
    path: str
    stored: Any
    again: Any


def request_verification(actor: Actor, *, round_: Round | None = None) -> tuple[Verification, Job]:
    """Ask for all cases, or those of one round, to be made again."""
    can_verify.require(actor)
    with transaction.atomic():
        record = Verification.objects.create(round=round_, started_by=actor.name)
        audit.record(actor, "verification.start", record, detail={"round": round_.pk if round_ else None})
        job = enqueue(actor, "assessments.verify_results", label="复算核验", subject=record, verification_id=record.pk)
    return record, job


def verify_results(record: Verification, *, progress: Progress = lambda *at: None) -> Verification:
    """Batch by batch, each its own transaction with what it found, so that a run that was killed goes on."""
    rows = _results(record)
    total = rows.count()
    read = lru_cache(maxsize=ROUNDS_KEPT)(reread_library)
    while batch := list(rows.filter(pk__gt=record.last_result)[:BATCH]):
        with transaction.atomic():
            _take(record, batch, read)
        progress(record.results, total, f"已复算 {record.results} 家，{record.differed} 家不一致")
    with transaction.atomic():
        _report_rulebooks(record)
        Verification.objects.filter(pk=record.pk).update(finished_at=timezone.now())
    record.refresh_from_db()
    return record


def _results(record: Verification) -> QuerySet[Result]:
    chosen = Result.objects.filter(assessment__round=record.round) if record.round else Result.objects.all()
    related = chosen.select_related("assessment__enterprise", "assessment__round")
    return related.prefetch_related("assessment__answers").order_by("pk")


def _take(record: Verification, batch: Sequence[Result], read: Read) -> None:
    """Facts that were brought in anew and not scored since have no result of their own yet: they wait."""
    settled = [result for result in batch if result.assessment.state in KEPT]
    findings = [_finding(record, deviation) for deviation in find_deviations(settled, read)]
    VerificationFinding.objects.bulk_create(findings)
    Verification.objects.filter(pk=record.pk).update(
        last_result=batch[-1].pk,
        results=F("results") + len(batch),
        waiting=F("waiting") + len(batch) - len(settled),
        differed=F("differed") + len(findings),
        agreed=F("agreed") + len(settled) - len(findings),
    )
    record.refresh_from_db()


def find_deviations(results: Sequence[Result], read: Read = reread_library) -> Iterator[Deviation]:
    """Those of the results that are not what their facts and their rounds' rulebooks give."""
    in_order = sorted(results, key=lambda result: result.assessment.round_id)
    for _, group in groupby(in_order, key=lambda result: result.assessment.round_id):
        same_round = list(group)
        assessments = [result.assessment for result in same_round]
        library, changed = read(assessments[0].round)
        facts = [facts_of(assessment) for assessment in assessments]
        objects = assess_rows(assessments[0].round, assessments, facts, library)
        for result, given, found in zip(same_round, facts, objects, strict=True):
            if difference := _difference(result, given, found):
                yield Deviation(result, _cause(result, given, bool(changed)), *difference)


def _difference(result: Result, facts: dict[str, Any], found: dict[str, Any]) -> Difference | None:
    from scoring import OUTPUT_VERSION, as_version

    if result.output_version > OUTPUT_VERSION:
        return "output_version", result.output_version, OUTPUT_VERSION
    expected = result_fields(facts, as_version(found, result.output_version))
    again = expected.pop("object")
    if fingerprint(result.object) != expected["fingerprint"]:
        return first_difference(result.object, again)
    skipped = {"output_version"} | ({"facts_fingerprint"} if not result.facts_fingerprint else set())
    columns = sorted(expected.keys() - skipped)
    return first_difference(
        {name: getattr(result, name) for name in columns}, {name: expected[name] for name in columns}
    )


def _cause(result: Result, facts: dict[str, Any], has_other_rules: bool) -> str:
    if result.facts_fingerprint not in ("", fingerprint(facts)):
        return "facts"
    if fingerprint(result.object) != result.fingerprint:
        return "result"
    return "rulebook" if has_other_rules else "program"


def _finding(record: Verification, deviation: Deviation) -> VerificationFinding:
    assessment = deviation.result.assessment
    return VerificationFinding(
        verification=record,
        cause=deviation.cause,
        round_name=assessment.round.name,
        subject=assessment.enterprise.uscc,
        name=assessment.enterprise.name,
        path=deviation.path[:300],
        stored=_shown(deviation.stored),
        again=_shown(deviation.again),
    )


def _shown(value: Any) -> str:
    return "（无）" if value is NOTHING else canonical_json(value).decode()[:SHOWN]


def _report_rulebooks(record: Verification) -> None:
    rounds = [record.round] if record.round else Round.objects.filter(assessments__result__isnull=False).distinct()
    VerificationFinding.objects.bulk_create(
        VerificationFinding(
            verification=record,
            cause="rulebook",
            round_name=round_.name,
            subject=key,
            name=f"规则书 {key}",
            path="document",
            stored="内容与批次锁定的指纹不一致",
            again="",
        )
        for round_ in rounds
        for key in reread_library(round_)[1]
    )
