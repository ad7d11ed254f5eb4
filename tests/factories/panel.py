"""A simulated panel: firms with facts, and marks as noisy people would give them. Nobody's judgement, for tests only.

It is not the expert scorecard: a reviewer looks at a few impressions (how much is protected for the firm's size,
whether it earns money, whether somebody runs it), with diminishing returns, a leniency of one's own, a liking for good
stories (halo), and noise. Three reviewers a case, rounded to half points.
"""

from dataclasses import dataclass
from math import exp, log1p
from random import Random
from typing import Any

from scoring.learn.cases import Case

REGIONS = ("420100", "420200", "420500", "420600", "421000")
INDUSTRIES = ("3976", "6513", "2710", "3311", "5131")
LADDERS: dict[str, tuple[str, ...]] = {
    "patent_navigation": ("none", "project", "every_project"),
    "ip_informs_rd": ("none", "some_projects", "whole_process"),
    "infringement_monitoring": ("none", "ad_hoc", "continuous"),
    "trade_secret_system": ("none", "written", "audited"),
    "ip_strategy": ("none", "drafted", "approved", "executed_reviewed"),
    "inventor_rewards": ("none", "written", "paid_last_year"),
    "ip_department": ("none", "part_time", "dedicated"),
    "gbt29490_edition": ("none", "2013", "2023"),
    "overseas_risk_plan": ("none", "assessed", "plan_in_force"),
    "patent_awards": ("none", "none", "provincial", "national_merit"),
}
COUNTS = {
    "valid_invention_patents": 9,
    "high_value_invention_patents": 3,
    "patent_applications_3y": 14,
    "valid_utility_models": 8,
    "valid_designs": 3,
    "registered_trademarks": 4,
    "software_copyrights": 4,
    "other_ip": 0.3,
    "overseas_applications": 1.2,
    "standards_joined": 1,
    "standards_led": 0.3,
    "rights_enforced_3y": 0.8,
    "fto_reviews_3y": 1,
    "ip_staff_full_time": 1.5,
    "ip_specialists": 0.8,
    "patent_intensive_products": 0.7,
    "open_licences": 0.5,
}


@dataclass(frozen=True)
class Firm:
    """A firm's facts and how good it is, which nobody but the simulation knows."""

    facts: dict[str, Any]
    merit: float


def make_firm(rng: Random, *, unknown: float = 0.08) -> Firm:
    merit = rng.gauss(0, 1)
    size = rng.choice([0.3, 1.0, 1.0, 4.0])
    facts: dict[str, Any] = {
        "industry_code": rng.choice(INDUSTRIES),
        "employees": int(150 * size * exp(rng.gauss(0, 0.4))),
    }
    revenue = round(12000 * size * exp(rng.gauss(0, 0.6)), 2)
    facts |= {"revenue": revenue, "total_assets": round(revenue * 1.4, 2)}
    for code, usual in COUNTS.items():
        facts[code] = int(usual * size**0.5 * exp(0.7 * merit + rng.gauss(0, 0.6)) + rng.random() * 0.8)
    facts["high_value_invention_patents"] = min(facts["high_value_invention_patents"], facts["valid_invention_patents"])
    facts["invention_applications_3y"] = int(facts["patent_applications_3y"] * _share(rng, merit, 0.45))
    facts["invention_decisions_3y"] = max(facts["invention_applications_3y"] - rng.randint(0, 2), 0)
    facts["invention_grants_3y"] = int(facts["invention_decisions_3y"] * _share(rng, merit, 0.5))
    patents = sum(facts[code] for code in ("valid_invention_patents", "valid_utility_models", "valid_designs"))
    facts["industrialised_patents"] = int(patents * _share(rng, merit, 0.4))
    facts |= _money(rng, merit, revenue)
    for code, steps in LADDERS.items():
        facts[code] = steps[min(len(steps) - 1, max(0, int(_share(rng, merit, 0.5) * len(steps))))]
    facts["iso56005_level"] = max(0, min(5, int(rng.gauss(1.2 + merit, 1))))
    facts["own_brand"] = rng.random() < _share(rng, merit, 0.6)
    facts["ip_insurance"] = rng.random() < 0.2
    facts["well_known_trademark"] = rng.random() < 0.05
    facts["geographical_indication"] = rng.random() < 0.05
    facts["gbt29490_valid_until"] = rng.choice(["2025-12-31", "2027-06-30", "2028-03-31"])
    facts |= {"serious_dishonesty": False, "abnormal_filing_3y": rng.random() < 0.03, "malicious_trademark_3y": False}
    kept = {"industry_code", "employees", "serious_dishonesty", "abnormal_filing_3y", "malicious_trademark_3y"}
    return Firm({code: fact for code, fact in facts.items() if code in kept or rng.random() >= unknown}, merit)


