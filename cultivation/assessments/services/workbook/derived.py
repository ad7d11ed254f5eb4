"""Amounts from ratios, and facts that contradict each other."""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cultivation.core.sheets.cells import Cell

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
    whole = rule.get("times") or rule["difference"]
    given, base = firm.values.get(source), firm.values.get(whole)
    if not isinstance(given, Decimal) or firm.values.get(code) is not None:
        return
    cell = table.cell(firm.row - 1, source)
    if not isinstance(base, Decimal | int):
        _report_lost(cell, "缺少与它相乘或相减的数，算不出金额或人数", findings)
    elif code in ("rd_staff", "tech_staff"):
        _derive_count(firm, code, given, base, cell, findings)
    else:
        _derive_money(firm, code, given * base / 100 if "ratio" in rule else base - given, cell, findings)


def _derive_money(firm: FirmRow, code: str, amount: Decimal | int, cell: Cell, findings: Findings) -> None:
    least, most = rules()["ranges"].get(code, rules()["default_ranges"]["money"])
    if not least <= amount <= most:
        _report_lost(cell, "由此算出的金额不可能", findings)
        return
    firm.values[code] = Decimal(amount)
    firm.cells[code] = cell.address
    findings.info(
        cell,
        "derived_amount",
        "这一列给出的不是金额",
        done=f"由此算出 {plain(Decimal(amount))} 万元",
        todo="有确切金额的，请改填金额",
    )


def _report_lost(cell: Cell, problem: str, findings: Findings) -> None:
    findings.warning(
        cell, "not_derived", problem, done="按未知处理，企业保留", todo="核对这一格和相关的数，或直接填金额、人数"
    )


def _derive_count(
    firm: FirmRow, code: str, share: Decimal, base: Decimal | int, cell: Cell, findings: Findings
) -> None:
    count = _whole(share, base)
    if count is None:
        findings.warning(
            cell,
            "ratio_not_whole",
            "没有或不止一个人数符合这个比例，比例可能经过四舍五入",
            done="人数按未知处理",
            todo="改填人数",
        )
        return
    firm.values[code] = count
    firm.cells[code] = cell.address
    findings.info(
        cell, "derived_amount", "这一列给出的是比例", done=f"由此算出 {count} 人", todo="有确切人数的，请改填人数"
    )


def _whole(share: Decimal, base: Decimal | int) -> int | None:
    """The one head count that is rounded to this share: 25 of 148 is 16.9 %, and 5 of 40 is not 12 %."""
    amount = share * base / 100
    if amount == amount.to_integral_value():
        return int(amount)
    exponent = share.as_tuple().exponent
    half = Decimal((0, (5,), exponent - 1 if isinstance(exponent, int) else 0)) * base / 100
    least, most = math.ceil(amount - half), math.ceil(amount + half) - 1
    return least if least == most else None


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
