"""The rules by which IP rights are counted can be edited as tables (P02, E19)."""

from typing import Any

import pytest

from scoring.rulebook import parse_rulebook
from scoring.workshop import Edit, apply_edits
from scoring.workshop.sheets import read_sections
from tests.scoring.workshop.documents import Document, shipped

R2022, CNIPA, TECH = "rights-sme-2022/2022", "rights-cnipa/2021", "rights-tech/2017"


def cells(document: Document, node: str) -> dict[str, Any]:
    """Labels and values of a node's cells, words left out; a comparison by its sign."""
    found = next(one for one in read_sections(document) if one.node == node)
    words = {"名称", "来源", "来源状态"}
    return {f"{cell.label.zh}{'?' * (cell.type == 'operator')}": cell.value for cell in found.cells
            if not cell.is_minor and cell.label.zh not in words}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "node", "expected"),
    [
        (R2022, "class1-wait", {"转入后?": "at_least", "转入后（年）": 1}),
        (R2022, "class2-kept", {"授权后维持?": "more_than", "授权后维持（年）": 2}),
        (R2022, "class1-own-way", {"取得方式": ["original"]}),
        (R2022, "class1-related", {"清单中的事项": "related", "应为": True}),
        (R2022, "case-award", {"奖项": ["national_science", "china_patent"]}),
        (R2022, "case-pledge", {"待公布事项": "“较高”的标准待省局确认"}),
        (CNIPA, "class-abroad", {"授权地不在": ["CN", "HK", "MO", "TW", "WO"]}),
        (CNIPA, "applications", {
            "口径": "patent_applications_3y", "计入的权利": ["invention", "utility_model", "design"],
            "清单须列有": ["pending", "refused"],
        }),
        (CNIPA, "applications-recent", {"申请日在近几年内": 3}),
        (CNIPA, "applications-own", {"取得方式不是": ["transferred", "gifted", "merged"]}),
        ("rights-sme-2026/2026", "class1-rank", {"权利人排名不超过": 3}),
        (TECH, "class2", {
            "口径": "class2_ip_plain", "计入的权利": ["utility_model", "design", "software"],
            "清单须列有": ["software"], "封顶的申报数": "software_copyrights",
        }),
    ],
)  # fmt: skip
def test_a_rule_and_a_condition_as_cells(key: str, node: str, expected: dict[str, Any]) -> None:
    assert cells(shipped(key), node) == expected


def test_terms_of_protection_are_rows() -> None:
    found = next(one for one in read_sections(shipped(CNIPA)) if one.node == "designs-in-force")
    assert [[cell.value for cell in row.cells][:3] for row in found.rows] == [
        [["design"], 15, "2021-06-01"],
        [["design"], 10, None],
    ]
    assert found.words.zh == "授权且法律状态有效；自申请日起 外观设计 15 年（2021-06-01 起申请）、外观设计 10 年"


def test_an_unnamed_condition_has_its_cells_in_the_rule() -> None:
    document = shipped(TECH)
    inner = {"title": {"zh": "甲", "en": "a"}, "any": [{"pledged": {"at_least": 300}}, {"in_force": [TERM]}]}
    document["rights"][0]["where"] = [
        inner,
        {"all": [{"id": "x", "title": {"zh": "乙", "en": "b"}, "filed_within": 2}]},
    ]
    found = cells(document, "class1")
    assert (found["质押金额不低于（万元）"], found["保护期（年）"], "申请日在近几年内" in found) == (300, 20, False)
    assert cells(document, "x") == {"申请日在近几年内": 2}


TERM = {"kinds": ["invention"], "years": 20, "source": "专利法"}


def test_what_cannot_be_read_has_no_sentence() -> None:
    document = shipped(R2022)
    document["rights"][0]["where"][1]["since_transfer"] = {"at_least": "很久"}
    found = next(one for one in read_sections(document) if one.node == "class1-wait")
    assert (found.words.zh, found.title.zh) == ("", "转入满1年")


def test_a_longer_wait_is_a_new_rule() -> None:
    document, patches = apply_edits(
        shipped(R2022),
        [
            Edit("set", "/rights/0/where/1/since_transfer/at_least", "2"),
            Edit("compare", "/rights/0/where/1/since_transfer/at_least", "more_than"),
        ],
    )
    assert document["rights"][0]["where"][1]["since_transfer"] == {"more_than": 2}
    assert len(patches) == 2
    assert parse_rulebook(document).body.rights[0].where[1].id == "class1-wait"


def test_a_copied_rule_has_names_of_its_own() -> None:
    document, _ = apply_edits(shipped(TECH), [Edit("copy", "/rights/0")])
    assert [rule["id"] for rule in document["rights"]] == ["class1", "class1-2", "class2", "class2-unused"]
