"""A rulebook as tables: every number can be edited, none stands in two cells (P02)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from scoring import load_library
from scoring.workshop.cells import Section, find, keys_of, step
from scoring.workshop.sheets import read_sections
from tests.scoring.workshop.documents import CAPABILITY, KEYS, Document, shipped

# What a number in a document may be besides a number of the rules: names, codes of facts, titles.
NAMES = {"id", "version", "of", "fact", "facts", "title", "mark"}


def leaves(raw: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(raw, dict):
        for key, value in raw.items():
            yield from leaves(value, step(at, key))
    elif isinstance(raw, list):
        for place, value in enumerate(raw):
            yield from leaves(value, step(at, place))
    else:
        yield at, raw


def is_number(value: Any) -> bool:
    if isinstance(value, str):
        return value.removesuffix("%").replace(".", "", 1).isdigit()
    return isinstance(value, int | float) and not isinstance(value, bool)


def section(document: Document, node: str) -> Section:
    return next(one for one in read_sections(document) if one.node == node)


def labels(found: Section) -> dict[str, Any]:
    return {cell.label.zh: cell.value for cell in found.cells if not cell.is_minor}


@pytest.mark.parametrize("key", KEYS)
class TestEveryRulebook:
    def test_each_cell_shows_what_stands_in_the_document(self, key: str) -> None:
        document = shipped(key)
        for cell in (cell for one in read_sections(document) for cell in one.all_cells):
            if cell.value is not None and cell.type != "operator":
                assert find(document, cell.pointer) == cell.value

    def test_no_value_stands_in_two_cells(self, key: str) -> None:
        cells = [cell for one in read_sections(shipped(key)) for cell in one.all_cells]
        counts = Counter((cell.pointer, cell.type == "operator") for cell in cells)
        assert [place for place, count in counts.items() if count > 1] == []

    def test_every_number_of_the_rules_can_be_edited(self, key: str) -> None:
        document = shipped(key)
        cells = {cell.pointer for one in read_sections(document) for cell in one.all_cells}
        missed = [
            pointer
            for pointer, value in leaves(document)
            if is_number(value)
            and not NAMES & set(keys_of(pointer))
            and not any(pointer == cell or pointer.startswith(cell + "/") for cell in cells)
        ]
        assert missed == []

    def test_every_named_node_has_a_row_of_its_own(self, key: str) -> None:
        sections = read_sections(shipped(key))
        named = {one.node for one in sections} | {row.node for one in sections for row in one.rows}
        assert {node.id for node in load_library().get(key).body.walk() if node.id} <= named


class TestPieces:
    def test_bands_stand_as_rows_with_numbers_as_written(self) -> None:
        found = section(CAPABILITY, "CR-7")
        assert [[cell.value for cell in row.cells] for row in found.rows] == [
            ["50%", None, None, 2],
            ["30%", "50%", None, 1],
            [None, "30%", None, 0],
        ]
        assert found.words.zh == "近三年发明专利申请数 ÷ 近三年专利申请数"

    def test_choices_are_told_by_their_words(self) -> None:
        rows = section(CAPABILITY, "UT-3").rows
        assert [(row.label.zh, row.cells[0].value) for row in rows] == [
            ("无", 0),
            ("个别项目开展", 3),
            ("每个项目开展", 4),
        ]

    def test_a_choice_the_fact_does_not_have_is_shown_too(self) -> None:
        document = edited("/scorecard/parts/1/parts/2/choices", {"none": 0, "gone": 1})
        rows = section(document, "UT-3").rows
        assert [(row.label.zh, row.cells[0].value, row.cells[0].is_optional) for row in rows][-1] == ("gone", 1, True)

    def test_rungs_hold_the_numbers_of_their_conditions(self) -> None:
        first = section(CAPABILITY, "CR-1").rows[0]
        assert [(cell.label.zh, cell.value) for cell in first.cells if cell.type == "number"] == [
            ("第1类：上年度营业收入起", 40000),
            ("第1类：有效发明专利数", 20),
            ("第2类：上年度营业收入起", 2000),
            ("第2类：有效发明专利数", 10),
            ("第3类：有效发明专利数", 5),
        ]

    def test_items_of_a_list_have_their_titles(self) -> None:
        document = shipped("srdi-sme/2022")
        items = next(one for one in read_sections(document) if one.kind == "items")
        assert items.rows
        assert items.rows[0].node
        assert any(cell.label.zh == "事项" for cell in items.rows[0].cells)

    def test_a_tier_has_its_line_and_its_gates_below_it(self) -> None:
        sections = [one for one in read_sections(CAPABILITY) if one.group == "tiers"]
        growth = next(one for one in sections if one.node == "growth")
        assert labels(growth)["分数线"] == 45
        assert [one.node for one in sections if one.depth == 1][:1] == ["growth-rights"]

    def test_an_unnamed_gate_has_its_numbers_with_the_tier(self) -> None:
        document = edited("/tiers/1/gates", [{"value": "open_licences", "at_least": 3}])
        assert labels(section(document, "growth"))["开放许可声明专利数"] == 3

    def test_periods_are_rows_of_dates(self) -> None:
        rows = section(shipped("srdi-sme/2026"), "applies").rows
        assert [row.cells[1].value for row in rows] == ["2026-04-01", "2029-01-01"]

    def test_a_size_table_is_an_industry_a_row(self) -> None:
        rows = section(shipped("size-class/2017"), "sizes").rows
        assert (rows[1].node, [cell.value for cell in rows[1].cells if cell.type == "number"]) == (
            "SZ-02",
            [1000, 40000, 300, 2000, 20, 300],
        )

    def test_effort_has_its_classes_and_its_facts(self) -> None:
        assert [row.cells[-1].value for row in section(CAPABILITY, "effort").rows] == [1, 2, 4, 8, 16, 24]
        rows = {row.label.zh: row for row in section(CAPABILITY, "effort-facts").rows}
        assert rows["上年度知识产权经费"].cells[1].label.zh == "每步变动（占上年度研发费用）"
        assert rows["海外知识产权风险预案"].cells[2].type == "choices"

    def test_a_line_of_a_score_names_its_comparison(self) -> None:
        lines = [one for one in read_sections(shipped("hnte/2016")) if one.kind == "line"]
        assert [[cell.value for cell in one.cells if cell.type == "operator"] for one in lines] == [["more_than"]]

    def test_both_ends_of_a_range_are_cells(self) -> None:
        veto = {"id": "x", "title": {"zh": "甲", "en": "A"}, "value": "employees", "between": [10, 20]}
        found = section(edited("/vetoes", [veto]), "x")
        assert [(cell.label.zh, cell.value) for cell in found.cells if cell.type == "number"] == [
            ("从业人员期末人数下限", 10),
            ("从业人员期末人数上限", 20),
        ]

    def test_a_date_of_assessment_and_what_is_awaited_are_cells(self) -> None:
        document = edited("/vetoes", [{"id": "x", "assessed_by": "2026-12-31"}, {"id": "y", "awaits": {"zh": "目录"}}])
        assert [cell.value for cell in section(document, "x").cells if cell.type == "date"] == ["2026-12-31"]
        assert labels(section(document, "y"))["待公布事项"] == "目录"

    def test_a_clause_with_numbers_that_cannot_be_read_has_no_sentence(self) -> None:
        document = edited("/vetoes", [{"id": "x", "value": "employees", "at_least": "多"}])
        found = section(document, "x")
        assert (found.words.zh, found.title.zh) == ("", "")


def edited(pointer: str, value: Any) -> Document:
    from copy import deepcopy

    document = deepcopy(CAPABILITY)
    head, _, key = pointer.rpartition("/")
    find(document, head)[key] = value
    return document


class TestPointers:
    def test_a_pointer_escapes_what_its_keys_hold(self) -> None:
        pointer = step("", "a/b", "c~d", 0)
        assert pointer == "/a~1b/c~0d/0"
        assert keys_of(pointer) == ["a/b", "c~d", "0"]
        assert find({"a/b": {"c~d": ["x"]}}, pointer) == "x"

    @pytest.mark.parametrize("pointer", ["/b", "/a/1", "/a/x", "/a/-1", "/a/0/x"])
    def test_nothing_stands_at_a_pointer_that_leads_nowhere(self, pointer: str) -> None:
        with pytest.raises(LookupError):
            find({"a": ["x"]}, pointer)
