"""One list of what is still open, for the form and for the server at submission (E06)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cultivation.assessments.models import Answer, Assessment

from .catalogue import Field, fields_of
from .ledger.items import contradicted_counts, unconfirmed_text
from .save import read_value

Severity = Literal["blocking", "warning"]


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
    items = [item for field in fields for item in _items(field, answers.get(field.code))]
    return items + list(_contradictions(fields, warnings)) + list(_of_ledger(draft, fields, answers))


def _items(field: Field, answer: Answer | None) -> Iterator[Item]:
    if answer is None:
        if field.is_required:
            yield _item(field, "blocking", "unanswered", "还没有填写。不清楚时请选“暂不知道”。")
        return
    if answer.typed:
        _, _, problem = read_value(field.indicator, answer.typed)
        yield _item(field, "blocking", "unreadable", f"“{answer.typed}”不能作为这一项的值：{problem}")
    elif not answer.confirmed:
        yield _item(field, "warning", "unconfirmed", "由上次评估带入，还没有确认。")
    elif answer.state == "unknown" and field.is_required:
        yield _item(field, "warning", "unknown", "选了“暂不知道”，这一项的分数不能确定。")


def _item(field: Field, severity: Severity, kind: str, text: str) -> Item:
    return Item(field.code, field.section, severity, kind, text)


def _of_ledger(draft: Assessment, fields: Iterable[Field], answers: Mapping[str, Answer]) -> Iterator[Item]:
    """The ledger has a page of its own: its item bears no field's code."""
    if text := unconfirmed_text(draft):
        yield Item("ledger", "creation", "warning", "ledger", text)
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
