"""Fictitious firms and a simulated panel for the demonstration. Nobody's judgement, and it says so everywhere.

The panel is not the expert scorecard: a reviewer forms an impression of a few things with diminishing returns, is as
lenient as he is, likes a good story, and errs. A model that learns from it shows how learning works, nothing else.
"""

from dataclasses import dataclass
from math import exp, log1p
from random import Random
from typing import Any

Facts = dict[str, Any]
REVIEWERS: dict[str, float] = {
    "模拟专家甲": 4.5, "模拟专家乙": -5.0, "模拟专家丙": 0.5, "模拟专家丁": 1.5,
    "模拟专家戊": -1.0, "模拟专家己": 0.0, "模拟专家庚": 2.0, "模拟专家辛": -2.5,
}  # fmt: skip
EACH = 3
ERROR = 4.0
PLACES = ("420100", "420200", "420300", "420500", "420600", "420700", "420900", "421000", "421100", "429004")
TRADES = {"3976": "光电", "6513": "软件", "2710": "制药", "3311": "金属制品", "3590": "装备", "1495": "食品"}
CHOICES: dict[str, tuple[str, ...]] = {
    "patent_navigation": ("none", "project", "every_project"),
    "ip_informs_rd": ("none", "some_projects", "whole_process"),
    "infringement_monitoring": ("none", "ad_hoc", "continuous"),
    "trade_secret_system": ("none", "written", "audited"),
    "ip_strategy": ("none", "drafted", "approved", "executed_reviewed"),
    "inventor_rewards": ("none", "written", "paid_last_year"),
    "ip_department": ("none", "part_time", "dedicated"),
    "gbt29490_edition": ("none", "2013", "2023"),
}
COUNTS: dict[str, float] = {
    "valid_invention_patents": 9, "high_value_invention_patents": 3, "valid_utility_models": 9, "valid_designs": 3,
    "patent_applications_3y": 14, "registered_trademarks": 5, "software_copyrights": 4, "overseas_applications": 1.2,
    "standards_joined": 1, "fto_reviews_3y": 1, "rights_enforced_3y": 0.8, "ip_staff_full_time": 1.6,
    "ip_specialists": 1, "patent_intensive_products": 0.8,
}  # fmt: skip
NEVER = ("serious_dishonesty", "abnormal_filing_3y", "malicious_trademark_3y")
UNKNOWN_SHARE = 0.05


# What the panel never looks at: taken from a firm of the demonstration round, so that a form is as full as theirs.
STAFF = ("rd_staff", "tech_staff")
MONEY = (
    "revenue_prev1", "revenue_prev2", "main_revenue", "main_revenue_prev1", "main_revenue_prev2", "rd_expense_prev1",
    "rd_expense_prev2", "total_assets", "total_liabilities", "net_profit",
)  # fmt: skip
AS_THEY_ARE = (
    "rd_institution_level", "qms_certified", "niche_years", "niche_market_share", "own_brand", "product_field",
    "product_chain_role", "digital_level", "valid_hnte", "valid_innovative_sme", "valid_srdi_sme", "valid_tech_sme",
    "chain_leader_designated", "gold_seed_designated",
)  # fmt: skip
OF_REVENUE = ("rd_expense", "patented_product_revenue", "ip_spend")
ABOUT = 0.1


@dataclass(frozen=True, slots=True)
class Firm:
    name: str
    region: str
    facts: Facts


def fictitious_firm(rng: Random, number: int) -> Firm:
    """A firm whose facts hang together: some are simply better at all of it."""
    trade = rng.choice(list(TRADES))
    merit, size = rng.gauss(0.2, 1), rng.choice([0.3, 1.0, 1.0, 3.0])
    revenue = round(9000 * size * exp(rng.gauss(0, 0.5)), 2)
    facts: Facts = {"industry_code": trade, "employees": int(140 * size * exp(rng.gauss(0, 0.3))), "revenue": revenue}
    facts |= {code: _count(rng, usual * size**0.5, merit) for code, usual in COUNTS.items()}
    facts |= {code: _choice(rng, steps, merit) for code, steps in CHOICES.items()}
    facts |= _money(rng, revenue, merit)
    facts["high_value_invention_patents"] = min(facts["high_value_invention_patents"], facts["valid_invention_patents"])
    facts["iso56005_level"] = max(0, min(5, round(rng.gauss(1.3 + merit, 0.8))))
    kept = {code: fact for code, fact in facts.items() if code == "industry_code" or rng.random() >= UNKNOWN_SHARE}
    name = f"湖北{TRADES[trade]}演示{number:03}有限公司"
    return Firm(name, rng.choice(PLACES), kept | dict.fromkeys(NEVER, False))


