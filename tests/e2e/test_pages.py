"""Every page at 1280 and 360 px: it fits, is whole at 200 % text, and axe and the console have nothing to say (§8)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.desks import NARROW, WIDE, Desks, shoot
from tests.e2e.looks import Look, look_at, settle
from tests.e2e.places import PLACES, Place

Looks = dict[str, Look]
WIDTHS = pytest.mark.parametrize("width", [WIDE, NARROW])


@pytest.fixture(scope="module")
def looks(everybody: Desks, holdings: dict[str, str]) -> Callable[[int], Looks]:
    """Each page is opened once at each width; the tests read what was seen."""
    seen: dict[int, Looks] = {}

    def looks_at(width: int) -> Looks:
        if width not in seen:
            places = [place for place in PLACES if width in place.widths]
            pages = {who: everybody.open(who, width=width) for who in {place.who for place in places}}
            seen[width] = {place.name: visit(everybody, pages[place.who], place, holdings) for place in places}
            for page in pages.values():
                page.context.close()
        return seen[width]

    return looks_at


def visit(desks: Desks, page: Page, place: Place, holdings: dict[str, str]) -> Look:
    before = len(desks.complaints[page])
    page.goto(place.address.format(**holdings))
    settle(page)
    shoot(page, place.name)
    return look_at(page, said=desks.complaints[page][before:])


def only_found(looks: Looks, fact: str) -> dict[str, list[str]]:
    """The pages where something was found, with what it was."""
    return {name: found for name, look in looks.items() if (found := getattr(look, fact))}


@WIDTHS
def test_nothing_scrolls_sideways(looks: Callable[[int], Looks], width: int) -> None:
    assert only_found(looks(width), "sticks_out") == {}


@WIDTHS
def test_axe_finds_nothing_serious(looks: Callable[[int], Looks], width: int) -> None:
    assert only_found(looks(width), "axe") == {}


@WIDTHS
def test_text_at_200_percent_is_not_cut(looks: Callable[[int], Looks], width: int) -> None:
    assert only_found(looks(width), "cut_large") == {}


@WIDTHS
def test_text_at_200_percent_does_not_scroll_sideways(looks: Callable[[int], Looks], width: int) -> None:
    """E33, E34: a phone whose owner reads large letters, too."""
    assert only_found(looks(width), "sticks_out_large") == {}


def test_a_screen_reader_finds_its_way(looks: Callable[[int], Looks]) -> None:
    """E34: one heading of the page, levels in order, one main part, every field and table named."""
    assert only_found(looks(WIDE), "outline") == {}


def test_a_chinese_page_speaks_chinese(looks: Callable[[int], Looks]) -> None:
    assert only_found(looks(WIDE), "english") == {}


def test_the_console_has_nothing_to_say(looks: Callable[[int], Looks]) -> None:
    """But where the server refuses an address, which Chromium always notes."""
    refused = {place.name for place in PLACES if place.is_refused}
    assert only_found(looks(WIDE), "said").keys() - refused == set()
