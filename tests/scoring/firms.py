"""Random firms for the oracle: mostly good ones, many values exactly on an edge, some unknown, a few not applicable."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from tests.scoring.oracle.worlds import BOOLEANS, CHOICES, NA

INDUSTRIES = [
    "3976",
    "3976",
    "3976",
    "6513",
    "6513",
    "51",
    "59",
    "591",
    "595",
    "70",
    "701",
    "7020",
    "709",
    "5301",
    "0519",
    "0111",
    "6610",
    "83",
    "84",
    "85",
    "4710",
    "7723",
    "61",
]
ADVERSE = {"prohibited_product", "serious_dishonesty", "major_accident_3y", "tax_violation_3y", "major_accident_1y"}
MAY_BE_NA = [
    "niche_years",
    "own_brand",
    "qms_certified",
    "overseas_certified",
    "product_field",
    "rd_institution_level",
    "valid_hnte",
    "valid_tech_sme",
    "class1_ip_high_value",
    "class2_ip",
    "standards_joined",
    "niche_market_share_intl",
    "development_score_prev1",
    "chain_role_verdict",
    "product_chain_role",
    "transformations_per_year",
    "class1_ip_plain",
    "maker_china_top500_3y",
]
REVENUES: list[Any] = [
    0,
    "999.99",
    1000,
    1499,
    1500,
    4999,
    5000,
    "5000.01",
    6300,
    8000,
    10000,
    20000,
    "20000.01",
    29999,
    30000,
    40000,
    80000,
]
COUNTS: dict[str, list[int]] = {
    "standards_led": [0, 1],
    "standards_joined": [0, 1, 3],
    "standards_led_5y": [0, 0, 1],
    "core_business_digitised": [0, 1, 3],
    "class1_ip": [0, 1, 3],
    "class1_ip_self_developed": [0, 1, 2],
    "class1_ip_high_value": [0, 0, 1],
    "class2_ip": [0, 1, 4],
    "class1_ip_in_use": [0, 1, 2, 3],
    "class1_ip_self_applied_in_use": [0, 1, 3, 4],
    "class1_ip_plain": [0, 0, 1],
    "class2_ip_plain": [0, 1, 3, 4, 5],
    "class2_ip_unused_hnte": [0, 1, 2, 3, 5],
    "industrialised_inventions": [6, 7, 8],
    "digital_level": [0, 1, 2, 3, 4],
    "tech_advancement_score": [0, 5, 8],
    "core_support_score": [0, 7, 8],
    "ip_acquisition_score": [0, 5, 6],
    "rd_management_score": [0, 17, 20],
    "national_science_award_rank_3y": [0, 0, 3, 4, 5, 6],
    "provincial_science_award_rank_3y": [0, 0, 3, 4],
    "national_science_award_rank_5y": [0, 0, 3, 4],
    "niche_market_rank": [1, 3, 4],
}
NUMBERS: dict[str, list[Any]] = {
    "niche_years": [0, 1, "1.9", 2, "2.99", 3, 5, 9, 10, 30],
    "niche_market_share": [0, "9.99", 10, 30],
    "niche_market_share_intl": [0, "9.99", 10],
    "local_feature_score": [0, 9, "12.5", 15],
    "development_score": ["49.9", 50, "59.99", 60, 90],
    "development_score_prev1": [30, 50, 60],
    "transformations_per_year": [0, "0.5", 1, "1.99", 3, 4, "4.67", 5, 9],
    "cnipa_assessment_score": ["54.9", 55, "69.9", 70, 105],
    "new_equity_2y": [0, "1999.99", 2000, 5999, 6000, 8000],
    "new_equity_3y": [0, "499.99", 500],
}


SOUND_SHARES = {
    "revenue": 100,
    "revenue_prev1": 80,
    "revenue_prev2": 64,
    "main_revenue": 90,
    "main_revenue_prev1": 75,
    "main_revenue_prev2": 60,
    "rd_expense": 6,
    "rd_expense_prev1": 6,
    "rd_expense_prev2": 4,
    "net_profit": 10,
    "total_costs": 100,
    "rd_expense_in_china": 20,
    "hightech_revenue": 60,
    "total_income": 100,
}


def _share(rng: Random, whole: Decimal, percents: list[Any]) -> Decimal:
    """A part that is exactly some percentage of the whole, or a hair beside it."""
    return max(
        Decimal(0),
        whole * Decimal(str(rng.choice(percents))) / 100
        + rng.choice([Decimal(0)] * 4 + [Decimal("-0.01"), Decimal("0.01")]),
    )


def _money(rng: Random) -> dict[str, Decimal]:
    revenue = Decimal(rng.choice(REVENUES)) if rng.random() < 0.7 else Decimal(rng.randint(0, 60000)) / 4
    grow = [90, 95, 100, 105, 110, 115, 125, 130, 150]
    prev1, prev2 = _share(rng, revenue, [0, 80, 87, 95, 100, 105]), _share(rng, revenue, [0, 64, 80, 90, 100, 110])
    if rng.random() < 0.5 and revenue:
        factor = Decimal(rng.choice(grow)) / 100
        prev1, prev2 = Decimal(8000), Decimal(8000)
        revenue = prev1 * factor
    main = [_share(rng, r, [45, 50, 55, 60, 70, 80, 90, 100]) for r in (revenue, prev1, prev2)]
    if rng.random() < 0.6:
        main = [
            Decimal(x)
            for x in rng.choice(
                [
                    (7245, 6300, 6000),
                    (6615, 6300, 6000),
                    (6300, 6300, 6300),
                    (110, 100, 0),
                    (0, 100, 100),
                    (105, 0, 50),
                    (6678, 6300, 5943),
                    (9000, 8000, 10000),
                ]
            )
        ]
    assets = Decimal(rng.choice([0, 1000, 5000, 20000, "20000.01", 120000]))
    rd = [_share(rng, r, [0, 1, 2, 3, 4, 5, 6, 8, 10, 30]) for r in (revenue, prev1, prev2)]
    if rng.random() < 0.3:
        rd = [Decimal(rng.choice([0, 99, 100, 400, 500, 600, 1000, 1500, 3000])) for _ in range(3)]
    return {
        "revenue": revenue,
        "revenue_prev1": prev1,
        "revenue_prev2": prev2,
        "main_revenue": main[0],
        "main_revenue_prev1": main[1],
        "main_revenue_prev2": main[2],
        "total_assets": assets,
        "total_liabilities": _share(rng, assets, [0, 30, 50, 55, 60, 70, 75, 80, 99, 120]),
        "net_assets_prev1": _share(rng, assets, [0, 20, 30, 40]),
        "net_assets_prev2": _share(rng, assets, [0, 20, 25, 30, -10]),
        "net_profit": _share(rng, revenue, [0, 2, 4, 6, 8, 10]) - rng.choice([0, 0, 0, 50]),
        "total_costs": _share(rng, sum(rd, Decimal(0)), [0, 100, 200, 330]),
        "rd_expense": rd[0],
        "rd_expense_prev1": rd[1],
        "rd_expense_prev2": rd[2],
        "rd_expense_in_china": _share(rng, sum(rd, Decimal(0)), [0, 59, 60, 100]),
        "hightech_revenue": _share(rng, revenue, [0, 59, 60, 80]),
        "total_income": revenue + rng.choice([0, 0, 100]),
    }


def _sound_money(rng: Random) -> dict[str, Decimal]:
    """A healthy firm, so that every later condition is looked at too."""
    revenue = Decimal(rng.choice([2000, 5000, 6300, 9999, 10000, 15000]))
    assets = Decimal(rng.choice([5000, 20000]))
    firm = {code: revenue * share / 100 for code, share in SOUND_SHARES.items()}
    firm |= {"total_assets": assets, "total_liabilities": assets * 4 / 10}
    return firm | {"net_assets_prev1": assets / 2, "net_assets_prev2": assets * 4 / 10}


def _people(rng: Random) -> dict[str, int]:
    staff = rng.choice([0, 9, 10, 20, 40, 60, 100, 200, 300, 500, 501, 1000])
    return {
        "employees": staff,
        "rd_staff": staff * rng.choice([0, 5, 10, 20, 50]) // 100,
        "tech_staff": staff * rng.choice([0, 9, 10, 15, 20, 25, 30]) // 100,
    }


def _flags(rng: Random, luck: float) -> dict[str, Any]:
    good = {code: (code not in ADVERSE) if rng.random() < luck else code in ADVERSE for code in sorted(BOOLEANS)}
    chosen = {code: options[0] if rng.random() < luck / 2 else rng.choice(options) for code, options in CHOICES.items()}
    return good | chosen


def _marks(rng: Random) -> dict[str, int]:
    """Marks of experts; one outside its band is a bad value and counts as not given."""
    return {
        "ip_quantity_score": rng.randint(0, 8),
        "transformation_score": rng.randint(0, 30),
        "net_asset_growth_score": rng.randint(0, 10),
        "sales_growth_score": rng.randint(0, 10),
    }


def random_firm(rng: Random, on: date) -> dict[str, Any]:
    luck, gaps = rng.choice([0.7, 0.95, 1.0]), rng.choice([0.0, 0.03, 0.1, 0.33, 0.33, 0.6, 1.0])
    firm: dict[str, Any] = (
        {"industry_code": rng.choice(INDUSTRIES)}
        | rng.choice([_money, _sound_money])(rng)
        | _people(rng)
        | _flags(rng, luck)
    )
    firm |= {
        code: rng.choice(values) if rng.random() > luck**3 - 0.1 else max(values) for code, values in COUNTS.items()
    }
    firm |= {
        code: Decimal(str(rng.choice(values) if rng.random() > luck**3 - 0.3 else max(values, key=Decimal)))
        for code, values in NUMBERS.items()
    }
    firm["registered_on"] = rng.choice([date(2010, 1, 1), on.replace(year=on.year - 1), date(on.year, 1, 2)])
    firm |= {code: mark for code, mark in _marks(rng).items() if rng.random() < 0.4}
    for code in sorted(firm):
        if rng.random() < gaps:
            firm[code] = None
        elif code in MAY_BE_NA and rng.random() < 0.03:
            firm[code] = NA
    for code in sorted(ADVERSE | {"legal_person_in_mainland"}):
        if firm[code] is None and rng.random() < 0.5:
            firm[code] = code not in ADVERSE
    if rng.random() < 0.05:
        firm["fraud_ban_until"] = rng.choice([date(2015, 1, 1), date(2040, 1, 1)])
    return firm


SCORECARD: dict[str, list[Any]] = {
    "patent_navigation": ["none", "project", "every_project"],
    "ip_department": ["none", "part_time", "dedicated"],
    "infringement_monitoring": ["none", "ad_hoc", "continuous"],
    "trade_secret_system": ["none", "written", "audited"],
    "valid_invention_patents": [0, 1, 2, 3, 5, 6, 10, 20, (2, 12)],
    "high_value_invention_patents": [0, 1, 2, 4, 6],
    "valid_utility_models": [0, 4, 5, 10],
    "valid_designs": [0, 1, 5],
    "registered_trademarks": [0, 1, 5],
    "patented_product_revenue": [0, 80, 400, 1200, 2000],
    "ip_pledge_financing_3y": [0, 1, 100, 500],
    "iso56005_level": [0, 1, 2, 3, 4, 5],
    "gbt29490_edition": ["none", "2013", "2023"],
    "abnormal_filing_3y": [False, False, False, True],
    "open_licences": [0, 1],
    "patent_intensive_products": [0, 1],
    "ip_strategy": ["none", "drafted", "approved", "executed_reviewed"],
}


def scorecard_firm(rng: Random, on: date) -> dict[str, Any]:
    """As ``random_firm``, with what the capability scorecard asks besides."""
    gaps = rng.choice([0.0, 0.2, 0.6])
    more = {code: None if rng.random() < gaps else rng.choice(values) for code, values in SCORECARD.items()}
    return {**random_firm(rng, on), **more}
