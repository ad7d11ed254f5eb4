"""The results of a round as a workbook that officials can sort and filter (C12, O12)."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from cultivation.assessments.states import LEVELS, OUTCOMES, PROGRAMMES
from cultivation.core.regions import load_regions
from cultivation.pools.states import STANDINGS, TRACKS

Row = Sequence[Any]
DIMENSIONS = {"creation": "创造", "utilisation": "运用", "protection": "保护", "management": "管理", "bonus": "加分"}


def results_workbook(results: list[dict[str, Any]], problems: list[dict[str, str]], notes: list[str]) -> bytes:
    """Notes first, then firms, programmes, services and findings. Every text is written as text, never as a formula."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        _sheet(book, "说明", ["说明"], [[note] for note in notes], [100])
        _sheet(book, "企业", _FIRM_HEADS, map(_firm, results), [30, 22, 14, 14, 8, 10, 10, 10, 40])
        _sheet(
            book, "各专项", ["企业名称", *PROGRAMMES.values()], map(_programmes, results), [30] + [14] * len(PROGRAMMES)
        )
        _sheet(book, "培育方案", _PLAN_HEADS, _services(results), [30, 22, 26, 70, 10])
        _sheet(book, "问题", _PROBLEM_HEADS, map(_problem, problems), [12, 8, 24, 8, 50, 40, 50])
    return out.getvalue()


_FIRM_HEADS = ["企业名称", "统一社会信用代码", "属地", "功能区", "能力等级", "最低分", "最高分", "可达等级", "类别"]
_FIRM_HEADS = [*_FIRM_HEADS, *DIMENSIONS.values()]
_PLAN_HEADS = ["企业名称", "统一社会信用代码", "服务", "理由", "预期提升分"]
_PROBLEM_HEADS = ["工作表", "单元格", "原值", "程度", "问题", "已作处理", "请您处理"]
SEVERITIES = {"error": "错误", "warning": "提醒", "info": "说明"}


def _sheet(book: Any, name: str, heads: Sequence[str], rows: Iterable[Row], widths: Sequence[int]) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#dfeaf4", "border": 1, "border_color": "#cfc9bb"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_row(0, 0, heads, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        sheet.write_row(last, 0, row, body)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1 if len(heads) > 1 else 0)
    if last and len(heads) > 1:
        sheet.autofilter(0, 0, last, len(heads) - 1)


def _firm(result: dict[str, Any]) -> Row:
    capability = result["capability"]
    low, high = capability["score"] or ("", "")
    tracks = "、".join(f"{TRACKS[pool['track']]}（{STANDINGS[pool['status']]}）" for pool in result["pools"])
    dimensions = [_span(capability["dimensions"].get(code)) for code in DIMENSIONS]
    place = load_regions().name_of(result["region"]) if result["region"] else None
    return [
        result["name"],
        result["uscc"],
        place or "未填",
        result["zone"] or "",
        LEVELS.get(capability["level"], "一票否决" if capability["vetoes"] else ""),
        low,
        high,
        LEVELS.get(capability["level_possible"], ""),
        tracks,
        *dimensions,
    ]


def _span(points: Sequence[float] | None) -> str | float:
    if not points:
        return ""
    low, high = points
    return low if low == high else f"{low:g}–{high:g}"


def _programmes(result: dict[str, Any]) -> Row:
    return [result["name"], *(OUTCOMES[result["programmes"][code]["outcome"]] for code in PROGRAMMES)]


def _services(results: list[dict[str, Any]]) -> list[Row]:
    return [
        [result["name"], result["uscc"], item["title"], item["reason"], item["expected_points"]]
        for result in results
        for item in result["plan"]
    ]


def _problem(problem: dict[str, str]) -> Row:
    return [
        problem["sheet"],
        problem["cell"],
        problem["value"],
        SEVERITIES[problem["severity"]],
        problem["problem"],
        problem["done"],
        problem["todo"],
    ]
