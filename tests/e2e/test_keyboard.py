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
# In sight, and nothing that sticks to the edge of the window lies over it.
IS_COVERED = """() => {
  const el = document.activeElement
  const shown = el.matches('.sr-only') ? (el.closest('label') ?? el) : el
  const { left, top, width, height } = shown.getBoundingClientRect()
  const at = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20))
  const isLabelled = [...(el.labels ?? [])].some((one) => one.contains(at))
  return el !== document.body && !(at && (shown.contains(at) || at.contains(shown) || isLabelled))
}"""
COMPANY = (
    "/home",
    "/my/result",
    "/my/result?tab=titles",
    "/my/plan",
    "/my/certificate",
    "/assessments/{firm}/what-if",
    "/assessments/{firm}/peers",
    "/assessments/{firm}/years",
    "/filling",
    "/filling/{draft}",
    "/filling/{draft}/check",
    "/filling/{draft}/ledger",
    "/filling/{draft}/evidence",
    "/filling/{draft}/programmes",
    "/filling/{draft}/excel",
    "/team",
    "/account",
    "/join",
)
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


@pytest.mark.parametrize("address", COMPANY)
def test_a_company_walks_its_pages_by_key(desks: Desks, holdings: dict[str, str], address: str) -> None:
    """E34: forth and back the focus is seen, never under a bar, and never caught."""
    page = desks.open("company")
    page.goto(address.format(**holdings))
    settle(page)
    wrong = []
    for key in (*["Tab"] * 40, *["Shift+Tab"] * 20):
        page.keyboard.press(key)
        if not page.evaluate(SHOWS_FOCUS):
            wrong.append(f"unseen: {page.evaluate(NAME)}")
        if page.evaluate(IS_COVERED):
            wrong.append(f"covered: {page.evaluate(NAME)}")
    assert wrong == []
    page.get_by_role("link", name="帮助").last.focus()
    tab_to(page, "body", steps=20)


def test_a_dialog_keeps_the_focus_and_escape_gives_it_back(desks: Desks, holdings: dict[str, str]) -> None:
    page = desks.open("company")
    page.goto(f"/filling/{holdings['draft']}/ledger")
    settle(page)
    opener = page.get_by_role("button", name="添加一项")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('[role=dialog]'))")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_button_that_opens_a_form_hands_the_focus_to_it_and_gets_it_back(desks: Desks) -> None:
    page = desks.open("company")
    page.goto("/account")
    settle(page)
    page.get_by_role("button", name="添加").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("新邮箱")).to_be_focused()
    tab_to(page, "button[type=button]", steps=3)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="添加").first).to_be_focused()


def test_saving_is_said_aloud(desks: Desks, holdings: dict[str, str]) -> None:
    """What the server has confirmed is told to those who do not see the bar."""
    page = desks.open("company")
    page.goto(f"/filling/{holdings['draft']}?section=finance")
    settle(page)
    field = page.locator(".question input.input").first
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("3911.59")
    expect(page.locator("[aria-live=polite]", has_text="已保存")).to_have_count(1)
