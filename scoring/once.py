"""What follows from a node of a rulebook alone, worked out once: nodes never change, and are read for every firm."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Node = TypeVar("Node")
Found = TypeVar("Found")


def once(work: Callable[[Node], Found]) -> Callable[[Node], Found]:
    """Keep what a function of one node found, with the node; nobody writes into it."""
    name = f"_once:{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def kept(node: Node) -> Found:
        known: dict[str, Any] = node.__dict__
        if name not in known:
            known[name] = work(node)
        found: Found = known[name]
        return found

    return kept
