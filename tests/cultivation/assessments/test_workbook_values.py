"""What one cell means, style by style: a value, unknown, not applicable, or a problem (E13, E18)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from cultivation.assessments.services.workbook import NOT_APPLICABLE
from tests.cultivation.assessments.offices import fact_of, problems_of, read_cells

UNKNOWN = None


@pytest.mark.parametrize(
    ("cell", "fact"),
    [
        (8331.23, Decimal("8331.23")),
        (8000, Decimal(8000)),
        ("8,331.23", Decimal("8331.23")),
        ("１２，３４５．６", Decimal("12345.6")),
        ("５７３．５４", Decimal("573.54")),
        ("393.80万元", Decimal("393.8")),
        ("3,938,000元", Decimal("393.8")),
        ("1.2亿元", Decimal(12000)),
        ("1.2亿", Decimal(12000)),
        ("￥500", Decimal(500)),
        (" 500 ", Decimal(500)),
        ("1.5e3", Decimal(1500)),
        ("无", Decimal(0)),
        ("0", Decimal(0)),
        (0, Decimal(0)),
        ("没有", Decimal(0)),
        (0.1 + 0.2, Decimal("0.3")),
    ],
)
def test_money(cell: Any, fact: Decimal) -> None:
    assert fact_of("营业收入", cell, "revenue") == fact


@pytest.mark.parametrize("cell", [None, "", "—", "-", "/", "——", "不详", "未知", "N/A", "暂缺", "…", "？"])
@pytest.mark.parametrize(
    "header_code", [("营业收入", "revenue"), ("专职知识产权人员", "ip_staff_full_time"), ("高新技术企业", "valid_hnte")]
)
def test_unknown_is_not_zero(cell: Any, header_code: tuple[str, str]) -> None:
    book = read_cells(header_code[0], cell)
    assert (book.firms[0].values[header_code[1]], book.problems) == (UNKNOWN, [])


@pytest.mark.parametrize(
    ("header", "code"), [("海外知识产权风险预案", "overseas_risk_plan"), ("研发费用", "rd_expense")]
)
def test_not_applicable_is_neither_unknown_nor_zero(header: str, code: str) -> None:
    assert fact_of(header, "不适用", code) == NOT_APPLICABLE


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("约三千万", "approximate_number"),
        ("8000左右", "approximate_number"),
        ("三千万", "text_in_number"),
        ("见附件", "text_in_number"),
        ("8000-9000", "range_in_number"),
        ("1,23,4", "bad_separators"),
        ("500万美元", "foreign_money"),
        ("500斤", "unknown_unit"),
        (-5, "negative"),
        ("(500)", "negative"),
        (10**12, "out_of_range"),
        (date(2026, 1, 1), "not_a_number"),
        (True, "not_a_number"),
    ],
)
def test_bad_money_is_unknown_and_reported(cell: Any, problem: str) -> None:
    book = read_cells("营业收入", cell)
    assert (book.firms[0].values["revenue"], [(p.code, p.cell) for p in book.problems]) == (UNKNOWN, [(problem, "D3")])


def test_loss_is_a_profit_below_zero() -> None:
    assert fact_of("税后利润", "-166.36", "net_profit") == Decimal("-166.36")


def test_other_unit_in_the_cell_is_said() -> None:
    (problem,) = problems_of(read_cells("营业收入", "1.2亿元"), "unit_converted")
    assert (problem.severity, problem.problem) == ("info", "单元格自带单位“亿元”，已折算为 12000 万元")


@pytest.mark.parametrize(
    ("cell", "fact"), [(35, 35), ("35", 35), ("35人", 35), ("1,035", 1035), ("３５", 35), ("无", 0), (35.0, 35)]
)
def test_count(cell: Any, fact: int) -> None:
    assert fact_of("研发人员", cell, "rd_staff") == fact


@pytest.mark.parametrize(
    ("cell", "problem"),
    [(3.5, "not_an_integer"), (-15, "negative"), ("35元", "unknown_unit"), ("若干", "text_in_number")],
)
def test_bad_count_is_unknown_and_reported(cell: Any, problem: str) -> None:
    book = read_cells("研发人员", cell)
    assert (book.firms[0].values["rd_staff"], [p.code for p in book.problems]) == (UNKNOWN, [problem])


@pytest.mark.parametrize(
    ("cell", "fact"),
    [
        ("18.5%", Decimal("18.5")),
        ("１８．５％", Decimal("18.5")),
        ("0.2%", Decimal("0.2")),
        ("18.5", Decimal("18.5")),
        (18.5, Decimal("18.5")),
        ("百分之十八", None),
        ("百分之18", Decimal(18)),
    ],
)
def test_percentage(cell: Any, fact: Decimal | None) -> None:
    assert fact_of("市场占有率", cell, "niche_market_share") == fact


def test_percentage_over_a_hundred_is_unknown_and_reported() -> None:
    book = read_cells("市场占有率", "185%")
    assert (book.firms[0].values["niche_market_share"], [p.code for p in book.problems]) == (UNKNOWN, ["out_of_range"])


def test_plain_fractions_in_a_column_of_percentages_are_taken_as_such_and_said() -> None:
    book = read_cells("市场占有率", 0.185, 0.02, "3%")
    shares = [firm.values["niche_market_share"] for firm in book.firms]
    assert (shares, len(problems_of(book, "fractions"))) == ([Decimal("18.5"), Decimal(2), Decimal(3)], 1)


def test_small_percentages_beside_large_ones_are_no_fractions() -> None:
    book = read_cells("市场占有率", 0.5, 18.5, 2)
    assert [firm.values["niche_market_share"] for firm in book.firms] == [Decimal("0.5"), Decimal("18.5"), Decimal(2)]


@pytest.mark.parametrize("cell", ["是", "有", "√", "✓", "Y", "y", "Yes", "TRUE", True, 1, "1", "已认定", "符合"])
def test_yes(cell: Any) -> None:
    assert fact_of("高新技术企业", cell, "valid_hnte") is True


@pytest.mark.parametrize("cell", ["否", "无", "×", "✗", "N", "n", "No", "FALSE", False, 0, "0", "没有", "未认定"])
def test_no(cell: Any) -> None:
    assert fact_of("高新技术企业", cell, "valid_hnte") is False


def test_unclear_yes_or_no_is_unknown_and_reported() -> None:
    book = read_cells("高新技术企业", "正在申请")
    assert (book.firms[0].values["valid_hnte"], [p.code for p in book.problems]) == (UNKNOWN, ["not_a_boolean"])


@pytest.mark.parametrize(
    "cell",
    [
        "2002年7月9日",
        "2002-07-09",
        "2002/07/09",
        "2002.07.09",
        "2002.7.9",
        "20020709",
        "２００２年７月９日",
        "二〇〇二年七月九日",
        "2002-07-09 00:00:00",
        37446,
        "37446",
        date(2002, 7, 9),
        datetime(2002, 7, 9, 12, 30),
    ],
)
def test_date(cell: Any) -> None:
    assert fact_of("成立日期", cell, "registered_on") == date(2002, 7, 9)


@pytest.mark.parametrize(
    ("cell", "problem", "sentence"),
    [
        ("2021年5月", "not_a_date", "日期无法识别：只写到年或月，缺少具体日期"),
        ("2021-02-30", "not_a_date", "日期无法识别：日历上没有这一天"),
        ("3/4/2020", "not_a_date", "日期无法识别：分不清日和月"),
        ("去年", "not_a_date", "日期无法识别：不是能识别的日期"),
        ("2027-01-01", "future_date", "成立日期晚于填报日期"),
    ],
)
def test_bad_date_is_unknown_and_reported(cell: str, problem: str, sentence: str) -> None:
    book = read_cells("成立日期", cell)
    found = [(p.code, p.problem) for p in book.problems]
    assert (book.firms[0].values["registered_on"], found) == (UNKNOWN, [(problem, sentence)])


@pytest.mark.parametrize(
    ("cell", "level"),
    [("三级", 3), ("3", 3), (3, 3), ("3级", 3), ("Ⅲ级", 3), ("L3", 3), ("第三级", 3), ("无", 0), ("0", 0)],
)
def test_level(cell: Any, level: int) -> None:
    assert fact_of("数字化水平", cell, "digital_level") == level


@pytest.mark.parametrize(("cell", "problem"), [("五级", "out_of_range"), ("较高", "not_a_level"), (2.5, "not_a_level")])
def test_bad_level_is_unknown_and_reported(cell: Any, problem: str) -> None:
    book = read_cells("数字化水平", cell)
    assert (book.firms[0].values["digital_level"], [p.code for p in book.problems]) == (UNKNOWN, [problem])


@pytest.mark.parametrize(
    ("header", "cell", "code", "choice"),
    [
        ("GB/T 29490认证", "2023版", "gbt29490_edition", "2023"),
        ("GB/T 29490认证", 2013, "gbt29490_edition", "2013"),
        ("专利导航", "全部重大项目", "patent_navigation", "every_project"),
        ("研发机构", "市级以下", "rd_institution_level", "below_municipal"),
        ("研发机构", "未建立", "rd_institution_level", "none"),
        ("产业链地位", "为重点龙头企业配套", "product_chain_role", "six_bases_or_key_supplier"),
        ("产业链地位", "补短板、填空白", "product_chain_role", "fills_gap"),
        ("战略性新兴产业", "×", "product_field", "other"),
        ("专利奖", "中国专利优秀奖", "patent_awards", "national_merit"),
    ],
)
def test_choice(header: str, cell: Any, code: str, choice: str) -> None:
    assert fact_of(header, cell, code) == choice


def test_unknown_choice_is_reported_with_what_may_be_written() -> None:
    (problem,) = read_cells("知识产权管理机构", "一般").problems
    assert (problem.code, problem.todo) == ("unknown_choice", "从下列填法中选一个：无、兼职、专职")


@pytest.mark.parametrize(
    ("cell", "code"),
    [("2761", "2761"), ("C2761", "2761"), ("0519", "0519"), (2761, "2761"), ("C27", "27"), ("6513软件开发", "6513")],
)
def test_industry_code(cell: Any, code: str) -> None:
    assert fact_of("行业代码", cell, "industry_code") == code


def test_industry_code_that_lost_its_zero_is_said() -> None:
    assert [p.code for p in read_cells("行业代码", 519).problems] == ["maybe_lost_zero"]


@pytest.mark.parametrize("cell", ["制造业", "27611", "7"])
def test_bad_industry_code_is_unknown_and_reported(cell: str) -> None:
    book = read_cells("行业代码", cell)
    assert (book.firms[0].values["industry_code"], [p.code for p in book.problems]) == (UNKNOWN, ["bad_industry_code"])
