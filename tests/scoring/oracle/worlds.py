"""Facts and the values an unknown one may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
