"""What is said and reported of rights: dates and states on the day, duplicates, rival claims, unknown holders."""

import re
from datetime import date

from cultivation.core.sheets.dates import find_date, years_before

from .ledger_sheet import LedgerSheet
from .model import RightRow
from .summary import Firms, fold_name

_UNTIL = re.compile(r"(?:至|到|~|—|–|\s-\s)\s*(.+)$")


def settle_state(reader: LedgerSheet, row: int, right: RightRow) -> None:
    """The state where the list has none: a mark's term says it, and a copyright on the register stands."""
    if right.legal_state or reader.on is None:
        return
    if right.kind == "software" and right.number_ok:
        right.state, right.legal_state = "valid", "已登记"
        return
    ends = _end_of(reader.text(row, "term"))
    if right.kind != "trademark" or ends is None:
        return
    is_over = ends < reader.on
    right.state, right.legal_state = ("unknown" if is_over else "valid"), f"专用期至 {ends.isoformat()}"


def _end_of(text: str) -> date | None:
    """The last day of a term: “2015-01-14 至 2025-01-13”."""
    match = _UNTIL.search(text)
    return find_date(match[1] if match else text)


def check_dates(reader: LedgerSheet, row: int, right: RightRow) -> None:
    if right.filed_on and right.granted_on and right.granted_on < right.filed_on:
        reader.findings.warning(
            reader.cell(row, "granted_on"),
            "grant_before_filing",
            f"授权日早于申请日（{right.filed_on.isoformat()}）",
            done="授权日按未知处理",
            todo="核对申请日和授权日",
        )
        right.granted_on = None
    if reader.on and right.filed_on and right.filed_on > reader.on:
        reader.findings.warning(
            reader.cell(row, "filed_on"),
            "filed_in_future",
            f"申请日晚于评价日期（{reader.on.isoformat()}）",
            done="不计入各项数量",
            todo="核对申请日",
        )
    if reader.on and right.transferred_on and right.transferred_on > reader.on:
        reader.findings.warning(
            reader.cell(row, "transferred_on"),
            "transfer_in_future",
            "转入日期晚于评价日期",
            done="转入日期照录",
            todo="核对转入日期",
        )


def judge(reader: LedgerSheet, row: int, right: RightRow) -> None:
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
            reader.cell(row, "legal_state"),
            "unknown_state",
            "看不出法律状态是有效还是失效",
            done="是否计入有效数量存疑",
            todo="填“有效”“失效”或“审中”",
        )
    elif on and right.granted_on and right.granted_on > on:
        right.status = "not_yet_granted"
        right.reasons.append(f"授权日 {right.granted_on.isoformat()} 晚于评价日期 {on.isoformat()}")
        findings.warning(
            reader.cell(row, "granted_on"),
            "granted_in_future",
            f"授权日晚于评价日期（{on.isoformat()}）",
            done="不计入有效数量",
            todo="核对授权公告日",
        )
    _judge_transfer(reader, row, right)


def _judge_transfer(reader: LedgerSheet, row: int, right: RightRow) -> None:
    on = reader.on
    if right.transferred_on and right.obtained in ("original", "unknown"):
        if right.obtained == "original":
            reader.findings.warning(
                reader.cell(row, "obtained"),
                "transfer_contradiction",
                "填“原始取得”却有转入日期",
                done="按受让处理",
                todo="核对取得方式和转入日期",
            )
        right.obtained = "transferred"
    if right.obtained == "transferred" and on and right.transferred_on and right.transferred_on > years_before(on, 1):
        right.reasons.append(f"{right.transferred_on.isoformat()} 转入，至评价日期不满 1 年")
        reader.findings.info(
            reader.cell(row, "transferred_on"),
            "recent_transfer",
            "转入不满 1 年",
            done="2022 年办法的Ⅰ类、Ⅱ类知识产权不计这一项",
        )


def merge_duplicates(reader: LedgerSheet, rights: list[RightRow]) -> None:
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
        same = (kept.title, kept.filed_on, kept.granted_on, kept.state) == (
            right.title,
            right.filed_on,
            right.granted_on,
            right.state,
        )
        note = "内容相同" if same else "但名称、日期或状态不同"
        reader.findings.warning(
            reader.cell(right.row - 1, "number"),
            "duplicate_right",
            f"与第 {kept.row} 行是同一权利人的同一项权利，{note}",
            done=f"并入第 {kept.row} 行，只计一次",
            todo="删去重复的一行" if same else "核对哪一行正确，删去另一行",
        )


def flag_contested(reader: LedgerSheet, rights: list[RightRow]) -> None:
    """The same number claimed by different firms in different rows; co-owners named in one row are no contest.

    A claim is told to whoever checks, and counts for each firm as before: another firm's entry takes no points (P08).
    """
    claims: dict[str, list[RightRow]] = {}
    for right in rights:
        if right.number and right.status != "duplicate":
            claims.setdefault(right.number, []).append(right)
    for group in claims.values():
        if len({right.row for right in group}) < 2:
            continue
        for right in group:
            others = "、".join(f"第 {other.row} 行（{other.holder_name}）" for other in group if other.row != right.row)
            right.reasons.append("另有企业填报了同一项，由审核人查实，查实前照常计数")
            reader.findings.warning(
                reader.cell(right.row - 1, "holder"),
                "contested_right",
                f"同一项权利还有其他企业填报：{others}",
                done="双方都保留，查实前都照常计数",
                todo="查专利登记簿副本，确认权利人，删去不是权利人的一行；共有的，写在同一行并用分号隔开",
            )


def report_strangers(reader: LedgerSheet, rights: list[RightRow], firms: Firms) -> None:
    """One finding for each holder that is no firm of the summary, naming every row."""
    strangers: dict[str, list[RightRow]] = {}
    for right in rights:
        if right.holder is None:
            strangers.setdefault(right.holder_name, []).append(right)
    for name, group in strangers.items():
        left_out = firms.left_out.get(fold_name(name))
        rows = "、".join(str(right.row) for right in group[:50]) + ("等" if len(group) > 50 else "")
        reader.findings.warning(
            reader.cell(group[0].row - 1, "holder"),
            "unknown_holder",
            f"权利人不在读入的企业之中（{left_out}）" if left_out else "权利人不在汇总表的企业之中",
            done=f"共 {len(group)} 项（第 {rows} 行），不计入任何企业",
            todo="先更正汇总表中该企业" if left_out else "核对权利人名称，或在汇总表补上这家企业",
        )
