"""Collects findings with their addresses, so that nothing is dropped in silence."""

from dataclasses import dataclass, field

from cultivation.core.sheets.cells import Cell

from .model import Problem, Severity


@dataclass(slots=True)
class Findings:
    problems: list[Problem] = field(default_factory=list)

    def error(self, cell: Cell, code: str, problem: str, *, done: str, todo: str) -> None:
        self._add("error", cell, code, problem, done, todo)

    def warning(self, cell: Cell, code: str, problem: str, *, done: str, todo: str) -> None:
        self._add("warning", cell, code, problem, done, todo)

    def info(self, cell: Cell, code: str, problem: str, *, done: str, todo: str = "无需处理") -> None:
        self._add("info", cell, code, problem, done, todo)

    def _add(self, severity: Severity, cell: Cell, code: str, problem: str, done: str, todo: str) -> None:
        self.problems.append(Problem(cell.sheet, cell.address, cell.shown, severity, code, problem, done, todo))
