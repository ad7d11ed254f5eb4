"""Where a company stands: on its first page, among its peers, over the years (E24, E27, E28, E36)."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desks import Desks
from tests.e2e.looks import settle
from tests.e2e.places import ask


@pytest.fixture
def company(desks: Desks) -> Page:
    return desks.open("company")


def test_the_first_page_says_what_to_do_and_by_when(company: Page) -> None:
    """In hand: the open round, with the days that are left by the server's clock, leading into the form."""
    company.goto("/home")
    card = company.locator(".due-card").first
    expect(card.get_by_role("heading", name="现在要做的")).to_be_visible()
    expect(card.get_by_text(re.compile(r"还剩 \d+ (个工作日（\d+ 天）|天|小时)"))).to_be_visible()
    expect(card.get_by_text(re.compile("预计 .* 以前公布结果"))).to_be_visible()
    card.get_by_role("link", name=re.compile("继续填报|检查|再看一遍")).first.click()
    expect(company).to_have_url(re.compile("/filling"))


def test_peers_show_a_group_and_never_a_small_one(company: Page, holdings: dict[str, str]) -> None:
    """The figures on the screen are those of the API, and no group that is too small tells how small."""
    told = ask(company, f"assessments/{holdings['firm']}/peers")
    company.goto(f"/assessments/{holdings['firm']}/peers")
    settle(company)
    expect(
        company.get_by_text(f"高于同组 {told['peers']['firms']} 家中的 {told['peers']['score']['below']} 家")
    ).to_be_visible()
    small = [step for step in told["tried"] if step["standing"] == "too_small"]
    expect(company.get_by_text(f"不足 {told['smallest']} 家，不显示")).to_have_count(len(small))
    company.get_by_role("link", name="贵公司每一分的来历").click()
    expect(company.get_by_role("tab", name="能力评分逐项")).to_have_attribute("aria-selected", "true")


def test_years_are_cut_where_the_rules_changed(company: Page, holdings: dict[str, str]) -> None:
    """The year before had no scorecard: it has no score of its own, and its data is read by this year's rules."""
    first, last, *_ = ask(company, f"assessments/{holdings['firm']}/years")["years"]
    company.goto(f"/assessments/{holdings['firm']}/years")
    settle(company)
    expect(company.get_by_text("规则有变").first).to_be_visible()
    expect(company.get_by_role("heading", name=f"{first['year']}年到{last['year']}年，规则变了什么")).to_be_visible()
    row = company.get_by_role("row").filter(has=company.get_by_role("link", name=first["round"]))
    expect(row).to_contain_text("当年没有能力评分")
    low, high = first["by_latest_rules"]["score"]
    expect(row).to_contain_text(f"{low:.1f}–{high:.1f}")


def test_everything_can_be_taken_away(company: Page, tmp_path: Path) -> None:
    """Packed by a job; the page may be left meanwhile (E36)."""
    company.goto("/home")
    company.get_by_role("button", name="打包全部资料").click()
    company.goto("/filling")
    expect(company.get_by_role("link", name="下载全部资料")).to_be_visible(timeout=60_000)
    with company.expect_download() as found:
        company.get_by_role("link", name="下载全部资料").click()
    file = tmp_path / found.value.suggested_filename
    found.value.save_as(file)
    assert {"目录.html", "说明.txt", "企业/企业信息.json"} <= set(zipfile.ZipFile(file).namelist())


def test_a_change_is_tried_on_the_draft_and_put_into_it_when_asked(company: Page, holdings: dict[str, str]) -> None:
    """E10: nothing is stored until the firm asks; then it is marked and waits to be confirmed."""
    company.goto("/my/what-if")
    company.get_by_role("link", name="开始模拟").first.click()
    expect(company).to_have_url(re.compile(f"/assessments/{holdings['draft']}/what-if"))
    company.get_by_text("运用", exact=True).first.click()
    field = company.locator("#lever-revenue")
    field.fill("54321")
    company.get_by_role("button", name="把这 1 项写入草稿").click()
    company.get_by_text("已写入 1 项").wait_for()
    told = ask(company, f"assessments/{holdings['draft']}/checklist")
    assert [one["code"] for one in told["items"] if "模拟测算" in one["text"]] == ["revenue"]
