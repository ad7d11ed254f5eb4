"""Random enterprises with every indicator: the firms of the oracle and what they leave out, with gaps and bounds."""

from datetime import date
from random import Random
from typing import Any

from scoring import Indicator, read_indicators
from tests.scoring.firms import random_firm

COUNTS = [0, 0, 1, 1, 2, 3, 4, 6, 8, 10, 12, 20, 45]
MONEY = [0, 0, 1, 10, 99.99, 100, 500, 1200, "2000.01", 8000]


def random_enterprise(rng: Random, on: date) -> dict[str, Any]:
    firm = random_firm(rng, on)
    gaps = rng.choice([0.0, 0.05, 0.2, 0.5])
    for code, indicator in read_indicators().items():
        if code not in firm and code != "fraud_ban_until":
            firm[code] = None if rng.random() < gaps else _value(rng, indicator, on)
    firm["abnormal_filing_3y"] = firm["abnormal_filing_3y"] and rng.random() < 0.1
    firm["malicious_trademark_3y"] = firm["malicious_trademark_3y"] and rng.random() < 0.1
    return firm


def _value(rng: Random, indicator: Indicator, on: date) -> Any:
    if rng.random() < 0.02:
        return "n/a"
    if indicator.type == "boolean":
        return rng.random() < 0.5
    if indicator.type == "choice":
        return rng.choice(list(indicator.choices))
    if indicator.type == "date":
        return date(on.year + rng.choice([-1, 0, 1]), rng.choice([1, 3, 12]), 31)
    if indicator.type == "text":
        return "湖北省经济和信息化厅"
    if indicator.type == "percent":
        return rng.choice([0, 49.9, 50, 80, 100])
    return _number(rng, indicator)


def _number(rng: Random, indicator: Indicator) -> Any:
    if indicator.most is not None:
        return rng.randint(int(indicator.least or 0), int(indicator.most))
    if indicator.type != "integer":
        return rng.choice(MONEY)
    least = rng.choice(COUNTS)
    return [least, rng.choice([least + 3, None])] if rng.random() < 0.05 else least


def random_enterprises(seed: int, count: int, on: date) -> list[dict[str, Any]]:
    rng = Random(seed)
    return [{"id": f"{seed}-{index}", **random_enterprise(rng, on)} for index in range(count)]
