"""The library and the oracle must say the same of random firms: outcomes, score intervals and points (C01-C05)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest

from scoring import assess
from tests.scoring import oracle
from tests.scoring.firms import random_firm

FIRMS = 500
DAYS = [
    date(2022, 7, 31),
    date(2022, 8, 1),
    date(2024, 6, 30),
    date(2025, 8, 31),
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 5, 1),
    date(2028, 12, 31),
    date(2029, 1, 1),
]
CALLS = [(on, kind) for on in DAYS for kind in ("new", "renewal")]


def differences(firm: dict[str, Any], got: dict[str, Any], on: date, kind: str) -> Iterator[str]:
    if got["size_class"] != oracle.size_class(firm):
        yield f"size class: expected {oracle.size_class(firm)}, got {got['size_class']}"
    for programme in [*oracle.DATED, "gold-seed", "silver-seed", "chain-leader"]:
        expected = oracle.judge(programme, firm, on, kind)
        for line in _programme(expected, got["programmes"][programme]):
            yield f"{programme} on {on} ({kind}): {line}"


def _programme(expected: oracle.Verdict | None, got: dict[str, Any]) -> Iterator[str]:
    if expected is None:
        if (got["rulebook"], got["outcome"]) != (None, "not_applicable"):
            yield f"no rulebook is in force, got {got['rulebook']}, {got['outcome']}"
        return
    if got["outcome"] != expected.outcome:
        yield f"expected {expected.outcome}, got {got['outcome']}"
    clauses = {c["id"]: c for c in got["clauses"]}
    if expected.score is not None and got["outcome"] != "not_applicable" and tuple(got["score"]) != expected.score:
        yield f"expected a score of {_plain(expected.score)}, got {got['score']}"
    for code, points in expected.points.items():
        if tuple(clauses[code]["points"]) != points:
            yield f"{code}: expected {_plain(points)} points, got {clauses[code]}"
    for code, outcome in expected.clauses.items():
        if clauses[code]["outcome"] != outcome:
            yield f"{code}: expected {outcome}, got {clauses[code]}"


def _plain(points: tuple[Any, Any]) -> list[float]:
    return [float(p) for p in points]


def compare(seed: int, count: int) -> list[str]:
    """Every difference over `count` random firms, spread over dates and kinds."""
    rng, found = Random(seed), []
    for number, (on, kind) in enumerate(CALLS):
        firms = [{"id": f"{seed}-{number}-{i}"} | random_firm(rng, on) for i in range(-(-count // len(CALLS)))]
        for firm, got in zip(firms, assess(firms, on=on, kind=kind), strict=True):
            facts = {code: value for code, value in firm.items() if code != "id"}
            found += [f"{firm['id']}: {line}" for line in differences(facts, got, on, kind)]
    return found


def test_random_firms_are_judged_as_the_documents_say() -> None:
    assert compare(seed=20260331, count=FIRMS) == []


@pytest.mark.parametrize("programme", oracle.DATED)
@pytest.mark.parametrize(("on", "kind"), CALLS)
def test_rulebook_in_force_follows_date_and_kind(programme: str, on: date, kind: str) -> None:
    got = assess([{"id": "one"}], on=on, kind=kind)[0]["programmes"][programme]["rulebook"]
    assert got == oracle.rulebook_in_force(programme, kind, on)
