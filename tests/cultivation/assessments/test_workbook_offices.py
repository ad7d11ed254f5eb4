"""Seventeen offices write the same facts in seventeen ways: other wording, order, units, levels and languages."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cultivation.assessments.services.workbook import FirmRow, Workbook, read_workbook
from tests.cultivation.assessments import offices
from tests.cultivation.assessments.offices import (
    ALICE,
    FORM_LINE,
    Column,
    office_file,
    problems_of,
    scaled,
    shared,
    truth,
)

CHOICES: dict[str, dict[str, str]] = {
    "product_field": {"strategic_emerging": "战略性新兴产业", "other": "其他"},
    "product_chain_role": {"none": "没有", "six_bases_or_key_supplier": "工业六基", "fills_gap": "锻长板"},
    "rd_institution_level": {
        "none": "无", "below_municipal": "县级", "municipal": "地市级", "provincial": "省级", "national": "国家级",
    },
    "patent_navigation": {"none": "无", "project": "部分项目", "every_project": "所有重大项目"},
    "gbt29490_edition": {"none": "未贯标", "2013": "GB/T 29490-2013", "2023": "GB/T 29490-2023"},
    "ip_strategy": {"none": "未制定", "drafted": "草案", "approved": "已发布", "executed_reviewed": "实施并评审"},
    "ip_department": {"none": "未设立", "part_time": "兼管", "dedicated": "独立设置"},
    "inventor_rewards": {"none": "未建立", "written": "有书面制度", "paid_last_year": "已兑现"},
    "infringement_monitoring": {"none": "未开展", "ad_hoc": "偶尔", "continuous": "常态化"},
    "trade_secret_system": {"none": "未建立", "written": "已制定", "audited": "定期审核"},
}  # fmt: skip
WORDINGS: dict[str, tuple[str, str]] = {
    "registered_on": ("2. 注册时间", "Date of registration"),
    "industry_code": ("行业代码（GB/T 4754-2017）", "Industry code"),
    "employees": ("职工总数（人）", "Employees"),
    "revenue": ("2025年营收", "Revenue last year"),
    "revenue_prev1": ("2024年营收", "Revenue the year before last"),
    "revenue_prev2": ("2023年营收", "Revenue two years before last"),
    "main_revenue": ("主营收入（2025年）", "Main-business revenue 2025"),
    "main_revenue_prev1": ("主营收入（2024年）", "Main-business revenue 2024"),
    "main_revenue_prev2": ("主营收入（2023年）", "Main-business revenue 2023"),
    "total_assets": ("2025年末总资产", "Total assets"),
    "total_liabilities": ("2025年末负债合计", "Total liabilities"),
    "net_profit": ("税后利润", "Net profit"),
    "rd_expense": ("上年研发投入*", "R&D expense (FY2025)"),
    "rd_expense_prev1": ("前年研发投入*", "R&D expense (FY2024)"),
    "rd_expense_prev2": ("大前年研发投入*", "R&D expense (FY2023)"),
    "rd_staff": ("从事研发\n人员", "R&D staff"),
    "tech_staff": ("科技活动人员", "Technical staff"),
    "niche_years": ("细分市场年限", "Years in niche market"),
    "niche_market_share": ("市占率（%）", "Domestic market share"),
    "product_field": ("是否战新", "Strategic emerging industry"),
    "product_chain_role": ("在产业链中的地位", "Industrial chain role"),
    "own_brand": ("有无自主品牌", "Own brand"),
    "digital_level": ("数字化转型等级", "Digital level"),
    "qms_certified": ("ISO9001认证", "Quality management system"),
    "standards_joined": ("参与制定标准数", "Standards joined"),
    "rd_institution_level": ("研发平台", "R&D institution level"),
    "valid_invention_patents": ("发明专利拥有量", "Valid inventions"),
    "high_value_invention_patents": ("高价值专利", "High-value patents"),
    "valid_utility_models": ("实用新型", "Utility models"),
    "valid_designs": ("外观设计", "Designs"),
    "registered_trademarks": ("注册商标", "Trademarks"),
    "software_copyrights": ("软著", "Software copyrights"),
    "patent_applications_3y": ("2023-2025年专利申请量", "Patent applications in three years"),
    "overseas_applications": ("海外专利申请（含PCT）", "Overseas applications"),
    "patented_product_revenue": ("专利产品产值", "Patented product revenue"),
    "licence_transfer_income_3y": ("最近三年许可转让收入", "Licensing income"),
    "ip_pledge_financing_3y": ("近3年专利质押融资额", "IP pledge financing"),
    "patent_navigation": ("是否开展专利导航", "Patent navigation"),
    "gbt29490_edition": ("知识产权贯标情况", "GB/T 29490 certificate"),
    "iso56005_level": ("创新与知识产权管理能力等级", "ISO 56005 level"),
    "ip_strategy": ("知识产权战略规划", "IP strategy"),
    "ip_department": ("知识产权管理部门", "IP department"),
    "ip_staff_full_time": ("知识产权专职人员数", "Full-time IP staff"),
    "ip_specialists": ("知识产权专员", "IP specialists"),
    "inventor_rewards": ("职务发明奖酬制度", "Inventor rewards"),
    "ip_spend": ("上年度知识产权投入", "IP spending last year"),
    "infringement_monitoring": ("侵权风险监测", "Infringement monitoring"),
    "trade_secret_system": ("商业秘密管理制度", "Trade secret protection"),
    "rights_enforced_3y": ("近三年知识产权维权次数", "Enforcement actions"),
    "valid_hnte": ("是否高企", "HNTE"),
    "valid_tech_sme": ("是否科技型中小企业", "Tech SME"),
    "valid_innovative_sme": ("是否为省级创新型中小企业", "Innovative SME"),
    "valid_srdi_sme": ("省级专精特新", "SRDI SME"),
    "gold_seed_designated": ("金种子企业", "Gold seed"),
    "chain_leader_designated": ("是否链主", "Chain leader"),
    "serious_dishonesty": ("是否列入严重违法失信名单", "Serious dishonesty"),
    "abnormal_filing_3y": ("有无非正常专利申请未整改", "Abnormal patent filings"),
}  # fmt: skip
BOOLEANS = {
    "own_brand", "qms_certified", "valid_hnte", "valid_tech_sme", "valid_innovative_sme", "valid_srdi_sme",
    "gold_seed_designated", "chain_leader_designated", "serious_dishonesty", "abnormal_filing_3y",
}  # fmt: skip


def facts(book: Workbook) -> dict[str, tuple[str, str | None, dict[str, Any]]]:
    return {firm.uscc: (firm.name, firm.region, firm.values) for firm in book.firms}


def show(code: str) -> Any:
    if code in BOOLEANS:
        return truth("已取得", "未取得") if code.startswith("valid_") else truth("有", "没有")
    if code in CHOICES:
        return CHOICES[code].__getitem__
    if code in ("digital_level", "iso56005_level"):
        return "零一二三四五".__getitem__
    return lambda fact: float(fact) if isinstance(fact, Decimal) else fact


def reworded(language: int) -> list[Column]:
    return [Column(code, (words[language],), show(code)) for code, words in WORDINGS.items()]


IDENTITY = [Column("name", ("单位名称",)), Column("uscc", ("社会信用代码",)), Column("region", ("行政区划代码",))]


def test_another_offices_wording_on_one_level_in_reverse_order() -> None:
    """Other names, years in the headers, region codes, columns from right to left."""
    columns = [*IDENTITY, *reworded(0)][::-1]
    book = read_workbook(office_file(shared().firms, columns, unknown="不详", blank_above=2))
    assert (facts(book), problems_of(book, "unmapped_column")) == (facts(shared()), [])


def test_english_headers() -> None:
    identity = [Column("name", ("Enterprise name",)), Column("uscc", ("USCC",)), Column("region", ("Region code",))]
    book = read_workbook(office_file(shared().firms, [*identity, *reworded(1)], unknown=None))
    assert (facts(book), problems_of(book, "unmapped_column")) == (facts(shared()), [])


def test_headers_in_two_languages() -> None:
    columns = [
        Column(column.code, (f"{place}、{column.header[0]}\n{WORDINGS[column.code][1]}",), column.show)
        for place, column in enumerate(reworded(0), start=1)
    ]
    book = read_workbook(office_file(shared().firms, [*IDENTITY, *columns]))
    assert (facts(book), problems_of(book, "unmapped_column")) == (facts(shared()), [])


YEARS = ("2025年", "2024年", "2023年")
FAMILIES = {"revenue": "营业收入", "main_revenue": "主营业务收入", "rd_expense": "研发费用"}


def of_years(family: str) -> list[str]:
    return [family, f"{family}_prev1", f"{family}_prev2"]


@pytest.mark.parametrize(
    "years", [YEARS, ("上年度", "前一年度", "前二年度"), ("去年", "前年", "大前年"), ("2025", "2024", "2023")]
)
def test_years_under_a_group_header_of_three_levels(years: tuple[str, str, str]) -> None:
    columns = list(IDENTITY)
    for family, label in FAMILIES.items():
        for code, year in zip(of_years(family), years, strict=True):
            columns.append(Column(code, ("财务情况（万元）", label, year), show(code)))
    book = read_workbook(office_file(shared().firms, columns))
    found = [{code: firm.values.get(code) for code in _family_codes()} for firm in book.firms]
    assert found == [{code: firm.values[code] for code in _family_codes()} for firm in shared().firms]


def test_amounts_under_a_group_that_names_the_year() -> None:
    columns = list(IDENTITY)
    for place, year in enumerate(YEARS):
        columns += [Column(of_years(family)[place], (year, label), show(family)) for family, label in FAMILIES.items()]
    book = read_workbook(office_file(shared().firms, columns))
    found = [{code: firm.values.get(code) for code in _family_codes()} for firm in book.firms]
    assert found == [{code: firm.values[code] for code in _family_codes()} for firm in shared().firms]


def _family_codes() -> list[str]:
    return [code for family in FAMILIES for code in of_years(family)]


@pytest.mark.parametrize(("unit", "factor"), [("元", "0.0001"), ("千元", "0.1"), ("百万元", "100"), ("亿元", "10000")])
def test_units_in_headers_are_converted_exactly(unit: str, factor: str) -> None:
    columns = [
        *IDENTITY,
        Column("revenue", (f"营业收入（{unit}）",), scaled(factor)),
        Column("employees", ("从业人数",)),
    ]
    columns.append(Column("net_profit", ("净利润",), scaled("1")))
    book = read_workbook(office_file(shared().firms, columns))
    assert [firm.values["revenue"] for firm in book.firms] == [firm.values["revenue"] for firm in shared().firms]


def test_unit_of_the_form_line_holds_for_columns_that_name_none() -> None:
    columns = [*IDENTITY, Column("revenue", ("营业收入",), scaled("0.1")), Column("employees", ("从业人数",))]
    book = read_workbook(office_file(shared().firms, columns, form_line="填报日期：2026.3.31　金额单位：千元"))
    assert [firm.values["revenue"] for firm in book.firms] == [firm.values["revenue"] for firm in shared().firms]


def test_percentages_as_excel_fractions() -> None:
    columns = [
        *IDENTITY,
        Column("niche_market_share", ("市场占有率",), lambda share: float(share / 100), "0.0%"),
        Column("employees", ("从业人数",)),
    ]
    book = read_workbook(office_file(shared().firms, columns))
    expected = [firm.values["niche_market_share"] for firm in shared().firms]
    assert ([firm.values["niche_market_share"] for firm in book.firms], problems_of(book, "fractions")) == (
        expected,
        [],
    )


def firm(**values: Any) -> FirmRow:
    return FirmRow(ALICE[1], True, ALICE[0], "421100", "", None, "", 0, values=values)


@pytest.mark.parametrize(
    ("header", "ratio", "code", "amount"),
    [
        ("研发费用占比", "5%", "rd_expense", Decimal(400)),
        ("研发投入强度（%）", "5.01", "rd_expense", Decimal("400.8")),
        ("主营业务收入占比", "93.75%", "main_revenue", Decimal(7500)),
        ("资产负债率", "55%", "total_liabilities", Decimal("5500")),
        ("高新技术产品收入占比", "60%", "hightech_revenue", Decimal(4800)),
        ("净利润率", "-2.5%", "net_profit", Decimal(-200)),
    ],
)
def test_ratio_in_place_of_an_amount(header: str, ratio: str, code: str, amount: Decimal) -> None:
    columns = [
        *IDENTITY,
        Column("revenue", ("营业收入",)),
        Column("total_assets", ("总资产",)),
        Column("ratio", (header,)),
    ]
    book = read_workbook(office_file([firm(revenue=8000, total_assets=10000, ratio=ratio)], columns))
    assert book.firms[0].values == {"revenue": Decimal(8000), "total_assets": Decimal(10000), code: amount}
    assert [problem.severity for problem in problems_of(book, "derived_amount")] == ["info"]


def test_amount_outweighs_its_ratio() -> None:
    columns = [
        *IDENTITY,
        Column("revenue", ("营业收入",)),
        Column("share", ("研发费用占比",)),
        Column("rd_expense", ("研发费用",)),
    ]
    book = read_workbook(office_file([firm(revenue=8000, share="5%", rd_expense=399.99)], columns))
    assert book.firms[0].values == {"revenue": Decimal(8000), "rd_expense": Decimal("399.99")}


def test_ratio_of_unknown_revenue_gives_no_amount() -> None:
    columns = [
        *IDENTITY,
        Column("revenue", ("营业收入",)),
        Column("share", ("研发费用占比",)),
        Column("employees", ("人数",)),
    ]
    book = read_workbook(office_file([firm(share="5%")], columns))
    assert "rd_expense" not in book.firms[0].values


def test_net_assets_give_liabilities() -> None:
    columns = [
        *IDENTITY,
        Column("total_assets", ("资产总额",)),
        Column("now", ("2025年末净资产",)),
        Column("then", ("2024年末净资产",)),
    ]
    book = read_workbook(office_file([firm(total_assets=1000, now=400.5, then=300)], columns))
    assert book.firms[0].values == {
        "total_assets": Decimal(1000),
        "total_liabilities": Decimal("599.5"),
        "net_assets_prev1": Decimal(300),
    }


@pytest.mark.parametrize(
    ("employees", "share", "heads"),
    [(40, "10%", 4), (148, "16.9%", 25), (40, "12%", None), (4000, "16.9%", 676), (4001, "16.9%", None)],
)
def test_share_of_staff_gives_the_one_head_count_it_fits(employees: int, share: str, heads: int | None) -> None:
    """A share is rounded: 25 of 148 is written 16.9 %, and no other head count is."""
    columns = [*IDENTITY, Column("employees", ("从业人数",)), Column("rd", ("研发人员占比",))]
    book = read_workbook(office_file([firm(employees=employees, rd=share)], columns))
    assert (book.firms[0].values.get("rd_staff"), len(problems_of(book, "ratio_not_whole"))) == (heads, heads is None)


@pytest.mark.parametrize(
    ("facts", "header"),
    [({"share": "5%"}, "研发费用占比"), ({"total_assets": 100, "share": 120}, "净资产")],
)
def test_ratio_that_gives_no_amount_is_reported(facts: dict[str, Any], header: str) -> None:
    columns = [*IDENTITY, Column("total_assets", ("总资产",)), Column("share", (header,)), Column("x", ("净利润",))]
    book = read_workbook(office_file([firm(**facts)], columns))
    (problem,) = problems_of(book, "not_derived")
    assert (problem.cell, problem.done) == ("E4", "按未知处理，企业保留")


@pytest.mark.parametrize("header", ["国民经济行业分类（四位代码）", "国民经济行业代码（4位）"])
def test_remark_on_the_digits_of_a_code_is_no_part_of_its_name(header: str) -> None:
    columns = [*IDENTITY, Column("industry_code", (header,)), Column("x", ("净利润",))]
    book = read_workbook(office_file([firm(industry_code="2761")], columns))
    assert book.firms[0].values["industry_code"] == "2761"


@pytest.mark.parametrize(
    "line",
    [
        "填报日期：2026年3月31日",
        "填报日期:2026-03-31",
        "填表时间 2026/3/31",
        "制表日期：２０２６．３．３１",
        "报送日期：20260331",
        "填报日期：二〇二六年三月三十一日",
    ],
)
def test_date_of_the_sheet_in_any_style(line: str) -> None:
    rows = [[line], [*offices.IDENTITY, "从业人数", "净利润"], [*ALICE, 10, 1]]
    assert read_workbook(offices.table_file(rows)).filled_on == date(2026, 3, 31)


def test_date_of_the_sheet_in_the_next_cell_or_under_the_table() -> None:
    header = [*offices.IDENTITY, "从业人数", "净利润"]
    beside = [["填报日期：", None, date(2026, 3, 31)], header, [*ALICE, 10, 1]]
    below = [header, [*ALICE, 10, 1], ["填表人：张三", "填报日期：2026年3月31日"]]
    found = [read_workbook(offices.table_file(rows)).filled_on for rows in (beside, below)]
    assert found == [date(2026, 3, 31), date(2026, 3, 31)]


def test_missing_date_is_reported() -> None:
    rows = [[*offices.IDENTITY, "从业人数", "净利润"], [*ALICE, 10, 1]]
    book = read_workbook(offices.table_file(rows))
    assert (book.filled_on, len(problems_of(book, "no_date"))) == (None, 1)


def test_sheets_are_known_by_content_not_by_name_or_place() -> None:
    ledger = [["专利号", "专利名称", "专利权人", "法律状态"], ["201811070331.7", "一种装置", ALICE[0], "有效"]]
    summary = [[FORM_LINE], [*offices.IDENTITY, "从业人数", "净利润"], [*ALICE, 10, 1]]
    book = read_workbook(offices.table_file(ledger, name="Sheet1", more={"说明": [["请如实填写"]], "Sheet9": summary}))
    assert ([firm.name for firm in book.firms], [right.number for right in book.rights]) == (
        [ALICE[0]],
        ["ZL201811070331.7"],
    )


def test_column_numbers_and_unit_line_under_the_header_are_no_firms() -> None:
    rows = [
        [FORM_LINE],
        [*offices.IDENTITY, "营业收入", "从业人数"],
        ["", "", "", "千元", "人"],
        ["1", "2", "3", "4", "5"],
        [*ALICE, 8000, 10],
    ]
    book = read_workbook(offices.table_file(rows))
    assert [(firm.name, firm.values) for firm in book.firms] == [(ALICE[0], {"revenue": Decimal(800), "employees": 10})]
