"""Reads the list of rights: numbers, dates, states and holders as the patent databases export them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from cultivation.core.identifiers import (
    BadIdentifier,
    PatentNumber,
    half_width,
    is_abroad,
    is_rounded,
    is_shortened,
    other_right_kind,
    parse_patent_number,
    parse_uscc,
)
from cultivation.core.sheets.cells import Cell
from cultivation.core.sheets.files import Grid

from .layout import Layout
from .ledger_sheet import LedgerSheet, ledger_words, resolve_ledger_columns
from .model import RightRow
from .problems import Findings
from .rights_checks import check_dates, flag_contested, judge, merge_duplicates, report_strangers, settle_state
from .summary import Firms, fold_name, report_blanks
from .vocabulary import fold

PATENTS = frozenset({"invention", "utility_model", "design"})
KIND_LABELS = {"invention": "发明", "utility_model": "实用新型", "design": "外观设计"}
_SEPARATORS = re.compile(r"[;；|、,，\n/]+")
PUBLICATION = re.compile(r"CN\d{7,9}[A-Z]\d?")
_GRANT = re.compile(r"CN\d{7,9}[BCUYS]\d?")
SHORTENED = "在 Excel 中把这一列设为“文本”，从数据库重新导出或重新填写完整号码后再上传；只改格式找不回丢失的数字"
ABROAD = "已进入中国国家阶段的，改填中国申请号；只在国外的，请写进对应中国专利的“海外同族”"
_LEDGER_TOTAL = re.compile(r"^(合计|总计|小计|共计)")


def read_rights(ledger: tuple[Grid, Layout], firms: Firms, *, on: date | None, findings: Findings) -> list[RightRow]:
    grid, layout = ledger
    columns, types, units = resolve_ledger_columns(grid, layout, findings)
    if "holder" not in columns and "applicant" in columns:
        columns["holder"] = columns.pop("applicant")
    known = {fold_name(firm.name): firm.uscc for firm in firms.rows}
    codes = frozenset(firm.uscc for firm in firms.rows)
    known = {name: uscc for name, uscc in known.items() if name not in firms.namesakes}
    reader = LedgerSheet(grid, columns, types, units, known, codes, on, findings)
    rights = list(read_right_rows(reader, layout))
    merge_duplicates(reader, rights)
    flag_contested(reader, rights)
    report_strangers(reader, rights, firms)
    return rights


def read_right_rows(reader: LedgerSheet, layout: Layout) -> Iterator[RightRow]:
    """The rights of a sheet row by row, each once for every holder that is asked for."""
    for row in _rows(reader, layout):
        yield from _read_row(reader, row)


def _rows(reader: LedgerSheet, layout: Layout) -> Iterator[int]:
    blanks: list[int] = []
    for row in range(layout.last + 1, len(reader.grid.rows)):
        cells = [cell for cell in reader.grid.cells(row) if not cell.is_blank]
        if not cells:
            blanks.append(row)
            continue
        if _LEDGER_TOTAL.match(fold(cells[0].text)) or (len(cells) == 1 and len(reader.columns) > 3):
            reader.findings.info(cells[0], "not_a_right", "这一行不是一项权利", done="整行未采用")
            continue
        yield row
    report_blanks(reader.grid, blanks, reader.findings)


def _read_row(reader: LedgerSheet, row: int) -> Iterator[RightRow]:
    """One right for each of its holders among the firms; a right of strangers alone is kept without a holder."""
    number, number_text = _number(reader, row)
    right = RightRow(
        number=number.canonical if number else number_text,
        number_ok=False,
        title=_title(reader, row),
        publication=half_width(reader.text(row, "publication")),
        kind=_kind(reader, row, number, number_text),
        filed_on=reader.fact(row, "filed_on"),
        granted_on=reader.fact(row, "granted_on") or _announced(reader, row),
        holder=None,
        holder_name=reader.text(row, "holder"),
        legal_state=reader.text(row, "legal_state") or reader.text(row, "legal_event"),
        sheet=reader.grid.name,
        row=row + 1,
        family=_list(reader, row, "family"),
        pledge=reader.fact(row, "pledge"),
        awards=_list(reader, row, "awards"),
        ipc=reader.text(row, "ipc"),
        obtained=ledger_words().obtained.get(fold(reader.text(row, "obtained")), "unknown"),
        transferred_on=reader.fact(row, "transferred_on"),
        holder_rank=reader.fact(row, "holder_rank"),
        related=reader.fact(row, "related"),
        in_use=reader.fact(row, "in_use"),
        emerging=reader.fact(row, "emerging"),
        used_in_hnte=reader.fact(row, "used_in_hnte"),
        overseas_revenue=reader.fact(row, "overseas_revenue"),
    )
    right.number_ok = number.check_ok if number else _is_registered(right.kind, number_text)
    right.state = state_of_text(right.legal_state)
    settle_state(reader, row, right)
    check_dates(reader, row, right)
    judge(reader, row, right)
    yield from _by_holder(reader, row, right)


def _is_registered(kind: str, number: str) -> bool:
    """A number of another register stands for no patent, however well it is formed."""
    return kind not in PATENTS and bool(number) and other_right_kind(number) is not None


def _title(reader: LedgerSheet, row: int) -> str:
    return next((text for code in ("title", *ledger_words().title_kinds) if (text := reader.text(row, code))), "")


def _announced(reader: LedgerSheet, row: int) -> date | None:
    """The day on which a grant was published: a database that gives no day of grant gives this one."""
    if not _GRANT.fullmatch(half_width(reader.text(row, "publication"))):
        return None
    found: date | None = reader.fact(row, "announced_on")
    return found


def _list(reader: LedgerSheet, row: int, code: str) -> list[str] | None:
    """Parts of a cell; "无" is a known none, a blank is not known."""
    text = reader.text(row, code)
    if fold(text) in reader.words.zero or fold(text) in {"否", "0"}:
        return []
    return [part.strip().upper() for part in _SEPARATORS.split(text) if part.strip()] or None


def _number(reader: LedgerSheet, row: int) -> tuple[PatentNumber | None, str]:
    cell = reader.cell(row, "number")
    raw = reader.text(row, "number") if isinstance(cell.raw, str) else cell.shown
    kind = _stated_kind(reader, row) or reader.likely_kind
    try:
        number = parse_patent_number(raw)
    except BadIdentifier as error:
        if is_shortened(raw):
            return _lost(reader, cell, str(error))
        if kind in PATENTS or (kind is None and other_right_kind(raw) is None):
            todo = ABROAD if is_abroad(raw) else "核对申请号后重新上传"
            reader.findings.warning(cell, "bad_number", str(error), done="保留这一行，是否计数存疑", todo=todo)
        return None, half_width(raw)
    if not number.check_ok and not isinstance(cell.raw, str) and is_rounded(raw):
        return _lost(reader, cell, "号码的后几位全是 0，是 Excel 按数字保存时四舍五入的结果")
    if not number.check_ok:
        reader.findings.warning(
            cell,
            "patent_check_digit",
            f"专利号校验位不符（按 ZC 0006 应为 {number.expected}）",
            done="保留这一行，是否计数存疑",
            todo="对照专利证书核对号码",
        )
    return number, number.canonical


def _lost(reader: LedgerSheet, cell: Cell, problem: str) -> tuple[None, str]:
    """Digits that a spreadsheet lost are no number at all: many rights would seem to be one."""
    reader.findings.error(cell, "number_lost", problem, done="不采用这个号码，这一行按公开号和名称保留", todo=SHORTENED)
    return None, ""


def _stated_kind(reader: LedgerSheet, row: int) -> str | None:
    return ledger_words().kinds.get(fold(reader.text(row, "kind")))


def _kind(reader: LedgerSheet, row: int, number: PatentNumber | None, text: str) -> str:
    """By the number's type digit when its check digit holds; the stated type otherwise."""
    stated = _stated_kind(reader, row)
    if number is None:
        return stated or reader.likely_kind or other_right_kind(text) or "unknown"
    if stated is None:
        return number.kind
    if stated == number.kind:
        return stated
    used = number.kind if number.check_ok else stated
    reader.findings.warning(
        reader.cell(row, "kind"),
        "kind_contradiction",
        f"填报类型与申请号的类型位不一致（号码表示{KIND_LABELS[number.kind]}）",
        done=f"按{'号码' if number.check_ok else '填报'}作{KIND_LABELS.get(used, used)}处理",
        todo="核对专利类型和申请号",
    )
    return used


