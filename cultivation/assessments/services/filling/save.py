"""Save a draft field by field (E03–E05): an edit names the version it was made on, and nothing that arrives is lost.

What comes from a what-if (E10) is marked and waits until a person says that it is so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cultivation.assessments.flow import why_late
from cultivation.assessments.models import Answer, AnswerEdit, Assessment
from cultivation.assessments.permissions import can_fill
from cultivation.assessments.services.facts import state_of
from cultivation.assessments.states import FILLING
from cultivation.core.actors import Actor
from cultivation.core.errors import WrongState

from .catalogue import fields_of
from .lock import LOCKED, lock_of
from .typed import Unreadable, read_typed

if TYPE_CHECKING:
    from scoring import Indicator

MOST_TYPED = 200
WHAT_IF = "what_if"


@dataclass(frozen=True, slots=True)
class Change:
    """One edit. `base` is the version it was based on, 0 for none; `key` is the client's own id of the edit."""

    code: str
    value: Any
    base: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one edit, with the answer as it stands now.

    `saved`: taken. `same`: it stands there already. `conflict`: somebody was first, both values are kept and a person
    chooses. `late`: the time was over, the edit is kept aside. `refused`: the form has no such field to fill.
    `followed`: nobody wrote it, the ledger gives it now or gives it back; None where nothing stands there any more.
    `note` says how a text was understood that is not simply the value.
    """

    code: str
    outcome: str
    answer: Answer | None
    problem: str = ""
    note: str = ""


def save_answers(
    actor: Actor, *, draft: Assessment, changes: Iterable[Change], source: str = "form"
) -> tuple[list[Saved], datetime]:
    """Take edits in order; the draft's row is locked, so two people write one after the other.

    What became of each comes in their order, then the answers that followed from them.
    """
    from .ledger.settle import follow_answers

    with transaction.atomic():
        locked = Assessment.objects.select_for_update().select_related("round").get(pk=draft.pk)
        can_fill.require(actor, locked)
        require_filling(locked)
        now = timezone.now()
        desk = _Desk(actor, locked, source, now)
        saved = [desk.take(change) for change in changes]
        followed = follow_answers(locked, {one.code for one in saved if one.outcome == "saved"})
        return [*saved, *(Saved(code, "followed", answer) for code, answer in followed.items())], now


def require_filling(draft: Assessment) -> None:
    if draft.state not in FILLING:
        raise WrongState(f"当前状态是“{draft.get_state_display()}”，不能再修改。", code="not_a_draft")


def require_open(draft: Assessment) -> None:
    """For what is not kept aside when it comes late."""
    require_filling(draft)
    if reason := why_late(draft):
        raise WrongState(reason, code="not_filling")


def takes_changes(draft: Assessment) -> bool:
    return draft.state in FILLING and not why_late(draft)


def versions_of(draft: Assessment) -> dict[str, int]:
    """The version that an edit of each open field is based on; what the ledger counts is no field to fill."""
    answers, lock = {answer.code: answer for answer in draft.answers.all()}, lock_of(draft)
    counted = {code for code, answer in answers.items() if answer.source == "ledger"}
    asked = [field.code for field in fields_of(draft.round) if field.code not in counted and not lock.holds(field.code)]
    return {code: answers[code].version if code in answers else 0 for code in asked}


class _Desk:
    """One draft while edits are taken."""

    def __init__(self, actor: Actor, draft: Assessment, source: str, now: datetime) -> None:
        self.actor, self.draft, self.source, self.now = actor, draft, source, now
        self.fields = {field.code: field.indicator for field in fields_of(draft.round)}
        self.answers = {answer.code: answer for answer in draft.answers.all()}
        self.lost: set[str] = set()
        self.is_late, self.lock = bool(why_late(draft, now)), lock_of(draft)

    def take(self, change: Change) -> Saved:
        indicator, answer = self.fields.get(change.code), self.answers.get(change.code)
        if indicator is None:
            return Saved(change.code, "refused", None, "表中没有这一项，或这一项不由企业填写。")
        if change.key and (known := self._seen(change)):
            self._lose(change, known)
            return Saved(change.code, known, answer)
        if self.lock.holds(change.code):
            return Saved(change.code, "refused", answer, LOCKED)
        if answer and answer.source == "ledger":
            return Saved(change.code, "refused", answer, "这一项由知识产权台账算出，请在台账中修改。")
        value, typed, problem, note = understand(indicator, change.value)
        outcome = self._lose(change, self._outcome(change, answer, value, typed))
        if outcome == "saved":
            answer = self._write(indicator, answer, value, typed)
        self._remember(change, answer, outcome)
        return Saved(change.code, outcome, answer, problem, note if outcome in ("saved", "same") else "")

    def _lose(self, change: Change, outcome: str) -> str:
        """After a conflict all that came with it for the field belongs to the choice, whatever version it names."""
        if outcome == "conflict":
            self.lost.add(change.code)
        return "conflict" if change.code in self.lost and outcome == "saved" else outcome

    def _seen(self, change: Change) -> str | None:
        """How an edit with this key ended when it came for the first time."""
        edits = AnswerEdit.objects.filter(assessment=self.draft, key=change.key)
        return edits.values_list("outcome", flat=True).first()

    def _outcome(self, change: Change, answer: Answer | None, value: Any, typed: str) -> str:
        if self.is_late:
            return "late"
        version = answer.version if answer else 0
        stands = answer is not None and answer.confirmed and (answer.declared, answer.typed) == (value, typed)
        if stands:
            return "same"
        return "saved" if change.base == version else "conflict"

    def _write(self, indicator: "Indicator", answer: Answer | None, value: Any, typed: str) -> Answer:
        code = indicator.code
        answer = answer or Answer(assessment=self.draft, code=code, version=0)
        is_no_bar = indicator.empty_is_none and value is None and not typed
        answer.declared, answer.typed, answer.state = value, typed, "known" if is_no_bar else state_of(value)
        answer.version += 1
        answer.source, answer.confirmed = self.source, self.source != WHAT_IF
        answer.changed_by, answer.changed_at = self.actor.name, self.now
        answer.save()
        self.answers[code] = answer
        return answer

    def _remember(self, change: Change, answer: Answer | None, outcome: str) -> None:
        AnswerEdit.objects.create(
            assessment=self.draft,
            code=change.code,
            version=answer.version if answer else 0,
            outcome=outcome,
            value=change.value,
            source=self.source,
            key=change.key,
            by=self.actor.name,
            by_user=self.actor.user_id,
            at=self.now,
        )


def read_value(indicator: "Indicator", raw: Any) -> tuple[Any, str, str]:
    """The value as it is stored, what was typed where it can't be read, and why it can't."""
    return understand(indicator, raw)[:3]


def understand(indicator: "Indicator", raw: Any) -> tuple[Any, str, str, str]:
    """As `read_value`, with a fourth: how a text was understood that is not simply the value itself."""
    from scoring import BadValue, parse_fact, plain_fact

    if isinstance(raw, list | dict):
        return None, str(raw)[:MOST_TYPED], "应为一个值。", ""
    try:
        return plain_fact(parse_fact(indicator.code, raw)), "", "", ""
    except BadValue as problem:
        why = problem.zh
    try:
        value, note = read_typed(indicator, raw) if isinstance(raw, str) else (raw, "")
        return plain_fact(parse_fact(indicator.code, value)), "", "", note
    except (BadValue, Unreadable) as problem:
        return None, str(raw)[:MOST_TYPED], str(problem) if isinstance(problem, Unreadable) else why, ""
