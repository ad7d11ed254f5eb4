"""Tables as plain data, laid beside those of another version: what is new, gone or changed is marked (P02)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeVar

from ..words import Lang, say
from .cells import Cell, Raw, Row, Section
from .sheets import read_sections

Plain = dict[str, Any]
SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"
Thing = TypeVar("Thing")
Pair = tuple[Thing | None, Thing | None]


def lay_out(document: Raw, original: Raw | None = None, *, lang: Lang = "zh") -> list[Plain]:
    """The tables of a rulebook, each cell with what it is and what it was.

    Parameters
    ----------
    document : mapping
        A rulebook's document; values may be ones that can't be read yet.
    original : mapping, optional
        Another version of it to lay beside; by default the document itself.
    lang : "zh" or "en"

    Returns
    -------
    list of dict
        Sections in order, those that only the original has after the one they followed. A section has pointer, group,
        kind, node, depth, title, words, is_listed, state, cells and rows; a row pointer, label, node, is_listed, state
        and cells; a cell pointer, label, type, value, original, options, is_optional, is_minor and is_changed. States
        are same, changed, added and removed.
    """
    before = document if original is None else original
    pairs = _align(read_sections(before), read_sections(document), _section_key)
    return [_Layout(lang).section(old, new) for old, new in pairs]


def _section_key(section: Section) -> str:
    return f"{section.group} {section.node} {section.kind if not section.node else ''}"


def _align(old: Sequence[Thing], new: Sequence[Thing], key: Callable[[Thing], Any]) -> Iterator[Pair[Thing]]:
    """Pairs of things with the same key in the order of the new, what is gone after what it followed."""
    places = {key(one): one for one in old}
    kept = {key(one) for one in new}
    gone = _followers(old, kept, key)
    yield from ((one, None) for one in gone.get(None, ()))
    for one in new:
        yield places.get(key(one)), one
        yield from ((lost, None) for lost in gone.get(key(one), ()))


def _followers(old: Sequence[Thing], kept: set[Any], key: Callable[[Thing], Any]) -> dict[Any, list[Thing]]:
    """What is gone, by the key of the last thing before it that is still there."""
    found: dict[Any, list[Thing]] = {}
    last = None
    for one in old:
        if key(one) in kept:
            last = key(one)
        else:
            found.setdefault(last, []).append(one)
    return found


def _align_rows(old: Sequence[Row], new: Sequence[Row]) -> Iterator[Pair[Row]]:
    """Rows by name or by what stands in them; where some give way to others, one by one in order."""
    matcher = SequenceMatcher(None, [_row_key(row) for row in old], [_row_key(row) for row in new], autojunk=False)
    for _, first, last, start, end in matcher.get_opcodes():
        shared = min(last - first, end - start)
        yield from zip(old[first : first + shared], new[start : start + shared], strict=True)
        yield from ((row, None) for row in old[first + shared : last])
        yield from ((None, row) for row in new[start + shared : end])


def _row_key(row: Row) -> str:
    return row.node or repr([cell.value for cell in row.cells]) + row.label.zh * (not row.is_listed)


@dataclass(frozen=True)
class _Layout:
    lang: Lang

    def section(self, old: Section | None, new: Section | None) -> Plain:
        shown = new or old
        assert shown is not None
        cells = self.cells(old.cells if old else (), new.cells if new else (), (old or shown).pointer, shown.pointer)
        rows = [self.row(*pair) for pair in _align_rows(old.rows if old else (), new.rows if new else ())]
        return {
            "pointer": shown.pointer,
            "group": shown.group,
            "kind": shown.kind,
            "node": shown.node,
            "depth": shown.depth,
            "title": say(shown.title, self.lang),
            "words": say(shown.words, self.lang),
            "is_listed": shown.is_listed and new is not None,
            "state": _state(old, new, cells, rows),
            "cells": cells,
            "rows": rows,
        }

    def row(self, old: Row | None, new: Row | None) -> Plain:
        shown = new or old
        assert shown is not None
        cells = self.cells(old.cells if old else (), new.cells if new else (), (old or shown).pointer, shown.pointer)
        return {
            "pointer": shown.pointer,
            "label": say(shown.label, self.lang),
            "node": shown.node,
            "is_listed": shown.is_listed and new is not None,
            "state": _state(old, new, cells, ()),
            "cells": cells,
        }

    def cells(self, old: Sequence[Cell], new: Sequence[Cell], before: str, after: str) -> list[Plain]:
        """Cells by their place below the node."""
        was = {_within(cell, before): cell for cell in old}
        return [self.cell(was.get(_within(cell, after)), cell, is_gone=not new) for cell in new or old]

    def cell(self, old: Cell | None, new: Cell, *, is_gone: bool) -> Plain:
        value = None if is_gone else new.value
        original = old.value if old else None
        return {
            "pointer": new.pointer,
            "label": say(new.label, self.lang),
            "type": new.type,
            "value": value,
            "original": original,
            "is_changed": value != original,
            "is_optional": new.is_optional,
            "is_minor": new.is_minor,
            "options": [{"code": code, "label": say(words, self.lang)} for code, words in new.options.items()],
        }


def _within(cell: Cell, at: str) -> tuple[str, bool]:
    """A limit is the same limit when its comparison changes."""
    place = cell.pointer.removeprefix(at)
    head, _, key = place.rpartition("/")
    return (f"{head}/limit" if key in _LIMITS else place), cell.type == "operator"


_LIMITS = frozenset({"at_least", "more_than", "at_most", "less_than"})


def _state(old: object, new: object, cells: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> str:
    if new is None:
        return REMOVED
    if old is None:
        return ADDED
    is_same = not any(cell["is_changed"] for cell in cells) and all(row["state"] == SAME for row in rows)
    return SAME if is_same else CHANGED