def state_of_text(text: str) -> str:
    """One state of a text in several parts; what ends a right outweighs the rest."""
    states = ledger_words().states
    whole = states.get(fold(text))
    parts = {states.get(fold(part), "") for part in re.split(r"[;；|、,，\-—/()（）\n]+", text)}
    for state in ("lapsed", "refused", "valid", "pending"):
        if state == whole or (whole is None and state in parts):
            return state
    return "unknown"


def _by_holder(reader: LedgerSheet, row: int, right: RightRow) -> Iterator[RightRow]:
    by_code = _holder_by_code(reader, row)
    names = [part.strip() for part in re.split(r"[;；|、\n]+", right.holder_name) if part.strip()]
    whole = reader.firms.get(fold_name(right.holder_name))
    if by_code or whole:
        yield replace(right, holder=by_code or whole, holder_rank=right.holder_rank or (1 if len(names) == 1 else None))
        return
    holders = [(place, reader.firms.get(fold_name(name))) for place, name in enumerate(names, start=1)]
    found = [(place, uscc) for place, uscc in holders if uscc is not None]
    if not found:
        right.reasons.append("权利人不在汇总表中")
        yield right
    for place, uscc in found:
        yield replace(right, holder=uscc, holder_rank=right.holder_rank or place, reasons=list(right.reasons))


def _holder_by_code(reader: LedgerSheet, row: int) -> str | None:
    text = reader.text(row, "holder_uscc")
    if not text:
        return None
    try:
        code = parse_uscc(text).code
    except BadIdentifier:
        return None
    return code if code in reader.codes else None
