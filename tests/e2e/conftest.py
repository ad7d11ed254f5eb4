"""Browser tests walk the real site in the system's Chromium."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.desks import Desks
from tests.e2e.places import find_holdings
from tests.e2e.site import Site

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/e2e/" in item.path.as_posix():
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    return {**browser_type_launch_args, "executable_path": chromium, "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """With the demonstration province, loaded once for all browser tests."""
    started = Site(tmp_path_factory.mktemp("site"), demonstration=True)
    try:
        started.wait()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    """So that `page.goto("/login")` means the site under test."""
    return site.url


@pytest.fixture(scope="session")
def everybody(browser: Browser, site: Site, browser_context_args: dict[str, Any]) -> Desks:
    """For fixtures that last longer than one test."""
    return Desks(browser, site, **browser_context_args)


@pytest.fixture
def desks(everybody: Desks) -> Iterator[Desks]:
    """Browsers that are closed after the test."""
    before = set(everybody.browser.contexts)
    yield everybody
    for context in set(everybody.browser.contexts) - before:
        context.close()


@pytest.fixture(scope="session")
def holdings(everybody: Desks) -> dict[str, str]:
    """What the demonstration province holds, by the names that addresses use."""
    pages = everybody.open("province"), everybody.open("company")
    found = find_holdings(*pages)
    for page in pages:
        page.context.close()
    return found
