"""What stands between a draft and its publication, each with its place, in both languages (P02, P04)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ..checks import overlapping
from ..laws import GROUPS, LAW_TITLES, find_breaches
from ..rulebook import Library, Rulebook
from ..schema import RulebookDocument, Text
from ..shape import explain_error
from ..succession import find_overlaps
from ..yamltext import Document, Keys, read_yaml
from .cells import Raw, step
from .origins import find_unsourced

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

CHANGED = "changed-numbers"
BACKDATED = "not-backdated"
TITLES: Mapping[str, Text] = {
    **LAW_TITLES,
    BACKDATED: Text(zh="施行日不早于发布日", en="in force from its publication at the earliest"),
    CHANGED: Text(zh="改动的数字有来源", en="changed numbers have a source"),
}
# What a draft alone has to keep; names of files and worked cases are matters of the shipped rulebooks.
OWN_GROUPS: tuple[tuple[str, ...], ...] = (
    ("schema",),
    *(tuple(law.name for law in laws) for laws in GROUPS),
    ("unique-key", "one-in-force", BACKDATED, CHANGED),
)


@dataclass(frozen=True)
class Problem:
    """One broken law.

    Attributes
    ----------
    law : str
        A key of ``TITLES``.
    node : str
        Id of the nearest named node, or the key of the section of the document.
    pointer : str
        JSON pointer to the place.
    zh, en : str
        What is wrong.
    """

    law: str
    node: str
    pointer: str
    zh: str
    en: str


@dataclass(frozen=True)
class Checked:
    """One law and how a draft stands to it.

    Attributes
    ----------
    law : str
        A key of ``LAW_TITLES``, or one that only drafts keep.
    title : Text
    state : "holds", "broken" or "untested"
        ``untested`` while others are broken first.
    problems : tuple of Problem
        Those that break it.
    """

    law: str
    title: Text
    state: str
    problems: tuple[Problem, ...] = ()


def find_problems(
    document: Raw, *, library: Library | None = None, original: Raw | None = None, today: date | None = None
) -> list[Problem]:
    """Everything that is wrong with a draft.

    Parameters
    ----------
    document : mapping
        Plain data; values may be ones that can't be read.
    library : Library, optional
        The published rulebooks among which it would stand.
    original : mapping, optional
        The document it was copied from: numbers that differ need a source of their own.
    today : date, optional
        The day of publication: no period may begin before it.

    Returns
    -------
    list of Problem
        In the order of the laws. What can't be read can't be computed: laws on sums and reach are tried only when the
        shape, the names and the facts are in order.
    """
    found = list(_misshapen(document))
    if not found:
        rulebook = _read(document)
        found += _broken(rulebook)
        found += _misplaced(rulebook, library or Library(()))
        found += _backdated(rulebook, today) if today else ()
    return [*found, *(_unsourced(document, original) if original else ())]


def check_draft(problems: Sequence[Problem]) -> list[Checked]:
    """All laws as a checklist.

    Parameters
    ----------
    problems : sequence of Problem
        What ``find_problems`` found.

    Returns
    -------
    list of Checked
        One for each law, in the order in which they are tried.
    """
    return list(_checklist(problems))


def _checklist(problems: Sequence[Problem]) -> Iterator[Checked]:
    is_blocked = False
    for place, laws in enumerate(OWN_GROUPS):
        is_last = place == len(OWN_GROUPS) - 1
        broken = {law: tuple(one for one in problems if one.law == law) for law in laws}
        for law, found in broken.items():
            is_free = not is_blocked or law == CHANGED or (is_last and not _is_misshapen(problems))
            state = "broken" if found else "holds" if is_free else "untested"
            yield Checked(law, TITLES[law], state, found)
        is_blocked = is_blocked or any(broken.values())


def _is_misshapen(problems: Sequence[Problem]) -> bool:
    return any(problem.law == "schema" for problem in problems)


def _source(document: Raw) -> Document:
    return read_yaml(json.dumps(document, ensure_ascii=False))


def _read(document: Raw) -> Rulebook:
    source = _source(document)
    return Rulebook(RulebookDocument.model_validate(source.data), source)


def _misshapen(document: Raw) -> Iterator[Problem]:
    source = _source(document)
    try:
        RulebookDocument.model_validate(source.data)
    except ValidationError as problem:
        for error in _own_errors(problem.errors()):
            path = source.locate(error["loc"])
            zh, en = explain_error(error, ())
            missing = (error["loc"][-1],) if error["type"] == "missing" else ()
            yield _problem("schema", document, (*path, *missing), zh, en)


def _own_errors(errors: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Without lists that are too short only because an element of theirs can't be read."""
    for error in errors:
        depth = len(error["loc"])
        inner = any(len(other["loc"]) > depth and other["loc"][:depth] == error["loc"] for other in errors)
        if not (inner and error["type"] == "too_short"):
            yield error


