"""Rules of counting as people read them, and as two versions differ (E19, P02, U07)."""

from typing import Any

import pytest

from scoring import Rulebook, describe_document, describe_rulebook, diff_rulebooks, load_library, parse_rulebook

RULEBOOKS = [rulebook for rulebook in load_library().rulebooks.values() if rulebook.body.rights]


def with_rule(change: dict[str, Any], *, key: str = "rights-tech/2017", place: int = 0) -> Rulebook:
    document = load_library().get(key).document()
    rules = [rule | change if index == place else rule for index, rule in enumerate(document["rights"])]
    return parse_rulebook({**document, "rights": rules})


def words(condition: dict[str, Any]) -> tuple[str, str]:
    """An unnamed condition is said in the words of its rule."""
    found = with_rule({"where": [condition]})
    return tuple(
        describe_rulebook(found, lang)[0]["test"].split("；" if lang == "zh" else "; ")[1] for lang in ("zh", "en")
    )  # type: ignore[return-value]


@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda rulebook: rulebook.key)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_and_condition_reads_in_both_languages(rulebook: Rulebook, lang: Any) -> None:
    rows = describe_document(rulebook, lang)["rows"]
    assert [row["id"] for row in rows if not (row["title"] and row["test"] and row["source"] and row["status"])] == []
    assert {row["id"] for row in rows} == {node.id for node in rulebook.body.walk() if node.id}


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (
            {"since_transfer": {"at_least": 1}},
            "原始取得，或转入满 1 年",
            "obtained originally, or transferred at least 1 year ago",
        ),
        (
            {"since_grant": {"more_than": 2}, "for": ["design"]},
            "外观设计：授权后维持超过 2 年",
            "design: kept more than 2 years since grant",
        ),
        ({"since_filing": {"more_than": 10}}, "自申请日起维持超过 10 年", "kept more than 10 years since filing"),
        ({"filed_within": 3}, "申请日在近三年内", "filed within the last 3 years"),
        ({"granted_within": 12}, "授权日在近 12 年内", "granted within the last 12 years"),
        ({"obtained": ["original"]}, "取得方式：自主申请", "obtained by: own application"),
        ({"not_obtained": ["gifted", "merged"]}, "取得方式不是：受赠、并购", "not obtained by: gifted, merged"),
        ({"holder_rank_at_most": 3}, "权利人排名 ≤ 3", "place among the right-holders ≤ 3"),
        ({"flag": "related", "is": True}, "与主导产品相关", "relates to the leading product"),
        ({"flag": "related", "is": False}, "与主导产品无关", "does not relate to the leading product"),
        ({"family_granted": {"in": ["US", "JP"]}}, "海外同族已授权：US、JP", "family member granted in US、JP"),
        ({"family_granted": {"outside": ["CN"]}}, "海外同族已授权（CN 以外）", "family member granted outside CN"),
        ({"pledged": {"at_least": 3000}}, "质押金额 ≥ 3,000 万元", "pledge ≥ CNY 3,000 ×10⁴"),
        ({"pledged": {"awaits": {"zh": "待省局确认", "en": "awaited"}}}, "质押金额待省局确认", "pledge: awaited"),
        ({"awarded": ["china_patent"]}, "获奖：中国专利奖", "award: China Patent Award"),
        ({"in_force": []}, "授权且法律状态有效", "granted and alive"),
        (
            {"any": [{"filed_within": 1}, {"flag": "in_use", "is": True}], "title": {"zh": "甲", "en": "a"}},
            "以下任一满足：申请日在近一年内，或已实际应用",
            "any of the following: filed within the last 1 year or is in use",
        ),
        (
            {"all": [{"filed_within": 1}, {"flag": "in_use", "is": True}]},
            "以下全部满足：申请日在近一年内，且已实际应用",
            "all of the following: filed within the last 1 year and is in use",
        ),
    ],
)  # fmt: skip
def test_a_condition_in_words(condition: dict[str, Any], zh: str, en: str) -> None:
    assert words(condition) == (zh, en)


def test_a_changed_number_is_told_with_before_and_after() -> None:
    old = load_library().get("rights-sme-2022/2022")
    document = old.document()
    rules = [dict(rule) for rule in document["rights"]]
    rules[0]["where"] = [
        condition | ({"since_transfer": {"at_least": 2}} if "since_transfer" in condition else {})
        for condition in rules[0]["where"]
    ]
    changes = diff_rulebooks(old, parse_rulebook({**document, "rights": rules}))
    assert [(change.path, change.zh, change.en) for change in changes] == [
        (
            "class1/class1-wait",
            "条件：原始取得，或转入满 1 年 → 原始取得，或转入满 2 年",
            "condition: obtained originally, or transferred at least 1 year ago"
            " → obtained originally, or transferred at least 2 years ago",
        )
    ]


@pytest.mark.parametrize(
    ("change", "path", "part"),
    [
        ({"kinds": ["invention"]}, "class1", "计入：发明专利；"),
        ({"counts": "other_ip"}, "class1", "其他知识产权数"),
        ({"unlisted": {"states": ["pending"]}}, "class1", "清单未列审查中的申请时不封顶"),
        ({"title": {"zh": "改名", "en": "Renamed"}}, "class1", "改名"),
    ],
)
def test_a_changed_rule_is_told(change: dict[str, Any], path: str, part: str) -> None:
    changes = diff_rulebooks(load_library().get("rights-tech/2017"), with_rule(change))
    assert [(found.path, part in found.zh) for found in changes] == [(path, True)]


def test_a_narrower_rule_says_within_which() -> None:
    row = next(
        row for row in describe_rulebook(load_library().get("rights-tech/2017"), "en") if row["id"] == "class2-unused"
    )
    assert row["test"] == "within class2"
