"""What a law is: a name, what it demands in words, and a function that finds what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..rulebook import Rulebook
from ..schema import Node, Text


@dataclass(frozen=True)
class Fault:
    """Where a law is broken, and how."""

    node: Node
    zh: str
    en: str


@dataclass(frozen=True)
class Law:
    name: str
    title: Text
    find: Callable[[Rulebook], Iterator[Fault]]
