"""One look at a page: what sticks out, what is cut, what axe says, what the console says."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.contracts.source import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
QUESTIONS = ROOT / "tests" / "e2e" / "looks.js"


@dataclass(frozen=True, slots=True)
class Look:
    """Each is a list of what was found; empty is good."""

    sticks_out: list[str]
    axe: list[str]
    english: list[str]
    outline: list[str]
    sticks_out_large: list[str]
    """With text at 200 %, as the next."""
    cut_large: list[str]
    said: list[str]
    """What the console said while the page was opened."""


def settle(page: Page) -> None:
    """Until the page stands: a heading, nothing that is still being read, no card without its content."""
    expect(page.get_by_role("heading").first).to_be_visible()
    expect(page.get_by_text("正在读取……")).to_have_count(0)
    expect(page.locator("section.card > h2:only-child")).to_have_count(0)
    page.evaluate("document.fonts.ready")


def look_at(page: Page, *, said: list[str]) -> Look:
    page.evaluate(AXE.read_text())
    page.evaluate(QUESTIONS.read_text())
    usual = {fact: page.evaluate(f"looks.{fact}()") for fact in ("sticksOut", "axe", "english", "outline")}
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    large = {fact: page.evaluate(f"looks.{fact}()") for fact in ("sticksOut", "cut")}
    return Look(
        sticks_out=usual["sticksOut"],
        axe=usual["axe"],
        english=usual["english"],
        outline=usual["outline"],
        sticks_out_large=large["sticksOut"],
        cut_large=large["cut"],
        said=said,
    )
