"""Sums, bands and cases: what gives points must be whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ..points import DECIMALS, rising_bands
from ..rulebook import Rulebook
from ..schema import Band, Bands, ByCase, Group, Node, Number, Part, ScoreClause, Text
from .law import Fault, Law

TOLERANCE = Decimal(5).scaleb(-DECIMALS - 1)


def adds_up(rulebook: Rulebook) -> Iterator[Fault]:
    """The maxima of the parts, and the base, make the maximum of the whole: to nine decimal places."""
    for node, most, base, parts, is_capped in _sums(rulebook):
        total = sum((part.max for part in parts), base)
        if abs(total - most) > TOLERANCE and not (is_capped and total > most):
            yield Fault(
                node,
                f"各部分合计{_plain(total)}分，上限写的是{_plain(most)}分",
                f"the parts add up to {_plain(total)}, the maximum says {_plain(most)}",
            )
    for node in rulebook.nodes():
        if isinstance(node, Group) and node.combine == "best":
            yield from _best_faults(node)


def _best_faults(group: Group) -> Iterator[Fault]:
    best = max(part.max for part in group.parts)
    if best != group.max:
        yield Fault(
            group,
            f"取最高的一项为{_plain(best)}分，上限写的是{_plain(group.max)}分",
            f"the best part gives {_plain(best)}, the maximum says {_plain(group.max)}",
        )


def _sums(rulebook: Rulebook) -> Iterator[tuple[Node, Decimal, Decimal, tuple[Part, ...], bool]]:
    card, nothing = rulebook.body.scorecard, Decimal(0)
    if card:
        yield card, card.max, card.base, card.parts, False
    for node in rulebook.nodes():
        if isinstance(node, ScoreClause):
            yield node, node.max, nothing, node.score, False
        if isinstance(node, Group) and node.combine == "sum":
            yield node, node.max, nothing, node.parts, node.capped


def has_whole_bands(rulebook: Rulebook) -> Iterator[Fault]:
    """Bands leave no gap and no overlap, are open at both ends, and none is empty."""
    for part in rulebook.nodes():
        if isinstance(part, Bands):
            yield from _band_faults(rising_bands(part))


def _band_faults(bands: list[Band]) -> Iterator[Fault]:
    if bands[0].from_ is not None:
        yield Fault(bands[0], "最低一档不能有下限", "the lowest band must be open below")
    if bands[-1].to is not None:
        yield Fault(bands[-1], "最高一档不能有上限", "the highest band must be open above")
    for below, above in pairwise(bands):
        yield from _border_faults(below, above)
    for band in bands:
        if band.from_ is not None and band.to is not None and band.from_ >= band.to:
            yield Fault(
                band,
                f"{_plain(band.from_)}至{_plain(band.to)}是空档",
                f"the band from {_plain(band.from_)} to {_plain(band.to)} is empty",
            )


def _border_faults(below: Band, above: Band) -> Iterator[Fault]:
    if below.to is None or above.from_ is None:
        yield Fault(above, "两档在同一侧都不封口", "two bands are open on the same side")
    elif below.to < above.from_:
        ends = _plain(below.to), _plain(above.from_)
        yield Fault(above, "{}至{}之间有空缺".format(*ends), "gap between {} and {}".format(*ends))
    elif below.to > above.from_:
        ends = _plain(above.from_), _plain(below.to)
        yield Fault(above, "{}至{}之间有重叠".format(*ends), "overlap between {} and {}".format(*ends))


def is_monotone(rulebook: Rulebook) -> Iterator[Fault]:
    """Where it is declared, more never gives fewer points (up), or never more (down)."""
    for part in rulebook.nodes():
        if isinstance(part, Bands) and part.monotone:
            bands = rising_bands(part) if part.monotone == "up" else rising_bands(part)[::-1]
            for worse, better in pairwise(bands):
                if better.points < worse.points:
                    yield _falls(part.monotone, worse, better)


def _falls(direction: str, worse: Band, better: Band) -> Fault:
    points = _plain(worse.points[1]), _plain(better.points[1])
    declared = "越多越好" if direction == "up" else "越少越好"
    return Fault(
        better,
        f"声明为{declared}，分值却由" + "{}分变为{}分".format(*points),
        f"declared {direction}, but " + "{} points fall to {}".format(*points),
    )


def has_falling_cases(rulebook: Rulebook) -> Iterator[Fault]:
    """Cases run from the largest bound down; the last, and only the last, has none."""
    for node in rulebook.nodes():
        if isinstance(node, ByCase):
            bounds = [case.from_ for case in node.cases]
            if bounds[-1] is not None or None in bounds[:-1]:
                yield Fault(node, "只有最后一种情形不写下限", "the last case, and only the last, has no bound")
            known = [bound for bound in bounds if bound is not None]
            if any(upper <= lower for upper, lower in pairwise(known)):
                yield Fault(node, "各情形的下限应由大到小", "the bounds of the cases must fall")


def _plain(number: Number) -> str:
    return f"{number.normalize():f}"


POINTS: tuple[Law, ...] = (
    Law("adds-up", Text(zh="分值合计相符", en="points add up"), adds_up),
    Law("bands", Text(zh="分档无空缺、无重叠", en="bands have no gap and no overlap"), has_whole_bands),
    Law("monotone", Text(zh="分值按声明的方向变化", en="points rise as declared"), is_monotone),
    Law("cases-in-order", Text(zh="情形由大到小", en="cases run downward"), has_falling_cases),
)
