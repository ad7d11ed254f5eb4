"""What a firm may still change: everything in a draft, after a return only what was sent back (E23)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cultivation.assessments.models import Assessment, Return, Submission
from cultivation.assessments.services.ledger import derive_counts
from cultivation.programmes.models import Round
from cultivation.programmes.services import rights_library

LEDGER = "ledger"
LOCKED = "这一项没有退回，不能修改。"
LEDGER_LOCKED = "知识产权台账没有退回，不能修改。"


@dataclass(frozen=True, slots=True)
class Lock:
    """`codes` are the facts that may be changed, None for all of them; `ledger`, whether it may be."""

    codes: Collection[str] | None = None
    ledger: bool = True

    def holds(self, code: str) -> bool:
        return self.codes is not None and code not in self.codes


def open_return(assessment: Assessment) -> Return | None:
    """What the firm is asked to set right now."""
    return assessment.returns.prefetch_related("notes").first() if assessment.state == "returned" else None


def lock_of(assessment: Assessment) -> Lock:
    """A count that the ledger gives can only be set right there, so its return opens the ledger."""
    sent = open_return(assessment)
    if sent is None:
        return Lock()
    codes = {note.code for note in sent.notes.all()}
    return Lock(codes, bool(codes & {LEDGER, *counted_codes(assessment.round)}))


def counted_codes(round_: Round) -> frozenset[str]:
    """The facts that a ledger gives under the round's rulebooks."""
    return frozenset(derive_counts([], on=round_.assessed_on, library=rights_library(round_)).counts)


def standing_submission(assessment: Assessment) -> Submission | None:
    """What the firm has signed and not taken back: while it is at work on a return, what was sent back then."""
    last = assessment.returns.select_related("submission").first() if assessment.state == "returned" else None
    if last:
        return last.submission
    signed = assessment.submissions.all()
    at = assessment.submitted_at
    return (signed.filter(at=at).first() if at else None) or signed.first()


def was_answered(assessment: Assessment) -> bool:
    """Whether the firm has handed in again since it was last sent back: one that the office took up has not."""
    last, standing = assessment.returns.select_related("submission").first(), standing_submission(assessment)
    return bool(last and standing and standing.number > last.submission.number)


def due_of(assessment: Assessment) -> datetime | None:
    """Until when the firm may work on it: the end of its last return, else of the round's filling."""
    last = assessment.returns.first()
    return last.until if last else assessment.round.filling_until
