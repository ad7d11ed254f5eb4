"""Edits of a draft: set, compare, copy, remove; undo gives back what was (P02)."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.workshop.cells import find
from scoring.workshop.edits import Edit, EditError, apply_edits, revert_patches, value_at
from scoring.workshop.sheets import read_sections
from tests.scoring.workshop.documents import CAPABILITY, Document

BAND = "/scorecard/parts/0/parts/3/bands/0"
GATE = "/tiers/3/gates/3"


def edit(*edits: Edit, document: Document = CAPABILITY) -> Document:
    return apply_edits(document, edits)[0]


def typed(pointer: str, value: Any) -> Any:
    """What stands there once this was typed."""
    return find(edit(Edit("set", pointer, value)), pointer)


class TestEntries:
    @pytest.mark.parametrize(
        ("raw", "stored"),
        [
            ("12", 12),
            (" １２ ", 12),
            ("0.5", 0.5),
            ("5%", "5%"),
            ("５％", "5%"),
            ("1 000", 1000),
            (7, 7),
            (0.25, 0.25),
            ("很多", "很多"),
            ("1e3", "1e3"),
            ("NaN", "NaN"),
            ("0.12345678901234567", "0.12345678901234567"),
            ("9" * 30, "9" * 30),
        ],
    )
    def test_numbers_stay_as_written(self, raw: Any, stored: Any) -> None:
        assert typed(f"{BAND}/from", raw) == stored

    @pytest.mark.parametrize(
        ("raw", "stored"), [("7-8", [7, 8]), ("7～8", [7, 8]), ("3", 3), (["3", 4], [3, 4]), ("三", "三")]
    )
    def test_points_are_a_number_or_a_range(self, raw: Any, stored: Any) -> None:
        assert typed(f"{BAND}/points", raw) == stored

    @pytest.mark.parametrize(
        ("pointer", "raw", "stored"),
        [
            ("/issuer", " 省局\x00 ", "省局"),
            ("/status", "official", "official"),
            ("/applies/0/kinds", ["renewal", "new"], ["new", "renewal"]),
            ("/applies/0/regions", "4201，4202 4203", ["4201", "4202", "4203"]),
            ("/applies/0/regions", ["4201", ""], ["4201"]),
            ("/applies/0/to", "2027-12-31", "2027-12-31"),
            ("/applies/0/to", "明年", "明年"),
            ("/scorecard/parts/0/capped", True, True),
            ("/scorecard/parts/0/parts/5/value", "valid_designs", "valid_designs"),
            ("/vetoes/0/is", True, True),
            ("/tiers/2/gates/1/any/0/is", ["dedicated"], ["dedicated"]),
        ],
    )
    def test_each_type_of_cell_reads_its_own(self, pointer: str, raw: Any, stored: Any) -> None:
        assert typed(pointer, raw) == stored

    @pytest.mark.parametrize(
        ("pointer", "raw", "sentence"),
        [
            ("/issuer", 5, "发布机构：应为文字"),
            ("/issuer", "字" * 2001, "发布机构：不能超过2000个字"),
            (f"{BAND}/from", True, "起（含）：应为文字"),
            ("/status", "guess", "来源状态：没有“guess”这个选项"),
            ("/status", ["official"], "没有"),
            ("/applies/0/kinds", "new", "申报类型：应为一组选项"),
            ("/applies/0/regions", ["42"] * 201, "不能超过200项"),
            ("/vetoes/0/is", "yes", "应为是或否"),
            ("/scorecard/parts/0/parts/5/value", "nothing", "nothing：没有这个指标"),
            ("/scorecard/parts/0/parts/5/value", ["x"], "没有这个指标"),
        ],
    )
    def test_what_no_cell_can_hold_is_refused_in_words(self, pointer: str, raw: Any, sentence: str) -> None:
        with pytest.raises(Exception, match=sentence):
            typed(pointer, raw)


class TestSet:
    def test_the_given_document_stays_as_it_is(self) -> None:
        before = deepcopy(CAPABILITY)
        edit(Edit("set", f"{BAND}/from", "12"))
        assert before == CAPABILITY

    def test_emptying_an_optional_cell_takes_its_key_out(self) -> None:
        assert "from" not in find(edit(Edit("set", f"{BAND}/from", "")), BAND)

    def test_emptying_what_was_not_there_changes_nothing(self) -> None:
        assert edit(Edit("set", f"{BAND}/to", None), Edit("set", "/applies/0/reason/zh", "")) == CAPABILITY

    def test_no_said_of_an_optional_flag_takes_it_out(self) -> None:
        document = edit(Edit("set", f"{BAND}/exclusive", True))
        assert find(document, BAND)["exclusive"] is True
        assert edit(Edit("set", f"{BAND}/exclusive", False), document=document) == CAPABILITY

    def test_emptying_a_needed_cell_leaves_it_empty_for_the_laws_to_name(self) -> None:
        assert typed(f"{BAND}/points", "") == ""

    def test_a_text_comes_with_both_languages_and_goes_with_the_last(self) -> None:
        one = edit(Edit("set", "/applies/0/reason/zh", "省局通知"))
        assert find(one, "/applies/0/reason") == {"zh": "省局通知", "en": ""}
        two = edit(Edit("set", "/applies/0/reason/en", "notice"), document=one)
        three = edit(Edit("set", "/applies/0/reason/zh", None), document=two)
        assert find(three, "/applies/0/reason") == {"zh": "", "en": "notice"}
        assert edit(Edit("set", "/applies/0/reason/en", ""), document=three) == CAPABILITY

    @pytest.mark.parametrize("pointer", ["/id", "/version", "/nothing", "", "/scorecard/parts/0/parts/99/max"])
    def test_what_is_no_cell_cannot_be_set(self, pointer: str) -> None:
        with pytest.raises(EditError, match="没有这一格"):
            edit(Edit("set", pointer, "x"))


class TestCompare:
    def test_a_comparison_keeps_its_number(self) -> None:
        found = find(edit(Edit("compare", f"{GATE}/at_least", "more_than")), GATE)
        assert (found["more_than"], "at_least" in found) == ("15%", False)

    def test_only_a_comparison_can_be_compared(self) -> None:
        with pytest.raises(EditError, match="没有这一格"):
            edit(Edit("compare", "/issuer", "more_than"))
        with pytest.raises(EditError, match="between：不是可用的比较"):
            edit(Edit("compare", f"{GATE}/at_least", "between"))


class TestRows:
    def test_a_copied_band_stands_below_its_model(self) -> None:
        bands = find(edit(Edit("copy", BAND)), BAND.rpartition("/")[0])
        assert bands[0] == bands[1]
        assert len(bands) == 5

    def test_a_copied_indicator_has_an_id_of_its_own(self) -> None:
        at = "/scorecard/parts/1/parts/1"
        document = edit(Edit("copy", at), Edit("copy", at))
        ids = [part["id"] for part in find(document, "/scorecard/parts/1/parts")]
        assert ids[1:4] == ["UT-2", "UT-2-3", "UT-2-2"]
        assert [part["id"] for part in find(document, f"{at}/parts")] == ["UT-2a", "UT-2b", "UT-2c"]
        assert [part["id"] for part in find(document, "/scorecard/parts/1/parts/2/parts")] == [
            "UT-2a-3",
            "UT-2b-3",
            "UT-2c-3",
        ]

    def test_a_removed_row_is_gone(self) -> None:
        assert len(find(edit(Edit("remove", BAND)), BAND.rpartition("/")[0])) == 3

    @pytest.mark.parametrize("op", ["copy", "remove"])
    @pytest.mark.parametrize("pointer", ["/tiers/0", "/scorecard", "/issuer", "/applies/9", "", "/scope"])
    def test_what_stands_in_no_list_can_neither_be_copied_nor_removed(self, op: Any, pointer: str) -> None:
        with pytest.raises(EditError, match="没有这一行"):
            edit(Edit(op, pointer))


POINTERS = [cell.pointer for one in read_sections(CAPABILITY) for cell in one.all_cells if cell.type == "number"]
ROWS = [row.pointer for one in read_sections(CAPABILITY) for row in one.rows if row.is_listed]
TEXTS = [cell.pointer for one in read_sections(CAPABILITY) for cell in one.all_cells if cell.type == "text"]
EDITS = st.one_of(
    st.builds(Edit, st.just("set"), st.sampled_from(POINTERS), st.sampled_from(["", "3", "5%", "x"])),
    st.builds(Edit, st.just("set"), st.sampled_from(TEXTS), st.sampled_from(["", "改"])),
    st.builds(Edit, st.sampled_from(["copy", "remove"]), st.sampled_from(ROWS)),
)


class TestUndo:
    def test_a_value_is_what_stands_at_its_pointer(self) -> None:
        assert value_at(CAPABILITY, "/scorecard/max") == CAPABILITY["scorecard"]["max"]
        assert value_at(CAPABILITY, "/scorecard/nothing/at/all") is None

    def test_what_was_there_before_comes_back_and_the_last_is_undone_first(self) -> None:
        twice = [Edit("set", "/issuer", "省局"), Edit("set", "/issuer", "市局"), Edit("remove", "/vetoes/0")]
        document, patches = apply_edits(CAPABILITY, twice)
        assert (document["issuer"], len(document["vetoes"])) == ("市局", len(CAPABILITY["vetoes"]) - 1)
        assert revert_patches(document, [patch.plain() for patch in patches]) == CAPABILITY

    def test_what_was_not_there_before_goes_again(self) -> None:
        document, patches = apply_edits(CAPABILITY, [Edit("set", "/applies/0/reason/zh", "省局通知")])
        assert revert_patches(document, [patch.plain() for patch in patches]) == CAPABILITY

    @settings(max_examples=15, deadline=None)
    @given(st.lists(EDITS, max_size=5))
    def test_undoing_edits_gives_the_document_back(self, edits: list[Edit]) -> None:
        document, patches = CAPABILITY, []
        for one in edits:
            try:
                document, made = apply_edits(document, [one])
            except EditError:  # a row that an earlier edit took away
                continue
            patches += [patch.plain() for patch in made]
        assert revert_patches(document, patches) == CAPABILITY

    def test_a_patch_tells_of_the_text_that_came(self) -> None:
        patch = apply_edits(CAPABILITY, [Edit("set", "/applies/0/reason/zh", "省局通知")])[1][0]
        assert patch.plain() == {
            "pointer": "/applies/0/reason",
            "before": [],
            "after": [{"zh": "省局通知", "en": ""}],
        }
