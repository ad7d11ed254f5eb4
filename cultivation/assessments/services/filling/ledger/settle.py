"""After every change of a ledger: what each right counts for, and the counted answers that follow from it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cultivation.assessments.models import Answer, AnswerEdit, Assessment, Ledger, LedgerRight
from cultivation.assessments.services.facts import state_of
from cultivation.assessments.services.ledger import Counting, derive_counts, left_open, row_of, standing_of
from cultivation.programmes.services import rights_library

from ..catalogue import fields_of
from ..save import read_value

if TYPE_CHECKING:
    from scoring import Indicator

BATCH = 500
SOURCE = "ledger"


def settle(draft: Assessment, ledger: Ledger, fresh: Sequence[LedgerRight] = ()) -> None:
    """Count by the round's own rulebooks and keep the result; a ledger without a right counts nothing.

    Rights that are `fresh` are not stored yet, so that each is written once, with what it counts for.
    """
    rights = [*draft.rights.all(), *fresh]
    rows = [replace(row_of(right), sheet="", row=place) for place, right in enumerate(rights)]
    counts = derive_counts(rows, on=draft.round.assessed_on, library=rights_library(draft.round))
    judged = [(right, counts.reasons_of(row)) for right, row in zip(rights, rows, strict=True)]
    changed = [right for right, found in judged if right.pk and right.counting != found]
    for right, found in judged:
        right.counting = found
        right.standing = standing_of(found)
    LedgerRight.objects.bulk_update(changed, ["counting", "standing"], batch_size=BATCH)
    LedgerRight.objects.bulk_create(fresh, batch_size=BATCH)
    ledger.counts = {code: list(bounds) for code, bounds in counts.counts.items()} if rights else {}
    ledger.open_above = dict(counts.open_above) if rights else {}
    ledger.save()
    _settle_answers(draft, ledger)


def settle_one(draft: Assessment, ledger: Ledger, *, was: Counting | None, now: LedgerRight | None) -> None:
    """One right came, went or changed: it alone is judged, and the counts move by it.

    No right of an own ledger counts differently for another's sake, so this gives what counting all anew gives.
    """
    on, library = draft.round.assessed_on, rights_library(draft.round)
    found: Counting = {}
    if now is not None:
        row = row_of(now)
        found = derive_counts([row], on=on, library=library).reasons_of(row)
    is_otherwise = any(set(one) != set(ledger.counts) for one in (was, found) if one)
    if is_otherwise or not draft.rights.exists():
        settle(draft, ledger)
        return
    if now is not None and now.counting != found:
        now.counting, now.standing = dict(found), standing_of(found)
        now.save(update_fields=["counting", "standing"])
    for code, bounds in ledger.counts.items():
        before, after = _share(was, code), _share(found, code)
        ledger.counts[code] = [bounds[0] + after[0] - before[0], bounds[1] + after[1] - before[1]]
    listed = draft.rights.order_by().values_list("kind", "facts__state").distinct()
    ledger.open_above = dict(left_open([(kind, state or "unknown") for kind, state in listed], on=on, library=library))
    ledger.save()
    _settle_answers(draft, ledger)


def _share(counting: Counting | None, code: str) -> tuple[int, int]:
    """What one right adds to the least and to the greatest number."""
    outcome = counting[code]["outcome"] if counting else "excluded"
    return int(outcome == "counts"), int(outcome != "excluded")


def closed_counts(ledger: Ledger, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """What the ledger says for certain: a number, or its bounds where a row lacks a fact."""
    return {
        code: least if least == most else [least, most]
        for code, (least, most) in ledger.counts.items()
        if code not in ledger.open_above or is_none(answers.get(ledger.open_above[code]))
    }


def is_none(answer: Answer | None) -> bool:
    """Whether the firm has said that it has no right of the sort that its ledger does not list: zero is known."""
    return answer is not None and answer.declared == 0 and answer.declared is not False


def follow_answers(draft: Assessment, codes: Collection[str]) -> dict[str, Answer | None]:
    """A count that waited for what the form says of the unlisted rights follows when that was written.

    Answers by code that stand otherwise after it; None for one that stands no more.
    """
    ledger = Ledger.objects.filter(assessment=draft).first()
    if ledger is None or not set(codes) & set(ledger.open_above.values()):
        return {}
    waiting = draft.answers.filter(code__in=ledger.open_above)
    before = dict(waiting.values_list("code", "version"))
    _settle_answers(draft, ledger)
    after = {answer.code: answer for answer in waiting.all()}
    return {
        code: after.get(code)
        for code in ledger.open_above
        if before.get(code) != (after[code].version if code in after else None)
    }


def _settle_answers(draft: Assessment, ledger: Ledger) -> None:
    asked = {field.code: field.indicator for field in fields_of(draft.round)}
    answers = {answer.code: answer for answer in draft.answers.all()}
    closed = {code: value for code, value in closed_counts(ledger, answers).items() if code in asked}
    for code, value in closed.items():
        _derive(draft, ledger, answers.get(code), code, value)
    for code, answer in answers.items():
        if answer.source == SOURCE and code not in closed:
            _give_back(answer, asked)


def _derive(draft: Assessment, ledger: Ledger, answer: Answer | None, code: str, value: Any) -> None:
    found = answer or Answer(assessment=draft, code=code, version=0)
    if found.source == SOURCE and found.declared == value:
        return
    found.declared, found.typed, found.state = value, "", state_of(value)
    found.source, found.confirmed, found.carried_from = SOURCE, True, None
    _write(found, ledger)


def _give_back(answer: Answer, asked: Mapping[str, "Indicator"]) -> None:
    """What a person last wrote there stands again; where nobody did, the question is open."""
    edits = AnswerEdit.objects.filter(assessment=answer.assessment, code=answer.code, outcome="saved")
    last = edits.order_by("-pk").first()
    if last is None or answer.code not in asked:
        answer.delete()
        return
    answer.declared, answer.typed, _ = read_value(asked[answer.code], last.value)
    answer.state, answer.source = state_of(answer.declared), last.source
    answer.version += 1
    answer.changed_by, answer.changed_at = last.by, last.at
    answer.save()


def _write(answer: Answer, ledger: Ledger) -> None:
    answer.version += 1
    answer.changed_by, answer.changed_at = ledger.changed_by, ledger.changed_at
    answer.save()
