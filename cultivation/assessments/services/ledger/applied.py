"""The counts of a firm's own ledger beside what it declares: the same reconciliation as an office's workbook has."""

from collections.abc import Iterator, Mapping
from typing import Any

from cultivation.assessments.models import Answer, Assessment, Ledger
from cultivation.assessments.services.facts import facts_of, plain, state_of
from cultivation.assessments.services.workbook.model import FirmRow, Problem
from cultivation.assessments.services.workbook.reconcile import reconcile

from .model import Counts

Found = tuple[str, Any, list[Problem]]


def with_ledger(assessment: Assessment, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as they are scored: where the ledger leaves a count open above, what it says of the declared one."""
    return {**facts, **{code: used for code, used, _ in open_counts(assessment, facts) if used is not None}}


def open_counts(assessment: Assessment, facts: Mapping[str, Any]) -> Iterator[Found]:
    """Every count that the ledger can't close, with what is used of it and how that differs from the declared one."""
    ledger = Ledger.objects.filter(assessment=assessment).first()
    if ledger is None or not ledger.counts:
        return
    firm = FirmRow("", True, assessment.enterprise.name, None, "", None, "", 0, values=dict(facts))
    for code, closer in ledger.open_above.items():
        bounds = tuple(ledger.counts[code])
        counts = Counts({code: (bounds[0], bounds[1])}, {("", 0, None): ()}, {code: closer})
        found, problems = reconcile(firm, counts)
        yield code, plain(found.get(code)), problems


def settle_ledger(assessment: Assessment) -> None:
    """Of what was accepted as declared, the counts that the frozen ledger says otherwise; the declared ones stay."""
    answers = {answer.code: answer for answer in assessment.answers.all()}
    found = with_ledger(assessment, facts_of(assessment))
    for code, used in found.items():
        answer = answers.get(code) or Answer(assessment=assessment, code=code, declared=None)
        if answer.pk is None or answer.approved != used:
            answer.approved, answer.state, answer.source = used, state_of(used), "ledger"
            answer.save()
    getattr(assessment, "_prefetched_objects_cache", {}).pop("answers", None)
