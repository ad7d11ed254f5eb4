"""What goes wrong is told in a sentence that says what happened and what to do; the page stays usable."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desks import Desks, shoot, sign_in
from tests.e2e.looks import settle
from tests.e2e.rounds import LONG, await_job, press, start_round, upload


@pytest.fixture(scope="module")
def drafted(everybody: Desks) -> str:
    """A round without firms: its address."""
    page = everybody.open("province")
    address = start_round(page, "出错走查批次")
    page.context.close()
    return address


@pytest.fixture(scope="module")
def imported(everybody: Desks, drafted: str) -> str:
    page = everybody.open("province")
    page.goto(drafted)
    upload(page)
    await_job(page, name="import")
    page.context.close()
    return drafted


@pytest.fixture
def officer(desks: Desks) -> Page:
    return desks.open("province")


def test_a_wrong_password(desks: Desks) -> None:
    page = desks.open()
    page.goto("/login")
    sign_in(page, "province", "not-the-password")
    expect(page.get_by_role("alert")).to_have_text("用户名或密码不对。请检查大小写后再试。")


def test_a_form_left_empty(desks: Desks) -> None:
    page = desks.open()
    page.goto("/login")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("请填写账号和密码。")


def test_a_round_without_a_name(officer: Page) -> None:
    officer.goto("/rounds/new")
    officer.get_by_role("button", name="建立批次并固定规则书").click()
    expect(officer.get_by_role("alert")).to_have_text("请填写批次名称。")


def test_a_web_page_named_as_a_workbook(officer: Page, drafted: str, tmp_path: Path) -> None:
    """C05: refused at once, saying what the file really is or what to send instead."""
    fake = tmp_path / "汇总表.xlsx"
    fake.write_text("<html><body><table><tr><td>企业名称</td></tr></table></body></html>")
    officer.goto(drafted)
    upload(officer, fake)
    expect(officer.get_by_role("alert")).to_contain_text(re.compile("Excel|xlsx"))
    shoot(officer, "error-fake-workbook")


def test_the_second_of_two_tabs(desks: Desks, officer: Page, imported: str) -> None:
    """C13: what the first tab began, the second is told in words."""
    second = officer.context.new_page()
    for page in (officer, second):
        page.goto(imported)
        settle(page)
    press(officer, "评分入库")
    expect(officer.locator("[data-job-state]")).to_be_visible()
    press(second, "评分入库")
    expect(second.get_by_role("alert")).to_contain_text("评分", timeout=LONG)
    shoot(second, "error-second-tab")


def test_a_dead_network(officer: Page, holdings: dict[str, str]) -> None:
    officer.goto(f"/rounds/{holdings['round']}")
    settle(officer)
    officer.context.set_offline(True)
    officer.get_by_label("批次内容").get_by_role("link", name="问题清单").click()
    expect(officer.get_by_text("连不上服务器。")).to_be_visible()
    shoot(officer, "error-offline")


def test_a_network_that_comes_back(officer: Page, holdings: dict[str, str]) -> None:
    """Trying again leads to where one was going."""
    officer.goto(f"/rounds/{holdings['round']}")
    settle(officer)
    officer.context.set_offline(True)
    officer.get_by_label("批次内容").get_by_role("link", name="问题清单").click()
    again = officer.get_by_role("button", name="再试一次")
    expect(again).to_be_visible()
    officer.context.set_offline(False)
    again.click()
    officer.wait_for_url("**/problems")


def test_an_answer_that_does_not_come(officer: Page, holdings: dict[str, str]) -> None:
    """The page is there, its data is not."""
    officer.goto(f"/rounds/{holdings['round']}/problems")
    settle(officer)
    officer.context.set_offline(True)
    officer.get_by_role("button", name="错误", exact=True).click()
    expect(officer.get_by_role("alert")).to_contain_text("连不上服务器。", timeout=15_000)


def test_an_address_that_is_not_there(desks: Desks) -> None:
    page = desks.open()
    page.goto("/no/such/page")
    expect(page.get_by_role("heading", name="没有找到这一页")).to_be_visible()


def test_a_round_that_is_not_there(officer: Page) -> None:
    officer.goto("/rounds/999999")
    expect(officer.get_by_role("alert")).to_contain_text("没有找到")


def test_a_session_that_ran_out(officer: Page, holdings: dict[str, str]) -> None:
    """One signs in again and is back where one was."""
    officer.goto(f"/rounds/{holdings['round']}")
    settle(officer)
    officer.context.clear_cookies(name="sessionid")
    officer.get_by_label("批次内容").get_by_role("link", name="问题清单").click()
    expect(officer.get_by_text("登录已过期，请重新登录；登录后回到刚才的页面。")).to_be_visible()