def filled_like(rng: Random, own: Facts, model: Facts) -> Facts:
    """The firm at the size of another, with what its own form leaves out; what that firm leaves unknown stays so."""
    sized = dict(own)
    growth = _ratio(rng, own, model, "revenue")
    for code in ("revenue", *OF_REVENUE):
        if code in own:
            sized[code] = round(own[code] * growth, 2)
    if "employees" in own:
        sized["employees"] = max(1, round(own["employees"] * _ratio(rng, own, model, "employees")))
    alike = exp(rng.gauss(0, ABOUT))
    taken = {code: model[code] for code in AS_THEY_ARE if code in model}
    taken |= {code: round(model[code] * alike, 2) for code in MONEY if _is_amount(model.get(code))}
    if _is_amount(granted := model.get("invention_grants_3y")):
        taken["invention_grants_3y"] = min(granted, own.get("valid_invention_patents", 0))
    staff = sized.get("employees", 0)
    taken |= {code: min(staff, round(model[code] * alike)) for code in STAFF if _is_amount(model.get(code))}
    return taken | sized


def _ratio(rng: Random, own: Facts, model: Facts, code: str) -> float:
    """From the firm's own figure to about the other's; as it is where either is not known."""
    mine, theirs = own.get(code), model.get(code)
    return theirs / mine * exp(rng.gauss(0, ABOUT)) if mine and _is_amount(theirs) else 1.0


def _is_amount(fact: Any) -> bool:
    return isinstance(fact, int | float) and not isinstance(fact, bool)


def _count(rng: Random, usual: float, merit: float) -> int:
    return int(usual * exp(0.7 * merit + rng.gauss(0, 0.5)) + rng.random() * 0.8)


def _share(rng: Random, usual: float, merit: float) -> float:
    return min(1.0, max(0.0, usual + 0.18 * merit + rng.gauss(0, 0.15)))


def _choice(rng: Random, steps: tuple[str, ...], merit: float) -> str:
    return steps[min(len(steps) - 1, int(_share(rng, 0.5, merit) * len(steps)))]


def _money(rng: Random, revenue: float, merit: float) -> Facts:
    rd = round(revenue * max(0.003, 0.042 + 0.012 * merit + rng.gauss(0, 0.01)), 2)
    return {
        "rd_expense": rd,
        "patented_product_revenue": round(revenue * _share(rng, 0.25, merit), 2),
        "ip_spend": round(rd * max(0.0, 0.02 + 0.01 * merit + rng.gauss(0, 0.01)), 2),
        "licence_transfer_income_3y": round(max(0.0, rng.gauss(20 + 30 * merit, 40)), 1),
        "ip_pledge_financing_3y": round(max(0.0, rng.gauss(100 + 200 * merit, 250))),
        "ip_trained_share": round(100 * _share(rng, 0.5, merit)),
    }


def simulated_marks(rng: Random, facts: Facts) -> dict[str, float]:
    """What three of the panel give, in half points."""
    impression = _impression(facts)
    story = rng.gauss(0, 2)
    chosen = rng.sample(list(REVIEWERS), EACH)
    given = {who: impression + story + REVIEWERS[who] + rng.gauss(0, ERROR) for who in chosen}
    return {who: min(105.0, max(0.0, round(2 * mark) / 2)) for who, mark in given.items()}


def _impression(facts: Facts) -> float:
    """About 15 to 100; what isn't known impresses nobody."""
    revenue = max(_number(facts, "revenue"), 500.0)
    holdings = _number(facts, "valid_invention_patents") + 2 * _number(facts, "high_value_invention_patents")
    protected = 8 * log1p(holdings * (9000 / revenue) ** 0.4) + 1.5 * log1p(_number(facts, "valid_utility_models"))
    earning = 20 * min(1.0, _number(facts, "patented_product_revenue") / revenue) ** 0.5
    earning += 2.5 * log1p(_number(facts, "licence_transfer_income_3y") / 20)
    run = sum(3.2 * _step(facts, code) for code in CHOICES)
    extras = 1.6 * _number(facts, "iso56005_level") ** 0.7 + 2 * log1p(_number(facts, "fto_reviews_3y"))
    return 8 + 0.92 * (protected + earning + run + extras)


def _number(facts: Facts, code: str) -> float:
    """A count between bounds impresses by its lower end."""
    fact = facts.get(code)
    fact = fact[0] if isinstance(fact, list) else fact
    return float(fact) if isinstance(fact, int | float) else 0.0


def _step(facts: Facts, code: str) -> float:
    steps = CHOICES[code]
    return steps.index(facts[code]) / (len(steps) - 1) if facts.get(code) in steps else 0.0
