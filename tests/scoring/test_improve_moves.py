"""The cheapest moves to the next tier: they always reach it, and no cheaper set does (E11)."""

import json
from datetime import date
from fractions import Fraction
from itertools import product
from math import ceil
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scoring import Frame, Library, assess, evaluate, load_library, parse_fact, parse_rulebook, read_indicators
from scoring.cases import read_cases
from scoring.facts import Fact
from scoring.improve import Move, Moves, TooWide, cheapest_moves, what_if
from scoring.rulebook import RulebookError, read_files
from scoring.schema import Text
from tests.scoring.firms import random_firm

ON = date(2026, 5, 1)
T = {"zh": "名称", "en": "Name"}
MOST = 6
COUNTS = ("valid_invention_patents", "high_value_invention_patents", "valid_utility_models", "valid_designs")
PAIR = ("high_value_invention_patents", "valid_invention_patents")
CHOICE = ("none", "part_time", "dedicated")
SIZES = [rulebook for rulebook in load_library().rulebooks.values() if rulebook.body.sizes]


def part(name: str, most: int, **kind: Any) -> dict[str, Any]:
    return {"id": name, "title": T, "max": most, **kind}


def steps(value: Any, edges: list[Any], points: list[int]) -> dict[str, Any]:
    """Rising bands: 0 points below the first edge."""
    ends = [*edges[1:], None]
    rising = [{"to": edges[0], "points": 0}]
    rising += [
        {"from": low, "points": given} | ({} if high is None else {"to": high})
        for low, high, given in zip(edges, ends, points, strict=True)
    ]
    return {"value": value, "bands": rising}


def card(parts: list[dict[str, Any]], line: int, gates: list[Any], effort: dict[str, Any]) -> dict[str, Any]:
    total = sum(row["max"] for row in parts)
    head = {"id": "ip-capability", "version": "test", "issuer": "测", "document": "测", "source": "测"}
    return head | {
        "title": T,
        "status": "calibrated",
        "applies": [{}],
        "scorecard": {"max": total, "parts": [part("all", total, parts=parts)]},
        "tiers": [{"id": "low", "title": T}, {"id": "high", "title": T, "at_least": line, "gates": gates}],
        "vetoes": [{"id": "veto", "title": T, "fact": "serious_dishonesty", "is": False}],
        "effort": {"source": "测", "status": "calibrated", "report": "report"} | effort,
    }


def library_of(document: dict[str, Any]) -> Library:
    return Library([*SIZES, parse_rulebook(document)])


EDGES = st.lists(st.integers(1, MOST), min_size=1, max_size=3, unique=True).map(sorted)
SHARES = st.lists(st.sampled_from(["20%", "25%", "40%", "50%", "75%"]), min_size=1, max_size=2, unique=True).map(
    lambda found: sorted(found, key=lambda text: int(text[:-1]))
)
VALUES = st.sampled_from(
    [
        *COUNTS,
        {"sum": ["valid_utility_models", "valid_designs"]},
        {"sum": ["valid_invention_patents", "valid_utility_models", "valid_designs"]},
    ]
)
RATIOS = st.sampled_from(
    [
        {"ratio": ["high_value_invention_patents", "valid_invention_patents"]},
        {"ratio": ["valid_invention_patents", {"sum": ["valid_utility_models", "valid_designs"]}]},
    ]
)
COMPARED = st.sampled_from(["at_least", "more_than"])


@st.composite
def clauses(draw: st.DrawFn) -> dict[str, Any]:
    flags = st.sampled_from([{"fact": "own_brand", "is": True}, {"fact": "ip_department", "is": ["dedicated"]}])
    numbers = st.builds(lambda value, op, limit: {"value": value, op: limit}, VALUES, COMPARED, st.integers(1, 4))
    shares = st.builds(lambda value, op: {"value": value, op: "30%"}, RATIOS, COMPARED)
    simple = st.one_of(flags, numbers, shares)
    return draw(st.one_of(simple, st.builds(lambda kind, found: {kind: found}, st.sampled_from(["all", "any"]),
                                            st.lists(simple, min_size=1, max_size=2))))  # fmt: skip


