"""Reads the firms of the summary sheet: columns by their headers, rows by their identity, cells by their column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cultivation.core.identifiers import BadIdentifier, Uscc, parse_uscc
from cultivation.core.regions import Place, RegionTable
from cultivation.core.sheets.cells import Cell, display
from cultivation.core.sheets.files import Grid

from .columns import IDENTITY, Table, report_fractions
from .model import FirmRow
from .problems import Findings
from .values import Asked, BadCell, read_value
from .vocabulary import Words, fold, load_words

LONGEST_NAME = 120
_TOTAL = re.compile(r"^(合计|总计|小计|共计|平均|汇总|total)")
_SIGNATURE = re.compile(
    r"^(审核|填表|填报|制表|负责人|单位负责人|联系|经办|复核|签字|盖章|主管|日期|注[:：]|备注[:：]|说明[:：]|填表说明)"
)
_SAMPLE = re.compile(r"^(示例|样例|例|范例|例如|举例)[:：]?")
_FORMULA = re.compile(r"^[=@+\-|\t\r]")


@dataclass(slots=True)
class Firms:
    """The firms read, and those left out with the reason, by folded name."""

    rows: list[FirmRow] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, FirmRow] = field(default_factory=dict)
    namesakes: set[str] = field(default_factory=set)


def read_firms(table: Table, *, regions: RegionTable, filled_on: date | None, findings: Findings) -> Firms:
    firms = Firms()
    seen: dict[str, FirmRow] = {}
    report_fractions(table, findings)
    for row in _firm_rows(table, findings):
        firm = _identify(table, row, regions, firms, findings)
        if firm is None:
            continue
        read_facts(table, firm, filled_on=filled_on, findings=findings)
        if firm.uscc in seen:
            _report_duplicate(table, seen[firm.uscc], firm, findings)
            continue
        _report_namesake(table, firm, firms, findings)
        seen[firm.uscc] = firm
        firms.rows.append(firm)
    return firms


def _report_namesake(table: Table, firm: FirmRow, firms: Firms, findings: Findings) -> None:
    """Two codes under one name: both are read, but a list of rights by name can't tell them apart."""
    name = fold_name(firm.name)
    other = firms.by_name.setdefault(name, firm)
    if other is firm:
        return
    firms.namesakes.add(name)
    findings.warning(
        table.cell(firm.row - 1, "name"),
        "same_name",
        f"与第 {other.row} 行企业同名，但统一社会信用代码不同",
        done="两家都读入；清单中只写名称的专利不计入任一家",
        todo="核对两行的名称和代码；专利清单请加“统一社会信用代码”一列",
    )


def _firm_rows(table: Table, findings: Findings) -> Iterator[int]:
    """Rows that hold a firm; every other row that holds anything is reported."""
    blanks: list[int] = []
    pending: list[int] = []
    for row in table.rows:
        kind = _row_kind(table, row)
        if kind == "blank":
            pending.append(row)
            continue
        if kind == "firm":
            blanks += pending
            pending = []
            yield row
            continue
        cell = next(cell for cell in table.grid.cells(row) if not cell.is_blank)
        _report_other_row(cell, kind, findings)
    report_blanks(table.grid, blanks, findings)


def report_blanks(grid: Grid, rows: Sequence[int], findings: Findings) -> None:
    """Blank rows inside a table, said once."""
    if rows:
        listed = "、".join(str(row + 1) for row in rows[:20]) + ("等" if len(rows) > 20 else "")
        cell = Cell(grid.name, rows[0], 0, "")
        findings.info(cell, "blank_rows", f"表格中间有 {len(rows)} 个空行（第 {listed} 行）", done="已跳过")


def _report_other_row(cell: Cell, kind: str, findings: Findings) -> None:
    if kind == "other":
        findings.warning(
            cell,
            "not_a_firm",
            "这一行既没有企业名称也没有统一社会信用代码",
            done="整行未采用",
            todo="若是企业，请补全名称和代码",
        )
        return
    problem = {"total": "合计行", "signature": "签字或说明行", "sample": "填写示例行"}[kind]
    findings.info(cell, f"{kind}_row", problem, done="不作为企业读取")


def _row_kind(table: Table, row: int) -> str:
    cells = [cell for cell in table.grid.cells(row) if not cell.is_blank]
    if not cells:
        return "blank"
    first = fold(cells[0].text)
    has_code = "uscc" in table.columns and not table.cell(row, "uscc").is_blank
    if _SAMPLE.match(first):
        return "sample"
    if has_code:
        return "firm"
    name = fold(table.cell(row, "name").text) if "name" in table.columns else ""
    if _TOTAL.match(first) or _TOTAL.match(name):
        return "total"
    if _SIGNATURE.match(first) or _SIGNATURE.match(name):
        return "signature"
    return "firm" if name else "other"


