"""What a firm's own list is checked for beyond an office's: days that can't be."""

from datetime import date

from .ledger_sheet import LedgerSheet
from .model import RightRow

PATENT_KINDS = frozenset({"invention", "utility_model", "design"})
FIRST_FILING = date(1985, 4, 1)
"""The day on which the first Patent Law took effect and the first applications were taken."""

ABSURD = frozenset(
    {"grant_before_filing", "filed_in_future", "granted_in_future", "transfer_in_future", "not_a_date", "before_law"}
)
"""Findings about days; in a firm's own list they are errors, to be set right before it is kept."""


def check_own(reader: LedgerSheet, row: int, right: RightRow) -> None:
    _report_formulas(reader, row)
    if right.kind in PATENT_KINDS and right.filed_on and right.filed_on < FIRST_FILING:
        reader.findings.error(
            reader.cell(row, "filed_on"),
            "before_law",
            f"申请日早于专利法施行之日（{FIRST_FILING.isoformat()}）",
            done="申请日按未知处理",
            todo="核对申请日",
        )
        right.filed_on = None
    if right.transferred_on and right.filed_on and right.transferred_on < right.filed_on:
        reader.findings.error(
            reader.cell(row, "transferred_on"),
            "transfer_before_filing",
            f"转入日期早于申请日（{right.filed_on.isoformat()}）",
            done="转入日期按未知处理",
            todo="核对转入日期和申请日",
        )
        right.transferred_on = None


def _report_formulas(reader: LedgerSheet, row: int) -> None:
    """Text whose formula Excel has not calculated reads as blank; other columns say so themselves."""
    for code, kind in reader.types.items():
        cell = reader.cell(row, code)
        if kind == "text" and cell.hidden:
            reader.findings.warning(
                cell,
                "formula_without_result",
                "公式没有计算结果，或是 Excel 错误值",
                done="按空白处理",
                todo="在 Excel 中重新计算并保存，或改填文字",
            )
