"""Which indicator a header means: groups, years, units, marks, and what must not be confused."""

import pytest

from cultivation.assessments.services.workbook.headers import load_headers

LAST_YEAR = 2025


def code_of(*levels: str) -> str | None:
    meaning = load_headers().meaning(levels, last_year=LAST_YEAR)
    return None if meaning is None else meaning.code


@pytest.mark.parametrize(
    "header",
    [
        "营收",
        "营业收入(2025年)",
        "2025年营业收入",
        "上年营业总收入",
        "上年度营业收入（万元）",
        "1.营业收入*",
        "（1）营业收入",
        "一、营业收入",
        "营业\n收入",
        "Ｒｅｖｅｎｕｅ",
        "FY2025 Revenue",
        "★营业收入：",
        "其中：营业收入",
        "营业收入/万元",
        "营业收入，万元",
        "去年营业收入",
        "2025年度营业收入",
        "营业收入（填年报数）",
        "营业收入 Operating revenue",
        "Operating revenue 营业收入",
    ],
)
def test_wordings_of_last_years_revenue(header: str) -> None:
    assert code_of(header) == "revenue"


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        (("营业收入", "上年度"), "revenue"),
        (("营业收入", "2024年"), "revenue_prev1"),
        (("2023年", "营业收入"), "revenue_prev2"),
        (("近三年研发费用（万元）", "2023年"), "rd_expense_prev2"),
        (("研发费用", "占营业收入比重", "2024年"), "rd_share_prev1"),
        (("有效专利（件）", "发明"), "valid_invention_patents"),
        (("有效专利（件）", "实用新型"), "valid_utility_models"),
        (("有效专利（件）", "其中：高价值发明专利"), "high_value_invention_patents"),
        (("近三年", "专利申请（件）"), "patent_applications_3y"),
        (("近三年知识产权", "专利申请"), "patent_applications_3y"),
        (("近三年专利申请", "发明"), "invention_applications_3y"),
        (("近三年授权", "发明专利"), "invention_grants_3y"),
        (("近三年情况", "近三年维权次数"), "rights_enforced_3y"),
        (("知识产权", "战略"), "ip_strategy"),
    ],
)
def test_groups_tell_same_named_leaves_apart(levels: tuple[str, ...], code: str) -> None:
    assert code_of(*levels) == code


@pytest.mark.parametrize(
    "levels",
    [
        ("近三年专利申请", "实用新型"),
        ("营业收入（境外）",),
        ("营业收入增长率",),
        ("2026年营业收入",),
        ("2022年营业收入",),
        ("2024年净利润",),
        ("2026年预计", "营业收入"),
        ("年度",),
        ("万元",),
    ],
)
def test_what_is_another_thing_is_not_taken_for_an_indicator(levels: tuple[str, ...]) -> None:
    assert code_of(*levels) is None


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("营业收入（元）", "元"),
        ("营业收入(单位：千元)", "千元"),
        ("营业收入", ""),
        ("营业收入/亿元", "亿元"),
        ("研发人员（人）", "人"),
        ("市占率（％）", "%"),
    ],
)
def test_unit_of_a_header(header: str, unit: str) -> None:
    meaning = load_headers().meaning([header], last_year=LAST_YEAR)
    assert meaning is not None
    assert meaning.unit == unit


@pytest.mark.parametrize(
    ("header", "near"),
    [("有效发明专利拥有量情况统计", "有效发明专利拥有量"), ("质押融资总金额", "质押融资额"), ("天气", "")],
)
def test_suggestion_for_what_cant_be_mapped(header: str, near: str) -> None:
    assert load_headers().suggestion([header]) == near
