"""Firms put into the bins of a scorecard once, and scored again by looking points up.

Every indicator sorts firms into a few bins: the bands their value may lie in, the rungs and items that hold. What a bin
gives is asked of the engine for one firm of each bin; all others get the same. So a change of points costs a look-up,
a change of one indicator's edges bins that indicator alone, and unknown values are bins like any other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..compare import reaches
from ..frame import Frame
from ..kinds import Outcome, Outcomes
from ..partial import evaluate_clause, evaluate_part
from ..points import add_up, border_goes_up, rising_bands
from ..result import Interval
from ..rulebook import Rulebook
from ..schema import Bands, Choices, Clause, Group, Items, Ladder, Part, Settled
from ..sizes import set_table
from ..values import measure

NO_LEVEL = -1
# What decides neither an outcome nor a bin.
NAMES = frozenset({"title", "source", "status", "note", "unit", "evidence", "hint"})
POINTS = frozenset({"id", "max", "points", "monotone", "each", "choices"})
PASSED = (Outcome.MET, Outcome.NOT_APPLICABLE)
Columns = list[NDArray[Any]]


@dataclass(frozen=True)
class Standing:
    """Firms under one scorecard.

    Attributes
    ----------
    level : ndarray of int8, shape (n,)
        Index of the tier, -1 under a veto.
    score : (ndarray, ndarray)
        Lowest and highest score.
    """

    level: NDArray[np.int8]
    score: Interval


@dataclass(frozen=True)
class _Bins:
    """The bin of every firm, and one firm of each bin."""

    codes: NDArray[Any]
    sample: NDArray[np.intp]


class Binned:
    """Firms in the bins of the scorecards they have been scored by.

    Parameters
    ----------
    frame : Frame
        Facts, with the size table set where a clause asks for the size class.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._bins: dict[str, _Bins] = {}
        self._outcomes: dict[str, Outcomes] = {}

    def score(self, rulebook: Rulebook) -> Standing:
        """Score every firm by a scorecard: as ``evaluate`` and ``read_levels`` do, to the last digit.

        Raises
        ------
        ValueError
            The rulebook is not a scorecard.
        """
        card = rulebook.body.scorecard
        if card is None:
            raise ValueError(f"{rulebook.key}不是评分表 (is not a scorecard)")
        tops = {part.id: self._points(rulebook, part) for part in card.parts}
        base = np.full(self.frame.size, float(card.base))
        score = _total([(base, base), *tops.values()], rulebook)
        level = np.full(self.frame.size, NO_LEVEL, dtype=np.int8)
        for index, tier in enumerate(rulebook.body.tiers):
            low = _total([tops[part] for part in tier.of], rulebook)[0] if tier.of else score[0]
            reached = low >= float("-inf" if tier.at_least is None else tier.at_least)
            for gate in tier.gates:
                reached &= np.isin(self._decide(rulebook, gate), PASSED)
            level[reached] = index
        for veto in rulebook.body.vetoes:
            level[(self._decide(rulebook, veto) == Outcome.UNMET) & (veto.id is not None)] = NO_LEVEL
        return Standing(level, score)

    def _points(self, rulebook: Rulebook, part: Part) -> Interval:
        if isinstance(part, Group):
            below = [self._points(rulebook, child) for child in part.parts]
            most = float(part.max)
            if part.combine == "best":
                low, high = (np.max([ends[side] for ends in below], axis=0) for side in (0, 1))
            else:
                low, high = _total(below, rulebook)
            return np.minimum(low, most), np.minimum(high, most)
        bins = self._sort(rulebook, part)
        if bins is None:
            return _interval(rulebook, part, self.frame)
        sample = Frame([self.frame.rows[index] for index in bins.sample], on=self.frame.on, kind=self.frame.kind)
        set_table(sample, self.frame.cache.get("size:table", ()))
        low, high = _interval(rulebook, part, sample)
        return low[bins.codes], high[bins.codes]

    def _sort(self, rulebook: Rulebook, part: Part) -> _Bins | None:
        """Bins of a part, remembered by what decides them; None where a mark gives the points."""
        key = _shape(part)
        if key not in self._bins:
            columns = _columns(part, self, rulebook)
            if columns is None:
                return None
            self._bins[key] = _number(columns)
        return self._bins[key]

    def _decide(self, rulebook: Rulebook, clause: Clause) -> Outcomes:
        key = _shape(clause)
        if key not in self._outcomes:
            self._outcomes[key] = evaluate_clause(rulebook, clause, self.frame)
        return self._outcomes[key]

    def decide_all(self, rulebook: Rulebook, clauses: Sequence[Clause]) -> Columns:
        """Outcomes of some clauses, each worked out once."""
        return [self._decide(rulebook, clause) for clause in clauses]


