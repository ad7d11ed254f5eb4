"""Five outcomes, and points as lowest and highest over all worlds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.scoring.oracle.worlds import NA, Facts, Range, worlds


def leaf(
    facts: Facts, codes: Sequence[str], test: Callable[[dict[str, Any]], bool], edges: Iterable[Fraction | int] = ()
) -> str:
    if any(facts.get(c) == NA for c in codes):
        return "not_applicable"
    seen: set[bool] = set()
    for world in worlds(facts, codes, edges):
        seen.add(test(world))
        if len(seen) == 2:
            return "unknown"
    return "met" if True in seen else "unmet"


def all_of(*parts: str) -> str:
    kept = [p for p in parts if p != "not_applicable"]
    for outcome in ("unmet", "unknown", "manual_review"):
        if outcome in kept:
            return outcome
    return "met" if kept else "not_applicable"


def any_of(*parts: str) -> str:
    kept = [p for p in parts if p != "not_applicable"]
    for outcome in ("met", "unknown", "manual_review"):
        if outcome in kept:
            return outcome
    return "unmet" if kept else "not_applicable"


def at_least(facts: Facts, code: str, bound: Fraction | int) -> str:
    return leaf(facts, [code], lambda w: Fraction(w[code]) >= bound, [bound])


def at_most(facts: Facts, code: str, bound: Fraction | int) -> str:
    return leaf(facts, [code], lambda w: Fraction(w[code]) <= bound, [bound])


def true(facts: Facts, code: str) -> str:
    return leaf(facts, [code], lambda w: w[code] is True)


def false(facts: Facts, code: str) -> str:
    return leaf(facts, [code], lambda w: w[code] is False)


def among(facts: Facts, code: str, allowed: Sequence[str]) -> str:
    return leaf(facts, [code], lambda w: w[code] in allowed)


def rank(facts: Facts, code: str, last: int) -> str:
    return leaf(facts, [code], lambda w: 1 <= w[code] <= last, [1, last])


def verdict(facts: Facts, code: str) -> str:
    return "manual_review" if facts.get(code) is None else true(facts, code)


def divide(a: Any, b: Any) -> Fraction | None:
    return None if b == 0 else Fraction(a) / Fraction(b)


def share_at_least(facts: Facts, part: str, whole: str, bound: Fraction) -> str:
    return leaf(facts, [part, whole], lambda w: (q := divide(w[part], w[whole])) is not None and q >= bound, [bound])


def debt_at_most(facts: Facts, bound: Fraction) -> str:
    codes = ["total_liabilities", "total_assets"]
    return leaf(facts, codes, lambda w: (q := divide(w[codes[0]], w[codes[1]])) is not None and q <= bound, [bound])


def sum_at_least(facts: Facts, codes: Sequence[str], bound: int) -> str:
    return leaf(facts, codes, lambda w: sum(Fraction(w[c]) for c in codes) >= bound, [bound])


def points(
    facts: Facts,
    codes: Sequence[str],
    score: Callable[[dict[str, Any]], int | Range],
    top: int,
    edges: Iterable[Fraction | int] = (),
) -> Range:
    """Lowest and highest points over all worlds."""
    low, high = 10**6, -1
    for world in worlds(facts, codes, edges):
        got = score(world)
        lo, hi = got if isinstance(got, tuple) else (got, got)
        low, high = min(low, lo), max(high, hi)
        if (low, high) == (0, top):
            break
    return low, high


def band_up(value: Fraction | None, table: Sequence[tuple[Fraction | int, int]]) -> int:
    """Points of the first lower bound reached; nothing without a value."""
    if value is None:
        return 0
    return next((p for bound, p in table if value >= bound), 0)


def band_down(value: Fraction | None, table: Sequence[tuple[Fraction | int, int]]) -> int:
    if value is None:
        return 0
    return next((p for bound, p in table if value <= bound), 0)


def pct(*rows: tuple[int, int]) -> list[tuple[Fraction, int]]:
    return [(Fraction(bound, 100), p) for bound, p in rows]


def has_na(world: Mapping[str, Any], *codes: str) -> bool:
    return any(world[c] == NA for c in codes)


def ratio_points(
    facts: Facts, part: str, whole: str, table: list[tuple[Fraction, int]], *, down: bool = False
) -> Range:
    band = band_down if down else band_up

    def score(w: dict[str, Any]) -> int:
        return 0 if has_na(w, part, whole) else band(divide(w[part], w[whole]), table)

    return points(facts, [part, whole], score, table[0][1], [b for b, _ in table])


def choice_points(facts: Facts, code: str, table: Mapping[str, int]) -> Range:
    return points(facts, [code], lambda w: table.get(w[code], 0), max(table.values()))


def class_ip_points(facts: Facts, high: int, own: int, one: int, two: int) -> Range:
    ladder = [("class1_ip_high_value", high), ("class1_ip_self_developed", own), ("class1_ip", one), ("class2_ip", two)]

    def score(w: dict[str, Any]) -> int:
        return next((p for code, p in ladder if w[code] != NA and w[code] >= 1), 0)

    return points(facts, [c for c, _ in ladder], score, high, [1])


def reach(score: Range, bound: int) -> str:
    return "met" if score[0] >= bound else "unmet" if score[1] < bound else "unknown"


def total(*ranges: Range) -> Range:
    return sum(r[0] for r in ranges), sum(r[1] for r in ranges)


@dataclass
class Verdict:
    outcome: str
    score: Range | None = None
    points: dict[str, Range] = field(default_factory=dict)
    clauses: dict[str, str] = field(default_factory=dict)
