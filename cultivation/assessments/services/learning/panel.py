"""A panel's scores from Excel: one line for a firm and a reviewer; all of a file is taken, or none of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from statistics import fmean
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cultivation.assessments.models import Assessment, PanelScore
from cultivation.assessments.permissions import can_learn
from cultivation.assessments.services.intake import require_size
from cultivation.assessments.states import PANEL_ORIGINS, SCORED
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput
from cultivation.core.identifiers import BadIdentifier, parse_uscc
from cultivation.programmes.models import Round
from cultivation.programmes.services import CAPABILITY, capability_library

if TYPE_CHECKING:
    from cultivation.core.sheets import Cell, Grid

HEADS: dict[str, tuple[str, ...]] = {
    "uscc": ("统一社会信用代码", "信用代码", "社会信用代码"),
    "name": ("企业名称", "单位名称"),
    "reviewer": ("评审专家", "专家", "专家姓名", "评委"),
    "score": ("得分", "评分", "分数", "总分"),
    "note": ("备注", "评语"),
}
NEEDED = ("uscc", "reviewer", "score")
HEAD_WITHIN = 10
LONGEST_NAME, LONGEST_NOTE = 40, 200
SHEET = "专家组评分"


@dataclass(frozen=True, slots=True)
class PanelProblem:
    """What is wrong with one cell, and what to do."""

    sheet: str
    cell: str
    value: str
    problem: str


@dataclass(slots=True)
class PanelFile:
    """A file as it was read."""

    scores: list[PanelScore] = field(default_factory=list)
    problems: list[PanelProblem] = field(default_factory=list)
    replaced: int = 0
    is_stored: bool = False

    def by_reviewer(self) -> list[dict[str, Any]]:
        """How many scores each reviewer gives, and their mean; a slipped column shows here."""
        given: dict[str, list[float]] = {}
        for one in self.scores:
            given.setdefault(one.reviewer, []).append(one.score)
        return [{"reviewer": who, "scores": len(all_), "mean": fmean(all_)} for who, all_ in given.items()]


def import_panel_scores(
    actor: Actor, *, round_: Round, data: bytes, origin: str, is_preview: bool = False
) -> PanelFile:
    """Store the scores of a file in place of the same reviewers' earlier ones; nothing while one cell is wrong.

    A preview is read and counted alike, and stores nothing.
    """
    can_learn.require(actor, round_)
    require_size(len(data))
    if origin not in PANEL_ORIGINS:
        raise BadInput("请说明评分来自专家组还是模拟专家组。", fields={"/origin": "未知的来源"})
    read = read_panel_scores(round_, data, origin=origin, by=actor.name)
    read.replaced = _known_among(round_, read.scores)
    if not read.problems and not is_preview:
        with transaction.atomic():
            store_panel_scores(actor, round_=round_, scores=read.scores)
        read.is_stored = True
    return read


def _known_among(round_: Round, scores: Sequence[PanelScore]) -> int:
    rows = PanelScore.objects.filter(assessment__round=round_).values_list("assessment_id", "reviewer")
    return len({(one.assessment_id, one.reviewer) for one in scores} & set(rows))


def store_panel_scores(actor: Actor, *, round_: Round, scores: list[PanelScore]) -> None:
    PanelScore.objects.bulk_create(
        scores,
        update_conflicts=True,
        unique_fields=["assessment", "reviewer"],
        update_fields=["score", "origin", "note", "imported_by"],
    )
    reviewers = {score.reviewer for score in scores}
    audit.record(actor, "panelscore.import", round_, detail={"scores": len(scores), "reviewers": len(reviewers)})


def read_panel_scores(round_: Round, data: bytes, *, origin: str, by: str) -> PanelFile:
    """Every line of the file, checked against the firms of the round."""
    grid, head, columns = _find(data)
    firms = {row.enterprise.uscc: row for row in scored_firms(round_)}
    most = _most_points(round_)
    read, seen = PanelFile(), set()
    for row in range(head + 1, len(grid.rows)):
        cells = {name: grid.cell(row, column) for name, column in columns.items()}
        if cells["reviewer"].is_blank and cells["score"].is_blank:
            continue
        found = list(_problems(cells, firms, most))
        key = (_code(cells["uscc"]), cells["reviewer"].text)
        if not found and key in seen:
            found = [(cells["reviewer"], "这位专家对这家企业已有一行，请删去重复的一行")]
        seen.add(key)
        read.problems += [PanelProblem(cell.sheet, cell.address, cell.shown, words) for cell, words in found]
        if not found:
            read.scores.append(_score(cells, firms[key[0]], origin, by))
    if not read.scores and not read.problems:
        raise BadInput("表里没有一行评分。", code="no_scores")
    return read


def scored_firms(round_: Round) -> list[Assessment]:
    """The decided cases that a panel can be asked about."""
    rows = Assessment.objects.filter(round=round_, state__in=SCORED).select_related("enterprise")
    return list(rows.order_by("row", "pk"))


def _most_points(round_: Round) -> float:
    match = capability_library(round_).find(
        CAPABILITY, kind=round_.application, region=round_.region, on=round_.assessed_on
    )
    card = match.rulebook.body.scorecard if match.rulebook else None
    if card is None:
        raise BadInput("本批次没有能力评分表，专家组评分无从对照。", code="no_scorecard")
    return float(card.max)


def _find(data: bytes) -> tuple["Grid", int, dict[str, int]]:
    """The sheet with the heads, the row they stand in and their columns."""
    from cultivation.core.sheets import SheetError, open_grids

    try:
        grids = open_grids(data)
    except SheetError as error:
        raise BadInput(str(error), code="unreadable_workbook") from error
    for grid in grids:
        for row in range(min(HEAD_WITHIN, len(grid.rows))):
            columns = _columns(grid, row)
            if all(name in columns for name in NEEDED):
                return grid, row, columns
    wanted = "、".join(HEADS[name][0] for name in NEEDED)
    raise BadInput(f"没有找到表头，需要有这几列：{wanted}。可以先下载空白表格。", code="no_heads")


def _columns(grid: "Grid", row: int) -> dict[str, int]:
    texts = [cell.text.replace(" ", "") for cell in grid.cells(row)]
    return {name: texts.index(word) for name, words in HEADS.items() for word in words if word in texts}


def _code(cell: "Cell") -> str:
    try:
        return parse_uscc(cell.text).code
    except BadIdentifier:
        return cell.text


def _problems(cells: dict[str, "Cell"], firms: dict[str, Assessment], most: float) -> Iterator[tuple["Cell", str]]:
    uscc, reviewer, score = (cells[name] for name in NEEDED)
    try:
        if parse_uscc(uscc.text).code not in firms:
            yield uscc, "本批次没有这家已评定的企业，请核对代码，或删去这一行"
    except BadIdentifier as error:
        yield uscc, str(error)
    if not reviewer.text:
        yield reviewer, "没有填评审专家"
    elif len(reviewer.text) > LONGEST_NAME:
        yield reviewer, f"专家姓名不超过 {LONGEST_NAME} 个字"
    number = _number(score)
    if number is None:
        yield score, "得分应是一个数字"
    elif not 0 <= number <= most:
        yield score, f"得分应在 0 至 {most:g} 之间"


def _number(cell: "Cell") -> float | None:
    raw = cell.raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return float(raw)
    try:
        return float(cell.text.removesuffix("分"))
    except ValueError:
        return None


def _score(cells: dict[str, "Cell"], assessment: Assessment, origin: str, by: str) -> PanelScore:
    number = _number(cells["score"])
    assert number is not None
    return PanelScore(
        assessment=assessment,
        reviewer=cells["reviewer"].text,
        score=number,
        origin=origin,
        note=cells["note"].text[:LONGEST_NOTE] if "note" in cells else "",
        imported_by=by,
    )


def panel_workbook(round_: Round) -> bytes:
    """An empty sheet with the round's firms, to be copied for each reviewer's lines."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(SHEET)
        head = book.add_format({"bold": True, "bg_color": "#dfeaf4", "border": 1})
        sheet.write_row(0, 0, [words[0] for words in HEADS.values()], head)
        for row, assessment in enumerate(scored_firms(round_), start=1):
            sheet.write_row(row, 0, [assessment.enterprise.uscc, assessment.enterprise.name])
        for column, width in enumerate((24, 36, 14, 10, 40)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
    return out.getvalue()