def _interval(rulebook: Rulebook, part: Part, frame: Frame) -> Interval:
    points = evaluate_part(rulebook, part, frame).points
    assert points is not None
    return points


def _total(points: Sequence[Interval], rulebook: Rulebook) -> Interval:
    low, high = (add_up([ends[side] for ends in points], rulebook.places) for side in (0, 1))
    return low, high


def _shape(node: Part | Clause) -> str:
    """What decides outcomes or bins, as text: everything but words and, of a part, points."""
    raw = _without(node.model_dump(mode="json"), NAMES)
    if isinstance(node, Part):
        settled = {"unknown": raw["unknown"] is not None} if isinstance(node, Settled) else {}
        raw = {key: _pointless(value) for key, value in raw.items() if key not in POINTS} | settled
    rising = rising_bands(node) if isinstance(node, Bands) else []
    borders = [border_goes_up(below, above) for below, above in pairwise(rising)]
    return f"{type(node).__name__}{borders}{json.dumps(raw, sort_keys=True)}"


def _pointless(rows: Any) -> Any:
    """Bands and rungs without their own points."""
    if not isinstance(rows, list):
        return rows
    return [{key: value for key, value in row.items() if key != "points"} for row in rows]


def _without(raw: Any, keys: frozenset[str]) -> Any:
    if isinstance(raw, dict):
        return {key: _without(value, keys) for key, value in raw.items() if key not in keys}
    return [_without(value, keys) for value in raw] if isinstance(raw, list) else raw


@singledispatch
def _columns(part: Part, binned: Binned, rulebook: Rulebook) -> Columns | None:
    """Small whole numbers that together decide the points of a part, whatever the points are."""
    return None


@_columns.register
def _bands(part: Bands, binned: Binned, rulebook: Rulebook) -> Columns | None:
    if part.mark is not None:
        return None
    span = measure(part.value, binned.frame)
    ends = [np.zeros(binned.frame.size, dtype=np.intp) for _ in range(2)]
    for below, above in pairwise(rising_bands(part)):
        assert above.from_ is not None
        reached = reaches(part.value, binned.frame, above.from_, strictly=not border_goes_up(below, above))
        ends = [end + here for end, here in zip(ends, reached, strict=True)]
    return [*ends, span.some, span.void, span.na, *([] if part.unknown is None else [span.known])]


@_columns.register
def _choices(part: Choices, binned: Binned, rulebook: Rulebook) -> Columns | None:
    span = binned.frame.column(part.fact)
    return [span.lo, span.hi, span.na]


@_columns.register
def _ladder(part: Ladder, binned: Binned, rulebook: Rulebook) -> Columns | None:
    return None if part.mark is not None else binned.decide_all(rulebook, [rung.when for rung in part.ladder])


@_columns.register
def _items(part: Items, binned: Binned, rulebook: Rulebook) -> Columns | None:
    return binned.decide_all(rulebook, part.items)


def _number(columns: Columns) -> _Bins:
    """One number for each combination that occurs."""
    codes: NDArray[np.intp] = np.zeros(len(columns[0]), dtype=np.intp)
    for column in columns:
        values, places = np.unique(column, return_inverse=True)
        _, codes = np.unique(codes * len(values) + places, return_inverse=True)
    _, sample, codes = np.unique(codes, return_index=True, return_inverse=True)
    return _Bins(codes.astype(np.uint8 if len(sample) <= 256 else np.intp), sample)
