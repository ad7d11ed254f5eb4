"""Evaluate a rulebook over many firms at once: outcomes, points and the trace they are drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from .frame import HUGE, Frame, Mask
from .kinds import MANUAL_REVIEW, MET, NOT_APPLICABLE, UNKNOWN, UNMET, Outcomes, all_of, any_of, test
from .points import Given, add_up, combine, give
from .result import Interval, Result, Row
from .rulebook import Rulebook
from .schema import (
    AllOf,
    AnyOf,
    ByCase,
    Clause,
    Group,
    Ladder,
    Limits,
    Part,
    Scorecard,
    ScoreClause,
    Sourced,
    Text,
    Threshold,
    Tier,
)

SCORE = Text(zh="能力评分", en="Capability score")
BASE = Text(zh="起始分", en="Base")
VETOES = Text(zh="一票否决事项", en="Vetoes")


def evaluate(rulebook: Rulebook, frame: Frame) -> Result:
    """Evaluate one rulebook for every row of a frame.

    Parameters
    ----------
    rulebook : Rulebook
        A programme (scope and criteria) or a scorecard (parts, tiers, vetoes).
    frame : Frame
        Facts; with the size table set where a clause asks for the size class.

    Returns
    -------
    Result
        Outcomes of shape (n,), the score's interval, and one row for every named clause, part and line.
    """
    return _Evaluation(rulebook, frame).run()


class _Evaluation:
    def __init__(self, rulebook: Rulebook, frame: Frame) -> None:
        self.rulebook = rulebook
        self.frame = frame
        self.rows: list[Row] = []
        self.path: list[Row] = []
        self.score: Interval | None = None
        self.tops: dict[str, Given] = {}

    def run(self) -> Result:
        body = self.rulebook.body
        if body.scorecard:
            outcome = self._scorecard(body.scorecard, body.tiers, body.vetoes)
        else:
            outcome = self._programme(body.scope, body.criteria)
        return Result(self.rulebook, self.frame, tuple(self.rows), outcome, self.score)

    def _programme(self, scope: Clause | None, criteria: Clause | None) -> Outcomes:
        """Outside the scope is not applicable as a whole; a scope that can't be told yet is one more condition."""
        parts = [self.clause(clause) for clause in (scope, criteria) if clause is not None]
        outcome = all_of(parts) if parts else np.full(self.frame.size, MANUAL_REVIEW, dtype=np.int8)
        outside = parts[0] == UNMET if scope is not None else np.zeros(self.frame.size, dtype=bool)
        return np.where(outside, NOT_APPLICABLE, outcome)

    def _scorecard(self, card: Scorecard, tiers: Sequence[Tier], vetoes: Sequence[Clause]) -> Outcomes:
        with self._row(Sourced(id="score", title=SCORE), card.max) as row:
            start = self._base(card)
            self.tops = {part.id: self.part(part) for part in card.parts}
            given = [*self.tops.values()]
            self.score = row.points = self._total([*start, *given])
            row.outcome = replace(
                combine(given, card.max, self.rulebook.places), lo=self.score[0], hi=self.score[1]
            ).outcome()
        for tier in tiers:
            with self._row(tier) as row:
                row.outcome = self._tier(tier, row)
        if vetoes:
            with self._row(Sourced(id="vetoes", title=VETOES)) as row:
                row.outcome = all_of([self.clause(veto) for veto in vetoes])
        return self.rows[0].outcome

    def _base(self, card: Scorecard) -> list[Given]:
        """What everybody begins with, where there is such."""
        if not card.base:
            return []
        points, none = np.full(self.frame.size, float(card.base)), np.zeros(self.frame.size, dtype=bool)
        with self._row(Sourced(id="base", title=BASE), card.base) as row:
            row.points = points, points
            row.outcome = np.full(self.frame.size, MET, dtype=np.int8)
        return [Given(points, points, none, none, none, none)]

    def _tier(self, tier: Tier, row: Row) -> Outcomes:
        score = self.score
        if tier.of:
            score = row.line = self._total([self.tops[part] for part in tier.of])
        assert score is not None
        if tier.at_least is None:
            reached = np.full(self.frame.size, MET, dtype=np.int8)
        else:
            reached = _between_lines(score, Threshold(at_least=tier.at_least))
        return all_of([reached, *(self.clause(gate) for gate in tier.gates)])

    def clause(self, clause: Clause) -> Outcomes:
        """Outcome of a clause; a named one leaves a row, its children below it."""
        if clause.id is None:
            return self._mask_kind(clause, self._decide(clause))
        with self._row(clause) as row:
            row.outcome = self._mask_kind(clause, self._decide(clause, row))
        return row.outcome

    def _mask_kind(self, clause: Clause, outcome: Outcomes) -> Outcomes:
        if self.frame.kind in clause.kinds:
            return outcome
        return np.full(self.frame.size, NOT_APPLICABLE, dtype=np.int8)

    def _decide(self, clause: Clause, row: Row | None = None) -> Outcomes:
        if isinstance(clause, AllOf):
            return all_of([self.clause(child) for child in clause.all_])
        if isinstance(clause, AnyOf):
            return any_of([self.clause(child) for child in clause.any_])
        if isinstance(clause, ByCase):
            return self._by_case(clause)
        if isinstance(clause, ScoreClause):
            return self._score(clause, row)
        return test(clause, self.frame)

    def _by_case(self, clause: ByCase) -> Outcomes:
        """Each case with the deciding fact confined to it; what all possible cases agree on, else unknown."""
        span, top = self.frame.column(clause.by), HUGE
        found: list[Outcomes] = []
        for case in clause.cases:
            bottom = -HUGE if case.from_ is None else float(case.from_)
            bottom = float(np.nextafter(bottom, HUGE)) if case.exclusive else bottom
            possible = (span.hi >= bottom) & (span.lo <= top) & ~span.na
            found.append(self._within_case(clause, case.then, (bottom, top), possible))
            top = float(np.nextafter(bottom, -HUGE))
        return _agree(found)

    def _within_case(self, clause: ByCase, then: Clause, bounds: tuple[float, float], possible: Mask) -> Outcomes:
        whole, first = self.frame, len(self.rows)
        self.frame = whole.narrowed(clause.by, *bounds)
        outcome = self.clause(then)
        self.frame = whole
        for row in self.rows[first:]:
            row.outcome = np.where(possible, row.outcome, NOT_APPLICABLE)
        return np.where(possible, outcome, NOT_APPLICABLE)

    def _score(self, clause: ScoreClause, row: Row | None) -> Outcomes:
        given = {part.id: self.part(part) for part in clause.score}
        self.score = self._total(list(given.values()))
        if row is not None:
            row.points, row.max = self.score, float(clause.max)
        return all_of([self._threshold(line, given) for line in clause.pass_])

    def _threshold(self, line: Threshold, given: dict[str, Given]) -> Outcomes:
        """A line on the score is met when the lowest reaches it, unmet when the highest does not, else unknown."""
        assert self.score is not None
        reached = self._total([given[part] for part in line.of]) if line.of else self.score
        with self._row(line) as row:
            row.line = reached
            row.outcome = _between_lines(reached, line)
        return row.outcome

    def part(self, part: Part) -> Given:
        """Points of a part, with its row and those below it."""
        with self._row(part, part.max) as row:
            if isinstance(part, Group):
                below = [self.part(child) for child in part.parts]
                given = combine(below, part.max, self.rulebook.places, best=part.combine == "best")
            else:
                given = give(part, self.frame, self._silent if isinstance(part, Ladder) else self.clause)
            row.points, row.outcome, row.given = (given.lo, given.hi), given.outcome(), given
        return given

    def _silent(self, clause: Clause) -> Outcomes:
        """A clause inside a ladder: it decides a rung and has no row of its own."""
        kept = len(self.rows)
        outcome = self.clause(clause)
        del self.rows[kept:]
        return outcome

    def _total(self, given: Sequence[Given]) -> Interval:
        low, high = (add_up([getattr(part, end) for part in given], self.rulebook.places) for end in ("lo", "hi"))
        return low, high

    @contextmanager
    def _row(self, node: Sourced, most: object = None) -> Iterator[Row]:
        above = self.path[-1] if self.path else None
        row = Row.of(node, above, self.rulebook, most, self.frame.size)
        self.rows.append(row)
        self.path.append(row)
        yield row
        self.path.pop()


def _between_lines(score: Interval, line: Limits) -> Outcomes:
    low, high = score
    limit = line.at_least if line.at_least is not None else line.more_than
    assert limit is not None
    reached = [end > float(limit) if line.at_least is None else end >= float(limit) for end in (low, high)]
    return np.where(reached[0], MET, np.where(reached[1], UNKNOWN, UNMET))


def _agree(found: Sequence[Outcomes]) -> Outcomes:
    """The outcome all applicable cases share; unknown where they differ."""
    stacked = np.stack(found).astype(float)
    stacked[stacked == NOT_APPLICABLE] = np.nan
    none = np.isnan(stacked).all(axis=0)
    low = np.where(np.isnan(stacked), np.inf, stacked).min(axis=0)
    high = np.where(np.isnan(stacked), -np.inf, stacked).max(axis=0)
    return np.where(none, NOT_APPLICABLE, np.where(low == high, low, UNKNOWN)).astype(np.int8)
