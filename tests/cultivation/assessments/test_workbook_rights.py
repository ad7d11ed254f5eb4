"""E18: lists of rights as several databases export them, and everything doubtful in them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cultivation.assessments.services.ledger import derive_counts
from cultivation.assessments.services.workbook import RightRow, Workbook, read_workbook
from tests.cultivation.assessments.offices import ALICE, BOB, FORM_LINE, IDENTITY, problems_of, table_file

ON = date(2026, 3, 31)
SUMMARY = [[FORM_LINE], [*IDENTITY, "从业人数", "净利润"], [*ALICE, 10, 1], [*BOB, 10, 1]]
GOOD, OTHER, UTILITY = "201811070331.7", "201710601862.3", "201820123456.1"


def read_ledger(header: list[str], *rows: list[Any]) -> Workbook:
    return read_workbook(table_file(SUMMARY, more={"专利": [header, *rows]}))


HEADER = ["申请号", "发明名称", "专利类型", "申请日", "授权公告日", "专利权人", "法律状态", "取得方式", "转入日期"]


def row(number: Any = GOOD, **changed: Any) -> list[Any]:
    cells: dict[str, Any] = {
        "title": "一种装置",
        "kind": "发明",
        "filed": "2018-09-13",
        "granted": "2020-05-01",
        "holder": ALICE[0],
        "state": "有效",
        "obtained": "原始取得",
        "moved": "",
    }
    return [number, *(cells | changed).values()]


def read_row(number: Any = GOOD, **changed: Any) -> tuple[RightRow, list[str]]:
    book = read_ledger(HEADER, row(number, **changed))
    return book.rights[0], [problem.code for problem in book.problems]


def test_right_is_read() -> None:
    right, problems = read_row()
    assert (right.number, right.number_ok, right.kind, right.filed_on, right.granted_on, right.holder, right.state) == (
        "ZL201811070331.7",
        True,
        "invention",
        date(2018, 9, 13),
        date(2020, 5, 1),
        ALICE[1],
        "valid",
    )
    assert (right.status, right.obtained, right.holder_rank, problems) == ("counted", "original", 1, [])


VENDORS = {
    "incoPat": (
        [
            "标题（中文）",
            "申请号",
            "申请日",
            "公开（公告）号",
            "公开（公告）日",
            "专利类型",
            "当前权利人",
            "专利有效性",
            "IPC主分类",
        ],
        ["一种装置", f"CN{GOOD}", "20180913", "CN109000000B", "20200501", "授权发明", ALICE[0], "有效", "G01N21/88"],
    ),
    "PatSnap": (
        [
            "序号",
            "公开(公告)号",
            "申请号",
            "标题",
            "[标]当前申请(专利权)人",
            "申请日",
            "授权日",
            "简单法律状态",
            "法律状态/事件",
            "专利类型",
            "简单同族",
        ],
        [
            1,
            "CN109000000B",
            f"CN{GOOD}",
            "一种装置",
            ALICE[0],
            "2018-09-13",
            "2020-05-01",
            "有效",
            "授权 | 质押",
            "授权发明",
            "US10123456B2",
        ],
    ),
    "CNIPA": (
        ["申请号/专利号", "发明创造名称", "申请日", "授权公告日", "申请人/专利权人", "案件状态", "主分类号"],
        [GOOD.replace(".", ""), "一种装置", "2018.09.13", "2020.05.01", ALICE[0], "专利权维持", "G01N21/88"],
    ),
    "大为": (
        ["申请号", "名称", "申请日", "授权公告日", "申请（专利权）人", "当前法律状态", "IPC", "专利类型"],
        [
            f"ZL{GOOD}",
            "一种装置",
            "2018年9月13日",
            "2020年5月1日",
            f"{ALICE[0]};{BOB[0]}",
            "授权",
            "G01N21/88",
            "发明专利",
        ],
    ),
}


@pytest.mark.parametrize("vendor", VENDORS)
def test_vendors_export_is_read(vendor: str) -> None:
    right = read_ledger(*VENDORS[vendor]).rights[0]
    assert (right.number, right.kind, right.filed_on, right.holder, right.state) == (
        "ZL201811070331.7",
        "invention",
        date(2018, 9, 13),
        ALICE[1],
        "valid",
    )


def test_co_owners_in_one_row_share_the_right_with_their_rank() -> None:
    book = read_ledger(*VENDORS["大为"])
    assert [(right.holder, right.holder_rank) for right in book.rights] == [(ALICE[1], 1), (BOB[1], 2)]
    assert problems_of(book, "contested_right") == []


@pytest.mark.parametrize(
    ("state", "meaning"),
    [
        ("有权-审定授权", "valid"),
        ("授权 | 权利转移", "valid"),
        ("专利权维持", "valid"),
        ("Active", "valid"),
        ("失效-未缴年费", "lapsed"),
        ("未缴年费终止", "lapsed"),
        ("授权;期限届满", "lapsed"),
        ("无效", "lapsed"),
        ("部分无效", "valid"),
        ("驳回", "refused"),
        ("审中-实审", "pending"),
        ("质押", "unknown"),
        ("", "unknown"),
    ],
)
def test_legal_state(state: str, meaning: str) -> None:
    assert read_row(state=state)[0].state == meaning


@pytest.mark.parametrize(
    ("changed", "status", "problems"),
    [
        ({"state": "未缴年费终止"}, "lapsed", ["lapsed_right"]),
        ({"state": "审中", "granted": ""}, "pending", []),
        ({"state": "？？？"}, "uncertain", ["unknown_state"]),
        ({"granted": "2026-12-01"}, "not_yet_granted", ["granted_in_future"]),
        ({"granted": "2017-01-01"}, "counted", ["grant_before_filing"]),
        ({"granted": "不日"}, "counted", ["not_a_date"]),
        ({"filed": "2026-09-01", "granted": ""}, "counted", ["filed_in_future"]),
        ({"obtained": "受让", "moved": "2025-06-15"}, "counted", ["recent_transfer"]),
        ({"obtained": "受让", "moved": "2025-03-31"}, "counted", []),
        ({"obtained": "原始取得", "moved": "2020-01-01"}, "counted", ["transfer_contradiction"]),
    ],
)
def test_doubtful_row_is_kept_and_reported(changed: dict[str, str], status: str, problems: list[str]) -> None:
    right, found = read_row(**changed)
    assert (right.status, found) == (status, problems)


def test_grant_before_filing_leaves_the_grant_unknown() -> None:
    assert read_row(granted="2017-01-01")[0].granted_on is None


def test_failed_check_digit_is_kept_and_reported() -> None:
    right, problems = read_row("201811070331.8")
    assert (right.number, right.number_ok, problems) == ("ZL201811070331.8", False, ["patent_check_digit"])


def test_number_that_is_none_is_kept_and_reported() -> None:
    right, problems = read_row("CN109000000B")
    assert (right.number, right.number_ok, right.kind, problems) == ("CN109000000B", False, "invention", ["bad_number"])


@pytest.mark.parametrize(
    ("number", "kind", "done"),
    [(GOOD, "invention", "按号码作发明处理"), ("201811070331.8", "design", "按填报作外观设计处理")],
)
def test_contradicted_kind_says_which_is_used(number: str, kind: str, done: str) -> None:
    book = read_ledger(HEADER, row(number, kind="外观设计"))
    (problem,) = problems_of(book, "kind_contradiction")
    assert (book.rights[0].kind, problem.done, problem.cell) == (kind, done, "C2")


def test_duplicate_of_one_holder_is_merged_and_reported() -> None:
    book = read_ledger(HEADER, row(), row(f"ZL{GOOD}"))
    (problem,) = problems_of(book, "duplicate_right")
    assert ([right.status for right in book.rights], problem.cell) == (["counted", "duplicate"], "A3")


def test_one_patent_claimed_by_two_firms_is_told_and_counts_for_both() -> None:
    book = read_ledger(HEADER, row(), row(holder=BOB[0]))
    cells = [problem.cell for problem in problems_of(book, "contested_right")]
    assert cells == ["F2", "F3"]
    counts = [derive_counts([right], on=ON).counts["valid_invention_patents"] for right in book.rights]
    assert counts == [(1, 1), (1, 1)], "another firm's entry takes no points (P08)"


def test_holder_that_is_no_firm_of_the_summary_is_said_once() -> None:
    book = read_ledger(HEADER, row(), row(OTHER, holder="路人公司"), row(UTILITY, holder="路人公司", kind="实用新型"))
    (problem,) = problems_of(book, "unknown_holder")
    assert ([right.holder for right in book.rights], problem.done) == (
        [ALICE[1], None, None],
        "共 2 项（第 3、4 行），不计入任何企业",
    )


def test_holder_with_other_brackets_and_blanks_is_the_same_firm() -> None:
    assert read_row(holder="甲企业 有限公司")[0].holder == ALICE[1]


def test_holder_by_code() -> None:
    book = read_ledger([*HEADER, "统一社会信用代码"], [*row(holder="曾用名公司"), BOB[1].lower()])
    assert book.rights[0].holder == BOB[1]


def test_optional_facts_are_read_and_blank_is_unknown() -> None:
    header = [*HEADER, "是否与主导产品相关", "是否实际应用", "权利人排名", "质押金额（元）", "获奖", "同族"]
    book = read_ledger(
        header,
        [*row(), "是", "否", "第2名", 30_000_000, "无", "US10123456B2; EP3123456A1"],
        [*row(OTHER), "", "", "", "", "", ""],
    )
    first, second = book.rights
    assert (first.related, first.in_use, first.holder_rank, first.pledge, first.awards, first.family) == (
        True,
        False,
        2,
        Decimal(3000),
        [],
        ["US10123456B2", "EP3123456A1"],
    )
    assert (second.related, second.in_use, second.pledge, second.awards, second.family) == (
        None,
        None,
        None,
        None,
        None,
    )


def test_other_rights_are_known_by_kind_and_number() -> None:
    book = read_ledger(HEADER, row("2021SR1234567", kind="软件著作权"), row("BS.205001234", kind="集成电路布图设计"))
    assert [(right.kind, right.number_ok) for right in book.rights] == [("software", True), ("ic_layout", True)]


def test_blank_rows_of_the_ledger_are_said_once() -> None:
    book = read_ledger(HEADER, row(), [], [], row(OTHER))
    assert [problem.problem for problem in book.problems] == ["表格中间有 2 个空行（第 3、4 行）"]


def test_right_of_one_of_two_namesakes_needs_a_code() -> None:
    summary = [*SUMMARY[:3], [ALICE[0], *BOB[1:], 10, 1]]
    rows = [[*HEADER, "信用代码"], [*row(), ""], [*row(OTHER), BOB[1]]]
    book = read_workbook(table_file(summary, more={"专利": rows}))
    assert [right.holder for right in book.rights] == [None, BOB[1]]
