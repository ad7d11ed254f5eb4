"""Facts as files and forms write them (E13)."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from scoring import NOT_APPLICABLE, UNKNOWN, BadValue, parse_fact, read_indicators
from scoring.facts import NO_BAR, Fact, read_contradictions


@pytest.mark.parametrize(
    ("code", "raw", "fact"),
    [
        ("revenue", 0, 0.0),
        ("revenue", "6300.6", 6300.6),
        ("revenue", Decimal("0.1"), 0.1),
        ("revenue", None, UNKNOWN),
        ("revenue", "  ", UNKNOWN),
        ("revenue", "n/a", NOT_APPLICABLE),
        ("net_profit", -12.5, -12.5),
        ("net_assets_prev1", -1, -1.0),
        ("employees", 12.0, 12.0),
        ("class1_ip", [1, 4], (1.0, 4.0)),
        ("class1_ip", {"low": 2, "high": 2}, 2.0),
        ("own_brand", False, False),
        ("own_brand", "TRUE", True),
        ("product_field", "other", "other"),
        ("gbt29490_edition", 2023, "2023"),
        ("industry_code", 3912.0, "3912"),
        ("registered_on", "2020-02-29", date(2020, 2, 29)),
        ("registered_on", datetime(2020, 2, 29, 0, 0), date(2020, 2, 29)),
        ("fraud_ban_until", None, NO_BAR),
    ],
)
def test_a_fact_is_read_as_written(code: str, raw: object, fact: Fact) -> None:
    assert parse_fact(code, raw) == fact


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("revenue", "many"),
        ("revenue", True),
        ("revenue", -0.01),
        ("revenue", float("nan")),
        ("revenue", float("inf")),
        ("revenue", "1,200"),
        ("revenue", 10**400),
        ("employees", 2.5),
        ("employees", [5, 1]),
        ("niche_market_share", 100.1),
        ("digital_level", 5),
        ("rd_management_score", 21),
        ("local_feature_score", 15.1),
        ("own_brand", 1),
        ("own_brand", "yes"),
        ("product_field", "none"),
        ("industry_code", "3"),
        ("industry_code", "C3912"),
        ("registered_on", "2026-02-30"),
        ("registered_on", "20260201"),
        ("registered_on", 45000),
    ],
)
def test_a_bad_value_is_refused_with_a_reason_in_both_languages(code: str, raw: object) -> None:
    with pytest.raises(BadValue) as caught:
        parse_fact(code, raw)
    assert caught.value.zh
    assert caught.value.en


def test_choices_are_those_of_the_fixed_list() -> None:
    for indicator in read_indicators().values():
        if indicator.type == "choice":
            noted = {part.split("(")[0].strip() for part in indicator.note.split("|")}
            assert set(indicator.choices) == noted, indicator.code


def test_contradictions_name_indicators() -> None:
    known = read_indicators()
    assert [pair for pair in read_contradictions() if {pair.part, pair.whole} - known.keys()] == []
