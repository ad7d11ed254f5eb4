"""Section 2: technology SMEs, high and new technology enterprises, the STAR market."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

from tests.scoring.oracle.logic import (
    Verdict,
    all_of,
    among,
    any_of,
    at_least,
    at_most,
    false,
    has_na,
    leaf,
    pct,
    points,
    rank,
    ratio_points,
    reach,
    share_at_least,
    sum_at_least,
    total,
    true,
)
from tests.scoring.oracle.scope import legal_scope, scoped
from tests.scoring.oracle.sme import compound_at_least
from tests.scoring.oracle.worlds import HUGE, NA, TINY, Facts, Range, candidates


def better_research(facts: Facts) -> Range:
    """R&D over sales or over costs, whichever is better: independent of each other once the R&D is fixed."""
    sales, costs = (
        pct((6, 50), (5, 40), (4, 30), (3, 20), (2, 10)),
        pct((30, 50), (25, 40), (20, 30), (15, 20), (10, 10)),
    )
    codes, edges = ["rd_expense", "revenue", "total_costs"], [bound for bound, _ in sales + costs]
    low, high = 50, 0
    for world in _each_rd(facts, codes, edges):
        a, b = ratio_points(world, codes[0], codes[1], sales), ratio_points(world, codes[0], codes[2], costs)
        low, high = min(low, max(a[0], b[0])), max(high, a[1], b[1])
        if (low, high) == (0, 50):
            break
    return low, high


def _each_rd(facts: Facts, codes: Sequence[str], edges: Sequence[Fraction]) -> list[dict[str, Any]]:
    known = facts.get("rd_expense")
    tried = candidates("rd_expense", facts, codes, edges) if known is None else [known]
    return [{**facts, "rd_expense": value} for value in tried]


def tech_sme_2017(facts: Facts, on: date, kind: str) -> Verdict:
    def ip(w: dict[str, Any]) -> int:
        if w["class1_ip_plain"] != NA and w["class1_ip_plain"] >= 1:
            return 30
        return 0 if has_na(w, "class2_ip_plain") else min(24, 6 * int(w["class2_ip_plain"]))

    p = {
        "KX-1": ratio_points(facts, "tech_staff", "employees", pct((30, 20), (25, 16), (20, 12), (15, 8), (10, 4))),
        "KX-2": better_research(facts),
        "KX-3": points(facts, ["class1_ip_plain", "class2_ip_plain"], ip, 30, [1, 2, 3, 4]),
    }
    score = total(*p.values())
    routes = [
        true(facts, "valid_hnte"),
        rank(facts, "national_science_award_rank_5y", 3),
        among(facts, "rd_institution_level", ("provincial", "national")),
        at_least(facts, "standards_led_5y", 1),
    ]
    base = [
        at_most(facts, "employees", 500),
        at_most(facts, "revenue", 20000),
        at_most(facts, "total_assets", 20000),
        false(facts, "prohibited_product"),
        false(facts, "major_accident_1y"),
        false(facts, "serious_dishonesty"),
    ]
    by_score = all_of(reach(score, 60), reach(p["KX-1"], 1))
    return Verdict(scoped(legal_scope(facts), *base, any_of(by_score, *routes)), score, p)


def hnte_growth(facts: Facts, years: Sequence[Any], mark: int | None) -> Range:
    """Growth points of three years' values (oldest first), each a list of possible values."""
    table = [
        (Fraction(35, 100), (9, 10)),
        (Fraction(25, 100), (7, 8)),
        (Fraction(15, 100), (5, 6)),
        (Fraction(5, 100), (3, 4)),
    ]

    def band(first: Any, second: Any, third: Any) -> Range:
        if has_na({"second": second, "third": third}, "second", "third") or second == 0:
            return 0, 0
        third_step = Fraction(third) / Fraction(second)
        growth = third_step - 1 if first in (NA, 0) else (Fraction(second) / Fraction(first) + third_step) / 2 - 1
        if growth <= 0:
            return 0, 0
        return next((r for bound, r in table if growth >= bound), (1, 2))

    ranges = [marked(band(*ys), mark) for ys in product(*years)]
    return min(r[0] for r in ranges), max(r[1] for r in ranges)


def marked(band: Range, mark: int | None) -> Range:
    return (mark, mark) if mark is not None and band[0] <= mark <= band[1] else band


def year_values(facts: Facts, code: str) -> list[Any]:
    value = facts.get(code)
    return [Fraction(0), TINY, Fraction(1), Fraction(10**9), HUGE] if value is None else [value]


def signed_values(facts: Facts, code: str) -> list[Any]:
    """Net assets may be below zero: debts above assets."""
    values = year_values(facts, code)
    return values if facts.get(code) is not None else [*values, *(-v for v in values if v)]


def net_assets(facts: Facts) -> list[Any]:
    assets, debts = facts.get("total_assets"), facts.get("total_liabilities")
    if NA in (assets, debts):
        return [NA]
    if assets is not None and debts is not None:
        return [Fraction(assets) - Fraction(debts)]
    if assets is not None:
        return [Fraction(assets), Fraction(assets) - TINY, Fraction(0), -HUGE]
    return [-HUGE if debts is None else -Fraction(debts), Fraction(0), TINY, HUGE]


def mark_range(facts: Facts, code: str, top: int) -> Range:
    value = facts.get(code)
    return (0, top) if value is None else (0, 0) if value == NA else (value, value)


