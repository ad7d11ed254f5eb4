"""Worked cases: what an official expects of a rulebook, run as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import Field

from .engine import evaluate
from .facts import BadValue, parse_fact
from .frame import Frame
from .levels import read_levels
from .present import dimension_points, plain_interval, size_classes
from .result import Result
from .rights.cases import Differences, NamedRight, RightCase, RightEdges
from .rulebook import Library, read_document
from .schema import Kind, Node
from .sizes import set_table

Expected = float | list[float] | str


class Expect(Node):
    """What must come out; what isn't stated isn't tested."""

    outcome: str | None = None
    score: Expected | None = None
    size_class: str | None = None
    level: str | None = None
    level_possible: str | None = None
    vetoes: list[str] | None = None
    dimensions: dict[str, Expected] = Field(default_factory=dict)
    clauses: dict[str, Expected] = Field(default_factory=dict)


class Case(Node):
    """One firm and what is expected of it."""

    title: str
    rulebook: str
    firm: str | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    on: date = date(2026, 5, 1)
    kind: Kind = "new"
    expect: Expect


class Edges(Node):
    """One clause with one fact varied over the borders: value as written, and points or outcome."""

    title: str
    rulebook: str
    clause: str
    firm: str | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    on: date = date(2026, 5, 1)
    kind: Kind = "new"
    vary: str
    expect: dict[str, Expected]

    def cases(self) -> Iterator[Case]:
        shared = self.model_dump(include={"rulebook", "firm", "on", "kind"})
        for written, expected in self.expect.items():
            title = f"{self.title}：{self.vary} = {written}"
            facts = {**self.facts, self.vary: written}
            yield Case(title=title, facts=facts, expect=Expect(clauses={self.clause: expected}), **shared)


class Cases(Node):
    """One file of cases: of firms, and of IP rights."""

    firms: dict[str, dict[str, Any]] = Field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    edges: tuple[Edges, ...] = ()
    rights: dict[str, dict[str, Any]] = Field(default_factory=dict)
    right_cases: tuple[RightCase, ...] = ()
    right_edges: tuple[RightEdges, ...] = ()


@dataclass(frozen=True)
class Named:
    """A case with its facts and the line it stands on."""

    case: Case
    facts: dict[str, Any]
    line: int


def read_cases(text: str, *, file: str = "") -> list[Named]:
    """Cases of a file, the rows of tables of edges included.

    Raises
    ------
    RulebookError
        For a file that isn't one of cases, with line.
    """
    cases, source = read_document(Cases, text, file=file)
    found = [(case, source.line_of(("cases", index))) for index, case in enumerate(cases.cases)]
    for index, edges in enumerate(cases.edges):
        found += [(case, source.line_of(("edges", index))) for case in edges.cases()]
    return [Named(case, {**cases.firms.get(case.firm or "", {}), **case.facts}, line) for case, line in found]


def read_right_cases(text: str, *, file: str = "") -> list[NamedRight]:
    """Cases of IP rights in a file, the rows of tables of edges included.

    Raises
    ------
    RulebookError
        As for ``read_cases``.
    """
    cases, source = read_document(Cases, text, file=file)
    found = [(case, source.line_of(("right_cases", index))) for index, case in enumerate(cases.right_cases)]
    for index, edges in enumerate(cases.right_edges):
        found += [(case, source.line_of(("right_edges", index))) for case in edges.cases()]
    return [NamedRight(case, {**cases.rights.get(case.right or "", {}), **case.facts}, line) for case, line in found]


def run_case(named: Named, library: Library) -> Differences:
    """Differences between what a case expects and what comes out, in Chinese and English; none when it passes."""
    case = named.case
    try:
        facts = {code: parse_fact(code, raw) for code, raw in named.facts.items()}
    except BadValue as problem:
        return [(problem.zh, problem.en)]
    except KeyError as problem:
        return [(f"没有指标{problem.args[0]}", f"there is no indicator {problem.args[0]}")]
    rulebook = library.rulebooks.get(case.rulebook)
    if rulebook is None:
        return [(f"没有规则书{case.rulebook}", f"there is no rulebook {case.rulebook}")]
    frame = Frame([facts], on=case.on, kind=case.kind)
    sizes = next((other for other in library.rulebooks.values() if other.body.sizes), None)
    set_table(frame, sizes.body.sizes if sizes else ())
    return list(_differences(case.expect, evaluate(rulebook, frame)))


def _differences(expect: Expect, result: Result) -> Iterator[tuple[str, str]]:
    got = _outcome(result)
    for name in ("outcome", "score", "size_class", "level", "level_possible", "vetoes"):
        expected = getattr(expect, name)
        if name in expect.model_fields_set and _normal(expected) != _normal(got.get(name)):
            yield _difference(name, expected, got.get(name))
    for where, wanted in (("dimensions", expect.dimensions), ("clauses", expect.clauses)):
        for code, expected in wanted.items():
            found = got[where].get(code, (None, None))
            if _normal(expected) not in found:
                yield _difference(code, expected, found)


def _difference(name: str, expected: object, found: object) -> tuple[str, str]:
    return f"{name}应为{expected}，得到{found}", f"{name}: expected {expected}, got {found}"


def _outcome(result: Result) -> dict[str, Any]:
    got: dict[str, Any] = {
        "outcome": result.codes()[0],
        "score": plain_interval(result.score, 0),
        "size_class": size_classes(result.frame)[0],
        "clauses": {row.id: (row.code(0), plain_interval(row.points, 0)) for row in result.rows},
        "dimensions": {code: (None, points) for code, points in dimension_points(result, 0).items()},
    }
    if result.rulebook.body.scorecard:
        level = read_levels(result)[0]
        got |= {"level": level.level, "level_possible": level.possible, "vetoes": level.vetoes}
    return got


def _normal(expected: Any) -> Any:
    """A single number stands for an interval of it."""
    if isinstance(expected, (int, float)) and not isinstance(expected, bool):
        return [float(expected), float(expected)]
    return [float(end) for end in expected] if _is_numbers(expected) else expected


def _is_numbers(expected: Any) -> bool:
    return isinstance(expected, list) and bool(expected) and not isinstance(expected[0], str)
