"""One list of what is still open, for the form and for the server at submission (E06)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cultivation.assessments.models import Answer, Assessment, Evidence
from cultivation.assessments.services.evidence.flags import flags_of
from cultivation.programmes.models import Round

from .catalogue import Field, fields_of
from .ledger.items import contradicted_counts, unconfirmed_text
from .lock import LEDGER, lock_of
from .returning import unanswered
from .save import WHAT_IF, read_value

Severity = Literal["blocking", "warning"]
Uses = dict[str, list[Evidence]]
NOTHING = (None, 0, "none")  # False is 0


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do. Only `blocking` keeps a draft from being submitted; nothing keeps it from being saved."""

    code: str
    section: str
    severity: Severity
    kind: str
    text: str


def checklist_of(
    draft: Assessment, *, fields: Sequence[Field] | None = None, warnings: Iterable[Mapping[str, Any]] = ()
) -> list[Item]:
    """Items in the order of the form. `warnings` are the contradictions that the engine found in the facts."""
    fields = fields_of(draft.round) if fields is None else fields
    answers = {answer.code: answer for answer in draft.answers.all()}
    uses = _uses(draft)
    items = [
        item
        for field in fields
        for item in (*_items(field, answers.get(field.code)), *_proofs(field, answers.get(field.code), uses))
    ]
    items += [
        *_flagged(fields, uses, draft.round),
        *_contradictions(fields, warnings),
        *_of_ledger(draft, fields, answers),
    ]
    return [*_returned(draft, fields), *_open(draft, items)]


def _returned(draft: Assessment, fields: Iterable[Field]) -> Iterator[Item]:
    """Every note wants an answer: something set right, or why it stands."""
    sections = {field.code: field.section for field in fields}
    for note in unanswered(draft):
        section = sections.get(note.code, "creation")
        yield Item(note.code, section, "blocking", "returned", f"退回意见还没有答复：{note.reason}。")


def _open(draft: Assessment, items: list[Item]) -> list[Item]:
    """After a return what can't be changed is nobody's task."""
    lock = lock_of(draft)
    return [one for one in items if not (lock.holds(one.code) and not (one.code == LEDGER and lock.ledger))]


def _uses(draft: Assessment) -> Uses:
    uses: Uses = {}
    for use in draft.evidence_uses.select_related("evidence"):
        uses.setdefault(use.code, []).append(use.evidence)
    return uses


def _items(field: Field, answer: Answer | None) -> Iterator[Item]:
    if answer is None:
        if field.is_required:
            yield _item(field, "blocking", "unanswered", "还没有填写。不清楚时请选“暂不知道”。")
        return
    if answer.typed:
        _, _, problem = read_value(field.indicator, answer.typed)
        yield _item(field, "blocking", "unreadable", f"“{answer.typed}”不能作为这一项的值：{problem}")
    elif not answer.confirmed and answer.source == WHAT_IF:
        yield _item(field, "blocking", "unconfirmed", "由模拟测算写入，还没有确认是实际的值。")
    elif not answer.confirmed:
        yield _item(field, "warning", "unconfirmed", "由上次评估带入，还没有确认。")
    elif answer.state == "unknown" and field.is_required:
        yield _item(field, "warning", "unknown", "选了“暂不知道”，这一项的分数不能确定。")


def _proofs(field: Field, answer: Answer | None, uses: Uses) -> Iterator[Item]:
    """What a firm claims to have wants a paper; what it says it has not wants none."""
    is_claimed = answer is not None and answer.state == "known" and answer.declared not in NOTHING
    if is_claimed and field.evidence and field.code not in uses:
        yield _item(field, "warning", "no_evidence", f"还没有附证明材料：{field.evidence}。")


def _flagged(fields: Sequence[Field], uses: Uses, round_: Round) -> Iterator[Item]:
    """Each paper once, at the first fact it is used for."""
    seen: set[int] = set()
    for field in fields:
        for evidence in uses.get(field.code, []):
            if evidence.pk not in seen:
                yield from (
                    _item(field, "warning", flag.kind, f"证明材料“{evidence.title}”{flag.text}，请核对。")
                    for flag in flags_of(evidence, round_)
                )
            seen.add(evidence.pk)


def _item(field: Field, severity: Severity, kind: str, text: str) -> Item:
    return Item(field.code, field.section, severity, kind, text)


def _of_ledger(draft: Assessment, fields: Iterable[Field], answers: Mapping[str, Answer]) -> Iterator[Item]:
    """The ledger has a page of its own: its item bears no field's code."""
    if text := unconfirmed_text(draft):
        yield Item(LEDGER, "creation", "warning", "ledger", text)
    sections = {field.code: field.section for field in fields}
    for code, text in contradicted_counts(draft, answers):
        if code in sections:
            yield Item(code, sections[code], "warning", "ledger_differs", text)


def _contradictions(fields: Sequence[Field], warnings: Iterable[Mapping[str, Any]]) -> Iterator[Item]:
    sections = {field.code: field.section for field in fields}
    for warning in warnings:
        code = next((code for code in warning["facts"] if code in sections), None)
        if code:
            yield Item(code, sections[code], "warning", "contradiction", f"{warning['zh']}，请核对。")
