"""Reads the list of rights: numbers, dates, states and holders as the patent databases export them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from cultivation.core.identifiers import BadIdentifier, PatentNumber, half_width, other_right_kind, parse_patent_number, parse_uscc

from .cells import Cell
from .files import Grid
from .layout import Layout
from .model import RightRow
from .problems import Findings
from .summary import Firms, fold_name
from .values import Asked, BadCell, read_value
from .vocabulary import Words, fold, load_words, read_data

PATENTS = frozenset({"invention", "utility_model", "design"})
KIND_LABELS = {"invention": "发明", "utility_model": "实用新型", "design": "外观设计"}
_SEPARATORS = re.compile(r"[;；|、,，\n/]+")
_LEDGER_TOTAL = re.compile(r"^(合计|总计|小计|共计)")


@dataclass(frozen=True, slots=True)
class LedgerWords:
    kinds: Mapping[str, str]
    states: Mapping[str, str]
    obtained: Mapping[str, str]


@cache
def ledger_words() -> LedgerWords:
    data = read_data("ledger_columns.yaml")
    return LedgerWords(*(_by_word(data[name]) for name in ("kinds", "states", "obtained")))


def _by_word(meanings: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {fold(word): meaning for meaning, words in meanings.items() for word in words}


@dataclass(slots=True)
class Reader:
    """The ledger's table with its columns, and what the rows are judged against."""

    grid: Grid
    columns: Mapping[str, int]
    types: Mapping[str, str]
    units: Mapping[str, str]
    firms: Mapping[str, str]
    on: date | None
    findings: Findings
    words: Words = field(default_factory=load_words)

    def cell(self, row: int, code: str) -> Cell:
        return self.grid.cell(row, self.columns[code]) if code in self.columns else Cell(self.grid.name, row, 0, "")

    def text(self, row: int, code: str) -> str:
        cell = self.cell(row, code)
        return "" if fold(cell.text) in self.words.unknown else cell.text

    def fact(self, row: int, code: str) -> Any:
        """A fact of an optional column; a bad cell is reported and unknown."""
        if code not in self.columns:
            return None
        cell = self.cell(row, code)
        asked = Asked(code, self.types[code], self.units.get(code, ""), Decimal(0), Decimal(10) ** 8)
        try:
            fact = read_value(cell, asked, self.words).fact
        except BadCell as bad:
            self.findings.warning(cell, bad.code, bad.problem, done="按未知处理，这项权利保留", todo=bad.todo)
            return None
        return None if fact == "n/a" else fact


def read_rights(
    ledger: tuple[Grid, Layout], firms: Firms, *, on: date | None, findings: Findings
) -> list[RightRow]:
    from .read import ledger_headers

    grid, layout = ledger
    columns, types, units = _columns(grid, layout, ledger_headers(), findings)
    if "holder" not in columns and "applicant" in columns:
        columns["holder"] = columns.pop("applicant")
    known = {fold_name(firm.name): firm.uscc for firm in firms.rows}
    reader = Reader(grid, columns, types, units, known, on, findings)
    rights = [right for row in _rows(reader, layout) for right in _read_row(reader, row)]
    _merge_duplicates(reader, rights)
    _flag_contested(reader, rights)
    _report_strangers(reader, rights, firms)
    return rights


def _columns(grid: Grid, layout: Layout, book: Any, findings: Findings) -> tuple[dict[str, int], dict[str, str], dict[str, str]]:
    columns: dict[str, int] = {}
    types: dict[str, str] = {}
    units: dict[str, str] = {}
    for place, levels in enumerate(layout.headers):
        meaning = book.meaning(levels, last_year=None) if levels else None
        cell = Cell(grid.name, layout.last, place, " / ".join(levels))
        if meaning is None:
            if levels:
                findings.info(cell, "unmapped_column", "认不出这一列是权利的哪项信息", done="整列未采用", todo="无关的列可不处理")
            continue
        code = meaning.column.code
        if meaning.column.type == "skip":
            continue
        if code in columns:
            where = layout.leaf_address(columns[code])
            findings.info(cell, "repeated_column", f"与 {where} 列含义相同", done=f"采用 {where} 列", todo="无需处理")
            continue
        columns[code], types[code], units[code] = place, meaning.column.type, meaning.unit
    return columns, types, units


def _rows(reader: Reader, layout: Layout) -> Iterator[int]:
    for row in range(layout.last + 1, len(reader.grid.rows)):
        cells = [cell for cell in reader.grid.cells(row) if not cell.is_blank]
        if not cells:
            continue
        if _LEDGER_TOTAL.match(fold(cells[0].text)) or (len(cells) == 1 and len(reader.columns) > 3):
            reader.findings.info(cells[0], "not_a_right", "这一行不是一项权利", done="整行未采用")
            continue
        yield row


