"""Worked cases of counting: one right, or a small ledger, and what each count makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import Field

from ..rulebook import Library, Rulebook
from ..schema import Node
from .counting import judge
from .reading import read_right
from .right import Right
from .said import Outcome

Row = Mapping[str, Any]
Differences = list[tuple[str, str]]
ON = date(2026, 5, 1)


class RightCase(Node):
    """One right under one rulebook: what each of its counts says, and why where the case says so."""

    title: str
    rulebook: str
    right: str | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    on: date = ON
    expect: dict[str, Outcome] = Field(min_length=1)
    because: dict[str, str] = Field(default_factory=dict)


class RightEdges(Node):
    """One count with one fact of a right varied over the borders; an empty value is not known."""

    title: str
    rulebook: str
    count: str
    right: str | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    on: date = ON
    vary: str
    expect: dict[str, Outcome] = Field(min_length=1)

    def cases(self) -> Iterator[RightCase]:
        shared = self.model_dump(include={"rulebook", "right", "on"})
        for written, outcome in self.expect.items():
            title = f"{self.title}：{self.vary} = {written}"
            facts = {**self.facts, self.vary: written}
            yield RightCase(title=title, facts=facts, expect={self.count: outcome}, **shared)


@dataclass(frozen=True)
class NamedRight:
    """A case with the cells of its right and the line it stands on."""

    case: RightCase
    cells: Row
    line: int


def run_right_case(named: NamedRight, library: Library) -> Differences:
    """Differences between what a case expects and what comes out, in Chinese and English; none when it passes."""
    case = named.case
    right, bad = read_right(named.cells)
    if bad:
        return [(f"{name}：{problem.zh}", f"{name}: {problem.en}") for name, problem in bad]
    rulebook = library.rulebooks.get(case.rulebook)
    if rulebook is None:
        return [(f"没有规则书{case.rulebook}", f"there is no rulebook {case.rulebook}")]
    return [found for code in case.expect for found in _differences(case, code, rulebook, right)]


def _differences(case: RightCase, code: str, rulebook: Rulebook, right: Right) -> Differences:
    rule = next((rule for rule in rulebook.body.rights if rule.counts == code), None)
    if rule is None:
        return [(f"{case.rulebook}不计{code}", f"{case.rulebook} counts no {code}")]
    verdict, wanted = judge(rulebook, rule, right, case.on), case.expect[code]
    found = []
    if verdict.outcome != wanted:
        found.append(_difference(code, wanted, f"{verdict.outcome} ({verdict.zh})"))
    if case.because.get(code, verdict.zh) != verdict.zh:
        found.append(_difference(code, case.because[code], verdict.zh))
    return found


def _difference(code: str, wanted: str, found: str) -> tuple[str, str]:
    return f"{code}应为{wanted}，得到{found}", f"{code}: expected {wanted}, got {found}"
