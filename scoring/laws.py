"""The laws every rulebook keeps, each a function that yields what breaks it (P04)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

import numpy as np

from .engine import evaluate
from .facts import read_indicators
from .frame import Frame
from .kinds import Outcome
from .points import border_goes_up, rising_bands
from .result import Result
from .rulebook import Rulebook
from .schema import (
    Bands,
    Choices,
    Clause,
    Compare,
    FactIs,
    Group,
    Items,
    Ladder,
    Mark,
    NotBarred,
    NotExpired,
    Part,
    ScoreClause,
    SizeRow,
    Sourced,
    Value,
    Verdict,
    walk_clause,
)
from .values import measure


@dataclass(frozen=True)
class Breach:
    """One broken law: at which node, and how."""

    law: str
    node: str
    reason: str


Law = Callable[[Rulebook], Iterator[Breach]]


def find_breaches(rulebook: Rulebook) -> list[Breach]:
    """All breaches of a rulebook; the later laws are tried only when names and facts are in order."""
    first = [breach for law in NAMING for breach in law(rulebook)]
    return first or [breach for law in LAWS for breach in law(rulebook)]


def nodes(rulebook: Rulebook) -> list[Sourced]:
    """Every node, those inside rungs and items included."""
    found: list[Sourced] = []
    for node in rulebook.body.walk():
        found.append(node)
        inner = [rung.when for rung in node.ladder] if isinstance(node, Ladder) else []
        inner += list(node.items) if isinstance(node, Items) else []
        found += [below for clause in inner for below in walk_clause(clause)]
    return found


def has_unique_ids(rulebook: Rulebook) -> Iterator[Breach]:
    """unique-ids: no id names two nodes; the rows of a trace are told apart by it."""
    counts = Counter(node.id for node in rulebook.body.walk() if node.id)
    yield from (
        Breach("unique-ids", name, f"{name} names {count} nodes") for name, count in counts.items() if count > 1
    )


def has_known_facts(rulebook: Rulebook) -> Iterator[Breach]:
    """known-facts: every fact is in the catalogue and of the type its use needs."""
    for node in nodes(rulebook):
        name = node.id or "?"
        for code, wanted in _uses(node):
            indicator = read_indicators().get(code)
            if indicator is None:
                yield Breach("known-facts", name, f"there is no indicator {code}")
            elif indicator.type not in wanted:
                yield Breach(
                    "known-facts", name, f"{code} is of type {indicator.type}, here it must be {' or '.join(wanted)}"
                )
        yield from _choices_breaches(node, name)


NUMERIC = ("money", "integer", "number", "percent")


def _uses(node: Sourced) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(node, (Compare, Bands)):
        yield from _value_uses(node.value)
    if isinstance(node, FactIs):
        yield node.fact, ("boolean",) if isinstance(node.is_, bool) else ("choice",)
    if isinstance(node, Choices):
        yield node.fact, ("choice",)
    if isinstance(node, Verdict):
        yield node.verdict, ("boolean",)
    if isinstance(node, (NotBarred, NotExpired)):
        yield node.code(), ("date",)
    if isinstance(node, (Bands, Ladder, Mark)) and node.mark:
        yield node.mark, ("integer", "number")


def _value_uses(value: Value) -> Iterator[tuple[str, tuple[str, ...]]]:
    if value.op == "years_since":
        yield value.args[0].key, ("date",)
    elif value.code:
        yield value.code, NUMERIC
    else:
        for arg in value.args:
            yield from _value_uses(arg)


def _choices_breaches(node: Sourced, name: str) -> Iterator[Breach]:
    known = read_indicators()
    if isinstance(node, FactIs) and node.fact in known and not isinstance(node.is_, bool):
        wanted = {node.is_} if isinstance(node.is_, str) else set(node.is_)
        for choice in sorted(wanted - known[node.fact].choices.keys()):
            yield Breach("known-facts", name, f"{node.fact} has no choice {choice}")
    if isinstance(node, Choices) and node.fact in known and set(node.choices) != set(known[node.fact].choices):
        yield Breach("known-facts", name, f"{node.fact} needs points for exactly {', '.join(known[node.fact].choices)}")


def has_sources(rulebook: Rulebook) -> Iterator[Breach]:
    """sources: every clause, part and tier has a source, its own or that of the node above it."""
    tops: list[Sourced] = [node for node in (rulebook.body.scope, rulebook.body.criteria) if node is not None]
    tops += [
        *rulebook.body.vetoes,
        *rulebook.body.tiers,
        *(rulebook.body.scorecard.parts if rulebook.body.scorecard else ()),
    ]
    yield from (
        Breach("sources", top.id or "?", "neither it nor a node above it names a source") for top in _sourceless(tops)
    )


def _sourceless(tops: list[Sourced]) -> Iterator[Sourced]:
    for top in tops:
        if top.source:
            continue
        below: list[Sourced] = list(top.children()) if isinstance(top, (Clause, Part)) else []
        if below:
            yield from _sourceless(below)
        else:
            yield top


def has_titles(rulebook: Rulebook) -> Iterator[Breach]:
    """titles: a named node has a title in both languages."""
    for node in rulebook.body.walk():
        if node.id and (node.title is None or not node.title.zh or not node.title.en):
            yield Breach("titles", node.id, "has no title in Chinese and English")


def adds_up(rulebook: Rulebook) -> Iterator[Breach]:
    """adds-up: the maxima of the parts make the maximum of the whole."""
    for name, most, parts, is_capped in _sums(rulebook):
        total = sum((part.max for part in parts), Decimal(0))
        if total != most and not (is_capped and total > most):
            yield Breach("adds-up", name, f"the parts add up to {total}, the maximum says {most}")
    for node in rulebook.body.walk():
        if isinstance(node, Group) and node.combine == "best" and max(part.max for part in node.parts) != node.max:
            yield Breach(
                "adds-up", node.id, f"the best part gives {max(part.max for part in node.parts)}, not {node.max}"
            )


def _sums(rulebook: Rulebook) -> Iterator[tuple[str, Decimal, tuple[Part, ...], bool]]:
    card = rulebook.body.scorecard
    if card:
        yield "score", card.max, card.parts, False
    for node in rulebook.body.walk():
        if isinstance(node, ScoreClause):
            yield node.id or "score", node.max, node.score, False
        if isinstance(node, Group) and node.combine == "sum":
            yield node.id, node.max, node.parts, node.capped


def has_whole_bands(rulebook: Rulebook) -> Iterator[Breach]:
    """bands: no gap and no overlap, open at both ends, and no empty band."""
    for part in rulebook.body.walk():
        if isinstance(part, Bands):
            yield from (Breach("bands", part.id, reason) for reason in _band_faults(part))


def _band_faults(part: Bands) -> Iterator[str]:
    bands = rising_bands(part)
    if bands[0].from_ is not None or bands[-1].to is not None:
        yield "the lowest band must be open below and the highest open above"
    for below, above in pairwise(bands):
        if below.to is None or above.from_ is None:
            yield "two bands are open on the same side"
        elif below.to != above.from_:
            yield f"{'gap' if below.to < above.from_ else 'overlap'} between {below.to} and {above.from_}"
    for band in bands:
        if band.from_ is not None and band.to is not None and band.from_ >= band.to:
            yield f"the band from {band.from_} to {band.to} is empty"


def is_monotone(rulebook: Rulebook) -> Iterator[Breach]:
    """monotone: where it is declared, more never gives fewer points (up), or never more (down)."""
    for part in rulebook.body.walk():
        if isinstance(part, Bands) and part.monotone:
            bands = rising_bands(part) if part.monotone == "up" else rising_bands(part)[::-1]
            for worse, better in pairwise(bands):
                if better.points < worse.points:
                    yield Breach(
                        "monotone",
                        part.id,
                        f"declared {part.monotone}, but {worse.points[1]} falls to {better.points[1]}",
                    )


def reaches_every_band(rulebook: Rulebook) -> Iterator[Breach]:
    """reachable: every band, rung and choice of points can be reached by some firm."""
    frame = _unknown_firm()
    for part in rulebook.body.walk():
        if isinstance(part, Bands):
            yield from (Breach("reachable", part.id, reason) for reason in _unreached_bands(part, frame))
        if isinstance(part, Ladder):
            points = [rung.points[1] for rung in part.ladder]
            if sorted(points, reverse=True) != points or len(set(points)) != len(points):
                yield Breach(
                    "reachable", part.id, "a rung is hidden by one above it that gives as many points or fewer"
                )


def _unreached_bands(part: Bands, frame: Frame) -> Iterator[str]:
    span = measure(part.value, frame)
    low, high = span.lo[0], span.hi[0]
    for band in part.bands:
        start = -np.inf if band.from_ is None else float(band.from_)
        end = np.inf if band.to is None else float(band.to)
        if start > high or end < low or (end == low and not _takes_end(part, band.to)):
            yield f"no firm can have a value from {band.from_} to {band.to}"


def _takes_end(part: Bands, edge: Decimal | None) -> bool:
    """Whether a band keeps its upper border rather than the band above it."""
    below = next(band for band in part.bands if band.to == edge)
    above = next((band for band in part.bands if band.from_ == edge), None)
    return above is None or not border_goes_up(below, above)


def reaches_maximum(rulebook: Rulebook) -> Iterator[Breach]:
    """maximum: every part and the score can reach the maximum they state."""
    for row in _unknown_result(rulebook).rows:
        if row.points is not None and row.max is not None and float(row.points[1][0]) != row.max:
            yield Breach(
                "maximum", row.id, f"the most that can be reached is {row.points[1][0]:g}, the maximum says {row.max:g}"
            )


def reaches_every_tier(rulebook: Rulebook) -> Iterator[Breach]:
    """tiers: thresholds rise, none but the lowest is without one, and every tier can be reached."""
    tiers = rulebook.body.tiers
    for index, tier in enumerate(tiers):
        if (tier.at_least is None) != (index == 0):
            yield Breach("tiers", tier.id, "exactly the lowest tier is without a threshold")
        if index > 1 and tier.at_least is not None and tier.at_least <= (tiers[index - 1].at_least or 0):
            yield Breach("tiers", tier.id, "thresholds must rise")
    if tiers:
        result = _unknown_result(rulebook)
        closed = [tier.id for tier in tiers if result.row(tier.id).outcome[0] == Outcome.UNMET]
        yield from (Breach("tiers", name, "no firm can reach it") for name in closed)


def has_rising_sizes(rulebook: Rulebook) -> Iterator[Breach]:
    """sizes: bounds rise from small to large, and no industry stands in two rows."""
    seen: Counter[str] = Counter()
    for row in rulebook.body.sizes:
        seen.update(row.industries)
        if not _is_rising(row):
            yield Breach("sizes", row.id, "the bounds must not fall from small to large")
        yield from (Breach("sizes", row.id, f"{code} stands twice") for code in row.industries if seen[code] > 1)


def _is_rising(row: SizeRow) -> bool:
    return all(small <= medium <= large for small, medium, large in zip(row.small, row.medium, row.large, strict=True))


def has_ordered_periods(rulebook: Rulebook) -> Iterator[Breach]:
    """periods: each begins before it ends."""
    for period in rulebook.body.applies:
        if period.from_ and period.to and period.from_ > period.to:
            yield Breach("periods", rulebook.body.id, f"{period.from_} is after {period.to}")


def _unknown_firm() -> Frame:
    return Frame([{}], on=date(2026, 5, 1))


def _unknown_result(rulebook: Rulebook) -> Result:
    return evaluate(rulebook, _unknown_firm())


NAMING: tuple[Law, ...] = (has_unique_ids, has_known_facts, has_titles, has_sources)
LAWS: tuple[Law, ...] = (
    adds_up,
    has_whole_bands,
    is_monotone,
    reaches_every_band,
    reaches_maximum,
    reaches_every_tier,
    has_rising_sizes,
    has_ordered_periods,
)
