"""Moves of money, dates, bounded counts and facts where less is better, to any of several tiers (E11).

Amounts have too many values to try them all: no set on a grid, fine around every quarter, is cheaper than the moves.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from math import ceil
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scoring import NOT_APPLICABLE, UNKNOWN, Frame, assess, evaluate, parse_fact, parse_rulebook
from scoring.improve import cheapest_moves
from tests.scoring.test_improve_moves import ON, SIMPLE, T, card, library_of, part

TIERS = ("low", "mid", "high")
PLANS = ("none", "assessed", "plan_in_force", "not_exporting")
MONEY = ("total_liabilities", "ip_spend")
DOWN = "total_liabilities"
COUNT = "fto_reviews_3y"
VALID = "gbt29490_valid_until"
VALUES = st.sampled_from(
    [
        "total_liabilities",
        "ip_spend",
        COUNT,
        {"ratio": ["total_liabilities", "total_assets"]},
        {"ratio": ["ip_spend", "rd_expense"]},
        {"difference": ["ip_spend", "total_liabilities"]},
        {"ratio": ["ip_spend", COUNT]},
        {"first_known": [COUNT, "rights_enforced_3y"]},
    ]
)
EDGES = st.lists(st.sampled_from(["0.3", "0.5", "0.75", 1, "1.5", 2, 3]), min_size=1, max_size=2, unique=True)


@st.composite
def clauses(draw: st.DrawFn) -> dict[str, Any]:
    op = st.sampled_from(["at_least", "more_than", "at_most", "less_than"])
    simple = st.one_of(
        st.builds(lambda value, op, limit: {"value": value, op: limit}, VALUES, op, st.sampled_from(["0.5", 1, 2])),
        st.just({"not_expired": VALID}),
        st.sampled_from([{"fact": "overseas_risk_plan", "is": ["plan_in_force"]}, {"fact": "own_brand", "is": True}]),
        st.builds(lambda value: {"value": value, "at_least": 1, "kinds": ["renewal"]}, VALUES),
    )
    both = st.builds(
        lambda kind, found: {kind: found}, st.sampled_from(["all", "any"]), st.lists(simple, min_size=2, max_size=2)
    )
    return draw(st.one_of(simple, both))


@st.composite
def parts(draw: st.DrawFn, name: str) -> dict[str, Any]:
    if draw(st.booleans()):
        return part(name, 4, each=2, items=draw(st.lists(clauses(), min_size=2, max_size=3)))
    edges = sorted(draw(EDGES), key=float)
    points = draw(st.permutations([0, 1, 4]))[: len(edges) + 1]
    ends = [None, *edges, None]
    bands = [
        {key: end for key, end in (("from", low), ("to", high)) if end is not None} | {"points": given_}
        for low, high, given_ in zip(ends, ends[1:], points, strict=False)
    ]
    return part(name, max(points), value=draw(VALUES), bands=bands)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    found = [draw(parts(f"p{index}")) for index in range(draw(st.integers(2, 3)))]
    total = sum(row["max"] for row in found)
    classes = [{"id": name, "title": T, "cost": draw(st.integers(1, 5))} for name in ("report", "easy", "hard")]
    each = st.sampled_from([{}, {"each": 1}, {"each": "0.5"}])
    facts = [{"fact": code, "class": draw(st.sampled_from(["easy", "hard"])), **draw(each)} for code in MONEY]
    facts[0] |= {"direction": "down"} | draw(st.sampled_from([{}, {"each": "10%", "of": "total_assets"}]))
    facts += [{"fact": COUNT, "class": "easy", "each": draw(st.integers(1, 2))}, {"fact": VALID, "class": "hard"}]
    facts += [{"fact": "overseas_risk_plan", "class": "easy", "each": 1, "to": ["assessed", "plan_in_force"]}]
    lines = sorted(draw(st.lists(st.integers(1, max(2, total)), min_size=2, max_size=2, unique=True)))
    tiers = [{"id": "low", "title": T}]
    tiers += [{"id": name, "title": T, "at_least": line, "gates": draw(st.lists(clauses(), max_size=1))}
              for name, line in zip(TIERS[1:], lines, strict=True)]  # fmt: skip
    head = {"id": "ip-capability", "version": "test", "title": T, "issuer": "测", "document": "测", "source": "测"}
    return head | {
        "status": "calibrated",
        "applies": [{}],
        "scorecard": {"max": total, "parts": [part("all", total, parts=found)]},
        "tiers": tiers,
        "effort": {"source": "测", "status": "calibrated", "report": "report", "classes": classes, "facts": facts},
    }


@st.composite
def firms(draw: st.DrawFn) -> dict[str, Any]:
    amounts = st.sampled_from([None, 0, "0.4", 1, "1.5", "2.25", 3])
    raw = {
        "total_liabilities": draw(amounts),
        "ip_spend": draw(amounts),
        "total_assets": draw(st.sampled_from([1, 2, "2.5", None])),
        "rd_expense": draw(st.sampled_from([1, 3, "n/a"])),
        COUNT: draw(st.sampled_from([None, 0, 1, 2, "n/a", [0, 3], [1, 2]])),
        "rights_enforced_3y": draw(st.sampled_from([None, 0, 2])),
        VALID: draw(st.sampled_from([None, "2020-01-01", "2030-01-01"])),
        "overseas_risk_plan": draw(st.sampled_from([None, "none", "assessed", "not_exporting"])),
        "own_brand": draw(st.sampled_from([None, True, False])),
    }
    return {code: parse_fact(code, value) for code, value in raw.items()}


def options(code: str, now: Any) -> list[Any]:
    """Values worth trying: every quarter up to 4 and a hundredth to each side, or all there are."""
    if code in MONEY:
        return sorted({round(quarter / 4 + more, 2) for quarter in range(17) for more in (-0.01, 0, 0.01)} - {-0.01})
    if code == COUNT:
        least, most = now if isinstance(now, tuple) else (0, 5)
        return [float(number) for number in range(int(least), int(most) + 1)]
    return [ON, ON + timedelta(days=400)] if code == VALID else list(PLANS[1:3])


def price(document: dict[str, Any], firm: dict[str, Any], code: str, value: Any) -> int | None:
    """What the rulebook's words say a change costs; None for one that it doesn't open."""
    now = firm[code]
    row = next(row for row in document["effort"]["facts"] if row["fact"] == code)
    cost = {one["id"]: one["cost"] for one in document["effort"]["classes"]}
    if now is NOT_APPLICABLE:
        return None
    if now is UNKNOWN or isinstance(now, tuple):
        return cost["report"]
    if code == VALID:
        return cost[row["class"]] if value > now else None
    far = Fraction(PLANS.index(value) - PLANS.index(now)) if isinstance(now, str) else change(value, now)
    far = -far if code == DOWN else far
    return None if far <= 0 else cost[row["class"]] * steps(row, firm, far)


def change(value: float, now: float) -> Fraction:
    return Fraction(str(value)) - Fraction(str(now))


def steps(row: dict[str, Any], firm: dict[str, Any], far: Fraction) -> int:
    if "each" not in row:
        return 1
    size = Fraction(row["each"].rstrip("%")) if isinstance(row["each"], str) else Fraction(row["each"])
    if "of" in row:
        whole = firm[row["of"]]
        return 1 if whole is UNKNOWN else ceil(far / (size / 100 * Fraction(str(whole))))
    return ceil(far / size)


def priced(document: dict[str, Any], firm: dict[str, Any], code: str) -> list[tuple[Any, int]]:
    found = [(value, price(document, firm, code, value)) for value in options(code, firm[code])]
    return [(value, paid) for value, paid in found if paid is not None]


def tries(document: dict[str, Any], firm: dict[str, Any]) -> Iterator[tuple[dict[str, Any], int, int]]:
    codes = [row["fact"] for row in document["effort"]["facts"]]
    ways = [[(firm[code], 0), *priced(document, firm, code)] for code in codes]
    used = [code in str(document["scorecard"]) + str(document["tiers"]) for code in codes]
    ways = [way if is_used else way[:1] for way, is_used in zip(ways, used, strict=True)]
    for chosen in product(*ways):
        moved = {code: value for code, (value, _) in zip(codes, chosen, strict=True)}
        yield {**firm, **moved}, sum(paid for _, paid in chosen), sum(paid > 0 for _, paid in chosen)


KINDS = st.sampled_from(["new", "renewal"])
GOALS = st.sampled_from([None, "mid", "high"])


@settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(document=documents(), firm=firms(), kind=KINDS, goal=GOALS)
def test_no_set_on_a_fine_grid_is_cheaper(document: dict[str, Any], firm: dict[str, Any], kind: Any, goal: Any) -> None:
    library = library_of(document)
    before = assess([firm], on=ON, kind=kind, library=library)[0]["capability"]["level"]
    wanted = goal or TIERS[min(TIERS.index(before) + 1, 2)]
    found = cheapest_moves(firm, on=ON, kind=kind, goal=goal, library=library)
    if TIERS.index(before) >= TIERS.index(wanted):
        assert found == []
        return
    for moves in found:
        prices = [price(document, firm, move.fact, parse_fact(move.fact, move.after)) for move in moves.moves]
        assert (moves.cost, [move.cost for move in moves.moves]) == (sum(filter(None, prices)), prices)
        after = assess([{**firm, **moves.changes()}], on=ON, kind=kind, library=library)[0]["capability"]
        assert after["level"] == moves.level
        assert TIERS.index(moves.level) >= TIERS.index(wanted)
    tried = list(tries(document, firm))
    result = evaluate(parse_rulebook(document), Frame([row for row, _, _ in tried], on=ON, kind=kind))
    for index in np.flatnonzero(np.isin(result.row(wanted).outcome, (1, 4))).tolist():
        _, paid, count = tried[index]
        assert any(moves.cost <= paid and (len(moves.moves) <= count or count > 3) for moves in found), tried[index]


def test_the_grid_contains_what_the_moves_choose_from() -> None:
    """The check above could be empty: here a firm is really led to a tier on the grid."""
    bands = [{"to": 1, "points": 0}, {"from": 1, "points": 4}]
    facts = {"fact": "ip_spend", "class": "easy", "each": "0.5"}
    document = {
        "scorecard": {"max": 4, "parts": [part("p", 4, value="ip_spend", bands=bands)]},
        "tiers": [],
        "effort": {"classes": [{"id": "easy", "cost": 2}], "facts": [facts]},
    }
    tried = {row["ip_spend"]: paid for row, paid, _ in tries(document, {"ip_spend": 0.4})}
    assert (tried[0.4], tried[0.75], tried[1.0], tried[1.01]) == (0, 2, 4, 4)
    assert date.max not in tried


LESS = {"fact": DOWN, "class": "easy", "direction": "down"}
FALLING = [{"to": 50, "points": 6}, {"from": 50, "to": 70, "points": 4}, {"from": 70, "points": 0}]


@pytest.mark.parametrize(("known", "before"), [({}, None), ({DOWN: 90}, 90)])
def test_no_more_is_asked_for_than_the_tier_needs(known: dict[str, Any], before: float | None) -> None:
    """Liabilities of 70 are enough, stated or brought down; nobody is told to have none."""
    document = card([part("p", 6, value=DOWN, bands=FALLING)], 4, [], SIMPLE | {"facts": [LESS]})
    (moves,) = cheapest_moves(known, on=ON, library=library_of(document))
    assert [(move.before, move.after, move.at_least) for move in moves.moves] == [(before, 70, False)]


def test_what_is_not_known_may_lie_on_either_side() -> None:
    """The scorecard gives points for more of what its effort classes call better when less."""
    bands = [{"to": 50, "points": 0}, {"from": 50, "points": 6}]
    document = card([part("p", 6, value=DOWN, bands=bands)], 4, [], SIMPLE | {"facts": [LESS]})
    (moves,) = cheapest_moves({}, on=ON, library=library_of(document))
    assert moves.changes() == {DOWN: 50}
    assert cheapest_moves({DOWN: 40}, on=ON, library=library_of(document)) == []


def test_a_loss_is_made_up_only_as_far_as_needed() -> None:
    bands = [{"to": -50, "points": 0}, {"from": -50, "to": 10, "points": 4}, {"from": 10, "points": 6}]
    facts = [{"fact": "net_profit", "class": "easy"}]
    document = card([part("p", 6, value="net_profit", bands=bands)], 4, [], SIMPLE | {"facts": facts})
    (moves,) = cheapest_moves({"net_profit": -100}, on=ON, library=library_of(document))
    assert moves.changes() == {"net_profit": -50}
