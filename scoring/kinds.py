"""The kinds of clause, one vectorised function each: facts of many firms in, one of five outcomes a firm out."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import singledispatch

import numpy as np
from numpy.typing import NDArray

from .compare import reaches
from .facts import read_indicators
from .frame import Frame, Mask
from .schema import AssessedBy, Awaits, Clause, Compare, FactIs, Limits, NotBarred, NotExpired, SizeIn, Value, Verdict
from .sizes import OUTSIDE, UNTOLD, classes
from .values import measure


class Outcome(IntEnum):
    """What a clause comes to for one firm; unknown is not unmet, and what a person must judge is neither."""

    UNMET = 0
    MET = 1
    UNKNOWN = 2
    MANUAL_REVIEW = 3
    NOT_APPLICABLE = 4

    @property
    def code(self) -> str:
        """As the output contract writes it: ``manual_review``."""
        return self.name.lower()


Outcomes = NDArray[np.int8]
UNMET, MET, UNKNOWN, MANUAL_REVIEW, NOT_APPLICABLE = (np.int8(outcome) for outcome in Outcome)


def _ranks(*order: np.int8) -> tuple[Outcomes, Outcomes]:
    """The place of every outcome in an order, and the outcomes in it; not applicable comes last."""
    names = np.array([*order, NOT_APPLICABLE])
    return np.argsort(names).astype(np.int8), names


_WORST_FIRST = _ranks(UNMET, UNKNOWN, MANUAL_REVIEW, MET)
_BEST_FIRST = _ranks(MET, UNKNOWN, MANUAL_REVIEW, UNMET)


def all_of(children: Sequence[Outcomes]) -> Outcomes:
    """Unmet if any is; else unknown, manual_review, met. Not-applicable ones count only when alone."""
    return _first_found(children, *_WORST_FIRST)


def any_of(children: Sequence[Outcomes]) -> Outcomes:
    """Met if any is; else unknown, manual_review, unmet. Not-applicable ones count only when alone."""
    return _first_found(children, *_BEST_FIRST)


def _first_found(children: Sequence[Outcomes], ranks: Outcomes, names: Outcomes) -> Outcomes:
    found: Outcomes = names[ranks[np.array(children)].min(axis=0)]
    return found


def decide(can_be: Mask, can_fail: Mask, na: Mask, undecided: np.int8 = UNKNOWN) -> Outcomes:
    """Met when it can't fail, unmet when it can't be, else undecided."""
    result = np.where(can_be & can_fail, undecided, np.where(can_be, MET, UNMET))
    return np.where(na, NOT_APPLICABLE, result)


def within(value: Value, limits: Limits, frame: Frame) -> tuple[Mask, Mask]:
    """Whether some, and whether every, value of each row's interval lies within the limits."""
    every = some = np.ones(frame.size, dtype=bool)
    lower = limits.at_least if limits.between is None else limits.between[0]
    upper = limits.at_most if limits.between is None else limits.between[1]
    for limit, strictly in ((lower, False), (limits.more_than, True)):
        if limit is not None:
            low, high = reaches(value, frame, limit, strictly=strictly)
            every, some = every & low, some & high
    for limit, strictly in ((upper, True), (limits.less_than, False)):
        if limit is not None:
            low, high = reaches(value, frame, limit, strictly=strictly)
            every, some = every & ~high, some & ~low
    return some, every


@singledispatch
def test(clause: Clause, frame: Frame) -> Outcomes:
    """Outcome of a clause that has no clauses below it, for every row."""
    raise TypeError(f"no test for {type(clause).__name__}")


@test.register
def _compare(clause: Compare, frame: Frame) -> Outcomes:
    span = measure(clause.value, frame)
    some, every = within(clause.value, clause, frame)
    return decide(span.some & some, (span.some & ~every) | span.void, span.na)


@test.register
def _fact_is(clause: FactIs, frame: Frame) -> Outcomes:
    span, (wanted, others) = frame.column(clause.fact), _numbers(clause)
    can_be, can_fail = (
        np.any([(span.lo <= number) & (number <= span.hi) for number in numbers], axis=0) if numbers else ~span.some
        for numbers in (wanted, others)
    )
    return decide(can_be, can_fail & span.some, span.na)


def _numbers(clause: FactIs) -> tuple[list[int], list[int]]:
    """What ``is`` asks for and what it doesn't, numbered as the column is."""
    if isinstance(clause.is_, bool):
        return [int(clause.is_)], [int(not clause.is_)]
    wanted = (clause.is_,) if isinstance(clause.is_, str) else clause.is_
    known = list(read_indicators()[clause.fact].choices)
    return [known.index(choice) for choice in wanted], [known.index(choice) for choice in known if choice not in wanted]


@test.register
def _verdict(clause: Verdict, frame: Frame) -> Outcomes:
    span = frame.column(clause.verdict)
    return decide(span.hi > 0, span.lo < 1, span.na, MANUAL_REVIEW)


@test.register
def _not_barred(clause: NotBarred, frame: Frame) -> Outcomes:
    span, today = frame.column(clause.not_barred), float(frame.on.toordinal())
    return np.where(span.na, MET, decide(span.lo < today, span.hi >= today, span.na))


@test.register
def _not_expired(clause: NotExpired, frame: Frame) -> Outcomes:
    span, today = frame.column(clause.not_expired), float(frame.on.toordinal())
    return decide(span.hi >= today, span.lo < today, span.na)


@test.register
def _assessed_by(clause: AssessedBy, frame: Frame) -> Outcomes:
    return np.full(frame.size, MET if frame.on <= clause.assessed_by else UNMET, dtype=np.int8)


@test.register
def _awaits(clause: Awaits, frame: Frame) -> Outcomes:
    return np.full(frame.size, MANUAL_REVIEW, dtype=np.int8)


@test.register
def _size_in(clause: SizeIn, frame: Frame) -> Outcomes:
    """A class that can't be told yet is unknown as a whole; an industry outside the table needs a person."""
    sizes = classes(frame)
    result = np.where(np.isin(sizes, clause.size_in), MET, UNMET)
    result = np.where(sizes == UNTOLD, UNKNOWN, result)
    return np.where(sizes == OUTSIDE, MANUAL_REVIEW, result)
