"""Results as plain objects, one a firm: what the command line prints, the API returns and a database stores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from .facts import NO_BAR, NOT_APPLICABLE, UNKNOWN, Fact, read_indicators
from .frame import Frame
from .kinds import Outcome
from .result import Interval, Result, Row
from .schema import Awaits, Bands, Compare, Part, SizeIn, Value
from .sizes import classes
from .values import measure
from .words import band_label

Objects = list[dict[str, Any]]


def plain_number(number: float) -> int | float:
    """5.0 is written 5."""
    return int(number) if float(number).is_integer() else float(number)


def plain_interval(interval: Interval | None, index: int) -> list[int | float] | None:
    return None if interval is None else [plain_number(interval[0][index]), plain_number(interval[1][index])]


def plain_fact(fact: Fact) -> Any:
    """A fact as JSON: null is unknown (or no bar), ``n/a`` not applicable, a pair a bounded count."""
    if fact is UNKNOWN or fact is NO_BAR:
        return None
    if fact is NOT_APPLICABLE:
        return "n/a"
    if isinstance(fact, tuple):
        return [plain_number(end) for end in fact]
    if isinstance(fact, date):
        return fact.isoformat()
    return plain_number(fact) if isinstance(fact, float) else fact


def clause_objects(result: Result) -> list[Objects]:
    """The rows of a result, firm by firm.

    Returns
    -------
    list of list of dict
        For each firm its clauses in order, each with id, parent, outcome, points, max, facts, needs and missing; with
        value, band, line and reason where there are such.
    """
    columns = [_column(row, result.frame) for row in result.rows]
    return [list(firm) for firm in zip(*columns, strict=True)] if columns else [[] for _ in range(result.frame.size)]


def _column(row: Row, frame: Frame) -> Objects:
    """One row for all firms."""
    is_leaf = not getattr(row.node, "children", tuple)() and row.line is None
    codes = row.facts if is_leaf and not hasattr(row.node, "score") else ()
    shown = [_shown(frame, code) for code in codes]
    points = [None] * frame.size if row.points is None else _pairs(row.points)
    details = _details(row, frame)
    objects: Objects = []
    for index, outcome in enumerate(row.outcome.tolist()):
        facts = {code: column[index] for code, column in zip(codes, shown, strict=True)}
        missing = [code for code in codes if _is_missing(frame.rows[index], code)] if outcome in (2, 3) else []
        found = {
            "id": row.id,
            "parent": row.parent,
            "outcome": _CODES[outcome],
            "points": points[index],
            "max": row.max,
        }
        found |= {"facts": facts, "needs": _needs(row, outcome, missing), "missing": missing}
        objects.append(found | details[index] if details else found)
    return objects


_CODES = [outcome.code for outcome in Outcome]


def _is_missing(facts: Any, code: str) -> bool:
    fact = facts.get(code, UNKNOWN)
    return (fact is UNKNOWN or isinstance(fact, tuple)) and not read_indicators()[code].empty_is_none


def _shown(frame: Frame, code: str) -> list[Any]:
    key = f"shown:{code}"
    if key not in frame.cache:
        frame.cache[key] = [plain_fact(facts.get(code, UNKNOWN)) for facts in frame.rows]
    found: list[Any] = frame.cache[key]
    return found


def _pairs(interval: Interval) -> list[Any]:
    return [
        [plain_number(low), plain_number(high)] for low, high in zip(*(end.tolist() for end in interval), strict=True)
    ]


def _needs(row: Row, outcome: int, missing: Sequence[str]) -> str | None:
    """What must still be given, and by whom."""
    if outcome not in (Outcome.UNKNOWN, Outcome.MANUAL_REVIEW):
        return None
    if isinstance(row.node, Awaits):
        return row.node.awaits.zh
    names = "、".join(read_indicators()[code].zh for code in missing)
    if not names:
        return (
            "行业不在划型标准内，需人工核验"
            if isinstance(row.node, SizeIn) and outcome == Outcome.MANUAL_REVIEW
            else None
        )
    return f"待人工核验：{names}" if outcome == Outcome.MANUAL_REVIEW else f"待补充：{names}"


def _details(row: Row, frame: Frame) -> Objects:
    """Value, band and reason, where there are such."""
    if row.line is not None:
        return [{"line": pair} for pair in _pairs(row.line)]
    details: Objects = [{} for _ in range(frame.size)]
    value = getattr(row.node, "value", None)
    if isinstance(row.node, (Compare, Bands)) and isinstance(value, Value) and not value.code:
        _add_values(details, value, frame)
    if isinstance(row.node, Bands) and row.given is not None and row.given.band is not None:
        _add_bands(details, row.node, *row.given.band)
    if row.given is not None and row.given.bad_mark.any():
        for index in np.flatnonzero(row.given.bad_mark):
            details[index]["reason"] = "评分超出所在档次的分值范围，按未评分处理"
    return details


def _add_values(details: Objects, value: Value, frame: Frame) -> None:
    span = measure(value, frame)
    known = span.some & ~span.void & (span.lo == span.hi)
    numbers = np.sqrt(np.maximum(span.lo, 0)) - 1 if value.op == "compound_growth" else span.lo
    for index in np.flatnonzero(known):
        details[index]["value"] = plain_number(round(float(numbers[index]), 10))
    for index in np.flatnonzero(span.void & ~span.some):
        details[index]["reason"] = "分母为零，不可计算"


def _add_bands(details: Objects, part: Bands, first: Any, last: Any) -> None:
    labels = [band_label(band, part.value) for band in part.bands]
    for index in np.flatnonzero((first == last) & (first >= 0)):
        details[index]["band"] = labels[first[index]]


def size_classes(frame: Frame) -> list[str]:
    """Size class of every firm; a word of the output contract."""
    found: list[str] = classes(frame).tolist()
    return found


def dimension_points(result: Result, index: int) -> dict[str, list[int | float]]:
    """Points of the scorecard's dimensions and bonus for one firm."""
    tops = [row for row in result.rows if row.parent == "score" and isinstance(row.node, Part)]
    return {row.id: pair for row in tops if (pair := plain_interval(row.points, index)) is not None}