def hnte_points(facts: Facts) -> dict[str, Range]:
    def quantity(w: dict[str, Any]) -> Range:
        if w["class1_ip_plain"] != NA and w["class1_ip_plain"] >= 1:
            band = (7, 8)
        else:
            n = 0 if has_na(w, "class2_ip_unused_hnte") else w["class2_ip_unused_hnte"]
            band = (5, 6) if n >= 5 else (3, 4) if n >= 3 else (1, 2) if n >= 1 else (0, 0)
        return marked(band, facts.get("ip_quantity_score"))

    def transformed(w: dict[str, Any]) -> Range:
        n = w["transformations_per_year"]
        bands = [(5, (25, 30)), (4, (19, 24)), (3, (13, 18)), (2, (7, 12)), (1, (1, 6))]
        band = (0, 0) if n == NA else next((r for bound, r in bands if n >= bound), (0, 0))
        return marked(band, facts.get("transformation_score"))

    def standards(w: dict[str, Any]) -> Range:
        return (1, 2) if any(w[c] != NA and w[c] >= 1 for c in ("standards_joined", "standards_led")) else (0, 0)

    sales = [year_values(facts, c) for c in ("revenue_prev2", "revenue_prev1", "revenue")]
    assets = [signed_values(facts, "net_assets_prev2"), signed_values(facts, "net_assets_prev1"), net_assets(facts)]
    return {
        "GQ-1a": mark_range(facts, "tech_advancement_score", 8),
        "GQ-1b": mark_range(facts, "core_support_score", 8),
        "GQ-1c": points(facts, ["class1_ip_plain", "class2_ip_unused_hnte"], quantity, 8, [1, 3, 5]),
        "GQ-1d": mark_range(facts, "ip_acquisition_score", 6),
        "GQ-1e": points(facts, ["standards_joined", "standards_led"], standards, 2, [1]),
        "GQ-2": points(facts, ["transformations_per_year"], transformed, 30, [1, 2, 3, 4, 5]),
        "GQ-3": mark_range(facts, "rd_management_score", 20),
        "GQ-4a": hnte_growth(facts, assets, facts.get("net_asset_growth_score")),
        "GQ-4b": hnte_growth(facts, sales, facts.get("sales_growth_score")),
    }


def sums(facts: Facts, codes: Sequence[str], marks: Iterable[Fraction]) -> list[Fraction]:
    """Values the sum of non-negative facts may have."""
    known = sum((Fraction(facts[c]) for c in codes if facts.get(c) is not None), Fraction(0))
    if all(facts.get(c) is not None for c in codes):
        return [known]
    return [known, known + TINY, HUGE, *(m + d for m in marks for d in (-TINY, 0, TINY) if m + d >= known)]


RD3, REV3 = ["rd_expense", "rd_expense_prev1", "rd_expense_prev2"], ["revenue", "revenue_prev1", "revenue_prev2"]


def hnte_research(facts: Facts) -> str:
    """R&D over sales of three years, the line by last year's sales."""

    def need(revenue: Any) -> Fraction:
        return Fraction(5 if revenue <= 5000 else 4 if revenue <= 20000 else 3, 100)

    edges = [Fraction(x, 100) for x in (3, 4, 5)]
    last = facts.get("revenue")
    seen: set[bool] = set()
    for revenue in candidates("revenue", facts, [], [5000, 20000]) if last is None else [last]:
        for rd in sums(facts, RD3, []):
            for sales in sums({**facts, "revenue": revenue}, REV3, [rd / e for e in edges]):
                seen.add(sales != 0 and rd / sales >= need(revenue))
    return "unknown" if len(seen) == 2 else "met" if True in seen else "unmet"


def hnte_2016(facts: Facts, on: date, kind: str) -> Verdict:
    p = hnte_points(facts)
    raw = total(*(p[c] for c in ("GQ-1a", "GQ-1b", "GQ-1c", "GQ-1d", "GQ-1e")))
    score = total((min(30, raw[0]), min(30, raw[1])), p["GQ-2"], p["GQ-3"], p["GQ-4a"], p["GQ-4b"])
    registered = facts.get("registered_on")
    age = "unknown" if registered is None else "met" if registered.replace(year=registered.year + 1) <= on else "unmet"
    abroad = (
        [Fraction(facts["rd_expense_in_china"])]
        if facts.get("rd_expense_in_china") is not None
        else [Fraction(0), HUGE * 3]
    )
    seen = {
        rd != 0 and here / rd >= Fraction(6, 10)
        for here in abroad
        for rd in sums(facts, RD3, [h / Fraction(6, 10) for h in abroad])
    }
    in_china = "unknown" if len(seen) == 2 else "met" if True in seen else "unmet"
    income = "total_income" if facts.get("total_income") is not None else "revenue"
    parts = [
        age,
        true(facts, "core_ip_owned"),
        true(facts, "hightech_field"),
        share_at_least(facts, "tech_staff", "employees", Fraction(1, 10)),
        in_china,
        share_at_least(facts, "hightech_revenue", income, Fraction(6, 10)),
        false(facts, "major_accident_1y"),
        reach(score, 71),
    ]
    return Verdict(all_of(*parts, hnte_research(facts)), score, p)


def star_2024(facts: Facts, on: date, kind: str) -> Verdict:
    exception = leaf(facts, ["star_exception"], lambda w: w["star_exception"] != "none")
    rd_sums = sums(facts, RD3, [Fraction(8000)])
    seen = {q != 0 and rd / q >= Fraction(5, 100) for rd in rd_sums for q in sums(facts, REV3, [rd * 20])}
    intensity = "unknown" if len(seen) == 2 else "met" if True in seen else "unmet"
    amount = sum_at_least(facts, RD3, 8000)
    tests = [
        any_of(intensity, amount),
        share_at_least(facts, "rd_staff", "employees", Fraction(1, 10)),
        at_least(facts, "industrialised_inventions", 7),
        any_of(compound_at_least(facts, 25), at_least(facts, "revenue", 30000)),
    ]
    return Verdict(any_of(all_of(*tests), exception))
