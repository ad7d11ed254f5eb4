"""Rules for anybody, a score tried without an account, and a firm's what-if (U07, E10–E12, E14, E15)."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desks import NARROW, Desks, shoot
from tests.e2e.looks import look_at, settle

RULES = "/rules?on=2026-05-01"


@pytest.fixture
def anybody(desks: Desks) -> Page:
    return desks.open()


@pytest.fixture
def what_if(desks: Desks, holdings: dict[str, str]) -> Page:
    page = desks.open("company")
    page.goto(f"/assessments/{holdings['firm']}/what-if")
    expect(page.get_by_role("heading", name="改哪些数据")).to_be_visible()
    expect(page.get_by_role("heading", name="能力得分")).to_be_visible()
    return page


def certain(page: Page) -> float:
    """The points that are certain, as the score card shows them."""
    return float(page.locator(".hero .big").inner_text())


def test_new_and_renewal_stand_side_by_side(anybody: Page) -> None:
    """E14."""
    anybody.goto(RULES)
    answers = anybody.locator(".answer")
    expect(answers.nth(0)).to_contain_text("认定标准（2026）")
    expect(answers.nth(1)).to_contain_text("复核仍按2022年办法")
    expect(anybody.get_by_text("新申报和复核适用不同的规则书，这是正常的。")).to_be_visible()


def test_the_day_decides(anybody: Page) -> None:
    anybody.goto(RULES)
    anybody.get_by_label("申报日期").fill("2026-03-31")
    expect(anybody.locator(".answer").nth(0)).to_contain_text("认定标准（2022）")
    expect(anybody).to_have_url(re.compile("on=2026-03-31"))


def test_a_rulebook_is_read_from_the_list(anybody: Page) -> None:
    anybody.goto("/rules")
    anybody.locator("#scheme-ip-capability").get_by_role("link").click()
    expect(anybody.get_by_role("heading", level=1)).to_have_text("企业知识产权能力评分表（2026年版）")
    first = anybody.locator("#rule-CR-1")
    expect(first).to_contain_text("有效发明专利数 ≥ 20 件")
    expect(first).to_contain_text("平台标定")
    expect(anybody.locator("#chapter-tiers")).to_contain_text("80 分起")


def test_a_slot_that_awaits_the_office_is_drawn_as_such(anybody: Page) -> None:
    anybody.goto("/rules/pledge-whitelist/2025")
    expect(anybody.locator("#rule-entry").get_by_text("待省局确认", exact=True).first).to_be_visible()


def test_a_score_is_tried_without_an_account(anybody: Page) -> None:
    anybody.goto("/try")
    expect(anybody.locator(".hero .big")).to_have_text("0.0")
    anybody.get_by_role("tab", name="知识产权保护").click()
    anybody.get_by_text("持续监测").click()
    expect(anybody.locator(".hero .big")).to_have_text("7.0")
    anybody.get_by_role("tab", name="知识产权创造").click()
    anybody.get_by_label("累计海外专利申请数(含PCT)", exact=True).fill("0")
    expect(anybody.locator(".hero")).to_contain_text("102.0")


def test_a_value_that_can_not_be_is_told_beside_its_field(anybody: Page) -> None:
    anybody.goto("/try")
    anybody.get_by_label("从业人员期末人数", exact=True).fill("很多")
    expect(anybody.get_by_role("alert").filter(has_text="应为数字，得到“很多”")).to_be_visible()


def test_what_is_missing_leads_to_its_question(anybody: Page) -> None:
    anybody.goto("/try")
    anybody.locator("#programme-gold-seed > summary").click()
    anybody.locator("#programme-gold-seed").get_by_role("button", name="省级上市后备金种子企业").click()
    expect(anybody.get_by_role("group", name="省级上市后备金种子企业")).to_be_visible()
    anybody.get_by_role("group", name="省级上市后备金种子企业").get_by_text("是", exact=True).click()
    expect(anybody.locator("#programme-gold-seed > summary")).to_contain_text("符合")


def test_answers_leave_as_a_file_and_come_back_and_nothing_stays(anybody: Page, tmp_path: Path) -> None:
    anybody.goto("/try")
    anybody.get_by_label("从业人员期末人数", exact=True).fill("120")
    with anybody.expect_download() as download:
        anybody.get_by_role("button", name="下载我的回答").click()
    saved = tmp_path / "answers.json"
    download.value.save_as(saved)
    assert json.loads(saved.read_text())["facts"] == {"employees": 120}
    anybody.reload()
    expect(anybody.get_by_label("从业人员期末人数", exact=True)).to_have_value("")
    anybody.locator("input[type=file]").set_input_files(saved)
    expect(anybody.get_by_label("从业人员期末人数", exact=True)).to_have_value("120")
    assert anybody.evaluate("sessionStorage.length") == 0


def test_the_moves_reach_the_tier_when_applied(what_if: Page) -> None:
    """E11: whichever path is pressed, the score card shows what the path promised."""
    paths = what_if.locator("li.path")
    expect(paths.first).to_be_visible()
    for index in range(paths.count()):
        path = paths.nth(index)
        promised = re.search(r"做到后 ([\d.]+).*“(.+)”", path.inner_text())
        assert promised
        path.get_by_role("button").click()
        expect(path.get_by_role("button", name="已套用")).to_be_visible()
        expect(what_if.locator(".hero .big")).to_have_text(promised[1])
        expect(what_if.locator(".hero .tier")).to_have_text(promised[2])


def test_a_slider_moves_the_score_and_reset_puts_it_back(what_if: Page) -> None:
    """E10."""
    before = certain(what_if)
    what_if.locator("summary").filter(has_text="保护").first.click()
    what_if.locator("fieldset").filter(has_text="侵权监测").get_by_text("无", exact=True).click()
    what_if.locator("fieldset").filter(has_text="商业秘密保护制度").get_by_text("无", exact=True).click()
    expect(what_if.get_by_role("heading", name="已改的数据（2）")).to_be_visible()
    expect(what_if.locator(".hero .big")).not_to_have_text(f"{before:.1f}")
    assert certain(what_if) < before
    what_if.get_by_role("button", name="全部改回").click()
    expect(what_if.locator(".hero .big")).to_have_text(f"{before:.1f}")


def test_a_slider_goes_by_keyboard(what_if: Page) -> None:
    slider = what_if.get_by_role("slider").first
    own = slider.input_value()
    slider.focus()
    what_if.keyboard.press("End")
    expect(slider).not_to_have_value(own)
    expect(what_if.get_by_role("heading", name="已改的数据（1）")).to_be_visible()


def test_a_scenario_is_kept_when_asked_and_thrown_away(what_if: Page) -> None:
    what_if.locator("li.path").first.get_by_role("button").click()
    what_if.get_by_label("方案名称").fill("明年的打算")
    what_if.get_by_role("button", name=re.compile("^保存这")).click()
    load = what_if.get_by_role("button", name="载入方案：明年的打算")
    expect(load).to_be_visible()
    what_if.get_by_role("button", name="全部改回").click()
    load.click()
    expect(what_if.locator("li.path").first.get_by_role("button", name="已套用")).to_be_visible()
    what_if.get_by_role("button", name="删除方案：明年的打算").click()
    expect(load).to_have_count(0)


def test_another_firms_what_if_is_not_found(desks: Desks, holdings: dict[str, str]) -> None:
    page = desks.open("company")
    page.goto(f"/assessments/{holdings['other']}/what-if")
    expect(page.get_by_role("heading", name="没有找到这一页")).to_be_visible()


@pytest.mark.parametrize("address", [RULES, "/rules/ip-capability/2026", "/rules/size-class/2017", "/try"])
@pytest.mark.parametrize("width", [NARROW, 1280])
def test_open_pages_fit_and_axe_is_content(desks: Desks, address: str, width: int) -> None:
    page = desks.open(width=width)
    page.goto(address)
    settle(page)
    expect_sound(page, re.sub(r"\W+", "-", address.split("?")[0]))


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_the_what_if_page_fits_and_axe_is_content(desks: Desks, holdings: dict[str, str], width: int) -> None:
    page = desks.open("company", width=width)
    page.goto(f"/assessments/{holdings['firm']}/what-if")
    settle(page)
    page.locator("#programme-star-market > summary").click()
    expect(page.locator("#programme-star-market .tree").first).to_be_visible()
    expect_sound(page, "what-if")


def expect_sound(page: Page, name: str) -> None:
    shoot(page, f"public-{name}")
    look = look_at(page, said=[])
    assert (look.sticks_out, look.axe, look.english) == ([], [], [])
