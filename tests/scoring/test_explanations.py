"""Why, in words: rows and sentences in Chinese and English (E12, E15)."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scoring import Frame, assess, describe_rulebook, describe_tiers, evaluate, explain_clauses, load_library
from scoring.__main__ import main

ROW = {"id": "a", "rd_expense": 400, "revenue": 8000, "own_brand": "n/a", "class1_ip": 3, "total_assets": 0}


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    result: dict[str, Any] = json.loads(json.dumps(assess([ROW], on=date(2026, 5, 1))[0]))
    return result


def row(found: dict[str, Any], code: str, lang: Any = "zh", programme: str = "innovative-sme") -> dict[str, Any]:
    rows = explain_clauses(found, lang=lang)["programmes"][programme]
    return next(row for row in rows if row["id"] == code)


def test_a_ratio_is_said_with_its_facts_and_units(found: dict[str, Any]) -> None:
    said = row(found, "CX-2")
    assert said["value"] == "上年度研发费用 400 万元 ÷ 上年度营业收入 8,000 万元 = 5%"
    assert (said["band"], said["points"], said["max"], said["outcome_label"]) == ("≥5%", [20, 20], 20, "符合")


def test_a_rule_is_said_with_its_bands(found: dict[str, Any]) -> None:
    assert row(found, "CX-4")["test"] == "上年末负债总额 ÷ 上年末资产总额：≤55% 10分；55%–75% 5分；>75% 0分"


def test_the_lowest_band_says_whether_its_border_is_in(found: dict[str, Any]) -> None:
    """No licence income at all lies in the band of nothing: ≤0, not <0."""
    licences = next(one for one in explain_clauses(found)["capability"] if one["id"] == "UT-2a")
    assert licences["test"].endswith("≤0 0分")
    assert row(found, "CX-2")["test"].endswith("<1% 0分")


@pytest.mark.parametrize(
    ("count", "shown", "words"),
    [([1, 3], [1, 3], "有效发明专利数 1–3 件"), ([2, None], [2, None], "有效发明专利数 不少于 2 件")],
)
def test_a_count_between_bounds_is_said_with_its_bounds(count: Any, shown: Any, words: str) -> None:
    """No upper bound is null in the trace and 不少于 in words, never a number with fifteen zeros."""
    (result,) = assess([{"id": "a", "valid_invention_patents": count, "revenue": 8000}], on=date(2026, 5, 1))
    said = next(one for one in explain_clauses(result)["capability"] if one["id"] == "CR-1")
    stored = next(one for one in result["capability"]["clauses"] if one["id"] == "CR-1")
    assert (stored["facts"]["valid_invention_patents"], words in said["value"]) == (shown, True)


def test_what_is_missing_is_said(found: dict[str, Any]) -> None:
    assert row(found, "CX-3")["needs"] == "待补充：上年度主营业务收入、前一年度主营业务收入"


def test_a_zero_denominator_is_said(found: dict[str, Any]) -> None:
    assert (row(found, "CX-4")["reason"], row(found, "CX-4")["points"]) == ("分母为零，不可计算", [0, 0])


def test_english_is_complete(found: dict[str, Any]) -> None:
    rows = explain_clauses(found, lang="en")
    spoken = [text for part in rows["programmes"].values() for one in part for text in (one["title"], one["test"])]
    assert [text for text in spoken if any("\u4e00" <= letter <= "\u9fff" for letter in text)] == []


def test_source_and_status_are_shown_with_every_row(found: dict[str, Any]) -> None:
    explained = explain_clauses(found)
    rows = [*explained["capability"], *(one for part in explained["programmes"].values() for one in part)]
    assert [one["id"] for one in rows if not one["source"] or not one["status"]] == []


def test_every_path_of_exemption_has_its_own_outcome(found: dict[str, Any]) -> None:
    outcomes = {one["id"]: one["parent"] for one in explain_clauses(found)["programmes"]["innovative-sme"]}
    assert (outcomes["score"], outcomes["direct"], outcomes["D2"]) == ("routes", "routes", "direct")


def test_a_rulebook_can_be_described_without_a_firm() -> None:
    rows = describe_rulebook(load_library().get("tech-sme/2017"), "zh")
    assert next(one for one in rows if one["id"] == "base-staff")["test"] == "从业人员期末人数 ≤ 500 人"


def test_tiers_are_described_lowest_first() -> None:
    tiers = describe_tiers(load_library().get("ip-capability/2026"))
    assert [tier["code"] for tier in tiers] == ["starter", "growth", "advantage", "leading"]
    assert tiers[0]["threshold"] is None


def test_the_trace_is_one_long_table_that_adds_up() -> None:
    facts = [{"class1_ip": 3.0}, {"class1_ip": 0.0, "class1_ip_high_value": 1.0}]
    trace = evaluate(load_library().get("innovative-sme/2022"), Frame(facts, on=date(2026, 5, 1))).trace
    parts = trace[trace["parent"] == "score"].groupby("subject")[["points_lo", "points_hi"]].sum()
    whole = trace[trace["clause"] == "score"].set_index("subject")[["points_lo", "points_hi"]]
    assert parts.to_numpy().tolist() == whole.to_numpy().tolist()
    assert trace["subject"].is_monotonic_increasing


def test_a_size_table_has_a_trace_without_lines() -> None:
    empty, full = (
        evaluate(load_library().get(key), Frame([{}], on=date(2026, 5, 1))).trace
        for key in ("size-class/2017", "hnte/2016")
    )
    assert (len(empty), list(empty.columns)) == (0, list(full.columns))


@pytest.mark.parametrize(("value", "zh", "en"), [(True, "是", "yes"), (False, "否", "no"), (None, "未知", "unknown")])
def test_a_yes_or_no_is_said_in_words(value: bool | None, zh: str, en: str) -> None:
    (result,) = assess([{"id": "a", "own_brand": value}], on=date(2026, 5, 1), kind="renewal")
    said = {lang: row(result, "ZJ-6c", lang, "srdi-sme")["value"] for lang in ("zh", "en")}
    assert said["zh"].endswith(f" {zh}")
    assert said["en"].lower().endswith(f" {en}")


def test_the_command_prints_one_firm_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(ROW) + "\n" + json.dumps({"id": "b"}) + "\n", "utf-8")
    assert main(["explain", str(path), "--id", "a", "--on", "2026-05-01"]) == 0
    out = capsys.readouterr().out
    assert "■ a" in out
    assert "■ b" not in out
    assert "= 5%" in out


def test_the_command_says_when_there_is_no_such_firm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "b"}\n', "utf-8")
    assert main(["explain", str(path), "--id", "a"]) == 1
    assert "没有id为a的企业" in capsys.readouterr().err
