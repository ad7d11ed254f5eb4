"""What `make run` promises: the accounts it prints work, and the next start finds everything as it was."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from cultivation.accounts.states import ROLES
from tests.e2e.site import Site

PASSWORD = re.compile(r"密码均为 (\S+?)）")
ACCOUNT = re.compile(r"^  (\S+)\s+(\S+) · ", re.MULTILINE)


def password_of(site: Site) -> str:
    found = PASSWORD.search(site.output)
    assert found
    return found[1]


def ask_as(playwright: Playwright, site: Site, username: str, path: str) -> Any:
    """What the API answers to this person."""
    client = playwright.request.new_context(base_url=site.url)
    client.get("/login")
    token = next(cookie["value"] for cookie in client.storage_state()["cookies"] if cookie["name"] == "csrftoken")
    answer = client.post(
        "/_allauth/browser/v1/auth/login",
        data={"username": username, "password": password_of(site)},
        headers={"X-CSRFToken": token},
    )
    assert answer.status == 200, answer.text()
    found = client.get(path).json()
    client.dispose()
    return found


def test_every_printed_account_signs_in_with_its_role(playwright: Playwright, site: Site) -> None:
    printed = dict(ACCOUNT.findall(site.output))
    answers = {name: ask_as(playwright, site, name, "/api/v1/me") for name in printed}
    assert {name: answer["role_label"] for name, answer in answers.items()} == printed
    assert {answer["role"] for answer in answers.values()} == set(ROLES)


def test_the_next_start_finds_everything_as_it_was(playwright: Playwright, site: Site, tmp_path: Path) -> None:
    before = ask_as(playwright, site, "province", "/api/v1/home")
    again = site.copy(tmp_path / "again")
    try:
        again.wait()
        assert ask_as(playwright, again, "province", "/api/v1/home") == before
    finally:
        again.stop()


@pytest.mark.parametrize("width", [1280, 360])
def test_an_officer_signs_in_by_hand(page: Page, site: Site, width: int) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/login")
    page.locator("input").first.fill("province")
    page.locator("input[type=password]").fill(password_of(site))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("周知远")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
