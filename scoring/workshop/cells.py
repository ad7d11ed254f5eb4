"""The pieces of a table that a clerk edits: cells with the place each has in the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..schema import Text

Raw = Mapping[str, Any]
CellType = Literal["number", "points", "text", "date", "choice", "choices", "list", "boolean", "fact", "operator"]
Options = Mapping[str, Text]
EMPTY = Text(zh="", en="")


def step(pointer: str, *keys: str | int) -> str:
    """A JSON pointer (RFC 6901) some keys deeper."""
    return pointer + "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)


@dataclass(frozen=True)
class Cell:
    """One value that can be edited.

    Attributes
    ----------
    pointer : str
        JSON pointer into the document.
    label : Text
        What the value is.
    type : str
        How it is edited; ``number`` and ``points`` are as written, ``5%`` stays ``5%``.
    value : Any
        As it stands in the document; None where it is absent.
    options : mapping of str to Text
        For choices; of a ``fact`` none: any indicator of the catalogue.
    is_optional : bool
        Whether emptying takes the key out of the document.
    is_minor : bool
        Words for the reader; folded away in a dense table.
    """

    pointer: str
    label: Text
    type: CellType
    value: Any
    options: Options = field(default_factory=dict)
    is_optional: bool = False
    is_minor: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a section's table: a band, a choice, a rung, a period.

    Attributes
    ----------
    pointer : str
        Of the element.
    label : Text
        What the row is about, where its cells don't say.
    node : str
        Id of the element, if it has one.
    is_listed : bool
        Whether it stands in a list, so that it can be copied and removed.
    """

    pointer: str
    cells: tuple[Cell, ...]
    label: Text = EMPTY
    node: str = ""
    is_listed: bool = True


@dataclass(frozen=True)
class Section:
    """One node of a rulebook: its own cells, and its table.

    Attributes
    ----------
    group : str
        ``head``, ``scope``, ``criteria``, ``scorecard``, ``tiers``, ``vetoes``, ``rights``, ``sizes`` or ``effort``.
    kind : str
        The kind of node, by the key that names it (``bands``, ``value``, ``all`` …).
    node : str
        Its id; for pieces of the head a name of their own.
    words : Text
        What it asks for, in a sentence.
    """

    pointer: str
    group: str
    kind: str
    node: str
    depth: int
    title: Text
    cells: tuple[Cell, ...] = ()
    rows: tuple[Row, ...] = ()
    words: Text = EMPTY
    is_listed: bool = False

    @property
    def all_cells(self) -> list[Cell]:
        return [*self.cells, *(cell for row in self.rows for cell in row.cells)]


def number(raw: Raw, at: str, key: str, label: Text, *, is_optional: bool = False) -> Cell:
    return Cell(step(at, key), label, "number", raw.get(key), is_optional=is_optional)


def text(raw: Raw, at: str, key: str, label: Text, *, is_optional: bool = False, is_minor: bool = False) -> Cell:
    return Cell(step(at, key), label, "text", raw.get(key), is_optional=is_optional, is_minor=is_minor)


def both(raw: Raw, at: str, key: str, label: Text, *, is_optional: bool = False) -> tuple[Cell, Cell]:
    """A text in Chinese and in English."""
    found = raw.get(key) or {}
    names = Text(zh=label.zh, en=f"{label.en} (Chinese)"), Text(zh=f"{label.zh}（英文）", en=label.en)
    return (
        Cell(step(at, key, "zh"), names[0], "text", found.get("zh"), is_optional=is_optional, is_minor=is_optional),
        Cell(step(at, key, "en"), names[1], "text", found.get("en"), is_optional=is_optional, is_minor=True),
    )


def choice(
    raw: Raw, at: str, key: str, label: Text, options: Options, *, is_optional: bool = False, is_minor: bool = False
) -> Cell:
    return Cell(step(at, key), label, "choice", raw.get(key), options, is_optional, is_minor)


def several(raw: Raw, at: str, key: str, label: Text, options: Options, *, is_minor: bool = False) -> Cell:
    """Some of a few options; emptied it is left out, which means all."""
    return Cell(step(at, key), label, "choices", raw.get(key), options, is_optional=True, is_minor=is_minor)


def words_list(raw: Raw, at: str, key: str, label: Text, *, is_optional: bool = True) -> Cell:
    return Cell(step(at, key), label, "list", raw.get(key), is_optional=is_optional)


def day(raw: Raw, at: str, key: str, label: Text, *, is_optional: bool = True) -> Cell:
    return Cell(step(at, key), label, "date", raw.get(key), is_optional=is_optional)


def points(raw: Raw, at: str, key: str = "points", label: Text | None = None) -> Cell:
    return Cell(step(at, key), label or Text(zh="分值", en="points"), "points", raw.get(key))


def flag(raw: Raw, at: str, key: str, label: Text) -> Cell:
    return Cell(step(at, key), label, "boolean", raw.get(key), is_optional=True)


def find(document: Any, pointer: str) -> Any:
    """What stands at a pointer.

    Raises
    ------
    LookupError
        Nothing does.
    """
    found = document
    for key in keys_of(pointer):
        if isinstance(found, Sequence) and not isinstance(found, str):
            if not (key.isascii() and key.isdigit()):
                raise LookupError(pointer)
            found = found[int(key)]
        elif isinstance(found, Mapping):
            found = found[key]
        else:
            raise LookupError(pointer)
    return found


def keys_of(pointer: str) -> list[str]:
    """The keys of a JSON pointer."""
    return [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]
