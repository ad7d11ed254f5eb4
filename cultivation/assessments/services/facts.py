"""Facts as they are stored, scored and exported: plain JSON values by indicator code."""

from datetime import date
from decimal import Decimal
from typing import Any

from cultivation.assessments.models import Answer, Assessment

NOT_APPLICABLE = "n/a"


def plain(value: Any) -> Any:
    """A JSON value; a bounded count is a pair. A float's shortest form is what was read, up to 15 digits."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def state_of(value: Any) -> str:
    if value is None:
        return "unknown"
    if value == NOT_APPLICABLE:
        return "not_applicable"
    return "bounded" if isinstance(value, list) else "known"


def facts_of(assessment: Assessment) -> dict[str, Any]:
    """The approved facts that somebody gave; what is unknown is absent."""
    return {answer.code: answer.approved for answer in assessment.answers.all() if answer.approved is not None}


def declared_facts_of(assessment: Assessment) -> dict[str, Any]:
    """What the firm says itself, as far as it can be read."""
    return {answer.code: answer.declared for answer in assessment.answers.all() if answer.declared is not None}


def as_answer(
    assessment: Assessment, code: str, *, declared: Any, approved: Any, source: str, cell: str = ""
) -> Answer:
    return Answer(
        assessment=assessment,
        code=code,
        state=state_of(plain(approved)),
        declared=plain(declared),
        approved=plain(approved),
        source=source,
        cell=cell,
    )
