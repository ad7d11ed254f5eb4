"""A firm's own list is read whatever its headers are called, and every problem names its cell (E18, O12)."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cultivation.assessments.services.workbook import WorkbookError
from cultivation.assessments.services.workbook.headers import ledger_headers
from cultivation.assessments.services.workbook.own_ledger import OwnLedger, read_own_ledger
from cultivation.core.identifiers import patent_check_digit
from cultivation.core.sheets import files, text
from tests.factories.ledgers import HEADS, INVENTION, LAPSED, MARKS, MODEL, OWN, SOFTWARE, book, changed, patents

ON = date(2026, 3, 31)
USCC = "91420106MA4KYJ51X1"


def read(data: bytes, *names: str) -> OwnLedger:
    return read_own_ledger(data, uscc=USCC, names=names or (OWN,), on=ON)


def read_rows(*rows: Sequence[Any], heads: Sequence[str] = HEADS) -> OwnLedger:
    return read(book(专利=patents(*rows, heads=heads)))


def found(ledger: OwnLedger, code: str) -> list[tuple[str, str]]:
    return [(one.cell, one.severity) for one in ledger.problems if one.code == code]


def test_kinds_may_stand_in_sheets_of_their_own() -> None:
    ledger = read(book(专利=patents(), 商标=MARKS, 软件著作权=SOFTWARE, 空白=[], 说明=[["导出说明"]]))
    kinds = [right.kind for right in ledger.rights]
    assert kinds == ["invention", "utility_model", "invention", "trademark", "software"]
    assert ledger.sheets == ["专利", "商标", "软件著作权"]
    assert [one.sheet for one in ledger.problems if one.code == "sheet_ignored"] == ["说明"]


def test_kinds_may_be_mixed_in_one_sheet() -> None:
    heads = ("知识产权类型", "申请号", "名称", "授权日", "法律状态", "权利人")
    rows = (
        ("发明专利", "201811070331.7", "一种装置", "2020-05-01", "有效", OWN),
        ("商标", "22345678", "光谷", "2017-01-14", "已注册", OWN),
        ("软著", "2020SR0123456", "软件", "2020-03-01", "登记", OWN),
    )
    ledger = read_rows(*rows, heads=heads)
    assert [(one.kind, one.state) for one in ledger.rights] == [
        ("invention", "valid"), ("trademark", "valid"), ("software", "valid"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("公开(公告)号", "publication"), ("公开公告号", "publication"), ("授权公告号", "publication"),
        ("申请号", "number"),
        ("专利号", "number"), ("专利申请号", "number"), ("标题", "title"), ("专利名称", "title"), ("发明名称", "title"),
        ("申请日", "filed_on"), ("申请日期", "filed_on"), ("授权日", "granted_on"), ("授权公告日", "granted_on"),
        ("专利类型", "kind"), ("法律状态", "legal_state"), ("当前法律状态", "legal_state"),
        ("简单法律状态", "legal_state"),
        ("专利有效性", "legal_state"), ("当前权利人", "holder"), ("专利权人", "holder"),
        ("当前申请(专利权)人", "holder"),
        ("第一申请人", "applicant"), ("原始申请人", "applicant"), ("同族", "family"), ("简单同族", "family"),
        ("质押", "pledge_note"), ("质押金额(万元)", "pledge"), ("许可", "licence_note"), ("转让", "transfer_note"),
        ("注册号", "number"), ("商标名称", "mark_name"), ("注册公告日期", "granted_on"), ("专用期限", "term"),
        ("登记号", "number"), ("软件名称", "software_name"), ("登记日期", "granted_on"), ("著作权人", "holder"),
        ("公开(公告)日", "announced_on"), ("专利奖", "awards"), ("发明创造名称", "title"),
        ("申请公布号", "publication"),
        ("专利申请日", "filed_on"), ("现专利权人", "holder"), ("申请人名称（中文）", "applicant"), ("有效期至", "term"),
        ("专利权状态", "legal_state"), ("软件名称（全称）", "software_name"), ("著作权人姓名或名称", "holder"),
        ("申请号（专利号）", "number"), ("Legal Status/Event", "legal_state"), ("INPADOC Family Members", "family"),
    ],
)  # fmt: skip
def test_headers_are_known_as_data(header: str, code: str) -> None:
    meaning = ledger_headers().meaning([header], last_year=None)
    assert meaning is not None
    assert meaning.column.code == code


@pytest.mark.parametrize(
    "written", ["CN201811070331.7", "ZL201811070331.7", "2018110703317", "２０１８１１０７０３３１．７", 2018110703317]
)
def test_a_number_has_one_form_however_it_is_written(written: Any) -> None:
    (right,) = read_rows(changed(INVENTION, B=written)).rights
    assert (right.number, right.number_ok) == ("ZL201811070331.7", True)


@pytest.mark.parametrize("written", ["2.01811E+12", "2.0181107033E+12", "CN2.01811E+12", 2018110000000])
def test_a_number_that_excel_shortened_is_an_error_and_no_number(written: Any) -> None:
    """Two rights whose numbers lost the same digits stay two, and each is told at its cell what to do."""
    rows = [changed(INVENTION, A="", B=written, C=title) for title in ("一种装置", "另一种装置")]
    ledger = read_rows(*rows)
    assert [(one.title, one.number, one.number_ok) for one in ledger.rights] == [
        ("一种装置", "", False), ("另一种装置", "", False),
    ]  # fmt: skip
    assert found(ledger, "number_lost") == [("B2", "error"), ("B3", "error")]
    assert "文本" in next(one.todo for one in ledger.problems if one.code == "number_lost")


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("PCT/CN2018/123456", "PCT"), ("WO2019123456A1", "国外"), ("US10123456B2", "国外"),
        ("CN201811070331.7；CN201821070331.2", "两个号码"),
    ],
)  # fmt: skip
def test_what_is_no_chinese_application_is_told_as_what_it_is(written: str, sentence: str) -> None:
    ledger = read_rows(changed(INVENTION, B=written))
    (problem,) = [one for one in ledger.problems if one.code == "bad_number"]
    assert (sentence in problem.problem, problem.cell, ledger.rights[0].number_ok) == (True, "B2", False)


def test_a_number_of_another_register_is_no_patents_number() -> None:
    """Eight digits are a trade mark's number, not a patent's without its check digit."""
    (right,) = read_rows(changed(INVENTION, B="95123456")).rights
    assert (right.kind, right.number_ok) == ("invention", False)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_text_is_read_in_every_form_that_excel_saves(encoding: str, delimiter: str) -> None:
    rows = [HEADS, INVENTION, MODEL]
    data = "\r\n".join(delimiter.join(map(str, row)) for row in rows).encode(encoding)
    assert [one.title for one in read(data).rights] == ["一种装置", "一种夹具"]


@pytest.mark.parametrize("data", [book(A=[HEADS]), ",".join(HEADS).encode()])
def test_headers_alone_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(WorkbookError, match="只有表头"):
        read(data)


@pytest.mark.parametrize(
    "written",
    [
        "2018-09-13", "2018/9/13", "2018.9.13", "20180913", "2018年9月13日", 43356, "13-Sep-2018", "Sep 13, 2018",
        "September 13, 2018", "2018-09-13T00:00:00Z", "2018-09-13 00:00:00", "二〇一八年九月十三日",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written: Any) -> None:
    ledger = read_rows(changed(INVENTION, D=written))
    assert (ledger.rights[0].filed_on, found(ledger, "not_a_date")) == (date(2018, 9, 13), [])


@pytest.mark.parametrize(
    ("state", "meaning"),
    [
        ("专利权的终止", "lapsed"), ("未缴年费终止失效", "lapsed"), ("期限届满终止失效", "lapsed"),
        ("商标已无效", "lapsed"),
        ("逾期视撤失效", "refused"), ("驳回失效", "refused"), ("公布后的驳回", "refused"), ("等待年费滞纳金", "valid"),
        ("公布及进入实审", "pending"), ("等年登印费", "pending"), ("驳回等复审请求", "pending"),
        ("授权；专利权质押合同登记的生效", "valid"), ("专利权的转移", "unknown"),
    ],
)  # fmt: skip
def test_states_as_the_patent_office_words_them(state: str, meaning: str) -> None:
    assert read_rows(changed(INVENTION, G=state)).rights[0].state == meaning


@pytest.mark.parametrize("digits", ["202310123456", "202320123456", "202330123456", "202380012345"])
def test_check_digits_of_recent_numbers(digits: str) -> None:
    good = patent_check_digit(digits)
    bad = "0" if good != "0" else "1"
    rows = [changed(INVENTION, A="", B=f"{digits}.{last}", D="2023-01-05", E="", F="") for last in (good, bad)]
    ledger = read_rows(*rows)
    assert [right.number_ok for right in ledger.rights] == [True, False]
    assert found(ledger, "patent_check_digit") == [("B3", "warning")]


def test_a_right_under_both_its_numbers_is_one_right() -> None:
    """The application's publication and the grant's; a third row knows the publication only."""
    first = changed(INVENTION, A="CN109123456A", E="", F="发明申请", G="审中", K="")
    third = changed(INVENTION, B="", C="")
    ledger = read_rows(first, INVENTION, third)
    (right,) = ledger.rights
    assert (right.publication, right.state, right.granted_on, right.related) == (
        "CN109123456B", "valid", date(2020, 5, 1), True,
    )  # fmt: skip
    assert (ledger.rows, ledger.merged) == (3, 2)
    assert [cell for cell, _ in found(ledger, "duplicate_right")] == ["A3", "A4"]


def test_rows_that_contradict_each_other_are_told() -> None:
    ledger = read_rows(INVENTION, changed(INVENTION, C="另一个名称"))
    assert found(ledger, "duplicate_right") == [("A3", "warning")]
    assert ledger.rights[0].title == "一种装置"


def test_two_rights_stay_two() -> None:
    assert read_rows(INVENTION, MODEL).merged == 0


def test_rank_of_the_holder_is_kept() -> None:
    (right,) = read_rows(changed(INVENTION, H=f"宜昌清江化工有限公司; {OWN}")).rights
    assert right.holder_rank == 2


def test_rights_of_other_firms_are_told_and_left() -> None:
    ledger = read_rows(INVENTION, changed(MODEL, H="宜昌清江化工有限公司"))
    assert [right.kind for right in ledger.rights] == ["invention"]
    (problem,) = [one for one in ledger.problems if one.code == "other_holder"]
    assert "第 3 行" in problem.done
    assert "宜昌清江化工有限公司" in problem.problem


def test_a_former_name_is_the_firm() -> None:
    data = book(专利=patents(changed(INVENTION, H="武汉光谷仪器厂")))
    assert (len(read(data).rights), len(read(data, OWN, "武汉光谷仪器厂").rights)) == (0, 1)


def test_without_a_column_of_holders_all_are_the_firms_and_it_is_said() -> None:
    ledger = read(book(商标=MARKS))
    assert [right.holder for right in ledger.rights] == [USCC]
    assert found(ledger, "no_holder_column")


def test_who_applied_first_tells_of_a_transfer() -> None:
    heads = (*HEADS, "第一申请人")
    ledger = read_rows((*INVENTION, "某某大学"), (*MODEL, OWN), heads=heads)
    assert [right.obtained for right in ledger.rights] == ["transferred", "original"]


def test_family_pledge_awards_transfer_are_read() -> None:
    heads = (*HEADS, "质押金额(万元)", "获奖情况", "转让日期", "取得方式")
    row = (*changed(INVENTION, I="US10123456B2;EP3123456A1", J=""), 500, "中国专利优秀奖", "2024-06-01", "受让")
    (right,) = read_rows(row, heads=heads).rights
    assert (right.family, right.pledge, right.awards, right.obtained, right.transferred_on) == (
        ["US10123456B2", "EP3123456A1"], Decimal(500), ["中国专利优秀奖"], "transferred", date(2024, 6, 1),
    )  # fmt: skip


def test_none_is_known_and_blank_is_not() -> None:
    known, blank = read_rows(INVENTION, changed(MODEL, I="", J="")).rights
    assert (known.family, known.pledge) == ([], Decimal(0))
    assert (blank.family, blank.pledge) == (None, None)


def test_a_pledge_without_its_amount_is_kept_in_words() -> None:
    (right,) = read_rows(changed(INVENTION, J="汉口银行")).rights
    assert (right.pledge, right.said) == (None, ["质押：汉口银行"])


@pytest.mark.parametrize(
    ("cells", "code", "cell"),
    [
        ({"D": "1918-09-13"}, "before_law", "D2"),
        ({"D": "2018-13-45"}, "not_a_date", "D2"),
        ({"D": "去年"}, "not_a_date", "D2"),
        ({"D": "2027-01-01", "E": ""}, "filed_in_future", "D2"),
        ({"E": "2017-01-01"}, "grant_before_filing", "E2"),
        ({"E": "2026-12-01"}, "granted_in_future", "E2"),
    ],
)
def test_absurd_days_are_errors_at_their_cell(cells: dict[str, str], code: str, cell: str) -> None:
    assert (cell, "error") in found(read_rows(changed(INVENTION, **cells)), code)


def test_a_grants_publication_gives_its_day() -> None:
    heads = ("公开(公告)号", "申请号", "标题", "公开(公告)日", "简单法律状态")
    rows = (
        ("CN109123456B", "201811070331.7", "一", "2020-05-01", "有效"),
        ("CN110123456A", "", "二", "2020-06-01", "审中"),
    )
    assert [right.granted_on for right in read_rows(*rows, heads=heads).rights] == [date(2020, 5, 1), None]


def test_a_marks_term_says_whether_it_stands() -> None:
    over = ("12345678", "旧", 9, "2009-01-14", "2009-01-14至2019-01-13")
    ledger = read(book(商标=[*MARKS, over]))
    assert [(right.state, right.status) for right in ledger.rights] == [("valid", "counted"), ("unknown", "uncertain")]


def test_unknown_columns_are_listed() -> None:
    ledger = read_rows((*INVENTION, "x"), heads=(*HEADS, "专利价值随笔"))
    assert [(one.cell, one.value) for one in ledger.problems if one.code == "unmapped_column"] == [
        ("L1", "专利价值随笔")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_of_either_encoding(encoding: str, delimiter: str) -> None:
    stream = io.StringIO()
    rows = patents(changed(INVENTION, B='="201811070331.7"', H=OWN), MODEL)
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    ledger = read(stream.getvalue().encode(encoding))
    assert [right.number for right in ledger.rights] == ["ZL201811070331.7", "ZL201821070331.2"]
    assert ledger.sheets == ["CSV"]


def test_merged_and_two_storey_headers() -> None:
    heads = [
        ["专利清单", *[""] * 5],
        ["号码", "", "日期", "", "其他", ""],
        ["申请号", "公开(公告)号", "申请日", "授权日", "标题", "法律状态"],
    ]
    ledger = read(
        book(专利=[*heads, ["201811070331.7", "CN109123456B", "2018-09-13", "2020-05-01", "一种装置", "有效"]])
    )
    assert [right.number for right in ledger.rights] == ["ZL201811070331.7"]


def test_a_formula_is_no_number() -> None:
    """What Excel has not calculated is told; what begins like a formula is text and nothing else (O12)."""
    ledger = read_rows(changed(INVENTION, C="=HYPERLINK(1)"), changed(MODEL, C="+cmd|' /C calc'!A0"))
    assert found(ledger, "formula_without_result") == [("C2", "warning")]
    assert [right.title for right in ledger.rights] == ["", "+cmd|' /C calc'!A0"]


def refused(data: bytes) -> str:
    with pytest.raises(WorkbookError) as error:
        read(data)
    return str(error.value)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7\n", "PDF 文件"),
        (b"<html><table></table></html>", "网页或 XML 文件"),
        (b"PK\x03\x04 nonsense", "文件已损坏"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "不是 Excel 工作簿"),
        (b"\xff\xfe\x81\x82\xff", "编码"),
        (b",,,\n,,\n", "没有任何内容"),
        ("姓名,电话\n张三,1\n".encode(), "没有找到权利清单"),
    ],
)
def test_what_is_no_list_is_refused_in_words(data: bytes, sentence: str) -> None:
    assert sentence in refused(data)


def test_empty_sheets_are_no_list() -> None:
    assert "没有任何内容" in refused(book(一=[], 二=[]))


def test_two_million_rows_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(专利=patents()))) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(
                part.filename, content.replace(b'<row r="2"', b'<row r="2000000"').replace(b'r="A2"', b'r="A2000000"')
            )
    assert "超过 100,000 行" in refused(stream.getvalue())
    monkeypatch.setattr(text, "MAX_ROWS", 50)
    assert "超过" in refused(("申请号,标题,申请日\n" + "201811070331.7,a,2018-09-13\n" * 60).encode())


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_UNPACKED", 2_000)
    assert "解压后过大" in refused(book(专利=patents()))


def test_a_lapsed_right_is_kept_with_its_state() -> None:
    (right,) = read_rows(LAPSED).rights
    assert (right.state, right.status) == ("lapsed", "lapsed")