def _identify(table: Table, row: int, regions: RegionTable, firms: Firms, findings: Findings) -> FirmRow | None:
    """The firm of a row; None, with an error, when its name or code is unusable."""
    name_cell, code_cell = table.cell(row, "name"), table.cell(row, "uscc")
    name, why = _name(name_cell)
    if why:
        findings.error(name_cell, "bad_name", why, done="这家企业未读入", todo="改填营业执照上的企业全称后重新上传")
        return None
    uscc = _uscc(code_cell, findings)
    if uscc is None:
        firms.left_out[fold_name(name)] = f"第 {row + 1} 行统一社会信用代码不可用"
        return None
    place = _place(table, row, regions, findings)
    return FirmRow(
        uscc=uscc.code,
        uscc_check_ok=uscc.check_ok,
        name=name,
        region=place.division if place else None,
        zone=place.zone if place else "",
        county=place.county if place else None,
        sheet=table.grid.name,
        row=row + 1,
        cells={code: table.cell(row, code).address for code in IDENTITY if code in table.columns},
    )


def _name(cell: Cell) -> tuple[str, str]:
    name = cell.text
    if cell.hidden or _FORMULA.match(name):
        return "", "企业名称是公式或以公式符号开头，不能作为名称"
    if not name:
        return "", "企业名称为空"
    if not re.search(r"[㐀-鿿\U00020000-\U0003ffffA-Za-z]{2}", name):
        return "", "企业名称里没有文字"
    if len(display(cell.raw).strip()) > LONGEST_NAME:
        return "", f"企业名称超过 {LONGEST_NAME} 个字"
    return display(cell.raw).strip(), ""


def fold_name(name: str) -> str:
    """The form in which firms' names are compared: brackets and blanks alike."""
    return re.sub(r"[()（）〔〕\[\]·.,，。]", "", fold(name))


def _uscc(cell: Cell, findings: Findings) -> Uscc | None:
    if not isinstance(cell.raw, str):
        findings.error(
            cell,
            "uscc_as_number",
            "统一社会信用代码按数字存放，末几位可能已丢失",
            done="这家企业未读入",
            todo="把这一列设为文本格式后重填",
        )
        return None
    try:
        uscc = parse_uscc(cell.raw)
    except BadIdentifier as error:
        findings.error(cell, "bad_uscc", str(error), done="这家企业未读入", todo="对照营业执照核对 18 位代码后重新上传")
        return None
    if uscc.changed:
        findings.info(cell, "uscc_normalised", "统一社会信用代码含空格、小写或全角字符", done=f"已规范为 {uscc.code}")
    if not uscc.check_ok:
        findings.warning(
            cell,
            "uscc_check_digit",
            f"统一社会信用代码校验位不符（按 GB 32100 应为 {uscc.expected}）",
            done="企业保留，代码待核实",
            todo="对照营业执照核对；确有其码的，由审核人注明后放行",
        )
    return uscc


def _place(table: Table, row: int, regions: RegionTable, findings: Findings) -> Place | None:
    if "region" not in table.columns:
        return None
    cell = table.cell(row, "region")
    cell = table.grid.anchored(row, cell.column) if cell.is_blank else cell
    text = display(cell.raw) if not isinstance(cell.raw, float) else f"{cell.raw:.0f}"
    if cell.is_blank:
        findings.warning(cell, "no_region", "所属市州为空", done="企业保留，地区未知", todo="补填所属市州")
        return None
    place = regions.find(text)
    if place is None:
        findings.warning(
            cell,
            "unknown_region",
            "不是湖北省 17 个市州及其县市区或功能区",
            done="企业保留，地区未知",
            todo="填写市州名称或六位区划代码",
        )
    return place


def read_facts(table: Table, firm: FirmRow, *, filled_on: date | None, findings: Findings) -> None:
    words = load_words()
    for code, asked in table.asked.items():
        cell = table.cell(firm.row - 1, code)
        firm.cells[code] = cell.address
        firm.values[code] = _fact(cell, asked, words, filled_on, findings)


def _fact(cell: Cell, asked: Asked, words: Words, filled_on: date | None, findings: Findings) -> Any:
    try:
        reading = read_value(cell, asked, words)
        if asked.code == "registered_on" and isinstance(reading.fact, date) and filled_on and reading.fact > filled_on:
            raise BadCell("future_date", "成立日期晚于填报日期", "核对后重填")
    except BadCell as bad:
        findings.warning(cell, bad.code, bad.problem, done="按未知处理，企业保留", todo=bad.todo)
        return None
    if reading.note:
        findings.info(cell, reading.note_code, reading.note, done="已按此读取", todo="如有不符请更正")
    return reading.fact


def _report_duplicate(table: Table, first: FirmRow, second: FirmRow, findings: Findings) -> None:
    cell = table.cell(second.row - 1, "uscc")
    different = _differences(first, second)
    if not different:
        findings.warning(
            cell,
            "duplicate_firm",
            f"与第 {first.row} 行是同一家企业，内容相同",
            done=f"只计第 {first.row} 行",
            todo="删去重复的一行",
        )
        return
    pairs = "、".join(f"{first.cells[code]}/{second.cells[code]}" for code in different[:30])
    findings.error(
        cell,
        "conflicting_firm",
        f"与第 {first.row} 行是同一家企业，但内容不同：{pairs}",
        done=f"采用第 {first.row} 行，这一行未采用",
        todo="核实哪一行正确，删去另一行后重新上传",
    )


def _differences(first: FirmRow, second: FirmRow) -> Sequence[str]:
    different = [code for code, value in first.values.items() if second.values.get(code) != value]
    if (first.region, first.zone) != (second.region, second.zone):
        different.insert(0, "region")
    if fold_name(first.name) != fold_name(second.name):
        different.insert(0, "name")
    return different
