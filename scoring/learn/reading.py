"""Decided cases from a file: the facts of a firm a row, and what the panel gave it in columns of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..assess import read_facts
from ..errors import shorten
from ..facts import BadValue, Fact, read_indicators
from ..intake import Reporter, read_id
from ..rulebook import Rulebook
from ..schema import Kind
from ..tables import Place, read_table
from .cases import Case


@dataclass(frozen=True)
class Columns:
    """Where a file holds what is no indicator.

    Attributes
    ----------
    labels : str
        What the panel gave: scores, or tiers by code or name.
    region, on : str, optional
        The firm's region, and the date it was assessed.
    """

    labels: str
    region: str | None = None
    on: str | None = None

    def names(self) -> set[str]:
        return {"id", self.labels, *(name for name in (self.region, self.on) if name is not None)}


def read_cases(path: Path, columns: Columns, expert: Rulebook, kind: Kind, reporter: Reporter) -> list[Case]:
    """Cases of a file in its order; a label that is none leaves its row out, and is reported.

    Raises
    ------
    FileError
        When the file can't be read at all.
    """
    tiers = _tier_names(expert)
    return [case for place in read_table(path) for case in _read(place, columns, tiers, kind, reporter)]


def _tier_names(expert: Rulebook) -> dict[str, str]:
    """Codes and both names of the tiers, to codes."""
    return {name: tier.id for tier in expert.body.tiers for name in (tier.title.en, tier.title.zh, tier.id)}


def _read(place: Place, columns: Columns, tiers: Mapping[str, str], kind: Kind, reporter: Reporter) -> Iterator[Case]:
    if place.error is not None:
        reporter.broken(place.line, *place.error)
        return
    cells = place.cells
    reporter.columns([name for name in cells if name not in read_indicators() and name not in columns.names()])
    identifier = read_id(cells.get("id"))
    if identifier is None:
        reporter.bad(place.line, "id", "没有可用的id，该行不参加训练", "no usable id, the row is left out")
        return
    try:
        score, tier = _label(cells.get(columns.labels), tiers)
    except BadValue as problem:
        reporter.bad(place.line, columns.labels, f"{problem.zh}，该行不参加训练", f"{problem.en}; the row is left out")
        return
    on = _date(cells, columns, place, reporter)
    region = str(cells.get(columns.region) or "").strip() if columns.region else ""
    yield Case(identifier, _facts(cells, place, reporter), score, tier, region or None, on, kind)


def _label(raw: Any, tiers: Mapping[str, str]) -> tuple[float | None, str | None]:
    """A score, or a tier by code or name; neither where it is empty."""
    text = str(raw).strip() if raw is not None else ""
    if not text:
        return None, None
    if text in tiers:
        return None, tiers[text]
    try:
        return float(text), None
    except ValueError as problem:
        raise BadValue(
            f"{shorten(text)}不是评分，也不是等级", f"{shorten(text)} is neither a score nor a tier"
        ) from problem


def _date(cells: Mapping[str, Any], columns: Columns, place: Place, reporter: Reporter) -> date | None:
    raw = cells.get(columns.on) if columns.on else None
    if raw is None or raw == "":
        return None
    try:
        return date.fromisoformat(str(raw)[:10])
    except ValueError:
        reporter.bad(
            place.line,
            str(columns.on),
            f"{shorten(raw)}不是日期，按训练日期处理",
            f"{shorten(raw)} is no date; the training's is taken",
        )
        return None


def _facts(cells: Mapping[str, Any], place: Place, reporter: Reporter) -> dict[str, Fact]:
    facts, problems = read_facts(cells, 0)
    for problem in problems:
        reporter.bad(place.line, problem.column, f"{problem.zh}，按未知处理", f"{problem.en}; counted as unknown")
    return facts
