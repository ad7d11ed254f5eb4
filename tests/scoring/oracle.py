"""A slow second reading of the rules, to compare the library with.

Written from the documents alone: scalar, exact (Fractions), one function a programme. A fact is a value, None (unknown) or NA.
What an unknown fact may do to one indicator is found by trying representative values of it, not by reasoning about intervals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

NA = "n/a"
Facts = Mapping[str, Any]
Range = tuple[int, int]
TINY, HUGE = Fraction(1, 10**9), Fraction(10**18)

CHOICES = {
    "product_field": ("strategic_emerging", "other"),
    "product_chain_role": ("fills_gap", "six_bases_or_key_supplier", "none"),
    "product_key_field": ("six_bases", "manufacturing_ten", "network_power", "upgrade_emerging_future", "none"),
    "rd_institution_level": ("none", "below_municipal", "municipal", "provincial", "national"),
    "star_exception": ("none", "state_recognised", "award", "major_project", "import_substitution", "fifty_patents"),
}
BOOLEANS = {
    "legal_person_in_mainland",
    "prohibited_product",
    "own_brand",
    "quality_award_provincial",
    "qms_certified",
    "overseas_certified",
    "maker_china_top500_3y",
    "maker_china_top50_3y",
    "valid_tech_sme",
    "valid_innovative_sme",
    "valid_srdi_sme",
    "valid_hnte",
    "valid_tech_demonstration",
    "valid_ip_advantage",
    "valid_ip_demonstration",
    "serious_dishonesty",
    "major_accident_3y",
    "tax_violation_3y",
    "core_ip_owned",
    "hightech_field",
    "niche_position_verdict",
    "chain_role_verdict",
    "brand_verdict",
    "major_accident_1y",
    "gold_seed_designated",
    "silver_seed_designated",
    "chain_leader_designated",
}
INTEGERS = {
    "employees",
    "rd_staff",
    "tech_staff",
    "digital_level",
    "core_business_digitised",
    "standards_led",
    "standards_joined",
    "standards_led_5y",
    "class1_ip",
    "class1_ip_self_developed",
    "class1_ip_high_value",
    "class2_ip",
    "class1_ip_in_use",
    "class1_ip_self_applied_in_use",
    "class1_ip_plain",
    "class2_ip_plain",
    "class2_ip_unused_hnte",
    "industrialised_inventions",
    "tech_advancement_score",
    "core_support_score",
    "ip_acquisition_score",
    "rd_management_score",
    "ip_quantity_score",
    "transformation_score",
    "net_asset_growth_score",
    "sales_growth_score",
    "national_science_award_rank_3y",
    "provincial_science_award_rank_3y",
    "national_science_award_rank_5y",
}
LIMITS = {
    "digital_level": 4,
    "local_feature_score": 15,
    "niche_market_share": 100,
    "niche_market_share_intl": 100,
    "tech_advancement_score": 8,
    "core_support_score": 8,
    "ip_acquisition_score": 6,
    "rd_management_score": 20,
    "development_score": 100,
    "development_score_prev1": 100,
    "cnipa_assessment_score": 105,
}


# ---- one fact, every value it may have


def candidates(code: str, facts: Facts, codes: Sequence[str], edges: Iterable[Fraction | int]) -> list[Any]:
    """Values worth trying for an unknown fact: the ends of its domain, and just under, at and over every edge."""
    if code in BOOLEANS:
        return [False, True]
    if code in CHOICES:
        return list(CHOICES[code])
    known = [
        Fraction(facts[c])
        for c in codes
        if facts.get(c) not in (None, NA) and not isinstance(facts[c], (bool, str, date))
    ]
    scales = [Fraction(1), *(v for v in known if v > 0)]
    marks = {Fraction(e) * s for e in edges for s in scales} | {s / Fraction(e) for e in edges if e for s in scales}
    tried = {Fraction(0), TINY, Fraction(1), HUGE} | {m + d for m in marks for d in (-TINY, 0, TINY)}
    if code in INTEGERS:
        tried = {Fraction(v.numerator // v.denominator + d) for v in tried for d in (-1, 0, 1)}
    top = Fraction(LIMITS.get(code, HUGE))
    floor = -HUGE if code == "net_profit" else Fraction(0)
    values = sorted(
        {v for v in tried if floor <= v <= top} | ({top, floor} - {HUGE} if code in LIMITS or floor else set())
    )
    return [values[0], values[-1], *values[1:-1]]


def worlds(facts: Facts, codes: Sequence[str], edges: Iterable[Fraction | int] = ()) -> Iterator[dict[str, Any]]:
    edges = list(edges)
    open_codes = [c for c in codes if facts.get(c) is None]
    fixed = {c: facts[c] for c in codes if facts.get(c) is not None}
    for values in product(*(candidates(c, facts, codes, edges) for c in open_codes)):
        yield fixed | dict(zip(open_codes, values, strict=True))


# ---- five outcomes


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


# ---- points


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
    also: frozenset[str] = frozenset()  # outcomes the documents allow as well


# ---- size classes, rules 7.5

SIZE: dict[str, tuple[str, tuple[tuple[int, ...], ...]]] = {
    "SZ-01": ("Y", ((20000,), (500,), (50,))),
    "SZ-02": ("XY", ((1000, 40000), (300, 2000), (20, 300))),
    "SZ-03": ("YZ", ((80000, 80000), (6000, 5000), (300, 300))),
    "SZ-04": ("XY", ((200, 40000), (20, 5000), (5, 1000))),
    "SZ-05": ("XY", ((300, 20000), (50, 500), (10, 100))),
    "SZ-06": ("XY", ((1000, 30000), (300, 3000), (20, 200))),
    "SZ-07": ("XY", ((200, 30000), (100, 1000), (20, 100))),
    "SZ-08": ("XY", ((1000, 30000), (300, 2000), (20, 100))),
    "SZ-09": ("XY", ((300, 10000), (100, 2000), (10, 100))),
    "SZ-10": ("XY", ((300, 10000), (100, 2000), (10, 100))),
    "SZ-11": ("XY", ((2000, 100000), (100, 1000), (10, 100))),
    "SZ-12": ("XY", ((300, 10000), (100, 1000), (10, 50))),
    "SZ-13": ("YZ", ((200000, 10000), (1000, 5000), (100, 2000))),
    "SZ-14": ("XY", ((1000, 5000), (300, 1000), (100, 500))),
    "SZ-15": ("XZ", ((300, 120000), (100, 8000), (10, 100))),
    "SZ-16": ("X", ((300,), (100,), (10,))),
}
MEASURE = {"X": "employees", "Y": "revenue", "Z": "total_assets"}


def size_rows(code: str) -> list[str | None]:
    """Rows of the size table an industry code may mean; None is outside the table."""
    division, group = int(code[:2]), code[:3] if len(code) > 2 else ""
    if division == 59:
        return ["SZ-06", "SZ-07"] if not group else ["SZ-06"] if group == "591" else ["SZ-07"]
    if division == 70:
        return ["SZ-13", "SZ-14", "SZ-16"] if not group else [{"701": "SZ-13", "702": "SZ-14"}.get(group, "SZ-16")]
    spans = [
        (1, 4, "SZ-01"),
        (6, 46, "SZ-02"),
        (47, 50, "SZ-03"),
        (51, 51, "SZ-04"),
        (52, 52, "SZ-05"),
        (54, 58, "SZ-06"),
        (60, 60, "SZ-08"),
        (61, 61, "SZ-09"),
        (62, 62, "SZ-10"),
        (63, 64, "SZ-11"),
        (65, 65, "SZ-12"),
        (71, 72, "SZ-15"),
        (73, 82, "SZ-16"),
        (85, 90, "SZ-16"),
    ]
    return [next((row for first, last, row in spans if first <= division <= last), None)]


def size_class(facts: Facts) -> str:
    code = facts.get("industry_code")
    if code is None:
        return "unknown"
    seen: set[str] = set()
    for row in size_rows(code):
        if row is None:
            return "not_applicable"
        letters, bounds = SIZE[row]
        codes = [MEASURE[x] for x in letters]
        for w in worlds(facts, codes, [b for line in bounds for b in line]):
            ranked = zip(("large", "medium", "small"), bounds, strict=True)
            seen.add(
                next(
                    (name for name, line in ranked if all(w[c] >= b for c, b in zip(codes, line, strict=True))), "micro"
                )
            )
    return seen.pop() if len(seen) == 1 else "unknown"


def sme_scope(facts: Facts) -> str:
    size = size_class(facts)
    scope = {"large": "not_applicable", "unknown": "unknown", "not_applicable": "manual_review"}.get(size, "met")
    return legal_scope(facts, scope)


def legal_scope(facts: Facts, scope: str = "met") -> str:
    legal = true(facts, "legal_person_in_mainland")
    if "not_applicable" in (scope, legal) or legal == "unmet":
        return "not_applicable"
    return all_of(scope, legal)


def sme_conditions(facts: Facts, on: date) -> str:
    ban = facts.get("fraud_ban_until")
    barred = "met" if ban in (None, NA) or ban < on else "unmet"
    vetoes = ("serious_dishonesty", "prohibited_product", "major_accident_3y", "tax_violation_3y")
    return all_of(barred, *(false(facts, v) for v in vetoes))


def scoped(scope: str, *parts: str) -> str:
    return "not_applicable" if scope == "not_applicable" else all_of(scope, *parts)


# ---- section 1


def mean_growth(w: Mapping[str, Any]) -> Fraction | None:
    this, last, before = w["main_revenue"], w["main_revenue_prev1"], w["main_revenue_prev2"]
    a, b = divide(this, last), divide(last, before)
    return None if a is None or b is None else (a + b) / 2 - 1


MAIN = ["main_revenue", "main_revenue_prev1", "main_revenue_prev2"]
INSTITUTION = ("national", "provincial", "municipal", "below_municipal")


def innovative_2022(facts: Facts, on: date, kind: str) -> Verdict:
    def growth(w: dict[str, Any]) -> int:
        q = divide(w["main_revenue"], w["main_revenue_prev1"])
        return band_up(None if q is None else q - 1, pct((15, 20), (10, 15), (5, 10), (0, 5)))

    p = {
        "CX-1": class_ip_points(facts, 20, 15, 10, 5),
        "CX-2": ratio_points(facts, "rd_expense", "revenue", pct((5, 20), (3, 15), (2, 10), (1, 5))),
        "CX-3": points(facts, MAIN[:2], growth, 20, [Fraction(r, 100) for r in (100, 105, 110, 115)]),
        "CX-4": ratio_points(facts, "total_liabilities", "total_assets", pct((55, 10), (75, 5)), down=True),
        "CX-5": choice_points(facts, "product_field", {"strategic_emerging": 10, "other": 5}),
        "CX-6": ratio_points(facts, "main_revenue", "revenue", pct((70, 20), (60, 15), (55, 10), (50, 5))),
    }
    score = total(*p.values())
    by_score = all_of(
        reach(score, 60),
        reach(total(p["CX-1"], p["CX-2"]), 20),
        reach(total(p["CX-3"], p["CX-4"]), 15),
        reach(total(p["CX-5"], p["CX-6"]), 15),
    )
    clauses = {
        "D1": any_of(
            at_least(facts, "national_science_award_rank_3y", 1), at_least(facts, "provincial_science_award_rank_3y", 1)
        ),
        "D2": any_of(
            *(
                true(facts, c)
                for c in ("valid_hnte", "valid_tech_demonstration", "valid_ip_advantage", "valid_ip_demonstration")
            )
        ),
        "D3": among(facts, "rd_institution_level", ("provincial", "national")),
        "D4": at_least(facts, "new_equity_3y", 500),
    }
    outcome = scoped(sme_scope(facts), sme_conditions(facts, on), any_of(by_score, *clauses.values()))
    return Verdict(outcome, score, p, clauses)


def srdi_2022(facts: Facts, on: date, kind: str) -> Verdict:
    def quality(w: dict[str, Any]) -> int:
        items = [w[c] is True for c in ("quality_award_provincial", "qms_certified", "own_brand")]
        items.append(any(w[c] != NA and w[c] >= 1 for c in ("standards_joined", "standards_led")))
        return min(5, 3 * sum(items))

    def research(w: dict[str, Any]) -> int:
        if w["rd_expense"] == NA:
            return 0
        amount = band_up(Fraction(w["rd_expense"]), [(500, 10), (400, 8), (300, 6), (200, 4), (100, 2)])
        if w["revenue"] == NA:
            return amount
        return max(
            amount, band_up(divide(w["rd_expense"], w["revenue"]), pct((10, 10), (8, 8), (6, 6), (4, 4), (3, 2)))
        )

    ten = pct((10, 10), (8, 8), (6, 6), (4, 4), (0, 2))
    p = {
        "ZJ-1": ratio_points(facts, "main_revenue", "revenue", pct((80, 5), (70, 3), (60, 1))),
        "ZJ-2": points(facts, MAIN, lambda w: band_up(mean_growth(w), ten), 10, [1, Fraction(11, 10)]),
        "ZJ-3": points(
            facts,
            ["niche_years"],
            lambda w: 0 if has_na(w, "niche_years") else min(5, int(w["niche_years"] // 2)),
            5,
            [2, 4, 6, 8, 10],
        ),
        "ZJ-4": choice_points(facts, "product_chain_role", {"fills_gap": 5, "six_bases_or_key_supplier": 3}),
        "ZJ-5": points(facts, ["digital_level"], lambda w: {4: 5, 3: 5, 2: 3}.get(w["digital_level"], 0), 5),
        "ZJ-6": points(
            facts,
            ["quality_award_provincial", "qms_certified", "own_brand", "standards_joined", "standards_led"],
            quality,
            5,
            [1],
        ),
        "ZJ-7": ratio_points(facts, "net_profit", "revenue", pct((10, 10), (8, 8), (6, 6), (4, 4), (2, 2))),
        "ZJ-8": ratio_points(facts, "total_liabilities", "total_assets", pct((50, 5), (60, 3), (70, 1)), down=True),
        "ZJ-10": class_ip_points(facts, 10, 8, 6, 2),
        "ZJ-11": points(
            facts,
            ["rd_expense", "revenue"],
            research,
            10,
            [Fraction(x, 100) for x in (3, 4, 6, 8, 10)] + [100, 200, 300, 400, 500],
        ),
        "ZJ-12": ratio_points(facts, "rd_staff", "employees", pct((20, 5), (10, 3), (5, 1))),
        "ZJ-13": choice_points(
            facts, "rd_institution_level", {"national": 10, "provincial": 8, "municipal": 4, "below_municipal": 2}
        ),
    }
    local = facts.get("local_feature_score")
    score = total(*p.values(), (0, 15) if local is None else (local, local))
    routes = [
        any_of(rank(facts, "provincial_science_award_rank_3y", 3), rank(facts, "national_science_award_rank_3y", 5)),
        sum_at_least(facts, ["rd_expense", "rd_expense_prev1"], 2000),
        at_least(facts, "new_equity_2y", 6000),
        true(facts, "maker_china_top500_3y"),
    ]
    parts = [
        at_least(facts, "niche_years", 2),
        at_least(facts, "rd_expense", 100),
        share_at_least(facts, "rd_expense", "revenue", Fraction(3, 100)),
        any_of(at_least(facts, "revenue", 1000), at_least(facts, "new_equity_2y", 2000)),
        any_of(reach(score, 60), *routes),
    ]
    return Verdict(scoped(sme_scope(facts), sme_conditions(facts, on), *parts), score, p)


def each_year(facts: Facts, bound: Fraction) -> str:
    return all_of(
        share_at_least(facts, "rd_expense", "revenue", bound),
        share_at_least(facts, "rd_expense_prev1", "revenue_prev1", bound),
    )


def giant_research(facts: Facts) -> set[str]:
    """R&D by revenue tier: once as nested clauses would say, once over every revenue an unknown one may be."""
    sums = ["rd_expense", "rd_expense_prev1"]
    young = all_of(
        at_least(facts, "new_equity_2y", 8000),
        sum_at_least(facts, sums, 3000),
        share_at_least(facts, "rd_staff", "employees", Fraction(1, 2)),
    )
    mid, large = each_year(facts, Fraction(6, 100)), each_year(facts, Fraction(3, 100))
    if facts.get("revenue") is not None:
        revenue = facts["revenue"]
        return {large if revenue >= 10000 else mid if revenue >= 5000 else young}
    nested = any_of(*("unmet" if branch == "unmet" else "unknown" for branch in (young, mid, large)))
    seen = {young}
    rd = facts.get("rd_expense")
    for revenue in [5000, 9999, 10000, 10**15] + (
        [] if rd is None else [Fraction(rd) * 100 / 6, Fraction(rd) * 100 / 3]
    ):
        if revenue >= 5000:
            seen.add(each_year({**facts, "revenue": revenue}, Fraction(3 if revenue >= 10000 else 6, 100)))
    return {nested, seen.pop() if len(seen) == 1 else "unknown"}


def little_giant_2022(facts: Facts, on: date, kind: str) -> Verdict:
    growth = leaf(
        facts, MAIN, lambda w: (g := mean_growth(w)) is not None and g >= Fraction(5, 100), [1, Fraction(105, 100)]
    )
    direct = any_of(rank(facts, "national_science_award_rank_3y", 3), true(facts, "maker_china_top50_3y"))
    rest = [
        at_least(facts, "niche_years", 3),
        share_at_least(facts, "main_revenue", "revenue", Fraction(7, 10)),
        growth,
        at_least(facts, "core_business_digitised", 1),
        any_of(true(facts, "qms_certified"), true(facts, "overseas_certified")),
        debt_at_most(facts, Fraction(7, 10)),
        at_least(facts, "niche_market_share", 10),
        verdict(facts, "brand_verdict"),
        true(facts, "own_brand"),
        any_of(among(facts, "product_chain_role", ("fills_gap",)), verdict(facts, "chain_role_verdict")),
        among(facts, "product_key_field", ("six_bases", "manufacturing_ten", "network_power")),
    ]
    outcomes = set()
    for research in giant_research(facts):
        general = all_of(
            research, among(facts, "rd_institution_level", INSTITUTION), at_least(facts, "class1_ip_in_use", 2)
        )
        outcomes.add(scoped(sme_scope(facts), sme_conditions(facts, on), *rest, any_of(general, direct)))
    return Verdict(min(outcomes), also=frozenset(outcomes))


def srdi_2026(facts: Facts, on: date, kind: str) -> Verdict:
    scores = [at_least(facts, "development_score", 50)]
    if kind == "renewal":
        scores.append(at_least(facts, "development_score_prev1", 50))
    clauses = {
        "Z26-1": all_of(
            any_of(true(facts, "valid_tech_sme"), true(facts, "valid_innovative_sme")),
            at_least(facts, "niche_years", 3),
        ),
        "Z26-2a": any_of(at_least(facts, "revenue", 1500), at_least(facts, "new_equity_2y", 2000)),
        "Z26-2b": all_of(
            share_at_least(facts, "main_revenue", "revenue", Fraction(8, 10)), debt_at_most(facts, Fraction(8, 10))
        ),
        "Z26-3": all_of(
            at_least(facts, "rd_expense", 100),
            at_least(facts, "rd_expense_prev1", 100),
            each_year(facts, Fraction(3, 100)),
        ),
        "Z26-4": at_least(facts, "class1_ip_self_applied_in_use", 1),
        "Z26-5": verdict(facts, "niche_position_verdict"),
        "Z26-6": any_of(*scores),
    }
    return Verdict(scoped(sme_scope(facts), sme_conditions(facts, on), *clauses.values()), clauses=clauses)


def compound_at_least(facts: Facts, percent: int) -> str:
    bound = Fraction(100 + percent, 100) ** 2
    return share_at_least(facts, "revenue", "revenue_prev2", bound)


def little_giant_2026(facts: Facts, on: date, kind: str) -> Verdict:
    scores, growth = [at_least(facts, "development_score", 60)], [compound_at_least(facts, 5)]
    if kind == "renewal":
        scores.append(at_least(facts, "development_score_prev1", 60))
        growth = []
    clauses = {
        "X26-1": all_of(true(facts, "valid_srdi_sme"), at_least(facts, "niche_years", 3)),
        "X26-2": all_of(
            at_least(facts, "revenue", 5000),
            share_at_least(facts, "main_revenue", "revenue", Fraction(9, 10)),
            *growth,
            debt_at_most(facts, Fraction(75, 100)),
        ),
        "X26-3": all_of(
            sum_at_least(facts, ["rd_expense", "rd_expense_prev1"], 1200), each_year(facts, Fraction(3, 100))
        ),
        "X26-4": any_of(
            at_least(facts, "class1_ip_self_applied_in_use", 4), rank(facts, "national_science_award_rank_3y", 3)
        ),
        "X26-5": any_of(
            at_least(facts, "niche_market_share", 10),
            at_least(facts, "niche_market_share_intl", 10),
            rank(facts, "niche_market_rank", 3),
        ),
        "X26-6": all_of(
            among(facts, "product_key_field", ("six_bases", "upgrade_emerging_future")),
            verdict(facts, "chain_role_verdict"),
        ),
        "X26-7": any_of(*scores),
    }
    return Verdict(scoped(sme_scope(facts), sme_conditions(facts, on), *clauses.values()), clauses=clauses)


# ---- section 2


def tech_sme_2017(facts: Facts, on: date, kind: str) -> Verdict:
    def ip(w: dict[str, Any]) -> int:
        if w["class1_ip_plain"] != NA and w["class1_ip_plain"] >= 1:
            return 30
        return 0 if has_na(w, "class2_ip_plain") else min(24, 6 * int(w["class2_ip_plain"]))

    def research(w: dict[str, Any]) -> int:
        if w["rd_expense"] == NA:
            return 0
        sales, costs = w["revenue"], w["total_costs"]
        a = (
            0
            if sales == NA
            else band_up(divide(w["rd_expense"], sales), pct((6, 50), (5, 40), (4, 30), (3, 20), (2, 10)))
        )
        b = (
            0
            if costs == NA
            else band_up(divide(w["rd_expense"], costs), pct((30, 50), (25, 40), (20, 30), (15, 20), (10, 10)))
        )
        return max(a, b)

    p = {
        "KX-1": ratio_points(facts, "tech_staff", "employees", pct((30, 20), (25, 16), (20, 12), (15, 8), (10, 4))),
        "KX-2": points(
            facts,
            ["rd_expense", "revenue", "total_costs"],
            research,
            50,
            [Fraction(x, 100) for x in (2, 3, 4, 5, 6, 10, 15, 20, 25, 30)],
        ),
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


def net_assets(facts: Facts) -> list[Any]:
    assets, debts = facts.get("total_assets"), facts.get("total_liabilities")
    if NA in (assets, debts):
        return [NA]
    if assets is not None and debts is not None:
        return [Fraction(assets) - Fraction(debts)]
    if assets is not None:
        return [Fraction(assets), Fraction(assets) - TINY, Fraction(0), -HUGE]
    return [-Fraction(debts or HUGE), Fraction(0), TINY, HUGE]


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
    assets = [year_values(facts, "net_assets_prev2"), year_values(facts, "net_assets_prev1"), net_assets(facts)]
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


def hnte_research(facts: Facts) -> set[str]:
    def need(revenue: Any) -> Fraction:
        return Fraction(5 if revenue <= 5000 else 4 if revenue <= 20000 else 3, 100)

    edges = [Fraction(x, 100) for x in (3, 4, 5)]
    exact: set[bool] = set()
    nested: list[str] = []
    for revenue in (
        candidates("revenue", facts, [], [5000, 20000]) if facts.get("revenue") is None else [facts["revenue"]]
    ):
        here = {**facts, "revenue": revenue}
        for rd in sums(facts, RD3, []):
            for sales in sums(here, REV3, [rd / e for e in edges]):
                exact.add(sales != 0 and rd / sales >= need(revenue))
    nested = ["met" if exact == {True} else "unmet" if exact == {False} else "unknown"]
    return {*nested, "unknown"} if facts.get("revenue") is None else set(nested)


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
    outcomes = {scoped(legal_scope(facts), *parts, research) for research in hnte_research(facts)}
    return Verdict(min(outcomes), score, p, also=frozenset(outcomes))


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
    return Verdict(scoped(legal_scope(facts), any_of(all_of(*tests), exception)))


# ---- section 3 and designations


def official_score(line: int) -> Callable[[Facts, date, str], Verdict]:
    return lambda facts, on, kind: Verdict(at_least(facts, "cnipa_assessment_score", line))


def designated(code: str) -> Callable[[Facts, date, str], Verdict]:
    return lambda facts, on, kind: Verdict(true(facts, code))


PROGRAMMES: dict[str, Callable[[Facts, date, str], Verdict]] = {
    "innovative-sme/2022": innovative_2022,
    "srdi-sme/2022": srdi_2022,
    "srdi-sme/2026": srdi_2026,
    "little-giant/2022": little_giant_2022,
    "little-giant/2026": little_giant_2026,
    "tech-sme/2017": tech_sme_2017,
    "hnte/2016": hnte_2016,
    "star-market/2024": star_2024,
    "ip-advantage/2023": official_score(55),
    "ip-demonstration/2023": official_score(70),
    "gold-seed": designated("gold_seed_designated"),
    "silver-seed": designated("silver_seed_designated"),
    "chain-leader": designated("chain_leader_designated"),
}

IN_FORCE = [
    ("innovative-sme/2022", "new renewal", date(2022, 8, 1), None),
    ("srdi-sme/2022", "new", date(2022, 8, 1), date(2026, 3, 31)),
    ("srdi-sme/2022", "renewal", date(2022, 8, 1), date(2028, 12, 31)),
    ("srdi-sme/2026", "new", date(2026, 4, 1), None),
    ("srdi-sme/2026", "renewal", date(2029, 1, 1), None),
    ("little-giant/2022", "new", date(2022, 8, 1), date(2026, 3, 31)),
    ("little-giant/2022", "renewal", date(2022, 8, 1), date(2028, 12, 31)),
    ("little-giant/2026", "new", date(2026, 4, 1), None),
    ("little-giant/2026", "renewal", date(2029, 1, 1), None),
    ("tech-sme/2017", "new renewal", date(2017, 5, 3), None),
    ("hnte/2016", "new renewal", date(2016, 1, 1), None),
    ("star-market/2024", "new renewal", date(2024, 4, 30), None),
    ("ip-advantage/2023", "new", date(2023, 1, 1), date(2025, 8, 31)),
    ("ip-demonstration/2023", "new", date(2023, 1, 1), date(2025, 8, 31)),
]
DATED = sorted({key.split("/")[0] for key, *_ in IN_FORCE})


def rulebook_in_force(programme: str, kind: str, on: date) -> str | None:
    for key, kinds, first, last in IN_FORCE:
        if key.split("/")[0] == programme and kind in kinds.split() and first <= on and (last is None or on <= last):
            return key
    return None


def judge(programme: str, facts: Facts, on: date, kind: str) -> Verdict | None:
    """What the documents say; None when no rulebook is in force."""
    key = rulebook_in_force(programme, kind, on) if programme in DATED else programme
    return None if key is None else PROGRAMMES[key](facts, on, kind)