def _share(rng: Random, merit: float, usual: float) -> float:
    """A share between 0 and 1 around what is usual, more for the better."""
    return min(1.0, max(0.0, usual + 0.18 * merit + rng.gauss(0, 0.18)))


def _money(rng: Random, merit: float, revenue: float) -> dict[str, float]:
    rd = round(revenue * max(0.002, 0.04 + 0.012 * merit + rng.gauss(0, 0.012)), 2)
    return {
        "patented_product_revenue": round(revenue * _share(rng, merit, 0.2), 2),
        "rd_expense": rd,
        "ip_spend": round(rd * max(0.0, 0.02 + 0.012 * merit + rng.gauss(0, 0.012)), 2),
        "licence_transfer_income_3y": round(max(0.0, rng.gauss(20 + 30 * merit, 40)), 1),
        "ip_pledge_financing_3y": round(max(0.0, rng.gauss(100 + 250 * merit, 300)), 0),
        "ip_capital_contribution": round(max(0.0, rng.gauss(-50 + 60 * merit, 80)), 0),
        "ip_trained_share": round(100 * _share(rng, merit, 0.5), 0),
    }


def impression(facts: dict[str, Any]) -> float:
    """What a careful reader makes of the facts, about 20 to 95; what isn't known impresses nobody."""

    def number(code: str) -> float:
        return float(facts.get(code) or 0)

    def step(code: str) -> float:
        steps = LADDERS[code]
        return steps.index(facts[code]) / (len(steps) - 1) if code in facts else 0.0

    revenue = max(number("revenue"), 500.0)
    holdings = number("valid_invention_patents") + 2 * number("high_value_invention_patents")
    protected = 9 * log1p(holdings * (12000 / revenue) ** 0.4)
    earning = 22 * (number("patented_product_revenue") / revenue) ** 0.5 + 3 * log1p(
        (number("licence_transfer_income_3y") + number("ip_pledge_financing_3y") / 5) / 20
    )
    run = sum(
        5 * step(code) for code in ("ip_strategy", "ip_department", "trade_secret_system", "infringement_monitoring")
    )
    extras = 2 * number("iso56005_level") ** 0.7 + 1.5 * log1p(number("fto_reviews_3y")) + 3 * step("inventor_rewards")
    return 10 + 0.8 * (protected + earning + run + extras)


def simulate_panel(count: int, *, seed: int = 1, noise: float = 3.0, unknown: float = 0.08) -> list[Case]:
    """Cases decided by simulated reviewers; train on them only as ``simulated``."""
    rng = Random(seed)
    leniency = [rng.gauss(0, 3) for _ in range(12)]
    cases = []
    for number in range(count):
        firm = make_firm(rng, unknown=unknown)
        halo = 2 * firm.merit
        marks = [impression(firm.facts) + halo + bias + rng.gauss(0, noise) for bias in rng.sample(leniency, 3)]
        score = round(2 * sum(marks) / 3) / 2
        cases.append(Case(f"模拟{number:04}", firm.facts, min(105.0, max(0.0, score)), region=rng.choice(REGIONS)))
    return cases
