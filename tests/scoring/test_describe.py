"""A rulebook in full, in words, without any firm (U07)."""

from typing import Any

import pytest

from scoring import Library, Rulebook, describe_document, limits_of_facts, load_library

LIBRARY: Library = load_library()
ALL = list(LIBRARY.rulebooks.values())


def row_of(key: str, row: str, lang: Any = "zh") -> dict[str, Any]:
    return next(one for one in describe_document(LIBRARY.get(key), lang)["rows"] if one["id"] == row)


@pytest.mark.parametrize("rulebook", ALL, ids=lambda one: one.key)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_has_a_source_and_a_status(rulebook: Rulebook, lang: Any) -> None:
    found = describe_document(rulebook, lang)
    sourced = [found, *found["rows"], *found["tiers"], *found["sizes"], *([found["effort"]] if found["effort"] else [])]
    assert all(one["source"] and one["status"] in {"official", "secondary", "calibrated"} for one in sourced)


@pytest.mark.parametrize("rulebook", ALL, ids=lambda one: one.key)
def test_every_named_node_has_its_row(rulebook: Rulebook) -> None:
    found = describe_document(rulebook)
    told = {row["id"] for row in found["rows"]} | {row["id"] for row in found["sizes"]}
    assert {node.id for node in rulebook.body.walk() if node.id} <= told


@pytest.mark.parametrize("rulebook", ALL, ids=lambda one: one.key)
def test_what_gives_points_by_a_scale_shows_the_scale(rulebook: Rulebook) -> None:
    scaled = [
        row for row in describe_document(rulebook)["rows"] if row["kind"] in {"bands", "choices", "ladder", "items"}
    ]
    assert [row["id"] for row in scaled if not row["scale"]] == []


def test_bands_are_read_off_a_value() -> None:
    row = row_of("ip-capability/2026", "UT-1")
    assert (row["kind"], row["measure"]) == ("bands", "上年度专利产品销售收入 ÷ 上年度营业收入")
    assert row["scale"][:2] == [{"label": "≥40%", "points": "9分"}, {"label": "25%–40%", "points": "8分"}]


def test_a_ladder_by_class_is_a_table_of_classes() -> None:
    row = row_of("ip-capability/2026", "CR-1")
    assert row["columns"] == ["上年度营业收入 ≥ 40,000 万元", "上年度营业收入 ≥ 2,000 万元", "上年度营业收入 其他"]
    assert [len(rung["cells"]) for rung in row["scale"]] == [3, 3, 3, 3, 1]
    assert row["scale"][0]["cells"][0] == "有效发明专利数 ≥ 20 件"


def test_a_plain_ladder_has_no_classes() -> None:
    row = row_of("ip-capability/2026", "UT-5")
    assert (row["columns"], "cells" in row["scale"][0]) == ([], False)


def test_items_are_named_each_with_its_points() -> None:
    found = [row for row in describe_document(LIBRARY.get("srdi-sme/2022"))["rows"] if row["kind"] == "items"]
    assert found
    assert all(len({item["points"] for item in row["scale"]}) == 1 for row in found)


def test_a_mark_says_whose_it_is() -> None:
    row = row_of("hnte/2016", "GQ-1a")
    assert (row["kind"], row["measure"], row["scale"]) == ("mark", "技术先进程度(专家)", [])


def test_a_slot_that_awaits_the_office_is_no_number() -> None:
    row = row_of("pledge-whitelist/2025", "entry")
    assert (row["kind"], row["max"], row["scale"]) == ("awaits", None, [])
    assert "待省局确认" in row["test"]


def test_a_limit_has_its_unit_and_a_clause_its_kind_of_application() -> None:
    assert row_of("little-giant/2026", "X26-2-revenue")["test"] == "上年度营业收入 ≥ 5,000 万元"
    assert row_of("little-giant/2026", "X26-2-revenue", "en")["test"] == "Revenue last year ≥ 5,000 ×10⁴ CNY"
    assert row_of("little-giant/2026", "X26-2-growth")["kinds"] == ["new"]
    assert row_of("little-giant/2026", "X26-2-revenue")["kinds"] == []


