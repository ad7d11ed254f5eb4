"""退回补正 in the browser: on a phone every note is answered and handed in again; the office sees what became of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.contracts.source import ROOT
from tests.e2e.desks import NARROW, Desks, shoot
from tests.e2e.looks import look_at, settle
from tests.e2e.places import ask
from tests.e2e.test_filling import until

PHOTO = ROOT / "demo" / "certificate-photo.jpg"
PATIENCE = 30_000
REPLY = "新产品去年投产，增长属实，审计报告见所附照片。"


@pytest.fixture
def phone(desks: Desks) -> Page:
    return desks.open("factory", width=NARROW, has_touch=True)


def note(page: Page, code: str) -> Locator:
    return page.locator(f"[data-note={code}]")


def notes(page: Page, case: str) -> dict[str, Any]:
    return {one["code"]: one for one in ask(page, f"assessments/{case}/returns")[0]["notes"]}


def test_what_was_not_sent_back_is_locked(desks: Desks, holdings: dict[str, str]) -> None:
    """E23: neither value nor file nor a ready answer can be set, and the page says why."""
    page = desks.open("factory")
    page.goto(f"/filling/{holdings['returned']}?section=finance")
    card = page.locator("#field-total_assets")
    expect(card).to_contain_text("没有退回")
    expect(card.locator("input").first).to_be_disabled()
    assert card.get_by_role("button").count() == 0
    expect(page.locator("#input-revenue")).to_be_enabled()


def test_the_phone_answers_every_note_and_hands_in_again(desks: Desks, phone: Page, holdings: dict[str, str]) -> None:
    """E23, E33, E34: the notes come first, the rest is locked; a word, a photograph and a correction answer them."""
    case = holdings["returned"]
    phone.goto("/home")
    phone.get_by_role("link", name="去补正").first.click()
    expect(note(phone, "revenue")).to_be_visible()
    settle(phone)
    shoot(phone, "returned-on-a-phone")
    assert phone.evaluate("document.documentElement.scrollWidth") <= NARROW

    phone.locator("#reply-revenue").fill(REPLY)
    until(lambda: notes(phone, case)["revenue"]["reply"] == REPLY)
    expect(note(phone, "revenue")).to_contain_text("已答复")
    phone.reload()
    expect(phone.locator("#reply-revenue")).to_have_value(REPLY)

    phone.locator("input[name=evidence-ip_strategy]").first.set_input_files(str(PHOTO))
    expect(note(phone, "ip_strategy")).to_contain_text("已答复", timeout=PATIENCE)

    phone.get_by_role("link", name="打开台账修改").click()
    phone.get_by_role("button", name="确认无误").first.click()
    expect(phone.get_by_role("button", name="确认无误")).to_have_count(0)
    assert not notes(phone, case)["ledger"]["is_answered"], "to confirm what stands there corrects nothing"
    phone.goto(f"/filling/{case}")
    phone.locator("#reply-ledger").fill("已逐件核对，法律状态与登记簿一致。")
    until(lambda: notes(phone, case)["ledger"]["is_answered"])

    phone.goto(f"/filling/{case}/check")
    phone.get_by_label("我已阅读并代表本企业作出以上承诺").check()
    phone.get_by_label("签署人姓名").fill("黄文静")
    phone.get_by_role("button", name="签署并提交").click()
    expect(phone.get_by_text("第 2 次提交")).to_be_visible(timeout=PATIENCE)
    settle(phone)
    shoot(phone, "handed-in-again")
    told = notes(phone, case)
    assert (told["revenue"]["is_changed"], told["ip_strategy"]["is_changed"], told["ledger"]["is_changed"]) == (
        False, True, False,
    )  # fmt: skip
    found = look_at(phone, said=desks.complaints_of(phone))
    assert (found.sticks_out, found.axe, found.english, found.said) == ([], [], [], [])


def test_an_officer_sends_facts_back_and_the_firm_finds_them(desks: Desks, holdings: dict[str, str]) -> None:
    """E23, C06: what is being written outlives a reload; the firm's first page leads to it."""
    page = desks.open("province")
    case = holdings["sent"]
    page.goto("/home")
    expect(page.get_by_text("家企业已提交，等待审核")).to_be_visible()
    page.goto(f"/assessments/{case}/review")
    for code in ("employees", "ledger"):
        page.locator(f"[data-fact={code}]").get_by_role("button").first.click()
        expect(page.locator(f"[data-note={code}]")).to_be_visible()
        page.locator(f"#note-reason-{code}").select_option("proof_missing")
    page.locator("#note-text-ledger").fill("贵公司的知识产权台账缺少三件专利的登记簿副本，请补充。")
    day = (timezone.localdate() + timedelta(days=14)).isoformat()
    page.locator("#return-until").fill(day)
    page.reload()
    expect(page.locator("#note-text-ledger")).to_have_value(re.compile("登记簿副本"))
    shoot(page, "review-with-a-return")
    page.locator("[data-action=send_back]").click()
    page.get_by_role("dialog").get_by_role("button", name="退回补正").click()
    expect(page.locator("[data-return='1']")).to_be_visible(timeout=PATIENCE)
    settle(page)
    shoot(page, "review-sent-back")

    firm = desks.open("laboratory", width=NARROW)
    firm.goto("/home")
    firm.get_by_role("link", name="去补正").first.click()
    expect(note(firm, "employees")).to_contain_text("贵公司")
    assert notes(firm, case)["ledger"]["text"].startswith("贵公司的知识产权台账缺少三件")
