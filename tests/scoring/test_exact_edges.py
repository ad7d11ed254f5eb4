"""Values on a border, where binary arithmetic would be wrong (C02, P04)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import Frame, parse_fact
from scoring.compare import reaches
from scoring.facts import Fact
from scoring.schema import Value

ON = date(2026, 5, 1)
AMOUNTS = st.decimals(min_value="0.01", max_value="99999999.99", places=2)


def frame(**facts: object) -> Frame:
    known: dict[str, Fact] = {code: parse_fact(code, raw) for code, raw in facts.items()}
    return Frame([known], on=ON)


def value(**kind: object) -> Value:
    return Value.model_validate(Value.model_validate({"op": "sum", "args": [kind, kind]}).args[0])


def at_least(measured: Value, limit: str, facts: Frame) -> tuple[bool, bool]:
    low, high = reaches(measured, facts, Decimal(limit))
    return bool(low[0]), bool(high[0])


RATIO = value(ratio=["rd_expense", "revenue"])
GROWTH = value(growth=["main_revenue", "main_revenue_prev1"])
COMPOUND = value(compound_growth=["revenue", "revenue_prev2"])
MEAN = value(mean_growth=["main_revenue", "main_revenue_prev1", "main_revenue_prev2"])


@given(revenue=AMOUNTS, percent=st.sampled_from(["1", "3", "5", "8", "15"]))
def test_a_ratio_made_exactly_of_its_limit_reaches_it(revenue: Decimal, percent: str) -> None:
    rd_expense = revenue * Decimal(percent) / 100
    limit = str(Decimal(percent) / 100)
    assert at_least(RATIO, limit, frame(rd_expense=rd_expense, revenue=revenue)) == (True, True)


@given(revenue=AMOUNTS, rd_expense=AMOUNTS, limit=st.sampled_from(["0.01", "0.03", "0.05", "0.1"]))
def test_a_ratio_is_compared_as_fractions_would(revenue: Decimal, rd_expense: Decimal, limit: str) -> None:
    expected = Fraction(rd_expense) / Fraction(revenue) >= Fraction(limit)
    assert at_least(RATIO, limit, frame(rd_expense=rd_expense, revenue=revenue)) == (expected, expected)


@given(before=AMOUNTS, percent=st.sampled_from(["5", "10", "15"]))
def test_growth_of_exactly_its_limit_reaches_it(before: Decimal, percent: str) -> None:
    now = before * (100 + Decimal(percent)) / 100
    limit = str(Decimal(percent) / 100)
    facts = frame(main_revenue=now, main_revenue_prev1=before)
    assert at_least(GROWTH, limit, facts) == (True, True)
    assert at_least(GROWTH, f"{limit}0000000001", facts) == (False, False)


@given(base=st.integers(1, 10_000_000), percent=st.sampled_from(["5", "25"]))
def test_compound_growth_is_compared_by_its_square(base: int, percent: str) -> None:
    grown = Decimal(base) * (1 + Decimal(percent) / 100) ** 2
    limit = str(Decimal(percent) / 100)
    assert at_least(COMPOUND, limit, frame(revenue=grown, revenue_prev2=base)) == (True, True)
    assert at_least(COMPOUND, limit, frame(revenue=grown - Decimal("0.0001"), revenue_prev2=base)) == (False, False)


@given(first=AMOUNTS, second=AMOUNTS, third=AMOUNTS)
def test_mean_growth_is_compared_as_fractions_would(first: Decimal, second: Decimal, third: Decimal) -> None:
    mean = (Fraction(third) / Fraction(second) + Fraction(second) / Fraction(first)) / 2 - 1
    facts = frame(main_revenue=third, main_revenue_prev1=second, main_revenue_prev2=first)
    assert at_least(MEAN, "0.05", facts) == (mean >= Fraction(1, 20),) * 2


@pytest.mark.parametrize(("amount", "expected"), [("0.3", True), ("0.2999999999", False)])
def test_a_sum_of_decimals_is_the_sum_of_decimals(amount: str, expected: bool) -> None:
    total = value(sum=["rd_expense", "rd_expense_prev1", "rd_expense_prev2"])
    facts = frame(rd_expense="0.1", rd_expense_prev1="0.1", rd_expense_prev2=Decimal(amount) - Decimal("0.2"))
    assert at_least(total, "0.3", facts) == (expected, expected)


def test_an_unknown_part_of_a_sum_leaves_the_lowest_exact() -> None:
    total = value(sum=["rd_expense", "rd_expense_prev1", "rd_expense_prev2"])
    assert at_least(total, "0.3", frame(rd_expense="0.1", rd_expense_prev1="0.2")) == (True, True)
