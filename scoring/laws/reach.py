"""What some firm can reach: every band, every maximum, every tier. Found by evaluating a firm that may be anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import numpy as np

from ..engine import evaluate
from ..frame import Frame
from ..kinds import Outcome
from ..points import border_goes_up
from ..result import Result
from ..rulebook import Rulebook
from ..schema import Band, Bands, Ladder, Part, Text
from ..values import measure
from .law import Fault, Law


def reaches_every_band(rulebook: Rulebook) -> Iterator[Fault]:
    """Every band and rung can be reached by some firm."""
    frame = _unknown_firm()
    for part in rulebook.nodes():
        if isinstance(part, Bands):
            yield from (_unreached(band) for band in part.bands if not _is_reached(part, band, frame))
        if isinstance(part, Ladder):
            yield from _hidden_rungs(part)


def _is_reached(part: Bands, band: Band, frame: Frame) -> bool:
    span = measure(part.value, frame)
    low, high = span.lo[0], span.hi[0]
    start = -np.inf if band.from_ is None else float(band.from_)
    end = np.inf if band.to is None else float(band.to)
    return bool(start <= high and (end > low or (end == low and _takes_end(part, band.to))))


def _takes_end(part: Bands, edge: Decimal | None) -> bool:
    """Whether a band keeps its upper border rather than the band above it."""
    below = next(band for band in part.bands if band.to == edge)
    above = next(band for band in part.bands if band.from_ == edge)
    return not border_goes_up(below, above)


def _unreached(band: Band) -> Fault:
    if band.from_ is None:
        return Fault(band, f"没有企业能低于{band.to}", f"no firm can have a value below {band.to}")
    if band.to is None:
        return Fault(band, f"没有企业能达到{band.from_}", f"no firm can have a value of {band.from_}")
    return Fault(
        band,
        f"没有企业能在{band.from_}至{band.to}之间",
        f"no firm can have a value from {band.from_} to {band.to}",
    )


def _hidden_rungs(ladder: Ladder) -> Iterator[Fault]:
    best: Decimal | None = None
    for rung in ladder.ladder:
        if best is not None and rung.points[1] >= best:
            yield Fault(
                rung,
                "分值不低于上面一级，应排在它前面",
                "gives as many points as a rung above it, so it must stand before that one",
            )
        best = rung.points[1] if best is None else min(best, rung.points[1])


def reaches_maximum(rulebook: Rulebook) -> Iterator[Fault]:
    """Every part that has none below it can reach its maximum; the sums follow, as they add up."""
    for row in _unknown_result(rulebook).rows:
        is_leaf = isinstance(row.node, Part) and not row.node.children()
        if is_leaf and row.points is not None and row.points[1][0] != row.max:
            most = row.points[1][0]
            yield Fault(
                row.node,
                f"最多能得{most:g}分，上限写的是{row.max:g}分",
                f"the most that can be reached is {most:g}, the maximum says {row.max:g}",
            )


def has_no_dead_part(rulebook: Rulebook) -> Iterator[Fault]:
    """What gives the same points whatever a firm says measures nothing."""
    for row in _unknown_result(rulebook).rows:
        is_leaf = isinstance(row.node, Part) and not row.node.children()
        if is_leaf and row.points is not None and row.points[0][0] == row.points[1][0]:
            points = row.points[0][0]
            yield Fault(row.node, f"不论填什么都得{points:g}分", f"gives {points:g} points whatever is stated")


def reaches_every_tier(rulebook: Rulebook) -> Iterator[Fault]:
    """Every tier can be reached."""
    result = _unknown_result(rulebook)
    for tier in rulebook.body.tiers:
        if result.row(tier.id).outcome[0] == Outcome.UNMET:
            yield Fault(tier, "没有企业能达到这一等级", "no firm can reach it")


def _unknown_firm() -> Frame:
    return Frame([{}], on=date(2026, 5, 1))


def _unknown_result(rulebook: Rulebook) -> Result:
    """Everything a firm may turn out to be, one that stays unknown included."""
    firm = _unknown_firm()
    firm.is_survey = True
    return evaluate(rulebook, firm)


REACH: tuple[Law, ...] = (
    Law("reachable", Text(zh="每一档都有企业能达到", en="every band can be reached"), reaches_every_band),
    Law("maximum", Text(zh="上限能够得到", en="maxima can be reached"), reaches_maximum),
    Law("no-dead-parts", Text(zh="没有不起作用的指标", en="no indicator without effect"), has_no_dead_part),
    Law("reachable-tiers", Text(zh="每个等级都有企业能达到", en="every tier can be reached"), reaches_every_tier),
)
