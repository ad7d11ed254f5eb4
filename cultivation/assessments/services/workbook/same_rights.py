"""The same right in several rows, by its application number or its publication number: one right, told once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from cultivation.core.sheets.cells import Cell
from cultivation.core.sheets.files import Grid
from cultivation.core.sheets.scan import Marks

from .ledger_sheet import LedgerSheet
from .model import RightRow
from .problems import Findings
from .rights_checks import judge

_PUBLICATION = re.compile(r"CN(\d{7,9})[A-Z]?\d?")
FACTS = (
    "title", "filed_on", "granted_on", "family", "pledge", "awards", "ipc", "transferred_on", "holder_rank", "related",
    "in_use", "emerging", "used_in_hnte", "overseas_revenue", "holder_name",
)  # fmt: skip
LABELS = {"title": "名称", "kind": "类型", "filed_on": "申请日", "granted_on": "授权日"}
STATE_ORDER = ("lapsed", "refused", "valid", "pending", "unknown")
PUBLISHED = "publication:"
UNSAID: tuple[Any, ...] = (None, "", "unknown")


def identities(right: Any) -> Iterator[str]:
    """By what a right is known: its number, and its publication without the letter of the stage."""
    if right.number:
        yield f"{'' if right.number.startswith('ZL') else right.kind}:{right.number}"
    if match := _PUBLICATION.fullmatch(right.publication):
        yield f"{PUBLISHED}{match[1]}"


def merge_same(rights: Sequence[RightRow], findings: Findings, on: date) -> tuple[list[RightRow], int]:
    """Each right once, told by all its rows, and how many rows were merged into others."""
    known: dict[str, RightRow] = {}
    kept: list[RightRow] = []
    for right in rights:
        first = next((known[one] for one in identities(right) if one in known), None)
        if first is None:
            first = right
            kept.append(right)
        else:
            _report(first, right, findings)
            _fill(first, right, on)
        known.update(dict.fromkeys((*identities(right), *identities(first)), first))
    return kept, len(rights) - len(kept)


def _report(first: RightRow, again: RightRow, findings: Findings) -> None:
    unlike = [
        word
        for name, word in LABELS.items()
        if getattr(first, name) not in UNSAID
        and getattr(again, name) not in UNSAID
        and getattr(first, name) != getattr(again, name)
    ]
    is_same = not unlike
    note = "" if is_same else f"，但{'、'.join(unlike)}不同"
    place = f"第 {first.row} 行" if first.sheet == again.sheet else f"“{first.sheet}”第 {first.row} 行"
    by = "申请号" if first.number and first.number == again.number else "公开（公告）号"
    shown = again.number or again.publication
    (findings.info if is_same else findings.warning)(
        Cell(again.sheet, again.row - 1, 0, shown),
        "duplicate_right",
        f"与{place}{by}相同，是同一项权利{note}",
        done=f"并入{place}，只计一次",
        todo="无需处理" if is_same else "核对哪一行正确，导入后可在台账中修改",
    )


def _fill(first: RightRow, again: RightRow, on: date) -> None:
    """What the first row leaves open is taken from the later one; of two states the further one stands."""
    for name in FACTS:
        if getattr(first, name) in UNSAID:
            setattr(first, name, getattr(again, name))
    for name in ("kind", "obtained"):
        if getattr(first, name) == "unknown":
            setattr(first, name, getattr(again, name))
    if not first.number or (not first.number_ok and again.number_ok):
        first.number, first.number_ok = again.number, again.number_ok
    first.publication = _later_publication(first.publication, again.publication)
    if STATE_ORDER.index(again.state) < STATE_ORDER.index(first.state):
        first.state, first.legal_state = again.state, again.legal_state
    first.said = list(dict.fromkeys((*first.said, *again.said)))
    judged = judge_on(first, on)
    first.status, first.reasons = judged.status, judged.reasons


def _later_publication(one: str, other: str) -> str:
    """The grant's publication number outweighs the application's."""
    return other if not one or (one.endswith("A") and other and not other.endswith("A")) else one


def judge_on(right: RightRow, on: date) -> RightRow:
    """The right with its status on a day and the reasons for it, for rows that stand in no sheet."""
    found = replace(right, status="counted", reasons=[])
    judge(LedgerSheet(Grid("", [], [], Marks(), False), {}, {}, {}, {}, frozenset(), on, Findings()), 0, found)
    return found
