"""E19: one ledger under every rulebook at once, row by row, with bounds where it lacks a fact."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import Library, Right, RightCounts, count_rights, load_library, parse_rulebook, read_indicators

ON = date(2026, 3, 31)
INVENTION = Right(
    kind="invention",
    state="valid",
    state_text="有效",
    filed_on=date(2018, 9, 13),
    granted_on=date(2020, 5, 1),
    obtained="original",
    holder_rank=1,
    related=True,
    in_use=True,
    emerging=False,
    used_in_hnte=False,
    overseas_revenue=False,
    family=(),
    pledge=Decimal(0),
    awards=(),
)
KINDS = ("invention", "utility_model", "design", "software", "trademark", "ic_layout", "plant_variety", "unknown")
DAYS = st.one_of(st.none(), st.dates(date(2003, 1, 1), date(2027, 1, 1)))
MAYBE = st.sampled_from([None, True, False])
RIGHTS = st.builds(
    Right,
    kind=st.sampled_from(KINDS),
    state=st.sampled_from(["valid", "pending", "lapsed", "refused", "unknown"]),
    filed_on=DAYS,
    granted_on=DAYS,
    obtained=st.sampled_from(["original", "transferred", "gifted", "merged", "licensed", "unknown"]),
    transferred_on=DAYS,
    holder_rank=st.sampled_from([None, 1, 3, 4]),
    related=MAYBE,
    in_use=MAYBE,
    emerging=MAYBE,
    used_in_hnte=MAYBE,
    overseas_revenue=MAYBE,
    family=st.sampled_from([None, (), ("US",), ("US10123456B2",), ("MY1B1",), ("WO",)]),
    pledge=st.sampled_from([None, Decimal(0), Decimal(500)]),
    awards=st.sampled_from([None, (), ("中国专利金奖",), ("湖北专利奖金奖",)]),
    number_ok=st.booleans(),
    is_contested=st.booleans(),
    duplicate=st.sampled_from(["", "与第 3 行重复"]),
)
LEDGERS = st.lists(RIGHTS, max_size=6)


def bounds(found: RightCounts) -> dict[str, tuple[int, int]]:
    return {code: (count.least, count.most) for code, count in found.counts.items()}


def why(found: RightCounts, code: str, place: int = 0) -> tuple[str, str]:
    verdict = next(verdict for verdict in found.verdicts[place] if verdict.code == code)
    return verdict.outcome, verdict.zh


def test_measures_differ_on_one_right_at_once() -> None:
    """Bought a month ago: HNTE counts it, the 2022 measure not yet, the 2026 measure never."""
    right = replace(INVENTION, obtained="transferred", transferred_on=date(2026, 3, 1))
    found = count_rights([right], on=ON)
    assert [why(found, code) for code in ("class1_ip_plain", "class1_ip", "class1_ip_self_applied_in_use")] == [
        ("counts", "发明专利；授权且有效；与主导产品相关"),
        ("excluded", "2026-03-01 转入，不满 1 年"),
        ("excluded", "不是自主申请取得"),
    ]


def test_all_rulebooks_count_at_any_date() -> None:
    """What counts under the 2026 measure is told before it is in force, so that a firm knows where it will stand."""
    found = count_rights([INVENTION], on=date(2025, 6, 1))
    assert {count.rulebook for count in found.counts.values()} == {
        "rights-cnipa/2021", "rights-sme-2022/2022", "rights-sme-2026/2026", "rights-tech/2017",
    }  # fmt: skip


def test_every_verdict_has_both_languages_its_clause_and_status() -> None:
    found = count_rights([INVENTION, Right(), replace(INVENTION, state="lapsed")], on=ON)
    verdicts = [verdict for row in found.verdicts for verdict in row]
    assert [v for v in verdicts if not (v.zh and v.en and v.clause and v.status)] == []


def test_the_term_of_protection_rests_on_the_patent_law() -> None:
    found = count_rights([replace(INVENTION, filed_on=date(2006, 3, 31))], on=ON)
    verdict = found.verdicts[0][0]
    assert (verdict.zh, verdict.clause, verdict.status) == (
        "保护期已届满", "《中华人民共和国专利法》第四十二条", "official",
    )  # fmt: skip


def test_sentences_are_said_once() -> None:
    found = count_rights([replace(INVENTION, obtained="unknown")], on=ON)
    assert why(found, "class1_ip_self_developed") == ("possible", "取得方式不明")


@pytest.mark.parametrize(
    ("changed", "code", "expected"),
    [
        ({"kind": "unknown"}, "class2_ip", ("possible", "权利类型不明")),
        ({"kind": "unknown", "overseas_revenue": True}, "class1_ip_high_value", ("possible", "权利类型不明")),
        ({"is_contested": True}, "class1_ip", ("possible", "权属有争议，权利人待核实")),
        ({"number_ok": False}, "class1_ip", ("possible", "号码或其校验位有误，待核实")),
        ({"obtained": "licensed"}, "class1_ip", ("excluded", "许可取得，本企业不是权利人")),
        ({"duplicate": "与第 3 行重复"}, "class1_ip", ("excluded", "与第 3 行重复")),
        ({"filed_on": date(2026, 4, 1)}, "class1_ip", ("excluded", "申请日 2026-04-01 晚于评价日期")),
        ({"state": "unknown"}, "class1_ip", ("possible", "法律状态不明")),
        ({"filed_on": None}, "class1_ip", ("counts", "发明专利；授权且有效；原始取得；与主导产品相关")),
    ],
)
def test_what_a_ledger_may_lack(changed: dict[str, Any], code: str, expected: tuple[str, str]) -> None:
    outcome, reason = why(count_rights([replace(INVENTION, **changed)], on=ON), code)
    assert (outcome, reason) == expected


@pytest.mark.parametrize(
    ("ledger", "code", "closed_by"),
    [
        ([INVENTION], "class1_ip", "other_ip"),
        ([INVENTION], "class1_ip_high_value", "other_ip"),
        ([INVENTION], "class2_ip", "software_copyrights"),
        ([INVENTION], "patent_applications_3y", None),
        ([], "class1_ip_plain", "other_ip"),
    ],
)
def test_a_list_of_granted_patents_leaves_other_rights_open(
    ledger: list[Right], code: str, closed_by: str | None
) -> None:
    count = count_rights(ledger, on=ON).counts[code]
    assert (count.is_open, count.closed_by) == (True, closed_by)


def test_a_fuller_ledger_closes_them() -> None:
    more = [
        replace(INVENTION, kind="software"),
        replace(INVENTION, kind="ic_layout"),
        replace(INVENTION, state="pending"),
    ]
    found = count_rights([INVENTION, *more], on=ON)
    assert [code for code, count in found.counts.items() if count.is_open] == []


def test_a_library_without_rulebooks_of_rights_counts_nothing() -> None:
    library = Library([load_library().get("hnte/2016")])
    found = count_rights([INVENTION], on=ON, library=library)
    assert (found.counts, found.verdicts) == ({}, ((),))


def test_a_rulebook_out_of_force_counts_nothing() -> None:
    document = {**load_library().get("rights-tech/2017").document(), "applies": [{"from": "2027-01-01"}]}
    assert count_rights([INVENTION], on=ON, library=Library([parse_rulebook(document)])).counts == {}


@pytest.mark.parametrize(
    ("pledge", "expected"),
    [(3000, ("counts", "发明专利；质押 3000 万元")), (2999, ("excluded", "质押 2999 万元，不足 3000 万元"))],
)
def test_a_high_pledge_is_judged_once_there_is_a_figure(pledge: int, expected: tuple[str, str]) -> None:
    document = load_library().get("rights-cnipa/2021").document()
    rule = document["rights"][0] | {"where": [{"pledged": {"at_least": 3000}}]}
    library = Library([parse_rulebook({**document, "rights": [rule]})])
    found = count_rights([replace(INVENTION, pledge=Decimal(pledge))], on=ON, library=library)
    assert why(found, "valid_invention_patents") == expected


def test_conditions_nest() -> None:
    """Either software at once, or a patent that is in use and unused for HNTE."""
    document = load_library().get("rights-tech/2017").document()
    both = {"for": ["invention"], "all": [{"flag": "in_use", "is": True}, {"flag": "used_in_hnte", "is": False}]}
    either = {"title": {"zh": "两种情形", "en": "two cases"}, "any": [both, {"for": ["software"], "in_force": []}]}
    rule = document["rights"][0] | {"kinds": ["invention", "software"], "where": [either]}
    library = Library([parse_rulebook({**document, "rights": [rule]})])
    ledger = [INVENTION, replace(INVENTION, used_in_hnte=True), replace(INVENTION, kind="software")]
    found = count_rights(ledger, on=ON, library=library)
    assert [why(found, "class1_ip_plain", place) for place in range(3)] == [
        ("counts", "发明专利；已实际应用；未用于高企申报"),
        ("excluded", "两种情形均不具备"),
        ("counts", "软件著作权；授权且有效"),
    ]


def test_every_count_fills_an_indicator() -> None:
    assert set(count_rights([], on=ON).counts) <= set(read_indicators())


@given(LEDGERS)
def test_reasons_add_up_to_the_counts(ledger: list[Right]) -> None:
    found = count_rights(ledger, on=ON)
    for code, count in found.counts.items():
        outcomes = [why(found, code, place)[0] for place in range(len(ledger))]
        least = outcomes.count("counts")
        assert (count.least, count.most) == (least, least + outcomes.count("possible"))


@given(LEDGERS, st.randoms())
def test_the_order_of_the_ledger_does_not_matter(ledger: list[Right], chance: Any) -> None:
    shuffled = list(ledger)
    chance.shuffle(shuffled)
    assert bounds(count_rights(shuffled, on=ON)) == bounds(count_rights(ledger, on=ON))


@given(LEDGERS)
def test_a_ledger_is_the_sum_of_its_rights(ledger: list[Right]) -> None:
    alone = [bounds(count_rights([right], on=ON)) for right in ledger]
    for code, (least, most) in bounds(count_rights(ledger, on=ON)).items():
        assert (sum(one[code][0] for one in alone), sum(one[code][1] for one in alone)) == (least, most)


@given(RIGHTS)
def test_narrower_counts_never_exceed_wider_ones(right: Right) -> None:
    found = bounds(count_rights([right], on=ON))
    for part in ("class1_ip_self_developed", "class1_ip_high_value", "class1_ip_in_use"):
        assert found[part] <= found["class1_ip"]
    assert found["high_value_invention_patents"] <= found["valid_invention_patents"]
    assert found["class2_ip_unused_hnte"] <= found["class2_ip_plain"]
    assert found["class2_ip"] <= found["class2_ip_plain"]


@given(RIGHTS, RIGHTS)
def test_a_fact_that_becomes_known_only_narrows_the_bounds(open_: Right, fuller: Right) -> None:
    """Dates of filing and grant are left out: where one is missing, the legal state is believed."""
    lacking = ("holder_rank", "related", "in_use", "emerging", "used_in_hnte", "overseas_revenue", "family", "pledge")
    found = bounds(count_rights([open_], on=ON))
    for name in [name for name in (*lacking, "awards") if getattr(open_, name) is None]:
        then = bounds(count_rights([replace(open_, **{name: getattr(fuller, name)})], on=ON))
        wider = [code for code, (least, most) in then.items() if least < found[code][0] or most > found[code][1]]
        assert (name, wider) == (name, [])


@given(RIGHTS, st.sampled_from(KINDS[:-1]))
def test_a_right_of_unknown_kind_may_be_of_any_kind(right: Right, kind: str) -> None:
    found = bounds(count_rights([replace(right, kind="unknown")], on=ON))
    then = bounds(count_rights([replace(right, kind=kind)], on=ON))
    assert [code for code, (_, most) in then.items() if most > found[code][1]] == []
