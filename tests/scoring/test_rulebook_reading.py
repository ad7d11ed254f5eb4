"""Rulebooks are read safely and refused with line and law."""

import copy
import json

import pytest

from scoring import Rulebook, RulebookError, load_library, parse_rulebook
from scoring.rulebook import read_files
from scoring.yamltext import TextError, read_yaml

SHIPPED = {name: text for name, text in read_files() if not name.endswith("cases.yaml")}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\nb: &x [1]\nc: *x", 3, "alias"),
        ("a: 1\na: 2", 2, "twice"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]", 2, "tag"),
        ("a: 1\nb: [", 2, ""),
        ("? [a]\n: 1", 1, "key"),
        ("", 1, "empty"),
        ("a: 0x1F", 1, "decimal"),
        ("[" * 200, 1, "deep"),
        ("a: " + "[" * 300_000 + "]" * 300_000, 1, "deep"),
        ("- " * 300_000, 1, "deep"),
    ],
)
def test_unsafe_or_broken_yaml_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(TextError) as caught:
        read_yaml(text)
    assert caught.value.line == line
    assert reason in caught.value.en


def test_yes_and_dates_stay_text() -> None:
    assert read_yaml("a: yes\nb: 2026-05-01\nc: true\nd: ~").data == {
        "a": "yes",
        "b": "2026-05-01",
        "c": True,
        "d": None,
    }


def test_an_unknown_key_is_refused_with_its_line() -> None:
    text = SHIPPED["ip-advantage/2023.yaml"].replace("criteria:\n", "formula: revenue * 2\ncriteria:\n")
    with pytest.raises(RulebookError) as caught:
        parse_rulebook(text, file="x.yaml")
    assert caught.value.law == "schema"
    assert text.splitlines()[caught.value.line - 1].startswith("formula")


def test_an_unknown_kind_of_value_is_refused() -> None:
    text = SHIPPED["star-market/2024.yaml"].replace("compound_growth", "exec")
    with pytest.raises(RulebookError, match="unknown kind of value 'exec'"):
        parse_rulebook(text)


def test_two_comparisons_in_one_clause_are_refused() -> None:
    text = SHIPPED["ip-advantage/2023.yaml"].replace("at_least: 55", "at_least: 55, at_most: 60")
    with pytest.raises(RulebookError, match="exactly one of"):
        parse_rulebook(text)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_rulebook_from_a_database_has_the_fingerprint_of_its_file(name: str) -> None:
    from_file = parse_rulebook(SHIPPED[name], file=name)
    stored = json.loads(json.dumps(from_file.document()))
    assert parse_rulebook(stored).fingerprint == from_file.fingerprint


def test_layout_and_comments_leave_the_fingerprint_alone_and_numbers_do_not() -> None:
    text = SHIPPED["ip-advantage/2023.yaml"]
    same = parse_rulebook("# a comment\n" + text)
    other = parse_rulebook(text.replace("at_least: 55", "at_least: 56"))
    fingerprint = parse_rulebook(text).fingerprint
    assert (same.fingerprint == fingerprint, other.fingerprint == fingerprint) == (True, False)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("at_least: 55", "at_least: many", "not a number: “many”"),
        ("at_least: 55", "at_least: true", "not a number: true"),
        ("at_least: 55", "at_least: 1.0e+999", "not a decimal number"),
        ("at_least: 55", "at_least: 1e20", "“1e20” is too large or too small"),
        ("at_least: 55", "at_least: 1e-16", "“1e-16” is too large or too small"),
        ("value: cnipa_assessment_score", "value: {sum: [revenue], mean: [revenue]}", "a value is a fact code or one"),
        ("value: cnipa_assessment_score", "value: {sum: []}", "sum takes"),
        ("value: cnipa_assessment_score", "value: [revenue]", "valid dictionary"),
    ],
)
def test_a_number_or_value_that_is_none_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(RulebookError) as caught:
        parse_rulebook(SHIPPED["ip-advantage/2023.yaml"].replace(old, new))
    assert reason in caught.value.en


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("points: [7, 8]", "points: [8, 7]", "a range of points is two numbers, the lower first"),
        ("points: [7, 8]", "points: [7, 8, 9]", "a range of points is two numbers, the lower first"),
        ("more_than: 70", "at_most: 70", "a line takes at_least or more_than"),
    ],
)
def test_points_and_lines_that_are_none_are_refused(old: str, new: str, reason: str) -> None:
    assert old in SHIPPED["hnte/2016.yaml"]
    with pytest.raises(RulebookError) as caught:
        parse_rulebook(SHIPPED["hnte/2016.yaml"].replace(old, new, 1))
    assert reason in caught.value.en


def test_a_row_of_sizes_bounds_every_fact() -> None:
    text = SHIPPED["size-class/2017.yaml"]
    with pytest.raises(RulebookError, match="large, medium and small need one bound for each fact"):
        parse_rulebook(text.replace("large: [20000]", "large: [20000, 1]", 1))


def test_what_is_done_to_a_document_leaves_the_rulebook_as_it_is() -> None:
    rulebook = load_library().get("ip-advantage/2023")
    document = rulebook.document()
    document["criteria"]["at_least"] = 1
    assert rulebook.document()["criteria"]["at_least"] == 55
    assert parse_rulebook(rulebook.document()).fingerprint == rulebook.fingerprint


def test_a_rulebook_is_never_copied() -> None:
    rulebook = load_library().get("ip-advantage/2023")
    assert copy.deepcopy({"key": rulebook})["key"] is rulebook


def test_the_library_is_read_once() -> None:
    assert load_library() is load_library()
    assert all(isinstance(rulebook, Rulebook) for rulebook in load_library().rulebooks.values())
