"""Values nobody should have written: each is a fact, or a bad value with its reason; never anything else (E13)."""

import json
import math
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import (
    NOT_APPLICABLE,
    UNKNOWN,
    BadValue,
    assess,
    cheapest_moves,
    load_library,
    parse_fact,
    read_indicators,
    simulate,
    what_if,
)
from scoring.errors import ReasonError
from scoring.facts import NO_BAR
from scoring.improve import TooWide

ON = date(2026, 5, 1)
CODES = sorted(read_indicators())
NUMERIC = [code for code, found in read_indicators().items() if found.type in ("money", "integer", "number", "percent")]
DATES = [code for code, found in read_indicators().items() if found.type == "date"]
ODD = [
    float("nan"), float("inf"), -float("inf"), -0.0, 1e18, 10**18, -(10**18), 10**5000, 1e308, 5e-324,
    "NaN", "Infinity", "-inf", "1e999", "1" * 100_000, "0x10", "1_000", "１２", "١٢", "1,200", "12 ", "--1", "+", "1e",
    Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1e999999"), Fraction(10**400, 3), 1 + 2j,
    b"12", bytearray(b"x"), [], [[1, 2]], [1], [1, 2, 3], [None, None], [3, 1], [1, [2]], {}, {"low": 1},
    {"low": {}, "high": []}, {"low": 2, "high": None}, {"low": float("nan"), "high": 1}, (1, 2), {1, 2}, object(),
    True, False, "TRUE", "yes", "N/A", "n/a", "null", "None", "", "\0", "12\0", "\ud800", "=1+1", "a" * 10**6, "😀",
    "0001-01-01", "9999-12-31", "2026-02-31", "2026-13-01", "2026-00-10", "2026-5-1", "20260501", "2026/05/01",
    "31.12.2026", "2026-05-01T25:00:00", "2026-05-01T12:00:00Z", "1899-12-30", "1746057600", 1746057600, 46143.5,
    "-2026-05-01", "2026-05-01junk", datetime(2026, 5, 1, tzinfo=UTC), datetime.max, date.min, date.max, pd.NaT, pd.NA,
    pd.Timestamp("2026-05-01"), np.float64("nan"), np.int64(3), np.float32(0.5), np.bool_(True), np.array([1, 2]),
    np.datetime64("2026-05-01"),
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(ODD),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=40),
    st.binary(max_size=10),
    st.dates(),
    st.datetimes(),
    st.recursive(st.integers() | st.floats() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)),
    st.dictionaries(st.sampled_from(["low", "high", "x"]), st.integers() | st.floats() | st.none(), max_size=3),
)
ROWS = st.dictionaries(st.sampled_from(CODES), VALUES, max_size=12)


def is_fact(code: str, fact: object) -> bool:
    """What the type of an indicator allows, inside its range."""
    indicator = read_indicators()[code]
    if fact is UNKNOWN or fact is NOT_APPLICABLE or (fact is NO_BAR and indicator.empty_is_none):
        return True
    if indicator.type == "boolean":
        return type(fact) is bool
    if indicator.type == "date":
        return type(fact) is date and fact.year >= 1900
    if indicator.type in ("choice", "text"):
        return isinstance(fact, str) and (not indicator.choices or fact in indicator.choices)
    ends = fact if isinstance(fact, tuple) else (fact, fact)
    least = -1e15 if indicator.least is None else indicator.least
    most = 1e15 if indicator.most is None else indicator.most
    return all(type(end) is float and least <= end <= most for end in ends) and ends[0] <= ends[1]


def has_han(text: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in text)


@pytest.mark.parametrize("code", CODES)
def test_an_odd_value_is_a_fact_or_refused_in_both_languages(code: str) -> None:
    for raw in ODD:
        found = read(code, raw)
        if isinstance(found, BadValue):
            assert has_han(found.zh)
            assert found.en
            assert len(str(found)) < 600
            assert str(found).isprintable()
            assert str(found).encode()
        else:
            assert is_fact(code, found), (code, raw)


def read(code: str, raw: object) -> object:
    try:
        return parse_fact(code, raw)
    except BadValue as problem:
        return problem


@settings(max_examples=300, deadline=None)
@given(code=st.sampled_from(CODES), raw=VALUES)
def test_any_value_is_a_fact_or_refused(code: str, raw: object) -> None:
    found = read(code, raw)
    if not isinstance(found, BadValue):
        assert is_fact(code, found)
        assert parse_fact(code, found) == found


@pytest.mark.parametrize("raw", [1e18, 10**18, "1e18", 10**400, Decimal("1e999999"), float("inf"), float("nan")])
def test_numbers_beyond_any_firm_are_refused(raw: object) -> None:
    assert [code for code in NUMERIC if not isinstance(read(code, raw), BadValue)] == []


