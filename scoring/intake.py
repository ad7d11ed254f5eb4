"""Files of enterprises made into facts, and everything wrong with them said once, with line, column and reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from .assess import Problem, read_facts
from .facts import Fact, read_indicators
from .tables import Place, read_table


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

    def warn(self, line: int, zh: str, en: str) -> None:
        self.say(f"第{line}行 警告：{zh} (line {line}, warning: {en})")

    def columns(self, names: list[str]) -> None:
        """Name columns that are no indicators, each once."""
        new = [name for name in names if name not in self.unknown]
        if new:
            self.unknown.update(new)
            self.say(f"不认识的列，已忽略：{'、'.join(new)} (unknown columns, ignored: {', '.join(new)})")

    def say(self, text: str) -> None:
        print(f"{self.name}：{text}", file=self.stream)


@dataclass
class Batch:
    """Some rows in input order."""

    ids: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    facts: list[dict[str, Fact]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, place: Place, reporter: Reporter) -> None:
        identifier = read_id(place.cells.get("id"))
        if place.error or identifier is None:
            zh = place.error or "没有可用的id，该行不参加评价"
            reporter.bad(place.line, "id", zh, place.error or "no usable id, the row is left out")
            return
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
    """Text or a whole number; anything else can't name an enterprise."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, (str, int)):
        return None
    return str(raw).strip() or None


def read_batches(path: Path, reporter: Reporter, size: int = 1000) -> Iterator[Batch]:
    """Rows of a file in batches; unknown columns and rows left out are reported."""
    known = read_indicators().keys() | {"id"}
    places = read_table(path)
    while chunk := list(islice(places, size)):
        reporter.columns(list(dict.fromkeys(name for place in chunk for name in place.cells if name not in known)))
        batch = Batch()
        for place in chunk:
            batch.add(place, reporter)
        yield batch
