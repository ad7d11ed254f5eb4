"""The steps of a round as an officer takes them in the browser."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.contracts.source import ROOT
from tests.e2e.desks import shoot
from tests.e2e.looks import settle

WORKBOOK = ROOT / "demo" / "round-2026.xlsx"
LONG = 90_000


def start_round(page: Page, name: str, *, on: str = "2026-03-31") -> str:
    """Fill in the form of a new round and confirm it: the address of the round."""
    page.goto("/rounds")
    page.get_by_role("link", name="新建批次").click()
    page.get_by_label("批次名称").fill(name)
    page.get_by_label("评价日期").fill(on)
    settle(page)
    shoot(page, "step-1-new-round")
    page.get_by_role("button", name="建立批次并固定规则书").click()
    page.wait_for_url(re.compile(r"/rounds/\d+$"))
    settle(page)
    return page.url


def upload(page: Page, file: Path = WORKBOOK) -> None:
    page.locator("input[type=file]").set_input_files(file)


def press(page: Page, label: str) -> None:
    """The button, and the question that it may ask back."""
    page.get_by_role("button", name=label, exact=True).first.click()
    dialog = page.get_by_role("dialog")
    if dialog.count():
        dialog.get_by_role("button", name=label, exact=True).click()


def await_job(page: Page, *, name: str) -> None:
    expect(page.locator("[data-job-state]")).to_be_visible()
    shoot(page, f"job-{name}")
    expect(page.locator("[data-job-state=done]")).to_be_visible(timeout=LONG)
    settle(page)


def go_to(page: Page, round_: str, tab: str) -> None:
    """Straight to a tab of the round, wherever the page is now."""
    page.goto(round_)
    link = page.get_by_label("批次内容").get_by_role("link", name=tab, exact=True)
    link.click()
    expect(link).to_have_attribute("aria-current", "page")
    settle(page)


def figure(page: Page, label: str) -> Locator:
    """The tile of this name on the round's overview."""
    return page.locator("ul.figures a").filter(has_text=label)


def number_in(text: str) -> int:
    found = re.search(r"[\d,]+", text)
    assert found, text
    return int(found[0].replace(",", ""))


def listed(page: Page) -> int:
    """How many lines the list has, all pages together."""
    return number_in(page.get_by_label("翻页").inner_text())
