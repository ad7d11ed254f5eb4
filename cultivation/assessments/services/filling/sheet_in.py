"""A form that comes back from Excel: what differs from the draft, line by line; nothing is stored here (E20)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.services.screen import display
from cultivation.core.errors import BadInput

from .catalogue import Field, fields_of
from .lock import lock_of
from .save import read_value
from .sheet_out import (
    CODE,
    HEADS,
    NO,
    NO_BAR,
    NOT_APPLICABLE,
    NUMBER,
    UNKNOWN,
    VALUE,
    VERSION,
    YES,
    cell_of,
    form_number,
    words_of,
)

if TYPE_CHECKING:
    from cultivation.core.sheets import Cell, Grid
    from scoring import Indicator

HEAD_WITHIN, MOST_COLUMNS, BEYOND = 20, 60, 10_000
NUMERIC = frozenset({"money", "integer", "number", "percent"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that says something else than the draft.

    `base` is the version that the draft has now, so that a person who has seen both values may choose either;
    `is_outdated` says that it is not the one that the sheet was made from.
    """

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


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of the form, wherever its heads have been moved to, and the number that says whose form it is."""

    grid: "Grid"
    head: int
    columns: dict[int, int]
    number: str

    def place(self, row: int, head: int = VALUE) -> str:
        from cultivation.core.sheets import address

        return f"{self.grid.name}!{address(row, self.columns.get(head, head))}"

    def cell(self, row: int, head: int) -> "Cell":
        return self.grid.cell(row, self.columns[head]) if head in self.columns else self.grid.cell(row, BEYOND)

    def text(self, row: int, head: int) -> str:
        raw = self.cell(row, head).raw
        return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw).strip()

    def is_merged(self, row: int) -> bool:
        """Whether the value's cell hangs together with another one, so that nobody can tell whose value it is."""
        column = self.columns[VALUE]
        return any(
            top <= row <= bottom and left <= column <= right and (top < bottom or left < column)
            for top, left, bottom, right in self.grid.merged
        )


def compare_workbook(draft: Assessment, data: bytes) -> Comparison:
    """Differences of a returned workbook.

    Raises `BadInput` for a file that can't be read, is no form of ours, or is the form of another firm or round.
    """
    sheet = _find(data)
    problems = list(_whose(draft, sheet))
    answers = {answer.code: answer for answer in draft.answers.all()}
    fields, lock = {field.code: field for field in fields_of(draft.round)}, lock_of(draft)
    differences: list[Difference] = []
    seen: set[str] = set()
    for row in range(sheet.head + 1, len(sheet.grid.rows)):
        code, place = sheet.text(row, CODE), sheet.place(row, CODE)
        if not code:
            continue
        if code not in fields:
            problems.append(f"{place}：没有编号为“{code[:60]}”的指标，这一行没有读取。")
        elif code in seen:
            problems.append(f"{place}：编号“{code}”重复出现，只读取第一行。")
        else:
            seen.add(code)
            found, problem = _compare(fields[code], answers.get(code), sheet, row, is_locked=lock.holds(code))
            differences += [found] if found else []
            problems += [problem] if problem else []
    missing = [fields[code].indicator.zh for code in fields if code not in seen]
    if missing:
        problems.append(f"表中缺少 {len(missing)} 项，如“{missing[0]}”；缺少的项保持不变。")
    return Comparison(differences, problems)


def _find(data: bytes) -> Sheet:
    from cultivation.core.sheets import SheetError, open_grids

    try:
        grids = open_grids(data)
    except SheetError as error:
        raise BadInput(str(error), code="unreadable_workbook") from error
    for grid in grids:
        for row in range(min(HEAD_WITHIN, len(grid.rows))):
            texts = [grid.cell(row, column).text for column in range(min(len(grid.rows[row]), MOST_COLUMNS))]
            columns = {place: texts.index(head) for place, head in enumerate(HEADS) if head in texts}
            if CODE in columns and VALUE in columns:
                return Sheet(grid, row, columns, _number(grid, row))
    raise BadInput(
        "这不是从本系统下载的自评表：没有找到“编号”和“填写值”两列。请先下载表格，填好后再上传。",
        code="not_our_form",
    )


def _number(grid: "Grid", head: int) -> str:
    cells = (cell.text for row in range(head) for cell in grid.cells(row))
    return next((text for text in cells if text.startswith(NUMBER)), "")


