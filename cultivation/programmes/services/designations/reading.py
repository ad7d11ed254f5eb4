"""A list read against the platform: which firm each row means, what is already on record, and what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from cultivation.accounts.models import Enterprise, EnterpriseName
from cultivation.core.identifiers import BadIdentifier, parse_uscc
from cultivation.core.sheets import BadDate, parse_date
from cultivation.programmes.models import Designation
from cultivation.programmes.states import CHAINED

from .sheet import Found, Row, Table, undecided_words

BATCH = 500
LONGEST = {"body": 120, "document": 120, "chain": 60}
LABELS = {
    "body": "认定单位",
    "document": "文号",
    "chain": "产业链",
    "designated_on": "认定日期",
    "expires_on": "有效期至",
}
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the officer states for the whole list; a cell of the list outweighs it."""

    kind: str
    body: str = ""
    document: str = ""
    designated_on: date | None = None
    expires_on: date | None = None


@dataclass(slots=True)
class Listed:
    """One row as it was read. `state` is a key of `LIST_ROW_STATES`."""

    row: int
    cell: str
    name: str
    uscc: str
    enterprise: int | None = None
    known_as: str = ""
    chain: str = ""
    body: str = ""
    document: str = ""
    designated_on: str = ""
    expires_on: str = ""
    state: str = "new"
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """The rows, and every problem with the address of its cell."""

    rows: list[Listed] = field(default_factory=list)
    problems: list[Plain] = field(default_factory=list)

    def error(self, listed: Listed, cell: str, value: str, problem: str) -> None:
        self._say("error", cell, value, problem)
        listed.state = "error"

    def warn(self, cell: str, value: str, problem: str) -> None:
        self._say("warning", cell, value, problem)

    def _say(self, severity: str, cell: str, value: str, problem: str) -> None:
        self.problems.append({"severity": severity, "cell": cell, "value": value[:200], "problem": problem})

    def plain(self) -> list[Plain]:
        return [asdict(row) for row in self.rows]


def read_against_platform(table: Table, defaults: Defaults) -> Reading:
    """Every row matched to a firm by its code, else by its present or a former name."""
    reading = Reading()
    for number, row in table.rows:
        reading.rows.append(_read_row(reading, number, row, defaults))
    _match(reading)
    _refuse_repeats(reading)
    _note_known(reading, defaults.kind)
    return reading


def _read_row(reading: Reading, number: int, row: Row, defaults: Defaults) -> Listed:
    first = row.get("name") or row["uscc"]
    listed = Listed(number, first.cell, _text(row, "name"), "")
    _read_uscc(reading, listed, row)
    for code in ("body", "document", "chain"):
        _read_words(reading, listed, row, code, getattr(defaults, code, ""))
    begins = _read_day(reading, listed, row, "designated_on") or defaults.designated_on
    ends = _read_day(reading, listed, row, "expires_on")
    if ends is None and not _is_undecided(row.get("expires_on")):
        ends = defaults.expires_on
    _require(reading, listed, row, defaults, begins)
    if begins and ends and ends < begins:
        cell = _place(row, "expires_on", listed)
        reading.error(listed, cell, ends.isoformat(), f"有效期至早于认定日期 {begins}")
    listed.designated_on, listed.expires_on = begins.isoformat() if begins else "", ends.isoformat() if ends else ""
    return listed


def _text(row: Row, code: str) -> str:
    return row[code].text if code in row else ""


def _place(row: Row, code: str, listed: Listed) -> str:
    return row[code].cell if code in row else listed.cell


def _is_undecided(found: Found | None) -> bool:
    return found is not None and found.text in undecided_words()


def _read_uscc(reading: Reading, listed: Listed, row: Row) -> None:
    text = _text(row, "uscc")
    if not text:
        return
    try:
        code = parse_uscc(text)
    except BadIdentifier as bad:
        reading.error(listed, row["uscc"].cell, text, str(bad))
        return
    listed.uscc = code.code
    if not code.check_ok:
        reading.warn(row["uscc"].cell, text, f"校验位不符（应为 {code.expected}），请核对")


def _read_words(reading: Reading, listed: Listed, row: Row, code: str, default: str) -> None:
    text = _text(row, code) or default
    if len(text) > LONGEST[code]:
        reading.error(listed, _place(row, code, listed), text, f"{LABELS[code]}不能超过 {LONGEST[code]} 个字")
    setattr(listed, code, text)


def _read_day(reading: Reading, listed: Listed, row: Row, code: str) -> date | None:
    found = row.get(code)
    if found is None or not found.text or (code == "expires_on" and _is_undecided(found)):
        return None
    try:
        return parse_date(found.raw)
    except BadDate as bad:
        reading.error(listed, found.cell, found.text, f"{LABELS[code]}：{bad}")
        return None


def _require(reading: Reading, listed: Listed, row: Row, defaults: Defaults, begins: date | None) -> None:
    if not listed.body:
        reading.error(listed, _place(row, "body", listed), "", "缺认定单位，请在表中填写或在上传时统一填写")
    if begins is None and listed.state != "error":
        reading.error(listed, _place(row, "designated_on", listed), "", "缺认定日期，请在表中填写或在上传时统一填写")
    if defaults.kind == CHAINED and not listed.chain:
        reading.error(listed, _place(row, "chain", listed), "", "链主企业要写明产业链")
    if defaults.kind != CHAINED:
        listed.chain = ""


