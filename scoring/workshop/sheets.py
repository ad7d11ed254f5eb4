"""A rulebook as tables: every value that can be edited, in the order of the document (P02).

Drafts may hold values that can't be read yet, so tables are made of the plain document, not of the validated one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..schema import Text
from .cells import EMPTY, Cell, Raw, Section, both, number, step, text, words_list
from .clauses import CLAUSE_KINDS, clause_cells, kind_of, kinds_cell, limit_cells, say_clause
from .head import NOTE, SOURCE, TITLE, read_effort, read_head, read_sizes, status_cell
from .parts import MAX, PART_KINDS, part_cells, part_rows, say_part
from .rights import read_rights

LINE = Text(zh="分数线", en="line")
OF = Text(zh="分数线计入的维度", en="dimensions of the threshold")


def read_sections(document: Raw) -> list[Section]:
    """Every node of a document with its cells and rows, in order."""
    return [
        *read_head(document),
        *_body(document),
        *read_rights(document),
        *read_sizes(document),
        *read_effort(document),
    ]


def _body(document: Raw) -> Iterator[Section]:
    for group in ("scope", "criteria"):
        if group in document:
            yield from _clause(document[group], step("", group), group, 0, is_listed=False)
    for place, part in enumerate(document.get("scorecard", {}).get("parts", ())):
        yield from _part(part, step("/scorecard/parts", place), "scorecard", 0)
    for place, tier in enumerate(document.get("tiers", ())):
        yield from _tier(tier, step("/tiers", place))
    for place, veto in enumerate(document.get("vetoes", ())):
        yield from _clause(veto, step("/vetoes", place), "vetoes", 0)


def _words(raw: Raw, at: str, extra: Sequence[tuple[str, Text]] = ()) -> list[Cell]:
    """Title, source and status, which every named node has; notes and hints are minor."""
    found = [*both(raw, at, "title", TITLE), text(raw, at, "source", SOURCE, is_optional=True), status_cell(raw, at)]
    for key, label in (*extra, ("note", NOTE)):
        found += both(raw, at, key, label, is_optional=True)
    return found


PART_WORDS = (
    ("unit", Text(zh="单位", en="unit")),
    ("evidence", Text(zh="佐证材料", en="evidence")),
    ("hint", Text(zh="提升建议", en="hint")),
)


def _title(raw: Raw) -> Text:
    found = raw.get("title") or {}
    return Text(zh=str(found.get("zh") or ""), en=str(found.get("en") or ""))


def _part(raw: Raw, at: str, group: str, depth: int) -> Iterator[Section]:
    kind = kind_of(raw, PART_KINDS)
    cells = (*part_cells(raw, at), *_words(raw, at, PART_WORDS))
    yield Section(
        at, group, kind, raw["id"], depth, _title(raw), cells, part_rows(raw, at), say_part(raw), is_listed=True
    )
    for place, part in enumerate(raw.get("parts", ())):
        yield from _part(part, step(at, "parts", place), group, depth + 1)


def _clause(raw: Raw, at: str, group: str, depth: int, *, is_listed: bool = True) -> Iterator[Section]:
    """A clause with a name, and the named ones below it; an unnamed one has its place in the node above."""
    kind = kind_of(raw, CLAUSE_KINDS)
    own = [number(raw, at, "max", MAX)] if kind == "score" else list(clause_cells(raw, at))
    if raw.get("id"):
        cells = (*own, *_words(raw, at), kinds_cell(raw, at))
        yield Section(at, group, kind, raw["id"], depth, _title(raw), cells, words=say_clause(raw), is_listed=is_listed)
        depth += 1
    for key, place, below in _below(raw):
        if key == "score":
            yield from _part(below, step(at, key, place), group, depth)
        elif key == "pass":
            yield from _line(below, step(at, key, place), group, depth)
        else:
            yield from _clause(below["then"] if key == "cases" else below, _deeper(at, key, place), group, depth)


def _below(raw: Raw) -> Iterator[tuple[str, int, Raw]]:
    for key in ("all", "any", "cases", "score", "pass"):
        for place, below in enumerate(raw.get(key, ())):
            yield key, place, below


def _deeper(at: str, key: str, place: int) -> str:
    return step(at, key, place, "then") if key == "cases" else step(at, key, place)


def _line(raw: Raw, at: str, group: str, depth: int) -> Iterator[Section]:
    cells = (*limit_cells(raw, at, LINE), *_words(raw, at))
    yield Section(at, group, "line", raw.get("id", ""), depth, _title(raw), cells)


def _tier(raw: Raw, at: str) -> Iterator[Section]:
    gates = raw.get("gates", ())
    own = [
        cell
        for place, gate in enumerate(gates)
        if not gate.get("id")
        for cell in clause_cells(gate, step(at, "gates", place))
    ]
    of = (words_list(raw, at, "of", OF),) if "of" in raw else ()
    cells = (number(raw, at, "at_least", LINE, is_optional=True), *of, *own, *_words(raw, at))
    yield Section(at, "tiers", "tier", raw["id"], 0, _title(raw), cells, words=EMPTY)
    for place, gate in enumerate(gates):
        yield from _clause(gate, step(at, "gates", place), "tiers", 1)
