"""Files of enterprises made into facts, and everything wrong with them said once, with line, column and reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from .assess import Problem, read_facts
from .errors import UNPRINTABLE, as_text, shorten
from .facts import Fact, read_indicators
from .tables import Place, read_table

LONGEST_ID = 200
MOST_COLUMNS = 200


@dataclass
class Reporter:
    """Writes problems to a stream and remembers whether any of them makes the exit status 1."""

    name: str
    stream: TextIO
    is_bad: bool = False
    unknown: set[str] = field(default_factory=set)

    def bad(self, line: int, column: str, zh: str, en: str) -> None:
        self.is_bad = True
        self.say(f"第{line}行 {column}列：{zh} (line {line}, column {column}: {en})")

    def broken(self, line: int, zh: str, en: str) -> None:
        """A row that can't be read at all."""
        self.is_bad = True
        self.say(f"第{line}行：{zh}，该行不参加评价 (line {line}: {en}; the row is left out)")

    def warn(self, line: int, zh: str, en: str) -> None:
        self.say(f"第{line}行 警告：{zh} (line {line}, warning: {en})")

    def columns(self, names: list[str]) -> None:
        """Name columns that are no indicators, each once, and no more of them than anybody reads."""
        new = [name for name in names if name not in self.unknown][: max(0, MOST_COLUMNS - len(self.unknown))]
        if new:
            self.unknown.update(new)
            shown = [shorten(name).strip("“”") for name in new]
            self.say(f"不认识的列，已忽略：{'、'.join(shown)} (unknown columns, ignored: {', '.join(shown)})")

    def say(self, text: str) -> None:
        print(f"{self.name}：{text}", file=self.stream)


class Seen:
    """Which ids came before, in eight bytes each: sets of two million texts would be most of the memory."""

    def __init__(self) -> None:
        self._old = np.empty(0, dtype=np.int64)
        self._new: set[int] = set()

    def add(self, identifier: str) -> bool:
        """Whether an id has been there before; it has from now on."""
        key = hash(identifier)
        place = int(np.searchsorted(self._old, key))
        if key in self._new or (place < len(self._old) and int(self._old[place]) == key):
            return True
        self._new.add(key)
        if len(self._new) > 10_000 + len(self._old) // 8:
            self._old = np.union1d(self._old, np.fromiter(self._new, dtype=np.int64))
            self._new.clear()
        return False


@dataclass
class Batch:
    """Some rows in input order."""

    seen: Seen
    ids: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    facts: list[dict[str, Fact]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, place: Place, reporter: Reporter) -> None:
        if place.error is not None:
            reporter.broken(place.line, *place.error)
            return
        identifier = read_id(place.cells.get("id"))
        if identifier is None:
            reporter.bad(place.line, "id", "没有可用的id，该行不参加评价", "no usable id, the row is left out")
            return
        if self.seen.add(identifier):
            shown = shorten(identifier)
            reporter.warn(place.line, f"id{shown}在前面出现过", f"the id {shown} was there before")
        facts, problems = read_facts(place.cells, len(self.ids))
        self.ids.append(identifier)
        self.lines.append(place.line)
        self.facts.append(facts)
        self.report(problems, reporter)

    def report(self, problems: list[Problem], reporter: Reporter) -> None:
        self.problems.extend(problems)
        for problem in problems:
            zh, en = f"{problem.zh}，按未知处理", f"{problem.en}; counted as unknown"
            reporter.bad(self.lines[problem.row], problem.column, zh, en)


def read_id(raw: Any) -> str | None:
    """Text of a sensible length that can be printed, or a whole number; anything else can't name an enterprise."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, (str, int)):
        return None
    text = as_text(raw).strip()
    return text if 0 < len(text) <= LONGEST_ID and not UNPRINTABLE.search(text) else None


def read_batches(path: Path, reporter: Reporter, size: int = 1000) -> Iterator[Batch]:
    """Rows of a file in batches; unknown columns and rows left out are reported."""
    known = read_indicators().keys() | {"id"}
    places, seen, is_empty = read_table(path), Seen(), True
    while chunk := list(islice(places, size)):
        is_empty = False
        reporter.columns(list(dict.fromkeys(name for place in chunk for name in place.cells if name not in known)))
        batch = Batch(seen)
        for place in chunk:
            batch.add(place, reporter)
        yield batch
    if is_empty:
        reporter.say("没有企业 (no enterprises)")
