"""Scorecards of every kind of part, for what must hold of all of them."""

from __future__ import annotations

from random import Random
from typing import Any

from scoring import Rulebook, parse_rulebook

T = {"zh": "名称", "en": "Name"}


def part(name: str, most: Any, **kind: Any) -> dict[str, Any]:
    return {"id": name, "title": T, "max": most, **kind}


def rulebook(parts: list[dict[str, Any]], most: Any = 100, **more: Any) -> Rulebook:
    head = {"id": "ip-capability", "version": "test", "issuer": "测", "document": "测", "source": "测", "title": T}
    card = {"max": most, "parts": [{"id": "all", "title": T, "max": most, "parts": parts}]} | more
    return parse_rulebook(head | {"status": "calibrated", "applies": [{}], "scorecard": card})


def shares(fact: str, *edges: Any, points: list[Any], **more: Any) -> dict[str, Any]:
    """Bands over one fact or value, the lowest first."""
    ends = [None, *edges, None]
    bands = [
        {"points": given} | ({} if low is None else {"from": low}) | ({} if high is None else {"to": high})
        for low, high, given in zip(ends[:-1], ends[1:], points, strict=True)
    ]
    return {"value": fact, "bands": bands} | more


# One fact each, so all of them compile to steps.
STEPS: list[dict[str, Any]] = [
    part("up", 9, **shares("revenue", 100, "5000.01", 20000, points=[0, 2, 5, 9])),
    part("down", 3, **shares("niche_market_rank", 4, 10, points=[3, 1, 0])),
    part("ragged", 5, **shares("employees", 10, 20, 30, 40, 50, 60, points=[0, 5, 1, 1, 4, 2, 3])),
    part("ranges", 8, **shares("niche_years", 2, "2.99", points=[0, [1, 4], [7, 8]])),
    part("negative", 4, **shares("net_profit", -100, 0, points=[-3, -1, 4])),
    part("above", 2, value="licence_transfer_income_3y",
         bands=[{"from": 0, "exclusive": True, "points": 2}, {"to": 0, "points": 0}]),
    part("choice", 3, fact="ip_strategy",
         choices={"none": 0, "drafted": 1, "approved": [1, 2], "executed_reviewed": 3}),
    part("yes", 2, ladder=[{"points": 2, "when": {"fact": "own_brand", "is": True}}]),
    part("paper", 4, ladder=[{"points": 4, "when": {"not_expired": "gbt29490_valid_until"}}]),
    part("barred", 1, ladder=[{"points": 1, "when": {"not_barred": "fraud_ban_until"}}]),
    part("judged", 2, ladder=[{"points": 2, "when": {"verdict": "chain_role_verdict"}}]),
    part("items", 3, each="1.5", items=[{"value": "standards_joined", "at_least": 1},
                                        {"value": "standards_joined", "between": [2, 5]},
                                        {"value": "standards_joined", "less_than": 9}]),
    part("any-case", 1, ladder=[{"points": 1, "when": {"by": "ip_specialists", "cases": [
        {"then": {"by": "ip_specialists", "cases": [{"then": {"assessed_by": "2026-12-31"}},
                                                     {"then": {"assessed_by": "2026-12-31"}}]}},
        {"then": {"assessed_by": "2026-12-31"}}]}}]),
    part("cases", 6, ladder=[{"points": 6, "when": {"by": "fto_reviews_3y", "cases": [
        {"from": 3, "then": {"value": "fto_reviews_3y", "at_most": 7}},
        {"then": {"value": "fto_reviews_3y", "more_than": 1}}]}}]),
]  # fmt: skip
# Several facts, so the engine is asked.
ASKED: list[dict[str, Any]] = [
    part("share", 4, **shares({"ratio": ["rd_expense", "revenue"]}, "3%", "5%", points=[0, 1, 4])),
    part("age", 2, **shares({"years_since": "registered_on"}, 2, 5, points=[0, 1, 2])),
    part("either", 3, ladder=[{"points": 3, "when": {"any": [{"value": "standards_led", "at_least": 1},
                                                           {"value": "standards_joined", "at_least": 3}]}}]),
    part("both", 1, each="0.5", items=[{"fact": "ip_insurance", "is": True}, {"fact": "own_brand", "is": False}]),
    part("same", 1, **shares({"sum": ["open_licences", "open_licences"]}, 2, points=[0, 1])),
]  # fmt: skip
MARKED: list[dict[str, Any]] = [
    part("mark", 8, mark="tech_advancement_score"),
    part("marked", 6, **shares("class1_ip", 1, points=[0, [2, 6]], mark="ip_acquisition_score")),
]
GROUPS: list[dict[str, Any]] = [
    part("flat", 40, parts=STEPS[:3]),
    part("capped", 7, capped=True, parts=[*STEPS[3:5], part("deep", 100, parts=[STEPS[5], STEPS[6]])]),
    part("best", 4, combine="best", parts=[*STEPS[7:9], part("two", 100, parts=STEPS[9:11])]),
    part("nested", 9, capped=True, parts=[part("pick", 5, combine="best", parts=STEPS[11:13]),
                                          part("limited", 4, capped=True, parts=ASKED)]),
]  # fmt: skip
_LONG = Random(5)
LEARNED: list[dict[str, Any]] = [
    part(row["id"], 3, **shares(row["value"], *(band["from"] for band in row["bands"] if "from" in band),
                                points=[repr(_LONG.uniform(-2, 2)) for _ in row["bands"]],
                                unknown=repr(_LONG.uniform(-2, 2))))
    for row in (*STEPS[:3], *ASKED[:2])
]  # fmt: skip
CARDS: dict[str, Rulebook] = {
    "steps": rulebook(STEPS),
    "asked": rulebook([*STEPS, *ASKED]),
    "marks": rulebook([*STEPS, *MARKED]),
    "groups": rulebook(GROUPS, 60),
    "learned": rulebook([LEARNED[3], part("dimension", 12, parts=LEARNED[:3]), LEARNED[4],
                         part("best", 2, combine="best", parts=STEPS[7:9]),
                         part("capped", "1.2345678901234567", capped=True, parts=STEPS[11:13])],
                        base="0.12345678901234567"),
    "certain": rulebook([part("sums", 12, capped=True, parts=[row | {"unknown": 1} for row in STEPS[:3]]),
                         part("best", 4, combine="best", parts=[row | {"unknown": "0.5"} for row in STEPS[4:6]])]),
    "certain-learned": rulebook(LEARNED[:3]),
    "tenths": rulebook([*STEPS, part("fine", 3, **shares("other_ip", 1, 3, points=["0.1", "0.7", "2.3"]))]),
    "billionths": rulebook([*STEPS, part("fine", 1, **shares("other_ip", 1, 3,
                                                            points=[0, "0.123456789", "0.987654321"]))]),
}  # fmt: skip
