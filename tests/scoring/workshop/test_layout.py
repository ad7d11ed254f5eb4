"""Two versions side by side: what is new, gone or changed is marked (P02)."""

from typing import Any

import pytest

from scoring.workshop.edits import Edit, apply_edits
from scoring.workshop.layout import lay_out
from tests.scoring.workshop.documents import CAPABILITY, KEYS, Document, shipped

Plain = dict[str, Any]


def after(*edits: Edit) -> Document:
    return apply_edits(CAPABILITY, edits)[0]


def beside(document: Document, **options: Any) -> dict[str, Plain]:
    return {section["node"]: section for section in lay_out(document, CAPABILITY, **options)}


def changed(section: Plain) -> list[tuple[str, Any, Any]]:
    cells = [*section["cells"], *(cell for row in section["rows"] for cell in row["cells"])]
    return [(cell["label"], cell["original"], cell["value"]) for cell in cells if cell["is_changed"]]


def states(section: Plain) -> list[str]:
    return [row["state"] for row in section["rows"]]


@pytest.mark.parametrize("key", KEYS)
def test_a_version_beside_itself_is_the_same(key: str) -> None:
    assert {section["state"] for section in lay_out(shipped(key))} == {"same"}


def test_a_changed_band_is_marked_with_what_it_was() -> None:
    section = beside(after(Edit("set", "/scorecard/parts/0/parts/3/bands/1/points", "2.5")))["CR-4"]
    assert (section["state"], states(section)) == ("changed", ["same", "changed", "same", "same"])
    assert changed(section) == [("分值", 2, 2.5)]


def test_a_new_band_moves_no_other() -> None:
    bands = "/scorecard/parts/0/parts/3/bands"
    document = after(Edit("copy", f"{bands}/0"), Edit("set", f"{bands}/1/from", 8), Edit("set", f"{bands}/1/to", 10))
    section = beside(document)["CR-4"]
    assert states(section) == ["same", "added", "same", "same", "same"]
    assert section["rows"][1]["cells"][0]["original"] is None


def test_a_band_that_is_gone_stays_in_sight() -> None:
    section = beside(after(Edit("remove", "/scorecard/parts/0/parts/3/bands/1")))["CR-4"]
    assert states(section) == ["same", "removed", "same", "same"]
    gone = section["rows"][1]
    assert (gone["is_listed"], gone["cells"][3]["original"], gone["cells"][3]["value"]) == (False, 2, None)


def test_an_indicator_that_is_gone_stands_where_it_stood() -> None:
    sections = lay_out(after(Edit("remove", "/scorecard/parts/0/parts/3")), CAPABILITY)
    nodes = [section["node"] for section in sections]
    assert nodes[nodes.index("CR-4") - 1] == "CR-3"
    assert next(section for section in sections if section["node"] == "CR-4")["state"] == "removed"


def test_what_was_first_and_is_gone_stands_first() -> None:
    other = shipped("size-class/2017")
    assert {section["state"] for section in lay_out(CAPABILITY, other)} >= {"added", "removed"}


def test_a_new_indicator_is_new_as_a_whole() -> None:
    assert beside(after(Edit("copy", "/scorecard/parts/0/parts/3")))["CR-4-2"]["state"] == "added"


def test_a_changed_comparison_is_one_change() -> None:
    section = beside(after(Edit("compare", "/tiers/3/gates/3/at_least", "more_than")))["leading-products"]
    assert changed(section) == [("比较", "at_least", "more_than")]


def test_words_come_in_english_too() -> None:
    section = beside(CAPABILITY, lang="en")["CR-4"]
    assert (section["title"], section["rows"][0]["cells"][3]["label"]) == ("Valid utility models and designs", "points")