@st.composite
def parts(draw: st.DrawFn, name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(["bands", "share", "choices", "ladder", "items", "by", "best", "capped"]))
    if kind in ("bands", "share"):
        edges = draw(EDGES if kind == "bands" else SHARES)
        points = sorted(draw(st.lists(st.integers(1, 9), min_size=len(edges), max_size=len(edges), unique=True)))
        return part(name, points[-1], **steps(draw(VALUES if kind == "bands" else RATIOS), edges, points))
    if kind == "choices":
        points = {"none": 0, "part_time": draw(st.integers(0, 3)), "dedicated": 4}
        return part(name, 4, fact="ip_department", choices=points)
    if kind == "ladder":
        return part(name, 5, ladder=[{"when": draw(clauses()), "points": 5}, {"when": draw(clauses()), "points": 2}])
    if kind == "items":
        return part(name, 4, each=2, items=draw(st.lists(clauses(), min_size=2, max_size=3)))
    if kind == "by":
        cases = [{"from": 3, "then": draw(clauses())}, {"then": draw(clauses())}]
        return part(name, 3, ladder=[{"when": {"by": "valid_utility_models", "cases": cases}, "points": 3}])
    below = [part(f"{name}-{index}", 3, items=[draw(clauses())], each=3) for index in range(2)]
    if kind == "best":
        return part(name, 3, parts=below, combine="best")
    return part(name, 4, parts=below, capped=True)


@st.composite
def cards(draw: st.DrawFn) -> dict[str, Any]:
    found = [draw(parts(f"p{index}")) for index in range(draw(st.integers(2, 4)))]
    total = sum(row["max"] for row in found)
    classes = [{"id": name, "title": T, "cost": draw(st.integers(1, 5))} for name in ("report", "easy", "hard")]
    costs = [{"fact": code, "class": draw(st.sampled_from(["easy", "hard"]))} for code in (*COUNTS, "own_brand")]
    for row in costs[:-1]:
        each = draw(st.sampled_from([None, 1, 2]))
        row |= {} if each is None else {"each": each}
    costs.append({"fact": "ip_department", "class": "easy", "each": 1})
    gates = draw(st.lists(clauses(), max_size=2))
    return card(found, draw(st.integers(1, total)), gates, {"classes": classes, "facts": costs})


@st.composite
def firms(draw: st.DrawFn) -> dict[str, Fact]:
    counts = {code: draw(st.one_of(st.none(), st.integers(0, 4), st.integers(0, 4))) for code in COUNTS}
    known = {"own_brand": draw(st.sampled_from([None, False, True])),
             "ip_department": draw(st.sampled_from([None, *CHOICE]))}  # fmt: skip
    return {code: parse_fact(code, raw) for code, raw in {**counts, **known, "serious_dishonesty": False}.items()}


def brute_force(document: dict[str, Any], firm: dict[str, Fact]) -> dict[int, int]:
    """The least cost of reaching the high tier by number of moves, over every value a fact may have."""
    effort = document["effort"]
    cost = {row["id"]: row["cost"] for row in effort["classes"]}
    text = json.dumps([document["scorecard"], document["tiers"]])
    used = {row["fact"] for row in effort["facts"] if row["fact"] in text}
    used |= set(PAIR) if used & set(PAIR) else set()
    options = {row["fact"]: list(ways(row, firm[row["fact"]], cost)) for row in effort["facts"] if row["fact"] in used}
    rows, prices = [], []
    for chosen in product(*options.values()):
        moved = {code: value for code, (value, _) in zip(options, chosen, strict=True)}
        if fits({**firm, **moved}) or not fits(firm):
            rows.append({**firm, **moved})
            prices.append((sum(price for _, price in chosen), sum(price > 0 for _, price in chosen)))
    result = evaluate(parse_rulebook(document), Frame(rows, on=ON))
    reached = np.flatnonzero(result.row("high").outcome == 1).tolist()
    found: dict[int, int] = {}
    for index in reached:
        price, count = prices[index]
        found[count] = min(price, found.get(count, price))
    return found


