"""The numbers and choices inside a clause, unnamed clauses below it included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..facts import read_indicators
from ..limits import value_words
from ..schema import AnyClause, Text, Value
from ..schema.basics import read_value
from ..words import SIZES, fact_name, test_words
from .cells import EMPTY, Cell, Options, Raw, both, choice, day, flag, number, several, step

OPERATORS: Options = {
    "at_least": Text(zh="≥", en="≥"),
    "more_than": Text(zh=">", en=">"),
    "at_most": Text(zh="≤", en="≤"),
    "less_than": Text(zh="<", en="<"),
}
CLAUSE_KINDS = (
    "all",
    "any",
    "score",
    "by",
    "value",
    "fact",
    "verdict",
    "not_barred",
    "not_expired",
    "assessed_by",
    "size_in",
    "awaits",
)
OPERATOR = Text(zh="比较", en="comparison")
_CLAUSE: TypeAdapter[Any] = TypeAdapter(AnyClause)


def kind_of(raw: Raw, kinds: tuple[str, ...]) -> str:
    """The kind of a node by the first key that names one."""
    return next((kind for kind in kinds if kind in raw), "")


def say_clause(raw: Raw) -> Text:
    """What a clause asks for; nothing while its numbers can't be read."""
    try:
        clause = _CLAUSE.validate_python(raw)
    except ValidationError:
        return EMPTY
    return Text(zh=test_words(clause, "zh"), en=test_words(clause, "en"))


def say_value(raw: Any) -> Text:
    """A value as an expression over the names of facts."""
    value = Value.model_validate(read_value(raw))
    return Text(
        zh=value_words(value, "zh", lambda code: fact_name(code, "zh")),
        en=value_words(value, "en", lambda code: fact_name(code, "en")),
    )


def say_fact(code: str) -> Text:
    return Text(zh=fact_name(code, "zh"), en=fact_name(code, "en"))


def clause_cells(raw: Raw, at: str, *, deep: bool = False) -> Iterator[Cell]:
    """Cells of a clause; those of named clauses below it stand in sections of their own, unless ``deep`` wants all."""
    kind = kind_of(raw, CLAUSE_KINDS)
    if kind in ("all", "any"):
        for index, child in enumerate(raw[kind]):
            if deep or not child.get("id"):
                yield from clause_cells(child, step(at, kind, index), deep=deep)
    elif kind == "by":
        yield from _by_cells(raw, at, deep=deep)
    elif kind in _CELLS:
        yield from _CELLS[kind](raw, at)


def limit_cells(raw: Raw, at: str, label: Text) -> Iterator[Cell]:
    """The comparison of a clause or of a line, and its number."""
    if "between" in raw:
        for index, end in enumerate((Text(zh="下限", en="from"), Text(zh="上限", en="to"))):
            name = Text(zh=f"{label.zh}{end.zh}", en=f"{label.en} {end.en}")
            yield Cell(step(at, "between", index), name, "number", raw["between"][index])
        return
    key = next(key for key in OPERATORS if key in raw)
    yield Cell(step(at, key), OPERATOR, "operator", key, OPERATORS)
    yield Cell(step(at, key), label, "number", raw[key])


def _value_cells(raw: Raw, at: str) -> Iterator[Cell]:
    if isinstance(raw["value"], str):
        yield fact_cell(raw, at, "value")
    yield from limit_cells(raw, at, say_value(raw["value"]))


def fact_cell(raw: Raw, at: str, key: str) -> Cell:
    return Cell(step(at, key), Text(zh="口径", en="measured as"), "fact", raw[key])


def _fact_cells(raw: Raw, at: str) -> Iterator[Cell]:
    label = say_fact(raw["fact"])
    wanted = raw["is"]
    options = choices_of(raw["fact"])
    if isinstance(wanted, bool):
        yield Cell(step(at, "is"), label, "boolean", wanted)
    elif isinstance(wanted, str):
        yield choice(raw, at, "is", label, options)
    else:
        yield Cell(step(at, "is"), label, "choices", wanted, options)


def choices_of(code: str) -> Options:
    """The choices of a fact by code."""
    return {key: Text(zh=zh, en=en) for key, (zh, en) in read_indicators()[code].choices.items()}


def _by_cells(raw: Raw, at: str, *, deep: bool) -> Iterator[Cell]:
    """Where each case begins, and what it asks for."""
    by = say_fact(raw["by"])
    for index, case in enumerate(raw["cases"]):
        place = step(at, "cases", index)
        where = Text(zh=f"第{index + 1}类：", en=f"case {index + 1}: ")
        if "from" in case:
            yield number(case, place, "from", _prefixed(where, Text(zh=f"{by.zh}起", en=f"{by.en} from")))
            yield flag(case, place, "exclusive", _prefixed(where, Text(zh="不含起点", en="start excluded")))
        if deep or not case["then"].get("id"):
            for cell in clause_cells(case["then"], step(place, "then"), deep=deep):
                yield replace(cell, label=_prefixed(where, cell.label))


def _prefixed(first: Text, then: Text) -> Text:
    return Text(zh=first.zh + then.zh, en=first.en + then.en)


def _assessed_cells(raw: Raw, at: str) -> Iterator[Cell]:
    yield day(raw, at, "assessed_by", Text(zh="评价日不晚于", en="assessed no later than"), is_optional=False)


def _size_cells(raw: Raw, at: str) -> Iterator[Cell]:
    yield Cell(step(at, "size_in"), Text(zh="企业规模", en="size class"), "choices", raw["size_in"], SIZES)


def _awaits_cells(raw: Raw, at: str) -> Iterator[Cell]:
    yield from both(raw, at, "awaits", Text(zh="待公布事项", en="awaited"))


_CELLS: Mapping[str, Any] = {
    "value": _value_cells,
    "fact": _fact_cells,
    "assessed_by": _assessed_cells,
    "size_in": _size_cells,
    "awaits": _awaits_cells,
}


def kinds_cell(raw: Raw, at: str, *, is_minor: bool = True) -> Cell:
    return several(raw, at, "kinds", Text(zh="申报类型", en="applications"), KINDS, is_minor=is_minor)


KINDS: Options = {"new": Text(zh="新申报", en="new"), "renewal": Text(zh="复核", en="renewal")}
