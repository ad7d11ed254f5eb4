"""Facts as columns of numbers: what a number means, and the same results as from rows."""

from datetime import date

import numpy as np
import pytest

from scoring import NOT_APPLICABLE, UNKNOWN, Frame, evaluate, load_library, read_indicators
from scoring.arrays import ArrayFrame, ArrayRows, is_fact, shortest
from scoring.facts import NO_BAR
from scoring.sizes import classes

ON = date(2026, 5, 1)
NAN = float("nan")


def test_a_number_is_the_fact_it_means() -> None:
    columns = {
        "revenue": np.array([4999.99, NAN, -1, 2e15, np.inf]),
        "employees": np.array([3, 2.5, -1, NAN, 0]),
        "own_brand": np.array([1, 0, 2, 0.5, NAN]),
        "ip_department": np.array([2, 0, 3, -1, NAN]),
        "gbt29490_valid_until": np.array([ON.toordinal(), 0, 4e6, 1.5, NAN]),
        "fraud_ban_until": np.array([ON.toordinal(), NAN, NAN, NAN, NAN]),
    }
    rows = ArrayRows(columns, 5)
    assert rows[0] == {"revenue": 4999.99, "employees": 3.0, "own_brand": True, "ip_department": "dedicated",
                       "gbt29490_valid_until": ON, "fraud_ban_until": ON}  # fmt: skip
    assert [rows[place]["revenue"] for place in (1, 2, 3, 4)] == [UNKNOWN] * 4
    assert [row["employees"] for row in rows] == [3.0, UNKNOWN, UNKNOWN, UNKNOWN, 0.0]
    assert [row["own_brand"] for row in rows] == [True, False, UNKNOWN, UNKNOWN, UNKNOWN]
    assert [row["ip_department"] for row in rows[1:]] == ["none", UNKNOWN, UNKNOWN, UNKNOWN]
    assert [row["gbt29490_valid_until"] for row in rows[1:]] == [UNKNOWN] * 4
    assert rows[-1]["fraud_ban_until"] is NO_BAR
    with pytest.raises(IndexError):
        rows[5]


@pytest.mark.parametrize("key", ["ip-capability/2026", "hnte/2016", "innovative-sme/2022", "star-market/2024"])
def test_columns_and_rows_give_the_same_result(key: str) -> None:
    rng, rulebook = np.random.default_rng(7), load_library().get(key)
    facts = {code: indicator for code, indicator in read_indicators().items() if indicator.type != "text"}
    columns = {}
    for code, indicator in facts.items():
        most = {"boolean": 1, "choice": len(indicator.choices) - 1, "percent": 100}.get(indicator.type, 40)
        column = rng.integers(0, most + 1, 300).astype(float)
        if indicator.type == "date":
            column = rng.integers(ON.toordinal() - 900, ON.toordinal() + 900, 300).astype(float)
        columns[code] = np.where(rng.random(300) < 0.2, NAN, column)
    columns["main_revenue"][:100] = columns["revenue"][:100] * 0.7
    whole = ArrayFrame(columns, size=300, on=ON)
    known = [{code: fact for code, fact in row.items() if fact is not NOT_APPLICABLE} for row in whole.rows]
    one, two = evaluate(rulebook, whole), evaluate(rulebook, Frame(known, on=ON))
    for row, other in zip(one.rows, two.rows, strict=True):
        assert row.id == other.id
        assert row.outcome.tolist() == other.outcome.tolist(), row.id
        if row.points is not None and other.points is not None:
            assert [end.tolist() for end in row.points] == [end.tolist() for end in other.points], row.id


def test_a_column_that_is_not_there_is_unknown() -> None:
    frame = ArrayFrame({}, size=2, on=ON)
    assert frame.column("revenue").lo.tolist() == [0.0, 0.0]
    assert frame.column("fraud_ban_until").hi.tolist() == [1.0, 1.0]
    assert ArrayFrame({"fraud_ban_until": np.array([NAN])}, size=1, on=ON).column("fraud_ban_until").hi.tolist() == [
        1.0
    ]
    assert classes(frame).tolist() == ["unknown", "unknown"]


def test_a_float32_means_its_shortest_decimal() -> None:
    rng = np.random.default_rng(3)
    numbers = np.concatenate([
        [0.1, 0.7, 4999.99, 20000.01, 16777216, 123456789, 3e-9, 0, -0.35, np.inf, -np.inf],
        rng.random(2000) * 100, np.round(rng.random(2000) * 1e5, 2), 10 ** rng.uniform(-9, 15, 2000),
        -rng.integers(0, 10**9, 2000) / 7,
    ]).astype(np.float32)  # fmt: skip
    assert shortest(numbers).tolist() == [float(str(number)) for number in numbers]
    assert np.isnan(shortest(np.array([np.nan], dtype=np.float32))).all()


def test_a_float32_column_is_read_so() -> None:
    column = np.array([0.7, 2.5, np.nan, -0.1], dtype=np.float32)
    frame = ArrayFrame({"niche_years": column}, size=4, on=ON)
    assert frame.column("niche_years").lo.tolist() == [0.7, 2.5, 0.0, 0.0]
    assert is_fact(read_indicators()["niche_years"], column).tolist() == [True, True, False, False]
