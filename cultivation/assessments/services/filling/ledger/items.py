"""What of the ledger is still open, for the one checklist (E06)."""

from collections.abc import Iterator, Mapping
from typing import Any

from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.services.ledger import open_counts

UNCONFIRMED = "台账有 {count} 项由上次评估带入，还没有确认。"


def unconfirmed_text(draft: Assessment) -> str:
    """Rights taken over from last time that nobody has looked at; empty when there are none."""
    left = draft.rights.filter(confirmed=False).count()
    return UNCONFIRMED.format(count=left) if left else ""


def contradicted_counts(draft: Assessment, answers: Mapping[str, Answer]) -> Iterator[tuple[str, str]]:
    """Counts that the firm declared otherwise than its ledger shows, with the sentence of the reconciliation."""
    declared: dict[str, Any] = {code: one.declared for code, one in answers.items() if one.declared is not None}
    for code, _, problems in open_counts(draft, declared):
        for problem in problems:
            yield code, f"{problem.problem}，{problem.done}。"
