"""The head of a rulebook, its periods, its size table and its effort classes."""

from __future__ import annotations

from collections.abc import Iterator

from ..schema import Text
from ..words import fact_name
from .cells import (
    Cell,
    Options,
    Raw,
    Row,
    Section,
    both,
    choice,
    day,
    number,
    several,
    step,
    text,
    words_list,
)
from .clauses import choices_of, kinds_cell, say_fact

TITLE = Text(zh="名称", en="title")
SOURCE = Text(zh="来源", en="source")
STATUS = Text(zh="来源状态", en="source status")
NOTE = Text(zh="说明", en="note")
STATUSES: Options = {
    "official": Text(zh="官方文件", en="official"),
    "secondary": Text(zh="转载件", en="secondary"),
    "calibrated": Text(zh="平台标定", en="calibrated"),
}
UPWARD: Options = {"up": Text(zh="增加", en="up"), "down": Text(zh="减少", en="down")}


def status_cell(raw: Raw, at: str) -> Cell:
    return choice(raw, at, "status", STATUS, STATUSES, is_optional=bool(at))


def read_head(document: Raw) -> Iterator[Section]:
    """The head, and what of it has tables of its own."""
    cells = (
        *both(document, "", "title", TITLE),
        text(document, "", "issuer", Text(zh="发布机构", en="issuer")),
        text(document, "", "document", Text(zh="文号", en="document number")),
        text(document, "", "source", SOURCE),
        status_cell(document, ""),
        *both(document, "", "note", NOTE, is_optional=True),
    )
    yield Section("", "head", "head", "head", 0, Text(zh="基本信息", en="The document"), cells)
    rows = tuple(_period(period, step("", "applies", place)) for place, period in enumerate(document["applies"]))
    yield Section("/applies", "head", "applies", "applies", 0, Text(zh="施行期", en="In force"), rows=rows)
    yield Section(
        "",
        "head",
        "supersedes",
        "supersedes",
        0,
        Text(zh="接替的版本", en="Versions it replaces"),
        (words_list(document, "", "supersedes", Text(zh="接替", en="replaces")),),
    )
    if "validity" in document:
        yield _validity(document["validity"])
    if "scorecard" in document:
        card, at = document["scorecard"], "/scorecard"
        own: tuple[Cell, ...] = (number(card, at, "max", Text(zh="总分", en="maximum of the whole")),)
        own += (number(card, at, "base", Text(zh="起始分", en="base"), is_optional=True),) if "base" in card else ()
        yield Section(at, "scorecard", "scorecard", "score", 0, Text(zh="评分表", en="Scorecard"), own)


def _period(period: Raw, at: str) -> Row:
    cells = (
        kinds_cell(period, at, is_minor=False),
        day(period, at, "from", Text(zh="自", en="from")),
        day(period, at, "to", Text(zh="至（含）", en="to")),
        words_list(period, at, "regions", Text(zh="地区（代码前缀，空为全部）", en="regions (prefixes; none is all)")),
        status_cell(period, at),
        *both(period, at, "reason", Text(zh="理由", en="reason"), is_optional=True),
    )
    return Row(at, cells)


def _validity(validity: Raw) -> Section:
    at = "/validity"
    cells = (
        number(validity, at, "years", Text(zh="有效年数", en="years")),
        text(validity, at, "source", SOURCE),
        Cell(step(at, "status"), STATUS, "choice", validity.get("status"), STATUSES),
    )
    return Section(at, "head", "validity", "validity", 0, Text(zh="称号有效期", en="How long a title lasts"), cells)


def read_sizes(document: Raw) -> Iterator[Section]:
    """The size table: an industry a row."""
    if "sizes" not in document:
        return
    rows = tuple(_size(size, step("", "sizes", place)) for place, size in enumerate(document["sizes"]))
    yield Section("/sizes", "sizes", "sizes", "sizes", 0, Text(zh="划型标准", en="Size classes"), rows=rows)


def _size(size: Raw, at: str) -> Row:
    bounds = (
        _bound(size, at, name, label, place)
        for name, label in (("large", "大型"), ("medium", "中型"), ("small", "小型"))
        for place in range(len(size["facts"]))
    )
    cells = (
        *both(size, at, "title", Text(zh="行业", en="industry")),
        words_list(size, at, "industries", Text(zh="行业代码", en="industry codes"), is_optional=False),
        *bounds,
        status_cell(size, at),
    )
    return Row(at, cells, node=size["id"])


def _bound(size: Raw, at: str, name: str, label: str, place: int) -> Cell:
    code = size["facts"][place]
    title = Text(zh=f"{label}{fact_name(code, 'zh')}下限", en=f"{name}: {fact_name(code, 'en')} at least")
    return Cell(step(at, name, place), title, "number", size[name][place])


def read_effort(document: Raw) -> Iterator[Section]:
    """Effort classes with their costs, and the class of every fact."""
    if "effort" not in document:
        return
    effort, at = document["effort"], "/effort"
    classes = {row["id"]: Text(**row["title"]) for row in effort["classes"]}
    cells = (
        text(effort, at, "source", SOURCE),
        Cell(step(at, "status"), STATUS, "choice", effort.get("status"), STATUSES),
        choice(effort, at, "report", Text(zh="补报资料按", en="reporting counts as"), classes),
        *both(effort, at, "note", NOTE, is_optional=True),
    )
    rows = tuple(_effort_class(row, step(at, "classes", place)) for place, row in enumerate(effort["classes"]))
    yield Section(at, "effort", "effort", "effort", 0, Text(zh="工作量档次", en="Effort classes"), cells, rows)
    facts = tuple(_fact(row, step(at, "facts", place), classes) for place, row in enumerate(effort["facts"]))
    title = Text(zh="各项指标的工作量", en="Effort of each fact")
    yield Section("/effort/facts", "effort", "facts", "effort-facts", 0, title, rows=facts)


def _effort_class(row: Raw, at: str) -> Row:
    cells = (*both(row, at, "title", TITLE), number(row, at, "cost", Text(zh="每步工作量", en="cost of one step")))
    return Row(at, cells, node=row["id"], is_listed=False)


def _fact(row: Raw, at: str, classes: Options) -> Row:
    of = say_fact(row["of"]) if "of" in row else None
    each = Text(zh=f"每步变动（占{of.zh}）", en=f"each, of {of.en}") if of else Text(zh="每步变动", en="each")
    options = choices_of(row["fact"])
    cells = [
        choice(row, at, "class", Text(zh="档次", en="class"), classes),
        number(row, at, "each", each, is_optional=True),
    ]
    if options:
        cells.append(several(row, at, "to", Text(zh="可以达到", en="can become"), options))
    else:
        cells.append(choice(row, at, "direction", Text(zh="方向", en="direction"), UPWARD, is_optional=True))
    return Row(at, tuple(cells), say_fact(row["fact"]), is_listed=False)
