"""E29: a plan made from the firm's own gaps."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cultivation.support.services.card import lowest
from cultivation.support.services.catalogue import Budget, Catalogue, Change
from cultivation.support.services.changes import apply_services
from cultivation.support.services.planner import Draft, draft_plan

from .cards import START, Scorecard, at, case, catalogue, chosen, service

CARD = Scorecard(
    (
        at("open_licences", (1, "3"), parent="utilisation"),
        at("ip_specialists", (1, "2"), (2, "4")),
        chosen("trade_secret_system", {"written": "3", "audited": "5"}, parent="protection"),
    ),
    base=Decimal("58.5"),
)
SECRET = Change.model_validate({"indicator": "trade_secret_system", "set": "written", "zh": "有制度", "from": ["none"]})
SERVICES = (
    service("SV-17", Change(indicator="open_licences", add=1), weeks=13),
    service("SV-21", SECRET, weeks=10),
    service("SV-22", Change(indicator="ip_specialists", add=1), weeks=18),
)
ALL = catalogue(*SERVICES, budget=Budget(effort=8, weeks=52, parallel=2))
GAPS = {"open_licences": 0, "ip_specialists": 0, "trade_secret_system": "none"}


def draft(facts: dict[str, Any], plan: Catalogue = ALL, card: Scorecard = CARD, **changes: Any) -> Draft:
    return draft_plan(case(card, facts, **changes), assess_with=card.assess_with(facts), catalogue=plan)


def test_plan_holds_what_closes_the_gaps_in_working_order() -> None:
    plan = draft(GAPS)
    assert [(i.service.code, i.points, i.starts_on, i.due) for i in plan.items] == [
        ("SV-21", Decimal(3), date(2026, 6, 1), date(2026, 8, 10)),
        ("SV-17", Decimal(3), date(2026, 6, 1), date(2026, 8, 31)),
        ("SV-22", Decimal(2), date(2026, 8, 10), date(2026, 12, 14)),
    ]


def test_plan_says_that_the_next_tier_is_reached_only_when_it_is() -> None:
    assert draft(GAPS).summary == "完成这 3 项服务后，最低分由 58.5 升至 66.5，达到优势级门槛 65。"


def test_plan_says_what_is_still_missing_to_the_next_tier() -> None:
    short = draft({**GAPS, "open_licences": "n/a"})
    assert short.summary == "完成这 2 项服务后，最低分由 58.5 升至 63.5，距优势级门槛 65 还差 1.5 分。"


def test_item_says_why_with_the_present_value_the_line_and_its_points() -> None:
    item = draft(GAPS).items[0]
    assert item.reason == "trade_secret_system：none → 有制度。"
    assert item.gap == "保护 · 商业秘密保护制度 trade_secret_system-line（0 → 3 分），依据 ip-capability/2026"


def test_what_is_done_already_is_not_planned_again() -> None:
    assert [i.service.code for i in draft({**GAPS, "trade_secret_system": "audited"}).items] == ["SV-17", "SV-22"]


def test_unknown_facts_are_asked_for_apart_from_services() -> None:
    plan = draft({"ip_specialists": 2, "trade_secret_system": "audited"})
    (gap,) = plan.tasks
    assert (gap.kind, list(gap.indicators), gap.points_open) == ("gap", ["open_licences"], Decimal(3))
    assert gap.reason == "资料缺口：先补报open_licences。为此有 3 分尚未确定，补报后按实际情况核定。"
    assert [i.service.code for i in plan.items] == ["SV-17"]


def test_service_on_an_unknown_fact_tells_the_firm_to_report_it_first() -> None:
    plan = draft({"ip_specialists": 2, "trade_secret_system": "audited"})
    assert plan.items[0].reason == "open_licences：未知 → 不少于 1；现状未知的，如已具备，补报即可，不必另做。"


def test_budget_leaves_out_what_gains_least() -> None:
    plan = draft(GAPS, catalogue(*SERVICES, budget=Budget(effort=2, weeks=52, parallel=2)))
    assert [i.service.code for i in plan.items] == ["SV-21", "SV-17"]


def test_leading_firm_gets_a_maintenance_plan_with_its_own_budget() -> None:
    card = Scorecard(CARD.rules, base=Decimal(90))
    plan = draft(
        GAPS,
        catalogue(
            *SERVICES, budget=Budget(effort=8, weeks=52, parallel=2), maintenance=Budget(effort=1, weeks=52, parallel=1)
        ),
        card,
    )
    assert (plan.kind, [i.service.code for i in plan.items]) == ("maintenance", ["SV-17"])
    assert plan.summary == "完成这 1 项服务后，最低分由 90 升至 93，用于保持领军级。"


def test_veto_gives_a_rectification_plan_that_names_it_and_promises_nothing() -> None:
    plan = draft({**GAPS, "serious_dishonesty": True})
    assert plan.kind == "rectification"
    assert [(t.kind, t.title, t.points_open) for t in plan.tasks] == [("rectify", "整改：列入严重违法失信名单", None)]
    assert (plan.items, plan.score_then) == ((), plan.score_low)
    assert plan.summary == (
        "存在否决情形“列入严重违法失信名单”，暂不定级。请先整改；整改核实前不安排培育服务，也不预计加分。"
    )


def test_firm_without_gaps_gets_no_service_and_is_told_so() -> None:
    plan = draft({"open_licences": 5, "ip_specialists": 9, "trade_secret_system": "audited"})
    assert (plan.items, plan.summary) == ((), "按现有资料，目录内没有能在预算内提高最低分的服务。")


def test_free_resource_is_named_only_for_public_providers() -> None:
    public = SERVICES[0].model_copy(update={"providers": ("P", "M"), "free_resource": "知慧桥平台"})
    plan = draft(GAPS, catalogue(public, SERVICES[1], budget=Budget(effort=8, weeks=52, parallel=2)))
    assert {i.service.code: i.resource for i in plan.items} == {"SV-21": "", "SV-17": "知慧桥平台"}


FIRMS = st.fixed_dictionaries(
    {},
    optional={
        "open_licences": st.integers(0, 2),
        "ip_specialists": st.integers(0, 3),
        "trade_secret_system": st.sampled_from(["none", "written", "audited", "n/a"]),
    },
)


@settings(max_examples=100, deadline=None)
@given(FIRMS)
def test_points_of_the_items_add_up_to_the_joint_rise(facts: dict[str, Any]) -> None:
    plan = draft(facts)
    chosen_now = [s for s in SERVICES if s.code in {i.service.code for i in plan.items}]
    after = CARD.assess({**facts, **apply_services(facts, chosen_now, on=START)})
    assert sum(i.points for i in plan.items) == lowest(after) - lowest(CARD.assess(facts))
