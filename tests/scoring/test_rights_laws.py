"""``check`` proves the laws of rulebooks of IP rights, and names what breaks one (E19, P04)."""

from datetime import date
from typing import Any

import pytest

from scoring.checks import check_files
from scoring.laws.rights import probes
from scoring.rights.conditions import answer
from scoring.rights.right import Right
from scoring.rulebook import RulebookError, parse_rulebook, read_files
from scoring.schema import Condition, RightRule, walk_condition

FILES = dict(read_files())
CNIPA, R2022, TECH = "rights-cnipa/2021.yaml", "rights-sme-2022/2022.yaml", "rights-tech/2017.yaml"


def faults(name: str, old: str, new: str) -> list[tuple[str, str]]:
    text = FILES[name]
    assert old in text
    changed = {**FILES, name: text.replace(old, new, 1)}
    own = {key: value for key, value in changed.items() if key.startswith("rights-")}
    return [(fault.file, fault.law) for fault in check_files(list(own.items()))]


@pytest.mark.parametrize(
    ("name", "old", "new", "law"),
    [
        (CNIPA, "counts: valid_designs", "counts: valid_dessigns", "counts"),
        (CNIPA, "counts: valid_designs", "counts: registered_on", "counts"),
        (CNIPA, "counts: valid_designs", "counts: employees", "counts"),
        (CNIPA, "counts: valid_designs", "counts: valid_utility_models", "counts"),
        (R2022, "closed_by: software_copyrights", "closed_by: softwares", "counts"),
        (TECH, "    source: 国科发政〔2017〕115号\n", "", "rule-sources"),
        (R2022, "for: [utility_model, design]", "for: [trademark, design]", "kinds"),
        (TECH, "- {kinds: [invention], years: 20", "- {kinds: [design], years: 20", "kinds"),
        (CNIPA, "years: 15, filed_from: 2021-06-01,", "years: 15,", "kinds"),
        (R2022, "obtained: [original]", "obtained: [original, transferred, gifted, merged]", "decides"),
        (
            R2022,
            "      - {id: class1-related",
            "      - {obtained: [original]}\n      - {id: class1-related",
            "decides",
        ),
        (CNIPA, "id: high-value", "id: inventions", "unique-ids"),
        (CNIPA, "title: {zh: 有效外观设计, en: Valid designs}", 'title: {zh: 有效外观设计, en: ""}', "titles"),
        (TECH, "counts: class2_ip_plain", "counts: class2_ip", "one-count"),
        (TECH, "used_in_hnte, is: false", "used_in_hnte, is: true", "cases"),
    ],
)
def test_a_broken_law_is_named(name: str, old: str, new: str, law: str) -> None:
    assert law in {found for _, found in faults(name, old, new)}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("within: class2", "within: class9", "which is no earlier rule"),
        ("within: class2", "within: class2\n    kinds: [software]", "exactly one of kinds, within"),
        ("used_in_hnte, is: false", "used_in_htne, is: false", "Input should be"),
        ("flag: used_in_hnte, is: false", "flags: used_in_hnte", "needs one of the kinds"),
        ("kinds: [invention], years: 20", "kinds: [invention], years: 0", "greater than or equal to 1"),
        ("unlisted: {kinds: [software], closed_by", "unlisted: {closed_by", "exactly one of kinds, states"),
    ],
)
def test_a_broken_shape_is_told(old: str, new: str, reason: str) -> None:
    assert old in FILES[TECH]
    with pytest.raises(RulebookError) as caught:
        parse_rulebook(FILES[TECH].replace(old, new, 1))
    assert (caught.value.law, reason in caught.value.en) == ("schema", True)


@pytest.mark.parametrize(
    "condition",
    [
        {"since_transfer": {}},
        {"since_grant": {"at_least": 1, "more_than": 2}},
        {"family_granted": {"in": ["US"], "outside": ["CN"]}},
        {"family_granted": {}},
        {"family_granted": {"in": ["usa"]}},
        {"pledged": {}},
        {"pledged": {"at_least": 5, "awaits": {"zh": "待确认", "en": "awaited"}}},
        {"any": [{"flag": "related", "is": True}]},
        {"holder_rank_at_most": 0},
    ],
)
def test_a_condition_says_one_thing(condition: dict[str, Any]) -> None:
    document = parse_rulebook(FILES[TECH]).document()
    rules = [{**document["rights"][0], "where": [condition]}]
    with pytest.raises(RulebookError):
        parse_rulebook({**document, "rights": rules})


def test_a_rulebook_holds_rights_alone() -> None:
    document = parse_rulebook(FILES[TECH]).document()
    criteria = {"id": "c", "title": {"zh": "甲", "en": "c"}, "source": "s", "fact": "own_brand", "is": True}
    with pytest.raises(RulebookError) as caught:
        parse_rulebook({**document, "criteria": criteria})
    assert "exactly one" in caught.value.en


def test_nested_conditions_are_judged_by_what_they_decide() -> None:
    """A nested ``all`` within ``any``: each part of it can decide."""
    nested = (
        "      - id: class2-unused-flag\n        title: {zh: 甲, en: a}\n        any:\n"
        "          - {for: [software], all: [{flag: used_in_hnte, is: false}, {flag: in_use, is: true}]}\n"
        "          - {for: [utility_model, design], flag: used_in_hnte, is: false}\n"
    )
    line = next(line for line in FILES[TECH].splitlines(keepends=True) if "class2-unused-flag" in line)
    text = FILES[TECH].replace(line, nested)
    files = {TECH: text}
    assert [str(fault) for fault in check_files(list(files.items()))] == []


def test_every_kind_of_condition_is_answered_and_probed() -> None:
    """No condition of the vocabulary is without a function; one outside it is refused."""
    rules = [rule for name, text in FILES.items() if name.startswith("rights-") and "cases" not in name
             for rule in parse_rulebook(text).body.rights]  # fmt: skip
    used = {type(condition) for rule in rules for condition in leaves(rule)}
    known = {kind for kind in Condition.__subclasses__() if kind.__name__ not in ("EveryOf", "OneOf")}
    assert used == known
    with pytest.raises(TypeError):
        answer(Condition(), Right(), date(2026, 5, 1))
    with pytest.raises(TypeError):
        probes(Condition())


def leaves(rule: RightRule) -> list[Condition]:
    return [leaf for one in rule.where for leaf in walk_condition(one) if not leaf.children()]