def test_negative_zero_is_zero() -> None:
    assert math.copysign(1, parse_fact("net_profit", -0.0)) == 1
    assert math.copysign(1, parse_fact("revenue", "-0.0")) == 1


@pytest.mark.parametrize(
    "raw", ["0001-01-01", "1899-12-31", "2026-02-31", "2026-13-01", "2026-05-01T25:00:00", 1746057600, pd.NaT]
)
@pytest.mark.parametrize("code", DATES)
def test_absurd_dates_are_refused(code: str, raw: object) -> None:
    with pytest.raises(BadValue):
        parse_fact(code, raw)


def test_a_paper_without_end_is_dated_9999() -> None:
    assert parse_fact("gbt29490_valid_until", "9999-12-31") == date.max


def test_numbers_of_a_data_frame_are_read() -> None:
    assert parse_fact("employees", np.int64(3)) == 3.0
    assert parse_fact("own_brand", np.bool_(True)) is True
    assert parse_fact("registered_on", pd.Timestamp("2020-02-29")) == date(2020, 2, 29)


@settings(max_examples=40, deadline=None)
@given(row=ROWS, on=st.dates(), kind=st.sampled_from(["new", "renewal"]), region=st.sampled_from(["420000", "110000"]))
def test_an_assessment_of_anything_is_plain_json_with_its_problems(row: Any, on: date, kind: Any, region: str) -> None:
    (found,) = assess([row], on=on, kind=kind, region=region)
    text = json.dumps({key: value for key, value in found.items() if key != "id"}, ensure_ascii=False, allow_nan=False)
    text.encode()
    bad = {code for code, raw in row.items() if isinstance(read(code, raw), BadValue)}
    assert bad <= {problem["column"] for problem in found["problems"]}


@settings(max_examples=10, deadline=None)
@given(row=ROWS, changes=ROWS)
def test_what_if_with_anything_is_what_assess_says(row: Any, changes: Any) -> None:
    found = what_if(row, changes, on=ON)
    assert (found.before, found.after) == tuple(assess([{"id": None, **row}, {"id": None, **row, **changes}], on=ON))


@settings(max_examples=10, deadline=None)
@given(row=ROWS)
def test_moves_for_anything_reach_the_tier_or_are_too_many_to_compare(row: Any) -> None:
    try:
        found = cheapest_moves(row, on=ON)
    except TooWide:
        return
    for moves in found:
        (after,) = assess([{**row, **moves.changes()}], on=ON)
        assert after["capability"]["level"] == moves.level


@settings(max_examples=10, deadline=None)
@given(rows=st.lists(ROWS, max_size=4), by=st.sampled_from(["size", "track", "revenue", "nothing"]))
def test_a_simulation_of_anything_under_one_rulebook_moves_nobody(rows: Any, by: str) -> None:
    card = load_library().get("ip-capability/2026")
    found = simulate(rows, card, card, on=ON, groups=[by])
    assert (found.firms, found.moved) == (len(rows), [])
    json.dumps(found.plain(), ensure_ascii=False)


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        ({"kind": "old"}, "没有申报类型“old”"),
        ({"kind": None}, "没有申报类型None"),
        ({"region": "42"}, "“42”不是六位行政区划代码"),
        ({"region": 420000}, "420000不是六位行政区划代码"),
        ({"region": "４２００００"}, "不是六位行政区划代码"),
        ({"on": "2026-05-01"}, "“2026-05-01”不是日期"),
        ({"on": datetime(2026, 5, 1)}, "不是日期"),
    ],
)
def test_a_question_that_is_none_is_refused_in_words(ask: dict[str, Any], reason: str) -> None:
    card = load_library().get("ip-capability/2026")
    whole = {"on": ON, **ask}
    asked = [
        lambda: assess([{}], **whole),
        lambda: what_if({}, {}, **whole),
        lambda: cheapest_moves({}, **whole),
        lambda: simulate([{}], card, card, **whole),
    ]
    for question in asked:
        with pytest.raises(ReasonError, match=reason):
            question()


def test_two_million_rows_at_once_are_refused_before_they_fill_the_memory() -> None:
    with pytest.raises(ReasonError, match="一次最多评价100000家企业，请分批"):
        assess([{}] * 2_000_000, on=ON)


@pytest.mark.parametrize("rows", [[None], [{"id": "a"}, 7], ["text"], [[("id", 1)]]])
def test_a_row_that_is_no_mapping_is_named(rows: Any) -> None:
    card = load_library().get("ip-capability/2026")
    with pytest.raises(ReasonError, match=f"第{len(rows)}行不是一个对象"):
        assess(rows, on=ON)
    with pytest.raises(ReasonError, match=f"第{len(rows)}行不是一个对象"):
        simulate(rows, card, card, on=ON)
