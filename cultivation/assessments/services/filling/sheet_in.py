"""A form that comes back from Excel: what differs from the draft, line by line; nothing is stored here (E20)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.services.screen import display
from cultivation.core.errors import BadInput

from .catalogue import Field, fields_of
from .save import read_value
from .sheet_out import CODE, HEADS, NO, NO_BAR, NOT_APPLICABLE, SHEET, UNKNOWN, VALUE, VERSION, YES, cell_of

if TYPE_CHECKING:
    from cultivation.core.sheets import Grid
    from scoring import Indicator

HEAD_WITHIN = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that says something else than the draft. `base` is the version the sheet was made from."""

    code: str
    label: str
    section: str
    cell: str
    before: str
    after: str
    value: Any
    base: int
    is_outdated: bool
    problem: str


@dataclass(frozen=True, slots=True)
class Comparison:
    differences: list[Difference]
    problems: list[str]


def compare_workbook(draft: Assessment, data: bytes) -> Comparison:
    """Differences of a returned workbook.

    Raises `BadInput` for a file that can't be read, or is no form of ours.
    """
    grid, head = _find(data)
    answers = {answer.code: answer for answer in draft.answers.all()}
    fields = {field.code: field for field in fields_of(draft.round)}
    differences: list[Difference] = []
    problems: list[str] = []
    seen: set[str] = set()
    for row in range(head + 1, len(grid.rows)):
        code, place = _text(grid, row, CODE), f"{SHEET}!A{row + 1}"
        if not code:
            continue
        if code not in fields:
            problems.append(f"{place}：没有编号为“{code[:60]}”的指标，这一行没有读取。")
        elif code in seen:
            problems.append(f"{place}：编号“{code}”重复出现，只读取第一行。")
        else:
            seen.add(code)
            differences += _compare(fields[code], answers.get(code), grid, row)
    missing = [fields[code].indicator.zh for code in fields if code not in seen]
    if missing:
        problems.append(f"表中缺少 {len(missing)} 项，如“{missing[0]}”；缺少的项保持不变。")
    return Comparison(differences, problems)


def _find(data: bytes) -> tuple["Grid", int]:
    from cultivation.core.sheets import SheetError, open_grids

    try:
        grids = open_grids(data)
    except SheetError as error:
        raise BadInput(str(error), code="unreadable_workbook") from error
    for grid in grids:
        for row in range(min(HEAD_WITHIN, len(grid.rows))):
            if _text(grid, row, CODE) == HEADS[CODE] and _text(grid, row, VALUE) == HEADS[VALUE]:
                return grid, row
    raise BadInput(
        "这不是从本系统下载的自评表：没有找到“编号”和“填写值”两列。请先下载表格，填好后再上传。",
        code="not_our_form",
    )


def _text(grid: "Grid", row: int, column: int) -> str:
    raw = _raw(grid, row, column)
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw).strip()


def _raw(grid: "Grid", row: int, column: int) -> Any:
    cells = grid.rows[row]
    raw = cells[column] if column < len(cells) else ""
    return "" if raw is None else raw


def _compare(field: Field, answer: Answer | None, grid: "Grid", row: int) -> Iterator[Difference]:
    """Nothing where the cell says what the draft says."""
    raw = _raw(grid, row, VALUE)
    if (answer is None and raw == "") or (answer and answer.source == "ledger") or _is_same(field, answer, raw):
        return
    value = _meaning(field.indicator, raw)
    read, typed, problem = read_value(field.indicator, value)
    if answer and answer.confirmed and (read, typed) == (answer.declared, answer.typed):
        return
    version = _text(grid, row, VERSION)
    base = int(version) if version.isdecimal() else 0
    yield Difference(
        code=field.code,
        label=field.indicator.zh,
        section=field.section,
        cell=f"{grid.name}!E{row + 1}",
        before=_shown(field.indicator, answer),
        after=typed or display(field.indicator, read) if raw != "" else "（清空）暂不知道",
        value=typed or read,
        base=base,
        is_outdated=base != (answer.version if answer else 0),
        problem=problem,
    )


def _shown(indicator: "Indicator", answer: Answer | None) -> str:
    if answer is None:
        return "未填写"
    return answer.typed or display(indicator, answer.declared)


def _is_same(field: Field, answer: Answer | None, raw: Any) -> bool:
    """The cell as it was written out, Excel's own forms of numbers and dates aside."""
    shown = cell_of(field.indicator, answer)
    return _plain(raw) == _plain(shown)


def _plain(raw: Any) -> Any:
    if isinstance(raw, bool):
        return YES if raw else NO
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, int | float):
        return float(raw)
    text = str(raw).strip()
    try:
        return float(text.replace(",", "").replace("，", ""))
    except ValueError:
        return text


def _meaning(indicator: "Indicator", raw: Any) -> Any:
    """What a cell says, in the terms of the form."""
    if isinstance(raw, bool | datetime | date):
        return _meaning(indicator, _plain(raw))
    if not isinstance(raw, str):
        return raw
    text = raw.strip()
    words = {"": None, UNKNOWN: None, NO_BAR: None, NOT_APPLICABLE: "n/a", YES: True, NO: False}
    if text in words and not (text == NO_BAR and not indicator.empty_is_none):
        return words[text]
    labels = {zh: code for code, (zh, _) in indicator.choices.items()}
    if indicator.type in ("money", "integer", "number", "percent"):
        return text.replace(",", "").replace("，", "").removesuffix("%").strip()
    return labels.get(text, text)
