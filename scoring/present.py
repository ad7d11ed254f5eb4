"""Results as plain objects, one a firm: what the command line prints, the API returns and a database stores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np

from .facts import LARGEST, NO_BAR, NOT_APPLICABLE, UNKNOWN, Fact, read_indicators
from .frame import Frame
from .kinds import Outcome
from .limits import band_labels
from .needs import needs_words
from .once import once
from .result import Interval, Result, Row
from .schema import Bands, Clause, Compare, Part, ScoreClause, Sourced, Value
from .sizes import classes
from .values import measure, numbers_of

Objects = list[dict[str, Any]]


def plain_number(number: float) -> int | float:
    """5.0 is written 5."""
    return int(number) if float(number).is_integer() else float(number)


def plain_interval(interval: Interval | None, index: int) -> list[int | float] | None:
    return None if interval is None else [plain_number(interval[0][index]), plain_number(interval[1][index])]


def plain_fact(fact: Fact) -> Any:
    """A fact as JSON.

    Parameters
    ----------
    fact : Fact

    Returns
    -------
    object
        null is unknown (or no bar), ``n/a`` not applicable, a pair a count between bounds; one that ends in null has no
        upper bound.
    """
    if fact is UNKNOWN or fact is NO_BAR:
        return None
    if fact is NOT_APPLICABLE:
        return "n/a"
    if isinstance(fact, tuple):
        return [plain_number(fact[0]), None if fact[1] >= LARGEST else plain_number(fact[1])]
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
    codes = row.facts if row.line is None and _is_leaf(row.node) else ()
    outcomes = row.outcome.tolist()
    points = [None] * frame.size if row.points is None else _pairs(row.points)
    objects: Objects = [
        {
            "id": row.id,
            "parent": row.parent,
            "outcome": _CODES[outcome],
            "points": pair,
            "max": row.max,
            "facts": facts,
            "needs": None,
            "missing": [],
        }
        for outcome, pair, facts in zip(outcomes, points, _facts(frame, codes), strict=True)
    ]
    _add_needs(objects, row, outcomes, frame, codes)
    _add_details(objects, row, frame)
    return objects


@once
def _is_leaf(node: Sourced) -> bool:
    """Whether nothing of the trace is below it."""
    return not (isinstance(node, (Clause, Part)) and node.children()) and not isinstance(node, ScoreClause)


_CODES = [outcome.code for outcome in Outcome]
_OPEN = (Outcome.UNKNOWN, Outcome.MANUAL_REVIEW)


def _facts(frame: Frame, codes: Sequence[str]) -> list[dict[str, Any]]:
    if not codes:
        return [{} for _ in range(frame.size)]
    shown = [_cached(frame, f"shown:{code}", code, plain_fact) for code in codes]
    return [dict(zip(codes, values, strict=True)) for values in zip(*shown, strict=True)]


def _cached(frame: Frame, key: str, code: str, read: Callable[[Fact], Any]) -> list[Any]:
    if key not in frame.cache:
        frame.cache[key] = [read(fact) for fact in frame.texts(code)]
    found: list[Any] = frame.cache[key]
    return found


def _is_missing(fact: Fact) -> bool:
    return fact is UNKNOWN or isinstance(fact, tuple)


def _add_needs(objects: Objects, row: Row, outcomes: list[int], frame: Frame, codes: Sequence[str]) -> None:
    """What must still be given, and by whom, where the outcome is open."""
    wanted = [code for code in codes if not read_indicators()[code].empty_is_none]
    missing = [_cached(frame, f"missing:{code}", code, _is_missing) for code in wanted]
    known: dict[tuple[int, tuple[str, ...]], str | None] = {}
    for index in [index for index, outcome in enumerate(outcomes) if outcome in _OPEN]:
        lacking = tuple(code for code, column in zip(wanted, missing, strict=True) if column[index])
        key = (outcomes[index], lacking)
        if key not in known:
            known[key] = needs_words(row.node, Outcome(outcomes[index]).code, lacking, "zh")
        objects[index]["needs"] = known[key]
        objects[index]["missing"] = list(lacking)


def _pairs(interval: Interval) -> list[Any]:
    return [
        [plain_number(low), plain_number(high)] for low, high in zip(*(end.tolist() for end in interval), strict=True)
    ]


def _add_details(objects: Objects, row: Row, frame: Frame) -> None:
    """Line, value, band and reason, where there are such."""
    if row.line is not None:
        for found, pair in zip(objects, _pairs(row.line), strict=True):
            found["line"] = pair
    if isinstance(row.node, (Compare, Bands)) and not row.node.value.code:
        _add_values(objects, row.node.value, frame)
    if isinstance(row.node, Bands) and row.given is not None and row.given.band is not None:
        _add_bands(objects, row.node, *row.given.band)


def _add_values(objects: Objects, value: Value, frame: Frame) -> None:
    span = measure(value, frame)
    shown = np.round(numbers_of(value, span).astype(float), 10).tolist()
    for index in np.flatnonzero(span.known).tolist():
        objects[index]["value"] = plain_number(shown[index])
    for index in np.flatnonzero(span.void & ~span.some).tolist():
        objects[index]["reason"] = "分母为零，不可计算"


def _add_bands(objects: Objects, part: Bands, first: Any, last: Any) -> None:
    labels = band_labels(part)
    bands = first.tolist()
    for index in np.flatnonzero((first == last) & (first >= 0)).tolist():
        objects[index]["band"] = labels[bands[index]]


def size_classes(frame: Frame) -> list[str]:
    """Size class of every firm; a word of the output contract."""
    found: list[str] = classes(frame).tolist()
    return found


def dimension_points(result: Result, index: int) -> dict[str, list[int | float]]:
    """Points of the scorecard's dimensions and bonus for one firm."""
    tops = [row for row in result.rows if row.parent == "score" and isinstance(row.node, Part)]
    return {row.id: pair for row in tops if (pair := plain_interval(row.points, index)) is not None}