def _match(reading: Reading) -> None:
    by_code = _by_code(row.uscc for row in reading.rows if row.uscc)
    by_name = _by_name(row.name for row in reading.rows if not row.uscc)
    former = _former_names(firm.pk for firm in by_code.values())
    for row in reading.rows:
        if row.uscc:
            _take_by_code(reading, row, by_code.get(row.uscc), former)
        elif row.state != "error" or row.name:
            _take_by_name(reading, row, by_name.get(_fold(row.name), {}))


def _take_by_code(reading: Reading, row: Listed, firm: Enterprise | None, former: Mapping[int, set[str]]) -> None:
    if firm is None:
        _stranger(row)
        return
    row.enterprise, row.known_as = firm.pk, firm.name
    if row.name and _fold(row.name) not in {_fold(firm.name), *former.get(firm.pk, set())}:
        reading.warn(row.cell, row.name, f"名称与平台登记的“{firm.name}”不同，按统一社会信用代码认定，请核对")
    _note_heir(reading, row, firm)


def _take_by_name(reading: Reading, row: Listed, firms: Mapping[int, Enterprise]) -> None:
    if len(firms) > 1:
        reading.error(row, row.cell, row.name, "平台上有同名企业，请补统一社会信用代码")
    elif not firms:
        _stranger(row)
    else:
        firm = next(iter(firms.values()))
        row.enterprise, row.known_as, row.uscc = firm.pk, firm.name, firm.uscc
        _note_heir(reading, row, firm)


def _note_heir(reading: Reading, row: Listed, firm: Enterprise) -> None:
    if heir := firm.successor:
        sentence = f"这家企业已于 {firm.merged_on} 并入“{heir.name}”（{heir.uscc}），请核对名单所指"
        reading.warn(row.cell, row.name or row.uscc, sentence)


def _stranger(row: Listed) -> None:
    if row.state == "new":
        row.state = "stranger"


def _fold(name: str) -> str:
    return name.replace("(", "（").replace(")", "）").replace(" ", "")


def _spellings(name: str) -> set[str]:
    return {name, _fold(name), name.replace("（", "(").replace("）", ")")}


def _chunks(wanted: Iterable[Any]) -> Iterable[list[Any]]:
    found = sorted(set(wanted))
    return (found[start : start + BATCH] for start in range(0, len(found), BATCH))


def _by_code(codes: Iterable[str]) -> dict[str, Enterprise]:
    firms = (firm for chunk in _chunks(codes) for firm in Enterprise.objects.filter(uscc__in=chunk))
    return {firm.uscc: firm for firm in firms}


def _by_name(names: Iterable[str]) -> dict[str, dict[int, Enterprise]]:
    """Firms by folded name, present and former, each firm once."""
    found: dict[str, dict[int, Enterprise]] = {}
    for chunk in _chunks(spelling for name in names if name for spelling in _spellings(name)):
        for firm in Enterprise.objects.filter(name__in=chunk):
            found.setdefault(_fold(firm.name), {})[firm.pk] = firm
        for old in EnterpriseName.objects.filter(name__in=chunk).select_related("enterprise"):
            found.setdefault(_fold(old.name), {})[old.enterprise_id] = old.enterprise
    return found


def _former_names(firms: Iterable[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for chunk in _chunks(firms):
        for old in EnterpriseName.objects.filter(enterprise_id__in=chunk):
            found.setdefault(old.enterprise_id, set()).add(_fold(old.name))
    return found


def _refuse_repeats(reading: Reading) -> None:
    first: dict[tuple[Any, ...], int] = {}
    for row in reading.rows:
        if row.state == "error":
            continue
        key = (row.enterprise or row.uscc or _fold(row.name), row.chain, row.designated_on)
        if key in first:
            reading.error(row, row.cell, row.name or row.uscc, f"与第 {first[key]} 行重复")
        first.setdefault(key, row.row)


def _note_known(reading: Reading, kind: str) -> None:
    """What is on record stays as it is; where it says something else, that is told."""
    rows = [row for row in reading.rows if row.state == "new"]
    known = _known([row.enterprise for row in rows if row.enterprise is not None], kind)
    for row in rows:
        record = known.get((row.enterprise, row.chain, row.designated_on))
        if record is not None:
            row.state = "known"
            row.notes = _differences(row, record)


def _known(firms: Sequence[int], kind: str) -> dict[tuple[Any, ...], Designation]:
    records = (
        record
        for chunk in _chunks(firms)
        for record in Designation.objects.entered().filter(kind=kind, enterprise_id__in=chunk)
    )
    return {(record.enterprise_id, record.chain, record.designated_on.isoformat()): record for record in records}


def _differences(row: Listed, record: Designation) -> list[str]:
    ends = record.expires_on.isoformat() if record.expires_on else ""
    pairs = {"有效期至": (ends or "未定", row.expires_on or "未定"), "认定单位": (record.body, row.body)}
    return [f"{name}在册为 {old}，表中为 {new}，未改动" for name, (old, new) in pairs.items() if old != new]
