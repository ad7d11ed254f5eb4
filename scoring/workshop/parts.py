"""The cells and rows of what gives points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..facts import read_indicators
from ..schema import Text
from .cells import Cell, Options, Raw, Row, both, choice, flag, number, points, step
from .clauses import choices_of, clause_cells, fact_cell, kind_of, say_clause, say_value

PART_KINDS = ("parts", "bands", "choices", "ladder", "items", "mark")
MAX = Text(zh="满分", en="maximum")
COMBINE: Options = {"sum": Text(zh="合计", en="sum"), "best": Text(zh="取最高", en="best")}
MONOTONE: Options = {"up": Text(zh="越多越好", en="more is better"), "down": Text(zh="越少越好", en="less is better")}
FROM, TO = Text(zh="起（含）", en="from"), Text(zh="止", en="to")


def part_cells(raw: Raw, at: str) -> Iterator[Cell]:
    """What a part says of itself besides words."""
    yield number(raw, at, "max", MAX)
    kind = kind_of(raw, PART_KINDS)
    if kind == "parts":
        yield choice(raw, at, "combine", Text(zh="计分方式", en="combined as"), COMBINE, is_optional=True)
        yield flag(raw, at, "capped", Text(zh="超出满分不计", en="capped"))
    if kind == "bands":
        if isinstance(raw["value"], str):
            yield fact_cell(raw, at, "value")
        yield choice(raw, at, "monotone", Text(zh="单调", en="monotone"), MONOTONE, is_optional=True)
    if kind == "choices":
        yield fact_cell(raw, at, "fact")
    if "unknown" in raw:
        yield number(raw, at, "unknown", Text(zh="未知时", en="when unknown"), is_optional=True)
    if kind == "items":
        yield number(raw, at, "each", Text(zh="每项分值", en="points for each"))


def part_rows(raw: Raw, at: str) -> tuple[Row, ...]:
    """The table of a part."""
    kind = kind_of(raw, PART_KINDS)
    return tuple(_ROWS[kind](raw, at)) if kind in _ROWS else ()


def say_part(raw: Raw) -> Text:
    """What is measured."""
    if "bands" in raw:
        return say_value(raw["value"])
    if "choices" in raw:
        indicator = read_indicators()[raw["fact"]]
        return Text(zh=indicator.zh, en=indicator.en)
    return Text(zh="", en="")


def _band_rows(raw: Raw, at: str) -> Iterator[Row]:
    for index, band in enumerate(raw["bands"]):
        here = step(at, "bands", index)
        cells = (
            number(band, here, "from", FROM, is_optional=True),
            number(band, here, "to", TO, is_optional=True),
            flag(band, here, "exclusive", Text(zh="不含起点", en="start excluded")),
            points(band, here),
        )
        yield Row(here, cells)


def _choice_rows(raw: Raw, at: str) -> Iterator[Row]:
    """One for every choice of the fact, and for what the document has besides."""
    names = choices_of(raw["fact"])
    given = raw["choices"]
    for key in dict.fromkeys([*names, *given]):
        label = names.get(key, Text(zh=key, en=key))
        cell = Cell(step(at, "choices", key), POINTS, "points", given.get(key), is_optional=key not in names)
        yield Row(step(at, "choices", key), (cell,), label, is_listed=False)


POINTS = Text(zh="分值", en="points")


def _ladder_rows(raw: Raw, at: str) -> Iterator[Row]:
    for index, rung in enumerate(raw["ladder"]):
        here = step(at, "ladder", index)
        yield Row(
            here,
            (points(rung, here), *clause_cells(rung["when"], step(here, "when"), deep=True)),
            say_clause(rung["when"]),
        )


def _item_rows(raw: Raw, at: str) -> Iterator[Row]:
    for index, item in enumerate(raw["items"]):
        here = step(at, "items", index)
        title = both(item, here, "title", Text(zh="事项", en="item")) if item.get("id") else ()
        yield Row(here, (*title, *clause_cells(item, here, deep=True)), say_clause(item), item.get("id", ""))


_ROWS: Mapping[str, Any] = {
    "bands": _band_rows,
    "choices": _choice_rows,
    "ladder": _ladder_rows,
    "items": _item_rows,
}
