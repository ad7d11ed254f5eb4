"""Reads a workbook: which sheet is what, which year it speaks of, then firms and rights."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cultivation.core.regions import RegionTable, load_regions
from cultivation.core.sheets.cells import Cell, Raw, clean
from cultivation.core.sheets.dates import find_date
from cultivation.core.sheets.files import Grid, fingerprint, open_grids, read_bytes

from .columns import Table, resolve_columns
from .derived import derive_amounts, report_contradictions
from .headers import HeaderBook, ledger_headers, load_headers
from .layout import Layout, find_layout
from .model import Workbook, WorkbookError
from .problems import Findings
from .rights import read_rights
from .summary import read_firms
from .vocabulary import load_words

_FILLED = re.compile(r"(填报|填表|制表|报送|上报)(日期|时间)")
_TITLE_YEAR = re.compile(r"(20\d\d)年")


def read_workbook(
    source: str | Path | bytes, *, regions: RegionTable | None = None, on: date | None = None
) -> Workbook:
    """Everything usable in a city office's workbook, and every problem in it.

    ``on`` is the date on which rights are judged; the sheet's own date when not given. Raises `WorkbookError` when the
    file can't be read or holds no summary table.
    """
    data = read_bytes(source)
    grids = open_grids(data)
    findings = Findings()
    summary, ledger = _choose(grids, findings)
    filled_on = next((found for grid in (summary[0], *grids) if (found := _filled_on(grid))), None)
    title = _title(*summary)
    table = _resolve(summary, filled_on, title, findings)
    firms = read_firms(table, regions=regions or load_regions(), filled_on=filled_on, findings=findings)
    for firm in firms.rows:
        derive_amounts(table, firm, findings)
        report_contradictions(table, firm, findings)
    rights = read_rights(ledger, firms, on=on or filled_on, findings=findings) if ledger else []
    return Workbook(title, filled_on, firms.rows, rights, findings.problems, fingerprint(data), ledger is not None)


def _resolve(summary: tuple[Grid, Layout], filled_on: date | None, title: str, findings: Findings) -> Table:
    grid, layout = summary
    if filled_on is None:
        findings.warning(
            Cell(grid.name, 0, 0, title),
            "no_date",
            "没有找到填报日期",
            done="按批次的评价日期评价；批次未指定的，按读入当天",
            todo="在表头注明“填报日期：2026年3月31日”，或指定评价日期",
        )
    table = resolve_columns(
        grid,
        layout,
        load_headers(),
        last_year=_last_year(grid, layout, filled_on, title),
        money_unit=_money_unit(grid, layout),
        findings=findings,
    )
    for code, label in (("name", "企业名称"), ("uscc", "统一社会信用代码")):
        if code not in table.columns:
            raise WorkbookError(f"工作表“{grid.name}”的表头里没有“{label}”一列，无法确定企业。请补上后重新上传。")
    return table


def _choose(grids: list[Grid], findings: Findings) -> tuple[tuple[Grid, Layout], tuple[Grid, Layout] | None]:
    """The summary is the sheet with most firms' columns, the ledger the one with most rights' columns."""
    summaries = _candidates(grids, load_headers(), {"name", "uscc"}, least=4)
    ledgers = _candidates(grids, ledger_headers(), {"number"}, least=3)
    summary_sheets = {grid.name: score for score, grid, _ in summaries}
    ledgers = [(score, grid, layout) for score, grid, layout in ledgers if score > summary_sheets.get(grid.name, 0)]
    ledger_sheets = {grid.name for _, grid, _ in ledgers}
    summaries = [item for item in summaries if item[1].name not in ledger_sheets]
    if not summaries:
        raise WorkbookError(
            "没有找到企业汇总表：任何工作表的前几行里都没有“企业名称”“统一社会信用代码”等表头。请使用汇总表模板。"
        )
    used = {summaries[0][1].name} | {grid.name for _, grid, _ in ledgers[:1]}
    _report_unused(grids, used, {grid.name for _, grid, _ in (*summaries, *ledgers)}, findings)
    return summaries[0][1:], ledgers[0][1:] if ledgers else None


def _candidates(grids: list[Grid], book: HeaderBook, needed: set[str], *, least: int) -> list[tuple[int, Grid, Layout]]:
    found = []
    for grid in grids:
        layout = find_layout(grid, book)
        if layout is None:
            continue
        meanings = [book.meaning(levels, last_year=None) for levels in layout.headers if levels]
        codes = {m.column.code for m in meanings if m is not None and m.column.type != "skip"}
        if codes & needed and len(codes) >= least:
            found.append((len(codes), grid, layout))
    return sorted(found, key=lambda item: (item[1].is_hidden, -item[0], -len(item[1].rows)))


def _report_unused(grids: list[Grid], used: set[str], similar: set[str], findings: Findings) -> None:
    for grid in grids:
        if grid.name in used or not grid.rows:
            continue
        cell = Cell(grid.name, 0, 0, next((clean(raw) for row in grid.rows for raw in row if clean(raw)), ""))
        if grid.name in similar:
            findings.error(
                cell,
                "sheet_not_used",
                "这张工作表也像汇总表或专利清单",
                done="整张未读",
                todo="若也要计入，请并入同一张表或另文上传",
            )
        else:
            findings.info(cell, "sheet_ignored", "这张工作表不是汇总表，也不是专利清单", done="整张未读")


def _title(grid: Grid, layout: Layout) -> str:
    for row in layout.title_rows:
        for raw in grid.rows[row]:
            if (text := clean(raw)) and not _FILLED.search(text):
                return text
    return grid.name


def _filled_on(grid: Grid) -> date | None:
    for row in grid.rows[:15] + grid.rows[-10:]:
        for place, raw in enumerate(row):
            text = clean(raw) if isinstance(raw, str) else ""
            if match := _FILLED.search(text):
                found = find_date(text[match.end() :]) or _beside(row[place + 1 :])
                if found:
                    return found
    return None


def _beside(cells: Sequence[Raw]) -> date | None:
    for raw in cells:
        if isinstance(raw, date):
            return raw
        if raw != "":
            return find_date(clean(raw)) if isinstance(raw, str) else None
    return None


def _last_year(grid: Grid, layout: Layout, filled_on: date | None, title: str) -> int | None:
    if filled_on is not None:
        return filled_on.year - 1
    if match := _TITLE_YEAR.search(title):
        return int(match[1]) - 1
    years = [int(year) for levels in layout.headers for level in levels for year in re.findall(r"(20\d\d)年", level)]
    return max(years, default=None)


def _money_unit(grid: Grid, layout: Layout) -> str:
    units = load_words().money_units
    for row in layout.title_rows:
        for raw in grid.rows[row]:
            match = re.search(r"单位[:：](.*)", clean(raw))
            for word in re.split(r"[、,;；\s]", match[1]) if match else ():
                if word in units:
                    return word
    return "万元"
