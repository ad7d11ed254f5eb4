"""Where the numbers of a draft come from: a changed one can't keep the source of the one it replaced (P02)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..schema import Text
from .cells import Raw, step
from .head import STATUSES
from .layout import ADDED, REMOVED, SAME, lay_out

NUMBERS = frozenset({"number", "points", "operator"})
# A source of these kinds is a text that others wrote: it can't say what it does not say.
QUOTED = frozenset({"official", "secondary"})
Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Origin:
    """A node whose numbers have changed under an old source.

    Attributes
    ----------
    node, pointer : str
        Its id, and where its source is, or would be, stated.
    status : Text
        What that source claims to be.
    """

    node: str
    pointer: str
    status: Text


def find_unsourced(document: Raw, original: Raw) -> Iterator[Origin]:
    """Nodes with changed numbers whose source quotes what it quoted before the change."""
    known = set(_sources(original))
    for section in lay_out(document, original):
        if section["state"] in (SAME, REMOVED) or not _has_new_numbers(section):
            continue
        source, status = _origin(document, section["pointer"])
        if status in QUOTED and source in known:
            yield Origin(section["node"], step(section["pointer"], "source"), STATUSES[status])


def _has_new_numbers(section: Plain) -> bool:
    is_new = section["state"] == ADDED
    rows = section["rows"]
    cells = [*section["cells"], *(cell for row in rows for cell in row["cells"])]
    return any(cell["type"] in NUMBERS and (is_new or cell["is_changed"]) for cell in cells)


def _origin(document: Raw, pointer: str) -> tuple[str, str]:
    """Source and status of a node: its own, else those of the nearest node above it."""
    found: Any = document
    source, status = str(document.get("source", "")), str(document.get("status", ""))
    for key in pointer.split("/")[1:]:
        found = found[int(key)] if isinstance(found, list) else found[key]
        if isinstance(found, Mapping):
            source, status = str(found.get("source", source)), str(found.get("status", status))
    return source, status


def _sources(raw: Any) -> Iterator[str]:
    """Every source that is stated anywhere."""
    if isinstance(raw, Mapping):
        if isinstance(raw.get("source"), str):
            yield raw["source"]
        raw = list(raw.values())
    if isinstance(raw, list):
        for one in raw:
            yield from _sources(one)
