"""The keyboard alone is enough, and one always sees where one is (§8)."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desks import Desks, password_of
from tests.e2e.looks import settle
from tests.e2e.site import Site

# A date field is several parts, of which the browser itself marks the one in focus.
SHOWS_FOCUS = """() => {
  const el = document.activeElement
  if (el === document.body || el.type === 'date') return true
  const shown = el.matches('.sr-only') ? (el.closest('label') ?? el) : el
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(shown)
  return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
}"""
NAME = "document.activeElement.innerText || document.activeElement.name || document.activeElement.tagName"


@pytest.fixture
def officer(desks: Desks) -> Page:
    return desks.open("province")


def tab_to(page: Page, is_there: str, *, steps: int = 60) -> None:
    """Press Tab until the focused element matches."""
    for _ in range(steps):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({is_there!r})"):
            return
    raise AssertionError(f"{steps} Tabs did not reach {is_there}")


def test_signing_in(desks: Desks, site: Site) -> None:
    page = desks.open()
    page.goto("/login")
    tab_to(page, "#username")
    page.keyboard.type("province")
    tab_to(page, "#password", steps=1)
    page.keyboard.type(password_of(site))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("周知远")


def test_opening_a_round(officer: Page, holdings: dict[str, str]) -> None:
    officer.goto("/rounds")
    settle(officer)
    tab_to(officer, f"a[href='/rounds/{holdings['round']}']")
    officer.keyboard.press("Enter")
    expect(officer.get_by_label("批次进度")).to_be_visible()


def test_the_upload_can_be_reached(officer: Page) -> None:
    officer.goto("/check")
    settle(officer)
    tab_to(officer, "input[type=file]")


def test_the_skip_link_leads_to_the_text(officer: Page) -> None:
    officer.goto("/rounds")
    settle(officer)
    officer.keyboard.press("Tab")
    officer.keyboard.press("Enter")
    assert officer.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("address", ["/login", "/check", "/rounds/new", "/rounds/{round}", "/rounds/{round}/firms"])
def test_the_focus_is_always_seen(desks: Desks, holdings: dict[str, str], address: str) -> None:
    page = desks.open("" if address == "/login" else "province")
    page.goto(address.format(**holdings))
    settle(page)
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        if not page.evaluate(SHOWS_FOCUS):
            unseen.append(page.evaluate(NAME))
    assert unseen == []
