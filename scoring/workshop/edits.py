"""Edits of a draft: a cell set, a row copied or removed, each with what takes it back (P02)."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..errors import ReasonError
from .cells import Cell, Raw, find, keys_of, step
from .entries import read_entry
from .sheets import read_sections

Document = dict[str, Any]
Operation = Literal["set", "compare", "copy", "remove"]


class EditError(ReasonError):
    """An edit that a draft can't take."""


@dataclass(frozen=True)
class Edit:
    """One change.

    Attributes
    ----------
    op : "set", "compare", "copy" or "remove"
        Set a cell; change the comparison of a limit (at_least, more_than, at_most, less_than); copy a row or node below
        itself; remove one.
    pointer : str
        Of the cell, row or node.
    value : Any
        What to set; text is read by the type of the cell, None empties it.
    """

    op: Operation
    pointer: str
    value: Any = None


@dataclass(frozen=True)
class Patch:
    """What an edit did at one place of the document; no value stands for a place that is not there.

    Attributes
    ----------
    pointer : str
    before, after : tuple of at most one value
    """

    pointer: str
    before: tuple[Any, ...]
    after: tuple[Any, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {"pointer": self.pointer, "before": list(self.before), "after": list(self.after)}


def apply_edits(document: Raw, edits: Sequence[Edit]) -> tuple[Document, list[Patch]]:
    """A document with edits made, in order; the given one stays as it is.

    Parameters
    ----------
    document : mapping
        Of a rulebook, or a draft of one that can't be read yet.
    edits : sequence of Edit

    Returns
    -------
    (dict, list of Patch)
        The new document, and what was changed, which ``revert_patches`` undoes.

    Raises
    ------
    EditError
        A pointer names no cell or row of the document, or a value is of another kind than its cell.
    """
    changed, patches = copy.deepcopy(dict(document)), []
    for edit in edits:
        before = copy.deepcopy(changed)
        patches.append(_patch(before, changed, _OPERATIONS[edit.op](changed, edit)))
    return changed, [patch for patch in patches if patch.before != patch.after]


def value_at(document: Raw, pointer: str) -> Any:
    """What stands at a JSON pointer.

    Parameters
    ----------
    document : mapping
    pointer : str
        As in RFC 6901.

    Returns
    -------
    object
        None where nothing stands there.
    """
    found = _maybe(document, pointer)
    return found[0] if found else None


def revert_patches(document: Raw, patches: Sequence[Mapping[str, Any]]) -> Document:
    """A document without some patches that were made on it.

    Parameters
    ----------
    document : mapping
        As it was after the last of them.
    patches : sequence of mapping
        As ``Patch.plain`` gives them, in the order they were made.

    Returns
    -------
    dict
        A new document; the given one stays as it is.
    """
    restored = copy.deepcopy(dict(document))
    for patch in reversed(patches):
        holder, key = _place(restored, patch["pointer"])
        if patch["before"]:
            holder[key] = copy.deepcopy(patch["before"][0])
        else:
            del holder[key]
    return restored


def _patch(before: Raw, after: Raw, pointer: str) -> Patch:
    """The difference along a pointer: at the first place that only one of both has, else at its end."""
    keys = keys_of(pointer)
    for depth in range(1, len(keys) + 1):
        here = step("", *keys[:depth])
        was, is_now = _maybe(before, here), _maybe(after, here)
        if not was or not is_now:
            break
    return Patch(here, was, copy.deepcopy(is_now))


def _maybe(document: Raw, pointer: str) -> tuple[Any, ...]:
    try:
        return (find(document, pointer),)
    except LookupError:
        return ()


def _place(document: Any, pointer: str) -> tuple[Any, Any]:
    """The list or mapping that holds what a pointer names, and its key there."""
    head, _, _ = pointer.rpartition("/")
    holder, key = find(document, head), keys_of(pointer)[-1]
    return holder, int(key) if isinstance(holder, list) else key


def _set(document: Document, edit: Edit) -> str:
    cell = _cell_at(document, edit.pointer)
    value = read_entry(cell, edit.value)
    if value is None and cell.is_optional:
        _take_out(document, cell.pointer)
    else:
        _make_room(document, cell.pointer)
        holder, key = _place(document, cell.pointer)
        holder[key] = "" if value is None else value
    return cell.pointer


def _cell_at(document: Raw, pointer: str, *, is_operator: bool = False) -> Cell:
    for section in read_sections(document):
        for cell in section.all_cells:
            if cell.pointer == pointer and (cell.type == "operator") == is_operator:
                return cell
    raise EditError(f"{pointer}：没有这一格", f"{pointer}: there is no such cell")


def _make_room(document: Document, pointer: str) -> None:
    """A text that was absent gets both its languages."""
    head, _, key = pointer.rpartition("/")
    if key in ("zh", "en") and not _maybe(document, head):
        holder, name = _place(document, head)
        holder[name] = {"zh": "", "en": ""}


def _take_out(document: Document, pointer: str) -> None:
    """Take a key away; a text goes as a whole once both its languages are empty."""
    head, _, key = pointer.rpartition("/")
    found = _maybe(document, head)
    if not found:
        return
    if key in ("zh", "en"):
        found[0][key] = ""
        if not any(found[0].values()):
            holder, name = _place(document, head)
            del holder[name]
    else:
        found[0].pop(keys_of(pointer)[-1], None)


def _compare(document: Document, edit: Edit) -> str:
    cell = _cell_at(document, edit.pointer, is_operator=True)
    if edit.value not in cell.options:
        raise EditError(f"{edit.value}：不是可用的比较", f"{edit.value}: not one of the comparisons")
    holder, key = _place(document, cell.pointer)
    holder[edit.value] = holder.pop(key)
    return cell.pointer.rpartition("/")[0]


def _copy(document: Document, edit: Edit) -> str:
    _require_listed(document, edit.pointer)
    holder, place = _place(document, edit.pointer)
    twin = copy.deepcopy(holder[place])
    _rename(twin, {str(node["id"]) for node in _nodes(document)})
    holder.insert(place + 1, twin)
    return edit.pointer.rpartition("/")[0]


def _remove(document: Document, edit: Edit) -> str:
    _require_listed(document, edit.pointer)
    holder, place = _place(document, edit.pointer)
    del holder[place]
    return edit.pointer.rpartition("/")[0]


def _require_listed(document: Raw, pointer: str) -> None:
    sections = read_sections(document)
    listed = {section.pointer for section in sections if section.is_listed}
    listed |= {row.pointer for section in sections for row in section.rows if row.is_listed}
    if pointer not in listed:
        raise EditError(f"{pointer}：没有这一行", f"{pointer}: there is no such row")


def _nodes(raw: Any) -> list[Document]:
    """Everything below that has an id, itself first."""
    if isinstance(raw, dict):
        own = [raw] if isinstance(raw.get("id"), str) else []
        return own + [node for value in raw.values() for node in _nodes(value)]
    return [node for value in raw for node in _nodes(value)] if isinstance(raw, list) else []


def _rename(twin: Any, taken: set[str]) -> None:
    """Ids name one node each: those of a copy get the first free number."""
    for node in _nodes(twin):
        number = 2
        while f"{node['id']}-{number}" in taken:
            number += 1
        node["id"] = f"{node['id']}-{number}"
        taken.add(node["id"])


_OPERATIONS: Mapping[str, Callable[[Document, Edit], str]] = {
    "set": _set,
    "compare": _compare,
    "copy": _copy,
    "remove": _remove,
}