def _read_row(reader: Reader, row: int) -> Iterator[RightRow]:
    """One right for each of its holders among the firms; a right of strangers alone is kept without a holder."""
    number, number_text = _number(reader, row)
    right = RightRow(
        number=number.canonical if number else number_text,
        number_ok=number.check_ok if number else bool(number_text) and other_right_kind(number_text) is not None,
        title=reader.text(row, "title"),
        kind=_kind(reader, row, number, number_text),
        filed_on=reader.fact(row, "filed_on"),
        granted_on=reader.fact(row, "granted_on"),
        holder=None,
        holder_name=reader.text(row, "holder"),
        legal_state=reader.text(row, "legal_state") or reader.text(row, "legal_event"),
        sheet=reader.grid.name,
        row=row + 1,
        family=[part.strip().upper() for part in _SEPARATORS.split(_absent(reader, row, "family")) if part.strip()],
        pledge=reader.fact(row, "pledge"),
        awards=[part.strip() for part in _SEPARATORS.split(_absent(reader, row, "awards")) if part.strip()],
        ipc=reader.text(row, "ipc"),
        obtained=ledger_words().obtained.get(fold(reader.text(row, "obtained")), "unknown"),
        transferred_on=reader.fact(row, "transferred_on"),
        holder_rank=reader.fact(row, "holder_rank"),
        related=reader.fact(row, "related"),
        in_use=reader.fact(row, "in_use"),
        emerging=reader.fact(row, "emerging"),
        used_in_hnte=reader.fact(row, "used_in_hnte"),
    )
    right.state = _state(right.legal_state)
    _check_dates(reader, row, right)
    _judge(reader, row, right)
    yield from _by_holder(reader, row, right)


def _absent(reader: Reader, row: int, code: str) -> str:
    text = reader.text(row, code)
    return "" if fold(text) in reader.words.zero or fold(text) in {"否", "0"} else text


def _number(reader: Reader, row: int) -> tuple[PatentNumber | None, str]:
    cell = reader.cell(row, "number")
    raw = reader.text(row, "number") if isinstance(cell.raw, str) else cell.shown
    try:
        number = parse_patent_number(raw)
    except BadIdentifier as error:
        kind = _stated_kind(reader, row)
        if kind is None or kind in PATENTS:
            if other_right_kind(raw) is None or kind in PATENTS:
                reader.findings.warning(cell, "bad_number", str(error), done="保留这一行，是否计数存疑", todo="核对申请号后重新上传")
        return None, half_width(raw)
    if not number.check_ok:
        reader.findings.warning(
            cell, "patent_check_digit", f"专利号校验位不符（按 ZC 0006 应为 {number.expected}）",
            done="保留这一行，是否计数存疑", todo="对照专利证书核对号码",
        )
    return number, number.canonical


def _stated_kind(reader: Reader, row: int) -> str | None:
    return ledger_words().kinds.get(fold(reader.text(row, "kind")))


def _kind(reader: Reader, row: int, number: PatentNumber | None, text: str) -> str:
    """By the number's type digit when its check digit holds; the stated type otherwise."""
    stated = _stated_kind(reader, row)
    if number is None:
        return stated or other_right_kind(text) or "unknown"
    if stated is None:
        return number.kind
    if stated == number.kind:
        return stated
    used = number.kind if number.check_ok else stated
    reader.findings.warning(
        reader.cell(row, "kind"), "kind_contradiction",
        f"填报类型与申请号的类型位不一致（号码表示{KIND_LABELS[number.kind]}）",
        done=f"按{'号码' if number.check_ok else '填报'}作{KIND_LABELS.get(used, used)}处理", todo="核对专利类型和申请号",
    )
    return used


def _state(text: str) -> str:
    """One state of a text in several parts; what ends a right outweighs the rest."""
    states = ledger_words().states
    whole = states.get(fold(text))
    parts = {states.get(fold(part), "") for part in re.split(r"[;；|、,，\-—/()（）\n]+", text)}
    for state in ("lapsed", "refused", "valid", "pending"):
        if state == whole or (whole is None and state in parts):
            return state
    return "unknown"


def _check_dates(reader: Reader, row: int, right: RightRow) -> None:
    if right.filed_on and right.granted_on and right.granted_on < right.filed_on:
        reader.findings.warning(
            reader.cell(row, "granted_on"), "grant_before_filing", f"授权日早于申请日（{right.filed_on.isoformat()}）",
            done="授权日按未知处理", todo="核对申请日和授权日",
        )
        right.granted_on = None
    if reader.on and right.filed_on and right.filed_on > reader.on:
        reader.findings.warning(
            reader.cell(row, "filed_on"), "filed_in_future", f"申请日晚于评价日期（{reader.on.isoformat()}）",
            done="不计入各项数量", todo="核对申请日",
        )
    if reader.on and right.transferred_on and right.transferred_on > reader.on:
        reader.findings.warning(
            reader.cell(row, "transferred_on"), "transfer_in_future", "转入日期晚于评价日期", done="转入日期照录", todo="核对转入日期"
        )


