"""People at their browsers: each with an own context, signed in once, and what the console said against the pages."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.contracts.source import ROOT
from tests.e2e.site import Site

PASSWORD = re.compile(r"密码均为 (\S+?)）")
SCREENS = ROOT / "test-results" / "screens"
WIDE, NARROW = 1280, 360
PATIENCE = 10_000


def password_of(site: Site) -> str:
    found = PASSWORD.search(site.output)
    assert found
    return found[1]


def sign_in(page: Page, username: str, password: str) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def shoot(page: Page, name: str) -> None:
    """For people to look at; no test reads it."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)


class Desks:
    """`open("province")` is the province officer at a fresh browser; `open()` is anybody."""

    def __init__(self, browser: Browser, site: Site, **options: Any) -> None:
        self.browser = browser
        self.site = site
        self.options = {**options, "base_url": site.url, "accept_downloads": True}
        self.signed_in: dict[str, Any] = {}
        self.complaints: dict[Page, list[str]] = {}

    def open(self, username: str = "", *, width: int = WIDE, **options: Any) -> Page:
        if username and username not in self.signed_in:
            self.signed_in[username] = self._sign_in(username)
        size = {"width": width, "height": 800}
        chosen = {**self.options, "viewport": size, "storage_state": self.signed_in.get(username), **options}
        page = self.browser.new_context(**chosen).new_page()
        page.set_default_timeout(PATIENCE)
        self._listen(page)
        return page

    def complaints_of(self, page: Page) -> list[str]:
        return self.complaints[page]

    def save(self, page: Page, link: str, folder: Path) -> Path:
        """What the link downloads, fetched with this person's session."""
        address = page.get_by_role("link", name=link).first.get_attribute("href")
        assert address
        answer = page.request.get(address)
        assert answer.ok, f"{address}: {answer.status}"
        path = folder / f"{re.sub(r'[^0-9a-z]+', '-', address)}.pdf"
        path.write_bytes(answer.body())
        return path

    def _sign_in(self, username: str) -> Any:
        page = self.open()
        page.goto("/login")
        sign_in(page, username, password_of(self.site))
        page.wait_for_url("**/home")
        state = page.context.storage_state()
        page.context.close()
        return state

    def _listen(self, page: Page) -> None:
        said = self.complaints[page] = []

        def hear(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                said.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

        page.on("console", hear)
        page.on("pageerror", lambda error: said.append(f"uncaught: {error}"))