def _whose(draft: Assessment, sheet: Sheet) -> Iterator[str]:
    """Versions of another form mean nothing here, so a form of another firm or round is refused."""
    if sheet.number and sheet.number != form_number(draft):
        title = sheet.grid.cell(0, 0).text[:120]
        raise BadInput(
            f"这是另一份自评表（{title}），不是“{draft.enterprise.name} · {draft.round.name}”的。请下载这一份再填。",
            code="another_form",
        )
    if not sheet.number:
        yield "表头的“自评表编号”不见了，无法确认这是哪家企业、哪个批次的表。请逐项核对后再采用。"


def _compare(
    field: Field, answer: Answer | None, sheet: Sheet, row: int, *, is_locked: bool = False
) -> tuple[Difference | None, str]:
    """Nothing where the cell says what the draft says; a sentence where the cell can't be taken for a value."""
    cell = sheet.cell(row, VALUE)
    place, label = sheet.place(row), field.indicator.zh
    if sheet.is_merged(row):
        return None, f"{place}：“{label}”的填写值与别的单元格合并，分不清是哪一项的，没有读取。请取消合并后再上传。"
    raw = _raw(field, cell)
    if (answer is None and raw == "") or _is_same(field, answer, raw):
        return None, ""
    if is_locked:
        return None, f"{place}：“{label}”没有退回，表中的改动没有读取。"
    if answer and answer.source == "ledger":
        return None, f"{place}：“{label}”由知识产权台账算出，表中的改动没有读取。请在台账中修改。"
    read, typed, problem = read_value(field.indicator, _meaning(field.indicator, raw))
    if answer and answer.confirmed and (read, typed) == (answer.declared, answer.typed):
        return None, ""
    if problem and (allowed := words_of(field.indicator)):
        problem = f"只能填：{'、'.join(allowed)}。"
    if cell.hidden:
        problem = "公式没有算出结果，请在 Excel 中打开保存一次，或直接填数值。"
    version = answer.version if answer else 0
    difference = Difference(
        code=field.code,
        label=label,
        section=field.section,
        cell=place,
        before=_shown(field.indicator, answer),
        after=typed or display(field.indicator, read) if raw != "" else "（清空）暂不知道",
        value=typed or read,
        base=version,
        is_outdated=sheet.text(row, VERSION) != str(version),
        problem=problem,
    )
    return difference, ""


def _raw(field: Field, cell: "Cell") -> Any:
    """What Excel knows of the cell: a formula without a result is no blank, and 0.25 shown as 25 % is 25 percent."""
    if cell.hidden:
        return cell.hidden
    if cell.percent and field.indicator.type == "percent" and isinstance(cell.raw, float):
        return round(cell.raw * 100, 9)
    return cell.raw


def _shown(indicator: "Indicator", answer: Answer | None) -> str:
    if answer is None:
        return "未填写"
    return answer.typed or display(indicator, answer.declared)


def _is_same(field: Field, answer: Answer | None, raw: Any) -> bool:
    """The cell as it was written out, Excel's own forms of numbers and dates aside."""
    shown = cell_of(field.indicator, answer)
    if field.indicator.type in NUMERIC:
        return _plain(raw) == _plain(shown)
    return _words(raw) == _words(shown)


def _words(raw: Any) -> str:
    """Codes stay words: 0111 is not 111."""
    plain = _plain(raw) if isinstance(raw, bool | date) else raw
    return str(int(plain)) if isinstance(plain, float) and plain.is_integer() else str(plain).strip()


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
        return _day(f"{raw:.0f}") if indicator.type == "date" else raw
    text = raw.strip()
    words = {"": None, UNKNOWN: None, NO_BAR: None, NOT_APPLICABLE: "n/a", YES: True, NO: False}
    if text in words and not (text == NO_BAR and not indicator.empty_is_none):
        return words[text]
    if indicator.type == "date":
        return _day(text)
    labels = {zh: code for code, (zh, _) in indicator.choices.items()}
    if indicator.type in NUMERIC:
        return text.replace(",", "").replace("，", "").removesuffix("%").strip()
    return labels.get(text, text)


def _day(text: str) -> str:
    """A date as people type it, in the form's own style; what is none stays as it was typed."""
    from cultivation.core.sheets import BadDate, parse_date

    try:
        return parse_date(text).isoformat()
    except BadDate:
        return text