def test_paths_say_whether_all_or_any_must_hold() -> None:
    assert [row_of("little-giant/2022", row)["kind"] for row in ("XJ-xin", "XJ-xin-general", "XJ-xin-rd")] == [
        "any",
        "all",
        "by",
    ]
    assert row_of("ip-capability/2026", "UT-2")["kind"] == "best"
    assert row_of("ip-capability/2026", "creation")["kind"] == "parts"


def test_periods_have_their_reasons() -> None:
    periods = describe_document(LIBRARY.get("little-giant/2022"))["periods"]
    assert [(one["kinds"], one["to"], one["status"]) for one in periods] == [
        (["new"], "2026-03-31", "official"),
        (["renewal"], "2028-12-31", "secondary"),
    ]
    assert "复核仍按2022年办法" in periods[1]["reason"]


@pytest.mark.parametrize("key", ["innovative-sme/2022", "srdi-sme/2022", "little-giant/2022", "hnte/2016"])
def test_a_title_lasts_three_years_and_who_says_so_is_told(key: str) -> None:
    validity = describe_document(LIBRARY.get(key))["validity"]
    assert (validity["years"], validity["status"]) == (3, "secondary")
    assert validity["source"].startswith(("工信部企业〔2022〕63号", "国科发火〔2016〕32号"))


@pytest.mark.parametrize("key", ["srdi-sme/2026", "little-giant/2026", "gold-seed/2023"])
def test_how_long_a_title_lasts_is_left_open_where_nobody_says(key: str) -> None:
    assert describe_document(LIBRARY.get(key))["validity"] is None


@pytest.mark.parametrize("key", ["innovative-sme/2022", "srdi-sme/2022", "little-giant/2022"])
@pytest.mark.parametrize("row", ["scope", "scope-size", "vetoes", "fraud_ban"])
def test_what_was_not_checked_against_the_annex_is_not_called_official(key: str, row: str) -> None:
    assert row_of(key, row)["status"] == "secondary"
    assert row_of(key, "criteria")["status"] == "official"


def test_a_formula_of_our_own_says_so() -> None:
    assert "平台推定，待省局确认" in row_of("little-giant/2026", "X26-2-growth")["note"]


def test_sizes_are_bounds_of_facts() -> None:
    first = describe_document(LIBRARY.get("size-class/2017"))["sizes"][0]
    assert (first["facts"], first["units"], first["large"]) == (["上年度营业收入"], ["万元"], [20000])


def test_effort_says_what_one_step_is() -> None:
    classes = {row["id"]: row for row in describe_document(LIBRARY.get("ip-capability/2026"))["effort"]["classes"]}
    assert (classes["weeks"]["title"], classes["weeks"]["cost"]) == ("数周内可办", 2)
    assert {"投保知识产权保险", "知识产权管理机构（每升 1 档）", "软件著作权数（每 1 件）"} <= set(
        classes["weeks"]["facts"]
    )
    assert "上年度知识产权经费（每上年度研发费用的 1%）" in classes["quarter"]["facts"]


def test_effort_in_english() -> None:
    classes = {
        row["id"]: row for row in describe_document(LIBRARY.get("ip-capability/2026"), "en")["effort"]["classes"]
    }
    assert {"IP department (every level)", "IP spending last year (every 1% of R&D expense last year)"} <= {
        fact for row in classes.values() for fact in row["facts"]
    }


def test_the_facts_it_reads_are_those_of_its_clauses() -> None:
    assert describe_document(LIBRARY.get("gold-seed/2023"))["facts"] == ["gold_seed_designated"]
    assert describe_document(LIBRARY.get("size-class/2017"))["facts"] == ["employees", "revenue", "total_assets"]


def test_limits_are_the_facts_own() -> None:
    limits = limits_of_facts(LIBRARY.get("ip-capability/2026"))
    assert limits["iso56005_level"] == [1, 2, 3, 4]
    assert limits["valid_invention_patents"] == sorted(limits["valid_invention_patents"])
    assert "patented_product_revenue" not in limits


def test_limits_of_clauses_and_of_a_rulebook_without_numbers() -> None:
    assert limits_of_facts(LIBRARY.get("little-giant/2026"))["niche_years"] == [3]
    assert limits_of_facts(LIBRARY.get("gold-seed/2023")) == {}