def _judge(reader: Reader, row: int, right: RightRow) -> None:
    """The row's status on the date, with a report on what keeps it from counting at once."""
    on, findings = reader.on, reader.findings
    if right.state in ("lapsed", "refused"):
        right.status = "lapsed"
        right.reasons.append(f"法律状态为“{right.legal_state}”")
        findings.info(reader.cell(row, "legal_state"), "lapsed_right", "权利已失效", done="保留记录，不计入有效数量")
    elif right.state == "pending":
        right.status = "pending"
        right.reasons.append("尚未授权")
    elif right.state == "unknown":
        right.status = "uncertain"
        right.reasons.append("法律状态不明")
        findings.warning(
            reader.cell(row, "legal_state"), "unknown_state", "看不出法律状态是有效还是失效", done="是否计入有效数量存疑", todo="填“有效”“失效”或“审中”"
        )
    elif on and right.granted_on and right.granted_on > on:
        right.status = "not_yet_granted"
        right.reasons.append(f"授权日 {right.granted_on.isoformat()} 晚于评价日期 {on.isoformat()}")
        findings.warning(
            reader.cell(row, "granted_on"), "granted_in_future", f"授权日晚于评价日期（{on.isoformat()}）", done="不计入有效数量", todo="核对授权公告日"
        )
    _judge_transfer(reader, row, right)


def _judge_transfer(reader: Reader, row: int, right: RightRow) -> None:
    on = reader.on
    if right.transferred_on and right.obtained in ("original", "unknown"):
        if right.obtained == "original":
            reader.findings.warning(
                reader.cell(row, "obtained"), "transfer_contradiction", "填“原始取得”却有转入日期", done="按受让处理", todo="核对取得方式和转入日期"
            )
        right.obtained = "transferred"
    if right.obtained == "transferred" and on and right.transferred_on and right.transferred_on > _years_before(on, 1):
        right.reasons.append(f"{right.transferred_on.isoformat()} 转入，至评价日期不满 1 年")
        reader.findings.info(
            reader.cell(row, "transferred_on"), "recent_transfer", "转入不满 1 年", done="2022 年办法的Ⅰ类、Ⅱ类知识产权不计这一项"
        )


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _by_holder(reader: Reader, row: int, right: RightRow) -> Iterator[RightRow]:
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


def _holder_by_code(reader: Reader, row: int) -> str | None:
    text = reader.text(row, "holder_uscc")
    if not text:
        return None
    try:
        code = parse_uscc(text).code
    except BadIdentifier:
        return None
    return code if code in set(reader.firms.values()) else None


def _merge_duplicates(reader: Reader, rights: list[RightRow]) -> None:
    """The same number of the same holder counts once; the later row stays on record as a duplicate."""
    first: dict[tuple[str, str], RightRow] = {}
    for right in rights:
        key = (right.number, right.holder or fold_name(right.holder_name))
        if not right.number or key not in first:
            first[key] = right
            continue
        kept = first[key]
        right.status = "duplicate"
        right.reasons.append(f"与第 {kept.row} 行重复")
        same = (kept.title, kept.filed_on, kept.granted_on, kept.state) == (right.title, right.filed_on, right.granted_on, right.state)
        note = "内容相同" if same else "但名称、日期或状态不同"
        reader.findings.warning(
            reader.cell(right.row - 1, "number"), "duplicate_right", f"与第 {kept.row} 行是同一权利人的同一项权利，{note}",
            done=f"并入第 {kept.row} 行，只计一次", todo="删去重复的一行" if same else "核对哪一行正确，删去另一行",
        )


def _flag_contested(reader: Reader, rights: list[RightRow]) -> None:
    """The same number claimed by different firms in different rows; co-owners named in one row are no contest."""
    claims: dict[str, list[RightRow]] = {}
    for right in rights:
        if right.number and right.status != "duplicate":
            claims.setdefault(right.number, []).append(right)
    for group in claims.values():
        if len({right.row for right in group}) < 2:
            continue
        for right in group:
            others = "、".join(f"第 {other.row} 行（{other.holder_name}）" for other in group if other.row != right.row)
            right.contested = True
            right.reasons.append(f"{others}也填报了这一项")
            reader.findings.warning(
                reader.cell(right.row - 1, "holder"), "contested_right", f"同一项权利还有其他企业填报：{others}",
                done="双方都保留，是否计数存疑", todo="查专利登记簿副本，确认权利人；共有的，写在同一行并用分号隔开",
            )


def _report_strangers(reader: Reader, rights: list[RightRow], firms: Firms) -> None:
    """One finding for each holder that is no firm of the summary, naming every row."""
    strangers: dict[str, list[RightRow]] = {}
    for right in rights:
        if right.holder is None:
            strangers.setdefault(right.holder_name, []).append(right)
    for name, group in strangers.items():
        left_out = firms.left_out.get(fold_name(name))
        rows = "、".join(str(right.row) for right in group[:50]) + ("等" if len(group) > 50 else "")
        reader.findings.warning(
            reader.cell(group[0].row - 1, "holder"), "unknown_holder",
            f"权利人不在读入的企业之中（{left_out}）" if left_out else "权利人不在汇总表的企业之中",
            done=f"共 {len(group)} 项（第 {rows} 行），不计入任何企业",
            todo="先更正汇总表中该企业" if left_out else "核对权利人名称，或在汇总表补上这家企业",
        )