def _broken(rulebook: Rulebook) -> Iterator[Problem]:
    for breach in find_breaches(rulebook):
        yield _problem(breach.law, rulebook.document(), breach.path, breach.zh, breach.en)


def _misplaced(rulebook: Rulebook, library: Library) -> Iterator[Problem]:
    """A version that is there already, versions to replace that are not, and days on which two are in force."""
    document, scheme = rulebook.document(), rulebook.body.id
    if rulebook.key in library.rulebooks:
        zh, en = f"版本{rulebook.key}已经发布", f"version {rulebook.key} is published already"
        yield _problem("unique-key", document, ("version",), zh, en)
        return
    for key in rulebook.body.supersedes:
        if key not in library.rulebooks or not key.startswith(f"{scheme}/"):
            zh, en = f"没有已发布的版本{key}", f"there is no published version {key}"
            yield _problem("one-in-force", document, ("supersedes",), zh, en)
    known = {id(one.body): one for one in (*library.rulebooks.values(), rulebook) if one.body.id == scheme}
    for overlap in find_overlaps([one.body for one in known.values()]):
        if id(overlap.two[0]) == id(rulebook.body):
            fault = overlapping(known[id(overlap.one[0])], rulebook, overlap.two[1])
            day = overlap.from_.isoformat() if overlap.from_ else "…"
            yield _problem("one-in-force", document, fault.path, f"自{day}起{fault.zh}", f"{fault.en} from {day}")


def _backdated(rulebook: Rulebook, today: date) -> Iterator[Problem]:
    for period in rulebook.body.applies:
        if period.from_ is None or period.from_ < today:
            day = today.isoformat()
            zh, en = f"施行日应不早于发布日{day}", f"must begin on the day of publication, {day}, at the earliest"
            yield _problem(BACKDATED, rulebook.document(), rulebook.path_of(period), zh, en)


def _unsourced(document: Raw, original: Raw) -> Iterator[Problem]:
    for origin in find_unsourced(document, original):
        zh = f"数字已改，来源仍是原来的“{origin.status.zh}”：请写明新的来源，或改为平台标定"
        en = f"numbers have changed, the source is still the old “{origin.status.en}”: state a new one, or calibrated"
        yield Problem(CHANGED, origin.node, origin.pointer, zh, en)


def _problem(law: str, document: Raw, path: Keys, zh: str, en: str) -> Problem:
    return Problem(law, _node_at(document, path), step("", *path), zh, en)


def _node_at(document: Raw, path: Iterable[str | int]) -> str:
    """Id of the innermost named node along a path, else its first key."""
    keys = list(path)
    found, name = document, str(keys[0]) if keys else ""
    for key in keys:
        found = _below(found, key)
        if isinstance(found, Mapping) and isinstance(found.get("id"), str):
            name = found["id"]
    return name


def _below(raw: Any, key: str | int) -> Any:
    try:
        return raw[key]
    except (LookupError, TypeError):
        return None
