"""Section 1: innovative SMEs, SRDI and little giants, 2022 and 2026."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tests.scoring.oracle.logic import (
    Verdict,
    all_of,
    among,
    any_of,
    at_least,
    band_up,
    choice_points,
    class_ip_points,
    debt_at_most,
    divide,
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
    verdict,
)
from tests.scoring.oracle.scope import scoped, sme_conditions, sme_scope
from tests.scoring.oracle.worlds import NA, Facts


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


def giant_research(facts: Facts) -> str:
    """R&D by revenue tier, over every revenue an unknown one may be."""
    sums = ["rd_expense", "rd_expense_prev1"]
    young = all_of(
        at_least(facts, "new_equity_2y", 8000),
        sum_at_least(facts, sums, 3000),
        share_at_least(facts, "rd_staff", "employees", Fraction(1, 2)),
    )
    mid, large = each_year(facts, Fraction(6, 100)), each_year(facts, Fraction(3, 100))
    if facts.get("revenue") is not None:
        revenue = facts["revenue"]
        return large if revenue >= 10000 else mid if revenue >= 5000 else young
    seen = {young}
    rd = facts.get("rd_expense")
    for revenue in [5000, 9999, 10000, 10**15] + (
        [] if rd is None else [Fraction(rd) * 100 / 6, Fraction(rd) * 100 / 3]
    ):
        if revenue >= 5000:
            seen.add(each_year({**facts, "revenue": revenue}, Fraction(3 if revenue >= 10000 else 6, 100)))
    return seen.pop() if len(seen) == 1 else "unknown"


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
    general = all_of(
        giant_research(facts),
        among(facts, "rd_institution_level", INSTITUTION),
        at_least(facts, "class1_ip_in_use", 2),
    )
    return Verdict(scoped(sme_scope(facts), sme_conditions(facts, on), *rest, any_of(general, direct)))


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
        "X26-6": verdict(facts, "chain_role_verdict"),
        "X26-7": any_of(*scores),
    }
    return Verdict(scoped(sme_scope(facts), sme_conditions(facts, on), *clauses.values()), clauses=clauses)
