"""Reads the list of rights that a firm exports itself: every sheet of it, the firm's own rights, and every problem."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from cultivation.core.identifiers import half_width
from cultivation.core.sheets import Grid, open_tables
from cultivation.core.sheets.cells import Cell, clean
from cultivation.core.sheets.files import fingerprint

from .headers import ledger_headers
from .layout import Layout, find_layout
from .ledger_sheet import LedgerSheet, ledger_words, resolve_ledger_columns
from .model import Problem, RightRow, WorkbookError
from .own_checks import ABSURD, check_own
from .problems import Findings
from .rights import PUBLICATION, read_right_rows
from .same_rights import merge_same
from .summary import fold_name
from .vocabulary import fold

MOST_RIGHTS = 5_000
LEAST_COLUMNS = 2
NO_TABLE = (
    "没有找到权利清单：任何工作表的前几行里都没有“申请号”“专利名称”“法律状态”"
    "（或“注册号”“商标名称”，“登记号”“软件名称”）等表头。请上传从专利数据库导出的清单。"
)
NO_ROWS = "清单里只有表头，没有一行权利。请确认导出时选中了要导出的各项。"


@dataclass(slots=True)
class OwnLedger:
    """What a firm's file says. `strangers` are rights of somebody else; they are told, not taken."""

    rights: list[RightRow] = field(default_factory=list)
    strangers: list[RightRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    rows: int = 0
    merged: int = 0
    sha256: str = ""

    @property
    def kinds(self) -> set[str]:
        return {right.kind for right in self.rights}


def read_own_ledger(data: bytes, *, uscc: str, names: Collection[str], on: date) -> OwnLedger:
    """Rights of one firm, known by its code and all its names, judged on a day.

    Raises `WorkbookError` for a file that can't be read, or holds no list of rights.
    """
    grids = open_tables(data)
    findings = Findings()
    found = OwnLedger(sha256=fingerprint(data))
    known = {fold_name(name): uscc for name in names}
    for grid, layout in _tables(grids, findings):
        reader = _reader(grid, layout, findings, known, uscc, on)
        found.sheets.append(grid.name)
        for right in read_right_rows(reader, layout):
            _take(found, reader, right, uscc)
    if not found.sheets:
        raise WorkbookError(NO_TABLE)
    if not found.rights and not found.strangers and not findings.problems:
        raise WorkbookError(NO_ROWS)
    found.rows = len({(right.sheet, right.row) for right in (*found.rights, *found.strangers)})
    found.rights, found.merged = merge_same(found.rights, findings, on)
    _report_strangers(found, findings)
    if len(found.rights) > MOST_RIGHTS:
        raise WorkbookError(f"清单有 {len(found.rights):,} 项权利，一次最多读取 {MOST_RIGHTS:,} 项。请联系省局协助。")
    found.problems = [replace(one, severity="error") if one.code in ABSURD else one for one in findings.problems]
    return found


def _tables(grids: Sequence[Grid], findings: Findings) -> Iterator[tuple[Grid, Layout]]:
    """Every sheet with a table of rights; a hidden one, and one that is something else, is told and left."""
    visible = [grid for grid in grids if not grid.is_hidden] or grids
    for grid in grids:
        if not any(clean(raw) for row in grid.rows for raw in row):
            continue
        cell = Cell(grid.name, 0, 0, next(clean(raw) for row in grid.rows for raw in row if clean(raw)))
        layout = find_layout(grid, ledger_headers()) if grid in visible else None
        if layout is not None and _is_ledger(layout):
            yield grid, layout
        elif grid in visible:
            findings.info(cell, "sheet_ignored", "这张工作表不是权利清单", done="整张未读")
        else:
            findings.warning(cell, "sheet_hidden", "这张工作表是隐藏的", done="整张未读", todo="要计入请先取消隐藏")


def _is_ledger(layout: Layout) -> bool:
    meanings = (ledger_headers().meaning(levels, last_year=None) for levels in layout.headers if levels)
    codes = {one.column.code for one in meanings if one is not None and one.column.type != "skip"}
    return bool(codes & {"number", "publication"}) and len(codes) >= LEAST_COLUMNS


def _reader(grid: Grid, layout: Layout, findings: Findings, known: dict[str, str], uscc: str, on: date) -> LedgerSheet:
    columns, types, units = resolve_ledger_columns(grid, layout, findings)
    if "holder" not in columns and "applicant" in columns:
        columns["holder"] = columns.pop("applicant")
    if "holder" not in columns:
        findings.warning(
            Cell(grid.name, layout.last, 0, ""),
            "no_holder_column",
            "没有“权利人”一列",
            done="全部按本企业的权利处理，权利人排名按未知处理",
            todo="导出时请勾选“当前权利人”",
        )
    reader = LedgerSheet(grid, columns, types, units, known, frozenset({uscc}), on, findings)
    reader.likely_kind = _likely_kind(grid, columns)
    return reader


def _likely_kind(grid: Grid, columns: Collection[str]) -> str | None:
    """By a column that only one kind has; else by the longest word for a kind in the sheet's name."""
    words = ledger_words()
    by_title = [kind for code, kind in words.title_kinds.items() if code in columns]
    if by_title and "title" not in columns:
        return by_title[0] if len(by_title) == 1 else None
    name = fold(grid.name)
    inside = [word for word in words.kinds if len(word) > 1 and word in name]
    return words.kinds[max(inside, key=len)] if inside else None


def _take(found: OwnLedger, reader: LedgerSheet, right: RightRow, uscc: str) -> None:
    row = right.row - 1
    if right.holder is None and not right.holder_name:
        right.holder = uscc
        right.reasons = right.reasons[:-1]
        _report_blank_holder(reader, row)
    if right.holder is None:
        found.strangers.append(right)
        return
    if not right.number_ok and PUBLICATION.fullmatch(right.number):
        right.publication, right.number = right.publication or right.number, ""
    if not right.number and not right.publication and not right.title:
        reader.findings.error(
            reader.cell(row, "number"), "no_identity", "没有号码，也没有名称", done="整行未采用", todo="补上申请号"
        )
        return
    check_own(reader, row, right)
    _read_notes(reader, row, right)
    _read_origin(reader, row, right)
    found.rights.append(right)


def _read_notes(reader: LedgerSheet, row: int, right: RightRow) -> None:
    """A known none of pledges and transfers is a fact; anything else is kept in words."""
    words = {code: reader.text(row, code) for code in ("pledge_note", "transfer_note", "licence_note")}
    if _says_none(reader, words["pledge_note"]) and right.pledge is None:
        right.pledge = Decimal(0)
    if _says_none(reader, words["transfer_note"]) and right.obtained == "unknown":
        right.obtained = "original"
    labels = {"pledge_note": "质押", "transfer_note": "转让", "licence_note": "许可"}
    right.said += [
        f"{labels[code]}：{text[:200]}" for code, text in words.items() if text and not _says_none(reader, text)
    ]


def _report_blank_holder(reader: LedgerSheet, row: int) -> None:
    if "holder" in reader.columns:
        reader.findings.warning(
            reader.cell(row, "holder"),
            "blank_holder",
            "没有写权利人",
            done="按本企业的权利处理，排名按未知处理",
            todo="补上权利人",
        )


def _says_none(reader: LedgerSheet, text: str) -> bool:
    return fold(text) in reader.words.zero or fold(text) in {"否", "0", "未质押", "未转让"}


def _read_origin(reader: LedgerSheet, row: int, right: RightRow) -> None:
    """Who applied first tells how the firm came by the right, where the list does not say so itself."""
    first = reader.text(row, "applicant")
    if right.obtained != "unknown" or not first:
        return
    applicants = {fold_name(part) for part in first.replace("；", ";").replace("|", ";").split(";")}
    if applicants & set(reader.firms):
        right.obtained = "original"
        return
    right.obtained = "transferred"
    reader.findings.info(
        reader.cell(row, "applicant"),
        "transferred_by_names",
        "原始申请人不是本企业",
        done="按受让取得处理，转入日期不明的按未知处理",
        todo="自主申请的请核对名称；受让的请填转入日期",
    )


def _report_strangers(found: OwnLedger, findings: Findings) -> None:
    """One finding for each other holder, naming the rows."""
    by_name: dict[str, list[RightRow]] = {}
    for right in found.strangers:
        by_name.setdefault(half_width(right.holder_name), []).append(right)
    for group in by_name.values():
        rows = "、".join(str(right.row) for right in group[:50]) + ("等" if len(group) > 50 else "")
        findings.warning(
            Cell(group[0].sheet, group[0].row - 1, 0, group[0].holder_name),
            "other_holder",
            f"权利人“{group[0].holder_name[:60]}”不是本企业",
            done=f"共 {len(group)} 项（第 {rows} 行），不列入台账",
            todo="确属本企业的：用过曾用名的先登记曾用名，写错的更正权利人后重新上传",
        )
