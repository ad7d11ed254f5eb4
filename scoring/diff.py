"""What changed between two rulebooks, in words (P02): the reader sees "5%: 20 → 18 points", not lines of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .explain import rows_of
from .facets import EDGES, POINTS, WHOLE, Facet, describe, describe_head
from .rulebook import Rulebook
from .schema import Node, Sourced
from .words import say

KINDS: Mapping[str, tuple[str, str]] = {
    "added": ("新增", "added"),
    "removed": ("删除", "removed"),
    "points": ("分值", "points"),
    "edges": ("分档", "bands"),
    "threshold": ("分数线", "threshold"),
    "rule": ("判定", "rule"),
    "title": ("名称", "title"),
    "source": ("来源", "source"),
    "text": ("说明", "text"),
    "period": ("适用", "in force"),
    "effort": ("工作量", "effort"),
}


@dataclass(frozen=True)
class Change:
    """One difference.

    Attributes
    ----------
    path : str
        Ids from the top, ``creation/CR-1``; empty for the head.
    kind : str
        A key of ``KINDS``.
    zh, en : str
        What changed, with the values before and after.
    """

    path: str
    kind: str
    zh: str
    en: str


def diff_rulebooks(old: Rulebook, new: Rulebook) -> list[Change]:
    """Every difference between two rulebooks, in words.

    Nodes are matched by id. What is added or removed with the node above it is told once, at the top. No difference of
    content goes untold: what has no words of its own is reported as a changed rule.

    Parameters
    ----------
    old, new : Rulebook
        Of any schemes; versions of one as a rule.

    Returns
    -------
    list of Change
        The head first, then in order of the old rulebook, then what is new.
    """
    return [*_head(old, new), *_nodes(_index(old), _index(new))]


def _head(old: Rulebook, new: Rulebook) -> Iterator[Change]:
    yield from _compare("", describe_head(old.body), describe_head(new.body))


@dataclass(frozen=True)
class _Place:
    path: str
    parent: str | None
    node: Sourced


def _index(rulebook: Rulebook) -> dict[str, _Place]:
    """Named nodes by id, with their paths."""
    found: dict[str, _Place] = {}
    for name, row in rows_of(rulebook).items():
        above = found[row.parent].path + "/" if row.parent else ""
        found[name] = _Place(above + name, row.parent, row.node)
    for size in rulebook.body.sizes:
        found[size.id] = _Place(f"sizes/{size.id}", None, size)
    return found


def _nodes(old: Mapping[str, _Place], new: Mapping[str, _Place]) -> Iterator[Change]:
    for name, place in old.items():
        if name in new:
            yield from _both(place, new[name])
        elif place.parent is None or place.parent in new:
            yield _whole(place, "removed")
    for name, place in new.items():
        if name not in old and (place.parent is None or place.parent in old):
            yield _whole(place, "added")


def _whole(place: _Place, kind: str) -> Change:
    most = getattr(place.node, "max", None)
    zh, en = (f"（{most:f}分）", f" ({most:f} points)") if most is not None else ("", "")
    verb = KINDS[kind]
    title = place.node.title
    return Change(
        place.path, kind, f"{verb[0]}“{say(title, 'zh')}”{zh}", f"{verb[1]}: {say(title, 'en') or place.path}{en}"
    )


def _both(old: _Place, new: _Place) -> Iterator[Change]:
    if old.path != new.path:
        yield Change(new.path, "rule", f"位置：{old.path} → {new.path}", f"moved: {old.path} → {new.path}")
    found = list(_compare(new.path, describe(old.node), describe(new.node)))
    yield from found
    if not found and _own(old.node) != _own(new.node):
        yield Change(new.path, "rule", "判定内容有变", "the rule has changed")


def _compare(path: str, old: Mapping[str, Facet], new: Mapping[str, Facet]) -> Iterator[Change]:
    """Facets that differ; one that only one side has stands against nothing."""
    keys = dict.fromkeys([*old, *new])
    if EDGES in old and EDGES in new:
        is_moved = old[EDGES] != new[EDGES]
        silent = (EDGES, POINTS if is_moved else WHOLE)
        keys = dict.fromkeys(key for key in keys if not key.startswith(silent))
    for key in keys:
        one, two = old.get(key), new.get(key)
        if one != two:
            yield _told(path, one, two)


def _told(path: str, one: Facet | None, two: Facet | None) -> Change:
    facet = two or one
    assert facet is not None
    (zh, en), (then_zh, then_en) = (("—", "—") if side is None else (side.zh, side.en) for side in (one, two))
    words = f"{facet.name_zh}：{zh} → {then_zh}", f"{facet.name_en}: {en} → {then_en}"
    return Change(path, facet.kind, *words)


def _own(node: Node) -> Any:
    """The content of a node, named nodes below it told by their ids only."""
    return _fold(node.model_dump(mode="json"), top=True)


def _fold(raw: Any, *, top: bool = False) -> Any:
    if isinstance(raw, dict):
        if raw.get("id") and not top:
            return raw["id"]
        return {key: _fold(value) for key, value in raw.items()}
    return [_fold(value) for value in raw] if isinstance(raw, list) else raw
