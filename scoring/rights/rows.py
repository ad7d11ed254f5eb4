"""The named rules and conditions of a rulebook of rights as rows, so that they read like any other rulebook's."""

from __future__ import annotations

from collections.abc import Iterator

from ..result import Row
from ..rulebook import Rulebook
from ..schema import Condition, RightRule


def rights_rows(rulebook: Rulebook) -> list[Row]:
    """One row a named rule or condition, in order, for no firm in particular."""
    return [row for rule in rulebook.body.rights for row in _rows(rule, rule.where, None, rulebook)]


def _rows(
    node: RightRule | Condition, below: tuple[Condition, ...], above: Row | None, rulebook: Rulebook
) -> Iterator[Row]:
    """Below an unnamed condition nothing has a row: its words are part of the row above."""
    if node.id is None:
        return
    row = Row.of(node, above, rulebook, None, 1)
    yield row
    for condition in below:
        yield from _rows(condition, condition.children(), row, rulebook)
