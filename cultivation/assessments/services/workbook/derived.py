"""Amounts from ratios, and facts that contradict each other."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .cells import Cell
from .columns import Table, rules
from .model import FirmRow
from .problems import Findings
from .values import plain


def derive_amounts(table: Table, firm: FirmRow, findings: Findings) -> None:
    """Fill an amount from its ratio, exactly, where the amount itself is not given; then drop the ratios."""
    for rule in rules()["derived"]:
        _derive(table, firm, rule, findings)
    for rule in rules()["derived"]:
        helper = rule.get("ratio") or rule["minus"]
        if helper not in ("net_assets_prev1", "net_assets_prev2"):
            firm.values.pop(helper, None)


def _derive(table: Table, firm: FirmRow, rule: Mapping[str, Any], findings: Findings) -> None:
    code, source = rule["code"], rule.get("ratio") or rule["minus"]
    given, base = firm.values.get(source), firm.values.get(rule.get("times") or rule["difference"])
    if not isinstance(given, Decimal) or not isinstance(base, Decimal | int):
        return
    amount = given * base / 100 if "ratio" in rule else base - given
    cell = table.cell(firm.row - 1, source)
    if firm.values.get(code) is not None:
        return
    if code in ("rd_staff", "tech_staff"):
        _derive_count(firm, code, amount, cell, findings)
        return
    if amount < 0:
        return
    firm.values[code] = amount
    firm.cells[code] = cell.address
    findings.info(
        cell,
        "derived_amount",
        "这一列给出的不是金额",
        done=f"由此算出 {plain(amount)} 万元",
        todo="有确切金额的，请改填金额",
    )


def _derive_count(firm: FirmRow, code: str, amount: Decimal, cell: Cell, findings: Findings) -> None:
    if amount != amount.to_integral_value():
        findings.warning(
            cell,
            "ratio_not_whole",
            "由比例算出的人数不是整数，比例可能经过四舍五入",
            done="人数按未知处理",
            todo="改填人数",
        )
        return
    firm.values[code] = int(amount)
    firm.cells[code] = cell.address
    findings.info(
        cell, "derived_amount", "这一列给出的是比例", done=f"由此算出 {int(amount)} 人", todo="有确切人数的，请改填人数"
    )


def report_contradictions(table: Table, firm: FirmRow, findings: Findings) -> None:
    """A part greater than its whole: both stay as they were declared."""
    for part, whole in rules()["parts"]:
        small, large = firm.values.get(part), firm.values.get(whole)
        if not isinstance(small, Decimal | int) or not isinstance(large, Decimal | int) or small <= large:
            continue
        if part in table.columns:
            findings.warning(
                table.cell(firm.row - 1, part),
                "part_exceeds_whole",
                f"大于 {firm.cells[whole]} 的数（部分大于整体）",
                done="两处都按填报值保留",
                todo="核对两处的数",
            )
