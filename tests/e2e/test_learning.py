"""What was learned from the simulated panel, as people use it: its card, a disagreement settled, scores brought in, the
watch, and old results made again (P06, P07, P24)."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.desks import Desks
from tests.e2e.places import ask
from tests.e2e.rounds import LONG

SIMULATED = "模拟专家组"


@pytest.fixture
def officer(desks: Desks) -> Page:
    return desks.open("province")


def test_the_card_says_what_it_was_learned_from_and_how_well(officer: Page, holdings: dict[str, str]) -> None:
    address = f"/learning/scorecards/{holdings['scorecard']}"
    card = ask(officer, f"learned-scorecards/{holdings['scorecard']}")["card"]
    officer.goto(address)
    expect(officer.get_by_role("note")).to_contain_text(SIMULATED)
    expect(officer.get_by_text(card["data"]["fingerprint"])).to_be_visible()
    for side in ("expert", "learned"):
        shown = officer.locator(f"tr[data-side={side}] [data-measure=kappa]")
        expect(shown).to_have_text(f"{card['agreement'][side]['kappa']:.3f}")
    expect(officer.get_by_text("略偏乐观")).to_be_visible()
    charts = officer.locator("figure:has(table)")
    expect(charts).to_have_count(len(card["features"]))
    expect(charts.first.get_by_role("row", name="未知（未填）")).to_be_visible()
    link = officer.get_by_role("link", name="下载模型卡（JSON）").get_attribute("href")
    assert officer.request.get(link or "").json() == card


def test_a_simulated_panel_is_named_wherever_its_model_is_shown(officer: Page, holdings: dict[str, str]) -> None:
    for address in ("/learning", "/learning/advice", f"/learning/scorecards/{holdings['scorecard']}"):
        officer.goto(address)
        expect(officer.locator("main [data-origin=simulated]").first).to_have_text(SIMULATED)


def test_a_disagreement_is_settled_with_a_reason_and_nobodys_tier_moves(
    officer: Page, holdings: dict[str, str]
) -> None:
    """P06."""
    officer.goto("/learning/advice")
    first = officer.locator("[data-advice]").first
    number = first.get_attribute("data-advice")
    firm = next(row for row in ask(officer, "advice?state=open")["results"] if str(row["id"]) == number)
    before = ask(officer, f"assessments/{firm['assessment']}")
    expect(first.locator("li").first).to_contain_text(firm["causes"][0]["title"])
    first.get_by_role("button", name="维持评分表等级").click()
    dialog = officer.get_by_role("dialog")
    dialog.get_by_role("button", name="维持评分表等级").click()
    expect(dialog.get_by_role("alert")).to_contain_text("理由")
    dialog.get_by_label("理由").fill("专利产品收入以审计报告为准")
    dialog.get_by_role("button", name="维持评分表等级").click()
    expect(officer.locator(f"[data-advice='{number}']")).to_have_count(0)
    officer.get_by_role("button", name="已办结").click()
    expect(officer.locator(f"[data-advice='{number}']")).to_contain_text("专利产品收入以审计报告为准")
    assert ask(officer, f"assessments/{firm['assessment']}") == before


def filled_sheet(blank: bytes, score: Any, path: Path) -> Path:
    """The empty sheet with one reviewer's score for its first firm."""
    book = openpyxl.load_workbook(BytesIO(blank))
    book.active["C2"], book.active["D2"] = "浏览器专家", score
    book.save(path)
    return path


@pytest.fixture
def panel(officer: Page, holdings: dict[str, str]) -> Page:
    officer.goto(f"/learning/panels/{holdings['round']}")
    return officer


def preview_of(page: Page, file: Path) -> Locator:
    page.locator("input[type=file]").set_input_files(file)
    return page.locator("[data-preview]")


def test_scores_are_previewed_and_taken_only_when_confirmed(
    panel: Page, holdings: dict[str, str], tmp_path: Path
) -> None:
    scores = f"rounds/{holdings['round']}/panel-scores?reviewer=浏览器专家"
    link = panel.get_by_role("link", name="下载空白表").get_attribute("href")
    blank = panel.request.get(link or "").body()
    panel.get_by_role("radio", name=SIMULATED).check()
    wrong = preview_of(panel, filled_sheet(blank, "很高", tmp_path / "wrong.xlsx"))
    expect(wrong).to_contain_text("D2")
    expect(wrong).to_contain_text("得分应是一个数字")
    expect(panel.get_by_role("button", name=re.compile("确认导入"))).to_have_count(0)
    panel.get_by_role("button", name="换一个文件").click()
    right = preview_of(panel, filled_sheet(blank, 66.5, tmp_path / "right.xlsx"))
    expect(right.get_by_role("row", name="浏览器专家")).to_contain_text("66.5")
    assert ask(panel, scores)["count"] == 0
    panel.get_by_role("button", name="确认导入 1 个评分").click()
    expect(panel.get_by_text("已导入 1 个评分。")).to_be_visible()
    assert [row["score"] for row in ask(panel, scores)["results"]] == [66.5]


def test_a_training_goes_on_while_one_is_away(officer: Page, holdings: dict[str, str]) -> None:
    officer.goto("/learning")
    before = ask(officer, "trainings")["count"]
    officer.locator("[data-train=simulated]").get_by_role("button", name="开始训练").click()
    expect(officer.locator("[data-job-state]")).to_be_visible()
    officer.reload()
    expect(officer.locator("[data-outcome]")).to_have_count(before + 1, timeout=LONG)
    expect(officer.locator("[data-outcome]").first).to_have_attribute("data-outcome", "learned", timeout=LONG)
    expect(officer.locator("[data-train=panel]").get_by_role("button")).to_have_attribute("aria-disabled", "true")


def test_every_number_of_the_watch_opens_its_firms(officer: Page, holdings: dict[str, str]) -> None:
    """P24."""
    officer.goto(f"/watch/{holdings['panel']}")
    watch = ask(officer, f"rounds/{holdings['panel']}/watch")
    assert watch["jumps"] > 0
    assert watch["copies"] > 0
    assert any(one["stands_out"] for one in watch["reviewers"])
    city = next(one for one in watch["cities"] if one["bounds"] is None)
    row = officer.locator("#cities li").filter(has_text=city["name"])
    expect(row).to_contain_text("企业太少，不作判断")
    row.get_by_role("link").click()
    expect(officer.locator("#firms tbody tr")).to_have_count(city["size"])
    expect(officer.locator("#jump > ul > li")).to_have_count(watch["jumps"])
    expect(officer.locator("#copy > ul > li")).to_have_count(watch["copies"])


def test_old_results_are_made_again_and_agree(officer: Page) -> None:
    """P07."""
    officer.goto("/verifications")
    officer.get_by_role("button", name="开始复算").click()
    result = officer.locator("[data-result]")
    expect(result).to_contain_text("没有不一致的结果", timeout=LONG)
    expect(result.locator("[data-figure=differed] dd")).to_have_text("0")
    run = ask(officer, "verifications")["results"][0]
    assert run["results"] == run["agreed"] + run["waiting"] > 0
