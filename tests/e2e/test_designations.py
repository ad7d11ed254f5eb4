"""A list of titles read, its faults by cell, confirmed; a title revoked with reason; read by office and firm (P16)."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desks import NARROW, WIDE, Desks, shoot
from tests.e2e.looks import look_at, settle
from tests.e2e.places import ask
from tests.factories.designations import list_file

HEAD = ("企业名称", "统一社会信用代码", "认定日期", "有效期至")
YEAR = date.today().year


@pytest.fixture(scope="module")
def firm(everybody: Desks, holdings: dict[str, str]) -> dict[str, str]:
    """The company of the demonstration province."""
    page = everybody.open("company")
    found: dict[str, str] = ask(page, f"assessments/{holdings['firm']}")["enterprise"]
    page.context.close()
    return found


def send(page: Page, path: Path, rows: list[list[str]]) -> None:
    """Upload a list of silver seeds by the dialog; it ends at the page of the list."""
    path.write_bytes(list_file(rows, HEAD))
    page.goto("/designations")
    page.get_by_role("button", name="导入名单").click()
    page.get_by_label("称号或名单", exact=True).last.select_option("silver-seed")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_label("认定单位").fill("湖北省企业上市工作领导小组（演示数据）")
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url(re.compile(r"/designations/lists/\d+"))


def test_faults_stand_at_their_cells_and_bar_confirming(desks: Desks, firm: dict[str, str], tmp_path: Path) -> None:
    page = desks.open("province")
    send(page, tmp_path / "名单.xlsx", [[firm["name"], firm["uscc"], f"{YEAR}-01-01", "昨天"]])
    problems = page.locator("section", has=page.get_by_role("heading", name="需要处理的 1 处"))
    expect(problems.get_by_role("row").last).to_contain_text("D2")
    expect(problems.get_by_role("row").last).to_contain_text("昨天")
    expect(page.get_by_role("button", name="确认导入")).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_text("还有 1 处错误").first).to_be_visible()
    page.get_by_role("button", name="放弃").click()
    expect(page.get_by_role("heading", name="已放弃")).to_be_visible()


def test_a_list_is_confirmed_read_by_city_and_firm_and_a_title_revoked(
    desks: Desks, firm: dict[str, str], holdings: dict[str, str], tmp_path: Path
) -> None:
    page, city, company = desks.open("province"), desks.open("wuhan"), desks.open("company")
    wuhan = ask(city, f"assessments?round={holdings['round']}")["results"][0]
    send(
        page,
        tmp_path / "银种子.xlsx",
        [
            [firm["name"], firm["uscc"], f"{YEAR}-01-01", f"{YEAR + 3}-12-31"],
            [wuhan["name"], wuhan["uscc"], f"{YEAR}-01-01", ""],
            ["查无此企业", "", f"{YEAR}-01-01", ""],
        ],
    )
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        settle(page)
        shoot(page, "designation-list")
        seen = look_at(page, said=[])
        assert (seen.axe, seen.sticks_out) == ([], [])
    page.set_viewport_size({"width": WIDE, "height": 800})
    page.get_by_role("button", name="确认导入").click()
    page.get_by_role("dialog").get_by_role("button", name="确认导入").click()
    page.get_by_role("link", name="查看在册记录").click()
    row = page.get_by_role("row").filter(has_text=firm["name"])
    expect(row).to_contain_text("有效")

    city.goto("/designations?kind=silver-seed")
    expect(city.get_by_role("row").filter(has_text=wuhan["name"])).to_contain_text("上市后备银种子")
    expect(city.get_by_role("row").filter(has_text=firm["name"])).to_have_count(0)
    expect(city.locator("[data-action]")).to_have_count(0)
    company.goto(f"/assessments/{holdings['firm']}?tab=titles")
    expect(company.get_by_role("row").filter(has_text="上市后备银种子")).to_contain_text("有效")

    row.get_by_role("button", name="撤销").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("理由").fill("企业弄虚作假（演示数据）")
    dialog.get_by_label("自哪一天起").fill(date.today().isoformat())
    dialog.get_by_role("button", name="撤销").click()
    expect(row).to_contain_text("已撤销")
    expect(row).to_contain_text("企业弄虚作假")
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        shoot(page, "designations-held")
    company.reload()
    expect(company.get_by_role("row").filter(has_text="上市后备银种子")).to_contain_text("已撤销")


def test_filters_stand_in_the_address(desks: Desks) -> None:
    page = desks.open("province")
    page.goto("/designations")
    page.get_by_label("状态").select_option("in_force")
    page.get_by_label("市州").select_option("420500")
    page.wait_for_url(re.compile(r"standing=in_force.*region=420500|region=420500.*standing=in_force"))
    expect(page.get_by_text("没有符合条件的记录。")).to_be_visible()
    page.get_by_role("button", name="清除筛选").click()
    expect(page).to_have_url(re.compile(r"/designations$"))
