"""Size classes (rules 7.5) and the conditions all SME programmes share (1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.scoring.oracle.logic import all_of, false, true
from tests.scoring.oracle.worlds import NA, Facts, worlds

SIZE: dict[str, tuple[str, tuple[tuple[int, ...], ...]]] = {
    "SZ-01": ("Y", ((20000,), (500,), (50,))),
    "SZ-02": ("XY", ((1000, 40000), (300, 2000), (20, 300))),
    "SZ-03": ("YZ", ((80000, 80000), (6000, 5000), (300, 300))),
    "SZ-04": ("XY", ((200, 40000), (20, 5000), (5, 1000))),
    "SZ-05": ("XY", ((300, 20000), (50, 500), (10, 100))),
    "SZ-06": ("XY", ((1000, 30000), (300, 3000), (20, 200))),
    "SZ-07": ("XY", ((200, 30000), (100, 1000), (20, 100))),
    "SZ-08": ("XY", ((1000, 30000), (300, 2000), (20, 100))),
    "SZ-09": ("XY", ((300, 10000), (100, 2000), (10, 100))),
    "SZ-10": ("XY", ((300, 10000), (100, 2000), (10, 100))),
    "SZ-11": ("XY", ((2000, 100000), (100, 1000), (10, 100))),
    "SZ-12": ("XY", ((300, 10000), (100, 1000), (10, 50))),
    "SZ-13": ("YZ", ((200000, 10000), (1000, 5000), (100, 2000))),
    "SZ-14": ("XY", ((1000, 5000), (300, 1000), (100, 500))),
    "SZ-15": ("XZ", ((300, 120000), (100, 8000), (10, 100))),
    "SZ-16": ("X", ((300,), (100,), (10,))),
}
MEASURE = {"X": "employees", "Y": "revenue", "Z": "total_assets"}


def size_rows(code: str) -> list[str | None]:
    """Rows of the size table an industry code may mean; None is outside the table."""
    division, group = int(code[:2]), code[:3] if len(code) > 2 else ""
    if division == 59:
        return ["SZ-06", "SZ-07"] if not group else ["SZ-06"] if group == "591" else ["SZ-07"]
    if division == 70:
        return ["SZ-13", "SZ-14", "SZ-16"] if not group else [{"701": "SZ-13", "702": "SZ-14"}.get(group, "SZ-16")]
    spans = [
        (1, 4, "SZ-01"),
        (6, 46, "SZ-02"),
        (47, 50, "SZ-03"),
        (51, 51, "SZ-04"),
        (52, 52, "SZ-05"),
        (54, 58, "SZ-06"),
        (60, 60, "SZ-08"),
        (61, 61, "SZ-09"),
        (62, 62, "SZ-10"),
        (63, 64, "SZ-11"),
        (65, 65, "SZ-12"),
        (71, 72, "SZ-15"),
        (73, 82, "SZ-16"),
        (85, 90, "SZ-16"),
    ]
    return [next((row for first, last, row in spans if first <= division <= last), None)]


def size_class(facts: Facts) -> str:
    """One class, or unknown: also when the code is too short to name a row of the table."""
    code = facts.get("industry_code")
    rows = [] if code is None else size_rows(code)
    if len(rows) != 1:
        return "unknown"
    if rows[0] is None:
        return "not_applicable"
    letters, bounds = SIZE[rows[0]]
    codes = [MEASURE[x] for x in letters]
    every = worlds(facts, codes, [b for line in bounds for b in line])
    seen = {_class_of([w[c] for c in codes], bounds) for w in every}
    return seen.pop() if len(seen) == 1 else "unknown"


def _class_of(values: Sequence[Any], bounds: Sequence[Sequence[int]]) -> str:
    ranked = zip(("large", "medium", "small"), bounds, strict=True)
    return next((name for name, line in ranked if all(v >= b for v, b in zip(values, line, strict=True))), "micro")


def sme_scope(facts: Facts) -> str:
    size = size_class(facts)
    scope = {"large": "not_applicable", "unknown": "unknown", "not_applicable": "manual_review"}.get(size, "met")
    return legal_scope(facts, scope)


def legal_scope(facts: Facts, scope: str = "met") -> str:
    legal = true(facts, "legal_person_in_mainland")
    if "not_applicable" in (scope, legal) or legal == "unmet":
        return "not_applicable"
    return all_of(scope, legal)


def sme_conditions(facts: Facts, on: date) -> str:
    ban = facts.get("fraud_ban_until")
    barred = "met" if ban in (None, NA) or ban < on else "unmet"
    vetoes = ("serious_dishonesty", "prohibited_product", "major_accident_3y", "tax_violation_3y")
    return all_of(barred, *(false(facts, v) for v in vetoes))


def scoped(scope: str, *parts: str) -> str:
    return "not_applicable" if scope == "not_applicable" else all_of(scope, *parts)
