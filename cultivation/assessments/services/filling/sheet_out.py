"""The whole form as Excel, filled as far as the draft is (E20). Every text is written as text, never as a formula."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.services.screen import display

from .catalogue import SECTIONS, Field, fields_of
from .save import WHAT_IF
from .start import earlier_of, told_values

if TYPE_CHECKING:
    from scoring import Indicator

SHEET = "自评表"
HEADS = ("编号", "部分", "指标", "单位", "填写值", "可以填写", "上次评估的值", "状态", "版本")
CODE, VALUE, VERSION = 0, 4, 8
NUMBER = "自评表编号 "
UNKNOWN, NOT_APPLICABLE, NO_BAR = "暂不知道", "不适用", "没有"
YES, NO = "是", "否"
NOTES = (
    "请只改“填写值”一列。不清楚的写“暂不知道”，与本企业无关的写“不适用”，没有的数量写 0；三者含义不同。",
    "上传后先看差异，再逐项选择是否采用；没有改动的不会变。“编号”“版本”和上面的自评表编号请保留，系统靠它们对应。",
)
WIDTHS = (30, 14, 44, 8, 22, 46, 20, 16, 8)


def form_workbook(draft: Assessment) -> bytes:
    """A workbook with one line for each question, in the order of the form."""
    import xlsxwriter

    answers = {answer.code: answer for answer in draft.answers.all()}
    before = told_values(earlier_of(draft))
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(SHEET)
        _head(book, sheet, draft)
        locked, free = book.add_format(_CELL), book.add_format({**_CELL, "locked": False, "bg_color": "#fffdf5"})
        for row, field in enumerate(fields_of(draft.round), start=FIRST_ROW):
            answer = answers.get(field.code)
            for column, text in enumerate(_line(field, answer, before.get(field.code))):
                sheet.write(row, column, text, free if column == VALUE and not _is_derived(answer) else locked)
            _offer(sheet, row, field.indicator)
        sheet.protect(options={"format_columns": True, "format_rows": True, "autofilter": True})
    return out.getvalue()


FIRST_ROW = 4
_CELL = {"text_wrap": True, "valign": "top", "num_format": "@", "border": 1, "border_color": "#e3ddd0"}


def _head(book: Any, sheet: Any, draft: Assessment) -> None:
    mark = "（演示数据）" if draft.enterprise.is_demonstration else ""
    sheet.write(0, 0, f"{draft.enterprise.name}{mark} · {draft.round.name}", book.add_format({"bold": True}))
    sheet.write(0, VALUE, form_number(draft), book.add_format({"font_color": "#8a8170"}))
    for row, note in enumerate(NOTES, start=1):
        sheet.write(row, 0, note)
    sheet.write_row(FIRST_ROW - 1, 0, HEADS, book.add_format({"bold": True, "bg_color": "#dfeaf4", "border": 1}))
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(FIRST_ROW, 3)


def form_number(draft: Assessment) -> str:
    """Whose form it is, as the sheet says it when it comes back."""
    return f"{NUMBER}{draft.pk:06d}"


def _line(field: Field, answer: Answer | None, before: Any) -> Sequence[Any]:
    one = field.indicator
    section = next(section.zh for section in SECTIONS if section.code == field.section)
    unit = "" if one.type == "choice" else one.unit
    version = answer.version if answer else 0
    shown = "" if before is None else display(one, before)
    return (one.code, section, one.zh, unit, cell_of(one, answer), _allowed(one), shown, _state(answer), version)


def _is_derived(answer: Answer | None) -> bool:
    return answer is not None and answer.source == "ledger"


def _state(answer: Answer | None) -> str:
    if answer is None:
        return "未填写"
    if _is_derived(answer):
        return "由台账算出"
    if answer.source == WHAT_IF and not answer.confirmed:
        return "模拟测算，待确认"
    return "已填写" if answer.confirmed else "带入，待确认"


def cell_of(indicator: "Indicator", answer: Answer | None) -> Any:
    """What stands in the value's cell; the reading back of it gives the same answer."""
    if answer is None:
        return ""
    if answer.typed:
        return answer.typed
    value = answer.declared
    if value is None:
        return NO_BAR if indicator.empty_is_none and answer.state == "known" else UNKNOWN
    if value == "n/a":
        return NOT_APPLICABLE
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return display(indicator, value)
    return indicator.choices[value][0] if indicator.type == "choice" else _number_or_text(value)


def _number_or_text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def words_of(indicator: "Indicator") -> list[str]:
    """The words that are answers, where there are few."""
    if indicator.type == "choice":
        return [zh for zh, _ in indicator.choices.values()]
    return [YES, NO] if indicator.type == "boolean" else []


def _allowed(indicator: "Indicator") -> str:
    words = {"date": "日期，如 2026-03-31", "integer": "整数", "text": "文字"}
    return "、".join(words_of(indicator)) or words.get(indicator.type, "数字")


def _offer(sheet: Any, row: int, indicator: "Indicator") -> None:
    """A list to choose from where the answers are few; a list of Excel holds at most 255 characters."""
    choices = words_of(indicator)
    source = [*choices, UNKNOWN, NOT_APPLICABLE]
    if choices and len(",".join(source)) <= 255 and not any("," in choice for choice in choices):
        sheet.data_validation(row, VALUE, row, VALUE, {"validate": "list", "source": source, "error_type": "warning"})