def ways(row: dict[str, Any], now: Any, cost: dict[str, int]) -> Any:
    indicator, price, each = read_indicators()[row["fact"]], cost[row["class"]], row.get("each")
    values: Any = [True] if indicator.type == "boolean" else list(CHOICE) if indicator.choices else range(MOST + 1)
    yield now, 0
    for value in values:
        if not isinstance(now, (int, float, str)):
            yield value, cost["report"]
        else:
            far = CHOICE.index(value) - CHOICE.index(str(now)) if isinstance(now, str) else value - now
            if far > 0:
                yield value, price * (ceil(Fraction(far) / each) if each else 1)


def fits(firm: dict[str, Fact]) -> bool:
    high, whole = (firm[code] for code in PAIR)
    return not (isinstance(high, (int, float)) and isinstance(whole, (int, float)) and high > whole)


@settings(max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(document=cards(), firm=firms())
def test_moves_reach_the_tier_and_no_cheaper_set_does(document: dict[str, Any], firm: dict[str, Fact]) -> None:
    library = library_of(document)
    best = brute_force(document, firm)
    found = cheapest_moves(firm, on=ON, library=library)
    if 0 in best or not best:
        assert found == []
        return
    frontier = [min(price for count, price in best.items() if count <= most) for most in range(min(best), 4)]
    frontier += [min(best.values())]
    assert [moves.cost for moves in found] == sorted(set(frontier))
    for moves in found:
        after = assess([{**firm, **moves.changes()}], on=ON, library=library)[0]["capability"]
        assert (after["level"], after["score"]) == ("high", list(moves.score))


@pytest.fixture(scope="module")
def factory() -> dict[str, Any]:
    """The worked case of sixty people: 74 points, advantage."""
    text = dict(read_files())["ip-capability/cases.yaml"]
    return next(named.facts for named in read_cases(text) if named.case.firm == "六十人工厂")


def shape(found: list[Moves]) -> list[tuple[int, dict[str, Any]]]:
    return [(moves.cost, moves.changes()) for moves in found]


def test_the_factory_of_sixty_reaches_the_top_by_paperwork(factory: dict[str, Any]) -> None:
    found = cheapest_moves(factory, on=ON)
    assert shape(found) == [
        (12, {"ip_insurance": True, "ip_department": "dedicated", "trade_secret_system": "audited",
              "patent_intensive_products": 1}),
        (16, {"trade_secret_system": "audited", "patent_intensive_products": 1, "overseas_applications": 1}),
    ]  # fmt: skip
    for moves in found:
        assert what_if(factory, moves.changes(), on=ON).after["capability"]["level"] == "leading" == moves.level
        assert moves.score == (80, 80)


def test_moves_are_the_same_every_time(factory: dict[str, Any]) -> None:
    assert cheapest_moves(factory, on=ON) == cheapest_moves(dict(reversed(factory.items())), on=ON)


@pytest.mark.parametrize("seed", range(4))
def test_moves_of_random_firms_reach_the_tier(seed: int) -> None:
    firm = random_firm(Random(seed), ON) | {"serious_dishonesty": False}
    for moves in cheapest_moves(firm, on=ON):
        found = what_if(firm, moves.changes(), on=ON)
        order = ["starter", "growth", "advantage", "leading"]
        assert order.index(found.after["capability"]["level"]) >= order.index(moves.goal)
        assert len(found.after["warnings"]) <= len(found.before["warnings"])


def test_a_draft_is_told_what_to_report(factory: dict[str, Any]) -> None:
    draft = factory | {"infringement_monitoring": None, "gbt29490_valid_until": None}
    found = cheapest_moves(draft, on=ON)
    assert shape(found) == [(1, {"infringement_monitoring": "ad_hoc"})]
    assert [(move.is_report, move.effort) for move in found[0].moves] == [(True, "report")]
    assert found[0].moves[0].words() == "补报侵权监测：不定期"
    assert found[0].moves[0].words("en") == "Report Infringement monitoring: Ad hoc"


def test_a_move_says_from_where_to_where(factory: dict[str, Any]) -> None:
    words = [move.words() for move in cheapest_moves(factory, on=ON)[1].moves]
    assert words[0] == "商业秘密保护制度：由有制度到有制度并经检查"
    assert words[1] == "备案的专利密集型产品数：由0 项到不少于1 项"
    english = cheapest_moves(factory, on=ON)[1].moves[1].words("en")
    assert english.endswith("from 0 to at least 1")


@pytest.mark.parametrize(("at_least", "zh", "en"), [(True, "不早于", "not before"), (False, "不晚于", "not after")])
def test_a_day_is_not_before_or_after_but_never_less(at_least: bool, zh: str, en: str) -> None:
    move = Move(
        "gbt29490_valid_until", None, "2026-03-31", True, at_least, "report", Text(zh="补报", en="Report"), 1, 1
    )
    assert move.words() == f"补报体系认证有效期至：{zh}2026-03-31"
    assert f"{en} 2026-03-31" in move.words("en")


def test_a_known_veto_leaves_no_moves(factory: dict[str, Any]) -> None:
    assert cheapest_moves(factory | {"serious_dishonesty": True}, on=ON) == []


def test_nothing_is_asked_of_who_has_reached_the_goal(factory: dict[str, Any]) -> None:
    assert cheapest_moves(factory, on=ON, goal="growth") == []
    top = factory | cheapest_moves(factory, on=ON)[0].changes()
    assert cheapest_moves(top, on=ON) == []


def test_a_goal_two_tiers_up_is_reached_in_one_go(factory: dict[str, Any]) -> None:
    weak = factory | {"infringement_monitoring": "none", "trade_secret_system": "none"}
    found = cheapest_moves(weak, on=ON, goal="leading")
    assert what_if(weak, {}, on=ON).before["capability"]["level"] == "growth"
    assert {moves.level for moves in found} == {"leading"}


def test_no_scorecard_in_force_gives_no_moves(factory: dict[str, Any]) -> None:
    assert cheapest_moves(factory, on=date(2020, 1, 1)) == []


def test_what_does_not_apply_to_the_firm_stays_so(factory: dict[str, Any]) -> None:
    firm = factory | {"ip_insurance": "n/a"}
    assert all("ip_insurance" not in moves.changes() for moves in cheapest_moves(firm, on=ON))


SIMPLE = {"classes": [{"id": "report", "title": T, "cost": 1}, {"id": "easy", "title": T, "cost": 2}]}


def one(parts: list[dict[str, Any]], facts: list[dict[str, Any]], line: int, firm: dict[str, Any], **more: Any) -> Any:
    document = card(parts, line, more.pop("gates", []), SIMPLE | {"facts": [{"class": "easy"} | row for row in facts]})
    return shape(cheapest_moves(firm, on=ON, library=library_of(document), **more))


BAND = {"bands": [{"to": 5, "points": 0}, {"from": 5, "points": 4}]}


@pytest.mark.parametrize(
    ("value", "firm", "expected"),
    [
        ({"mean": ["fto_reviews_3y", "rights_enforced_3y"]}, {"rights_enforced_3y": 3}, 7),
        ({"difference": ["fto_reviews_3y", "rights_enforced_3y"]}, {"rights_enforced_3y": 3}, 8),
        ({"growth": ["fto_reviews_3y", "rights_enforced_3y"]}, {"rights_enforced_3y": 3}, 18),
        ({"compound_growth": ["fto_reviews_3y", "rights_enforced_3y"]}, {"rights_enforced_3y": 1}, 36),
        ({"first_known": ["fto_reviews_3y", "rights_enforced_3y"]}, {"rights_enforced_3y": 1}, 5),
        ({"sum": ["fto_reviews_3y", "rights_enforced_3y"]}, {"rights_enforced_3y": "n/a"}, 5),
        ({"mean_growth": ["fto_reviews_3y", "rights_enforced_3y", "open_licences"]}, {"rights_enforced_3y": 1}, None),
        ({"ratio": ["fto_reviews_3y", {"sum": ["fto_reviews_3y", "rights_enforced_3y"]}]}, {}, None),
    ],
)  # fmt: skip
def test_a_value_of_several_facts_is_solved_for_one(value: Any, firm: dict[str, Any], expected: int | None) -> None:
    found = one([part("p", 4, value=value, **BAND)], [{"fact": "fto_reviews_3y"}], 4, {"fto_reviews_3y": 0, **firm})
    assert found == ([] if expected is None else [(2, {"fto_reviews_3y": expected})])


def test_less_can_be_better() -> None:
    falling = [{"to": 70, "points": 4}, {"from": 70, "points": 0}]
    debts = {"ratio": ["total_liabilities", "total_assets"]}
    parts_ = [part("p", 4, value=debts, bands=[{"to": "70%", "points": 4}, {"from": "70%", "points": 0}])]
    facts = [{"fact": "total_liabilities", "direction": "down"}]
    assert one(parts_, facts, 4, {"total_liabilities": 90, "total_assets": 100}) == [(2, {"total_liabilities": 70})]
    facts = [{"fact": "total_assets"}]
    assert one(parts_, facts, 4, {"total_liabilities": 70, "total_assets": 90}) == [(2, {"total_assets": 100})]
    facts = [{"fact": "total_liabilities", "direction": "down"}]
    alone = [part("p", 4, value="total_liabilities", bands=falling)]
    assert one(alone, facts, 4, {"total_liabilities": 90}) == [(2, {"total_liabilities": 70})]


@pytest.mark.parametrize(
    ("gate", "expected"),
    [
        ({"value": "total_liabilities", "at_most": 50}, 50),
        ({"value": "total_liabilities", "less_than": 50}, 49.99),
        ({"value": "total_liabilities", "between": [10, 60]}, 60),
        ({"by": "total_liabilities", "cases": [{"from": 30, "then": {"fact": "own_brand", "is": True}},
                                               {"then": {"fact": "own_brand", "is": False}}]}, 29.99),
    ],
)  # fmt: skip
def test_a_gate_is_reached_from_above(gate: dict[str, Any], expected: float) -> None:
    facts = [{"fact": "total_liabilities", "direction": "down"}]
    parts_ = [part("p", 4, fact="ip_department", choices={"none": 4, "part_time": 4, "dedicated": 4})]
    firm = {"total_liabilities": 90, "own_brand": False, "ip_department": "none"}
    assert one(parts_, facts, 4, firm, gates=[gate]) == [(2, {"total_liabilities": expected})]


def test_dates_move_to_the_day_of_assessment() -> None:
    parts_ = [part("p", 4, each=4, items=[{"not_expired": "gbt29490_valid_until"}])]
    facts = [{"fact": "gbt29490_valid_until"}]
    assert one(parts_, facts, 4, {"gbt29490_valid_until": "2026-04-30"}) == [
        (2, {"gbt29490_valid_until": "2026-05-01"})
    ]
    gates = [{"not_expired": "gbt29490_valid_until"}]
    barred = [part("p", 4, each=4, items=[{"not_barred": "fraud_ban_until"}])]
    down = [{"fact": "fraud_ban_until", "direction": "down"}]
    assert one(barred, down, 4, {"fraud_ban_until": "2026-06-01"}) == [(2, {"fraud_ban_until": "2026-04-30"})]
    assert one(barred, facts, 4, {"gbt29490_valid_until": "2027-01-01"}, gates=gates, goal="high") == []


def test_a_step_may_be_a_share_of_another_fact() -> None:
    parts_ = [part("p", 4, value={"ratio": ["rd_expense", "revenue"]}, **BAND)]
    parts_[0]["bands"] = [{"to": "5%", "points": 0}, {"from": "5%", "points": 4}]
    facts = [{"fact": "rd_expense", "each": "1%", "of": "revenue"}]
    assert one(parts_, facts, 4, {"rd_expense": 0, "revenue": 8000}) == [(10, {"rd_expense": 400})]
    assert one(parts_, facts, 4, {"rd_expense": 0, "revenue": 0}) == []


def test_a_count_known_between_bounds_can_be_reported() -> None:
    parts_ = [part("p", 4, value="class1_ip", **BAND)]
    assert one(parts_, [{"fact": "class1_ip"}], 4, {"class1_ip": [3, 9]}) == [(1, {"class1_ip": 5})]
    assert one(parts_, [{"fact": "class1_ip"}], 4, {"class1_ip": [1, 4]}) == []


def test_gates_for_another_kind_of_application_are_left_out() -> None:
    gates = [{"kinds": ["renewal"], "fact": "own_brand", "is": True},
             {"any": [{"kinds": ["renewal"], "fact": "own_brand", "is": True}]},
             {"fact": "valid_hnte", "is": True}]  # fmt: skip
    parts_ = [part("p", 4, value="class1_ip", **BAND)]
    firm = {"class1_ip": 0, "own_brand": False, "valid_hnte": "n/a"}
    assert one(parts_, [{"fact": "class1_ip"}], 4, firm, gates=gates) == [(2, {"class1_ip": 5})]


def test_a_tier_above_others_that_no_move_reaches_gives_nothing() -> None:
    parts_ = [part("p", 4, value="class1_ip", **BAND)]
    gates = [{"awaits": T}]
    assert one(parts_, [{"fact": "class1_ip"}], 4, {"class1_ip": 0}, gates=gates) == []


def test_text_is_never_moved() -> None:
    parts_ = [part("p", 4, value="class1_ip", **BAND)]
    assert one(parts_, [{"fact": "industry_code"}, {"fact": "class1_ip"}], 4, {"class1_ip": 0}) == [
        (2, {"class1_ip": 5})
    ]


def test_facts_that_contradict_each_other_already_do_not_stop_the_rest() -> None:
    parts_ = [part("p", 4, value="high_value_invention_patents", **BAND)]
    firm = {"high_value_invention_patents": 3, "valid_invention_patents": 1}
    found = one(parts_, [{"fact": "high_value_invention_patents"}], 4, firm)
    assert found == [(2, {"high_value_invention_patents": 5})]


def test_a_part_may_not_outgrow_its_whole() -> None:
    parts_ = [part("p", 4, value="high_value_invention_patents", **BAND)]
    firm = {"high_value_invention_patents": 3, "valid_invention_patents": 4}
    facts = [{"fact": "high_value_invention_patents"}, {"fact": "valid_invention_patents"}]
    assert one(parts_, facts[:1], 4, firm) == []
    assert one(parts_, facts, 4, firm) == [(4, {"high_value_invention_patents": 5, "valid_invention_patents": 5})]


def test_a_range_of_marks_counts_with_its_lowest() -> None:
    bands = [{"to": 2, "points": 0}, {"from": 2, "to": 5, "points": [1, 4]}, {"from": 5, "points": [4, 6]}]
    parts_ = [part("p", 6, value="class1_ip", mark="tech_advancement_score", bands=bands)]
    assert one(parts_, [{"fact": "class1_ip"}], 4, {"class1_ip": 0}) == [(2, {"class1_ip": 5})]
    marked = {"class1_ip": 0, "tech_advancement_score": 4}
    assert one(parts_, [{"fact": "class1_ip"}], 4, marked) == [(2, {"class1_ip": 2})]


def test_a_step_begun_may_be_used_up() -> None:
    """Ten for one step of each fact, and one more of the other: neither fact alone is as cheap."""
    total = {"sum": ["fto_reviews_3y", "rights_enforced_3y"]}
    bands = [{"to": 11, "points": 0}, {"from": 11, "points": 4}]
    facts = [{"fact": "fto_reviews_3y", "each": 10}, {"fact": "rights_enforced_3y", "each": 1}]
    firm = {"fto_reviews_3y": 0, "rights_enforced_3y": 0}
    found = one([part("p", 4, value=total, bands=bands)], facts, 4, firm)
    assert found == [(4, {"fto_reviews_3y": 11})]
    priced = [facts[0], facts[1] | {"class": "report"}]
    found = one([part("p", 4, value=total, bands=bands)], priced, 4, firm)
    assert found == [(3, {"fto_reviews_3y": 10, "rights_enforced_3y": 1}), (4, {"fto_reviews_3y": 11})]


def test_too_many_combinations_are_refused_in_words() -> None:
    codes = ["class1_ip", "class2_ip", "fto_reviews_3y", "rights_enforced_3y"]
    bands = [{"to": 1, "points": 0}]
    bands += [{"from": index, "to": index + 1, "points": index} for index in range(1, 15)]
    bands.append({"from": 15, "points": 15})
    parts_ = [part("p", 15, value={"sum": codes}, bands=bands)]
    parts_ += [part(f"q{code}", 15, value=code, bands=bands) for code in codes]
    with pytest.raises(TooWide, match="组合过多"):
        one(parts_, [{"fact": code} for code in codes], 70, dict.fromkeys(codes, 0))


@pytest.mark.parametrize(
    ("change", "options", "reason"),
    [
        ({}, {"goal": "top"}, "没有等级top，有low、high"),
        ({}, {"limit": 0}, "limit至少为1"),
        ({"effort": None}, {}, "没有工作量分级"),
        ({"effort": SIMPLE | {"source": "测", "status": "calibrated", "report": "report",
                              "facts": [{"fact": "colour", "class": "easy"}]}}, {}, "没有指标colour"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_words(change: dict[str, Any], options: dict[str, Any], reason: str) -> None:
    effort = SIMPLE | {"facts": [{"fact": "class1_ip", "class": "easy"}]}
    library = library_of(card([part("p", 4, value="class1_ip", **BAND)], 4, [], effort) | change)
    with pytest.raises(ValueError, match=reason):
        cheapest_moves({}, on=ON, library=library, **options)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"facts": [{"fact": "class1_ip", "class": "easy"}] * 2}, "there twice"),
        ({"classes": SIMPLE["classes"] * 2}, "there twice"),
        ({"report": "never"}, "no effort class never; known: easy, report"),
        ({"facts": [{"fact": "class1_ip", "class": "slow"}]}, "no effort class slow"),
        ({"facts": [{"fact": "class1_ip", "class": "easy", "each": 0}]}, "greater than 0"),
    ],
)
def test_broken_effort_classes_are_refused(change: dict[str, Any], reason: str) -> None:
    effort = SIMPLE | {"facts": [{"fact": "class1_ip", "class": "easy"}]} | change
    with pytest.raises(RulebookError, match=reason):
        parse_rulebook(card([part("p", 4, value="class1_ip", **BAND)], 4, [], effort))


def test_the_shipped_effort_classes_name_facts_and_choices_that_exist() -> None:
    effort = load_library().get("ip-capability/2026").body.effort
    assert effort is not None
    known = read_indicators()
    assert {row.fact for row in effort.facts} <= known.keys()
    assert all(set(row.to) <= set(known[row.fact].choices) for row in effort.facts)
    assert effort.status == "calibrated"
