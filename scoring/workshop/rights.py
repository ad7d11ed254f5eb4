"""The rules by which IP rights are counted, as tables: a rule a section, its conditions below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pydantic import TypeAdapter, ValidationError

from ..rights.right import AWARDS, FLAGS, RIGHT_KINDS, STATES, WAYS
from ..rights.words import condition_words
from ..schema import AnyCondition, Condition, Text
from .cells import EMPTY, Cell, Options, Raw, Row, Section, both, choice, day, number, several, step, text, words_list
from .clauses import fact_cell, kind_of
from .head import NOTE, SOURCE, STATUSES, TITLE, status_cell

CONDITION_KINDS = (
    "all",
    "any",
    "in_force",
    "since_transfer",
    "since_grant",
    "since_filing",
    "filed_within",
    "granted_within",
    "obtained",
    "not_obtained",
    "holder_rank_at_most",
    "flag",
    "family_granted",
    "pledged",
    "awarded",
)
KINDS: Options = {code: words for code, words in RIGHT_KINDS.items() if code != "unknown"}
ELAPSED: Options = {"at_least": Text(zh="满", en="at least"), "more_than": Text(zh="超过", en="more than")}
FLAG_NAMES: Options = {code: words[0] for code, words in FLAGS.items()}
OBTAINED: Options = {code: words for code, words in WAYS.items() if code != "licensed"}
TAKES = Text(zh="计入的权利", en="rights it takes")
Cells = Iterator[Cell]
_CONDITION: TypeAdapter[Condition] = TypeAdapter(AnyCondition)


def read_rights(document: Raw) -> Iterator[Section]:
    """Every rule of counting with its conditions, in order."""
    for place, rule in enumerate(document.get("rights", ())):
        yield from _rule(rule, step("/rights", place))


def _rule(raw: Raw, at: str) -> Iterator[Section]:
    kinds = (_some(raw, at, "kinds", TAKES, KINDS),) if "kinds" in raw else ()
    inner = [cell for where, below in _where(raw, at) if not below.get("id") for cell in condition_cells(below, where)]
    cells = (fact_cell(raw, at, "counts"), *kinds, *_unlisted(raw, at), *inner, *_words(raw, at))
    yield Section(at, "rights", "counts", raw["id"], 0, _title(raw), cells, is_listed=True)
    for where, below in _where(raw, at):
        yield from _condition(below, where, 1)


def _where(raw: Raw, at: str) -> Iterator[tuple[str, Raw]]:
    for key in ("where", "all", "any"):
        for place, below in enumerate(raw.get(key, ())):
            yield step(at, key, place), below


def _condition(raw: Raw, at: str, depth: int) -> Iterator[Section]:
    """A condition with a name, and the named ones below it; an unnamed one has its cells in the section above."""
    if raw.get("id"):
        kind = kind_of(raw, CONDITION_KINDS)
        rows = tuple(_term_rows(raw, at)) if kind == "in_force" else ()
        own = (_for(raw, at),) if kind == "in_force" else condition_cells(raw, at)
        cells = (*own, *_words(raw, at))
        yield Section(at, "rights", kind, raw["id"], depth, _title(raw), cells, rows, _say(raw), is_listed=True)
        depth += 1
    for where, below in _where(raw, at):
        yield from _condition(below, where, depth)


def _words(raw: Raw, at: str) -> tuple[Cell, ...]:
    return (
        *both(raw, at, "title", TITLE),
        text(raw, at, "source", SOURCE, is_optional=True),
        status_cell(raw, at),
        *both(raw, at, "note", NOTE, is_optional=True),
    )


def _title(raw: Raw) -> Text:
    found = raw.get("title") or {}
    return Text(zh=str(found.get("zh") or ""), en=str(found.get("en") or ""))


def _say(raw: Raw) -> Text:
    """What a condition asks; nothing while it can't be read."""
    try:
        condition = _CONDITION.validate_python(raw)
    except ValidationError:
        return EMPTY
    return Text(zh=condition_words(condition, "zh"), en=condition_words(condition, "en"))


def _unlisted(raw: Raw, at: str) -> Cells:
    if "unlisted" not in raw:
        return
    found, here = raw["unlisted"], step(at, "unlisted")
    if "kinds" in found:
        yield _some(found, here, "kinds", Text(zh="清单须列有", en="the list must have"), KINDS)
    else:
        yield _some(found, here, "states", Text(zh="清单须列有", en="the list must have"), STATES)
    if "closed_by" in found:
        yield Cell(step(here, "closed_by"), Text(zh="封顶的申报数", en="closed by"), "fact", found["closed_by"])


def condition_cells(raw: Raw, at: str) -> Cells:
    """Cells of a condition; those of named conditions below it stand in sections of their own."""
    kind = kind_of(raw, CONDITION_KINDS)
    yield from _CELLS[kind](raw, at)
    yield _for(raw, at)


def _for(raw: Raw, at: str) -> Cell:
    return several(raw, at, "for", Text(zh="只问这些权利", en="asked of these rights only"), KINDS, is_minor=True)


def _some(raw: Raw, at: str, key: str, label: Text, options: Options) -> Cell:
    return Cell(step(at, key), label, "choices", raw[key], options)


def _nested(raw: Raw, at: str) -> Cells:
    for where, below in _where(raw, at):
        if not below.get("id"):
            yield from condition_cells(below, where)


def _terms(raw: Raw, at: str) -> Cells:
    for row in _term_rows(raw, at):
        yield from row.cells


def _term_rows(raw: Raw, at: str) -> Iterator[Row]:
    for place, term in enumerate(raw["in_force"]):
        here = step(at, "in_force", place)
        cells = (
            _some(term, here, "kinds", Text(zh="权利", en="rights"), KINDS),
            number(term, here, "years", Text(zh="保护期（年）", en="term in years")),
            day(term, here, "filed_from", Text(zh="此日起申请的", en="filed from")),
            text(term, here, "source", SOURCE),
            Cell(step(here, "status"), Text(zh="来源状态", en="source status"), "choice", term.get("status"), STATUSES),
        )
        yield Row(here, cells)


def _elapsed(label: Text) -> Callable[[Raw, str], Cells]:
    def cells(raw: Raw, at: str) -> Cells:
        kind = kind_of(raw, CONDITION_KINDS)
        key = next(key for key in ELAPSED if key in raw[kind])
        yield Cell(step(at, kind, key), label, "operator", key, ELAPSED)
        yield Cell(
            step(at, kind, key), Text(zh=f"{label.zh}（年）", en=f"{label.en} (years)"), "number", raw[kind][key]
        )

    return cells


def _one_number(label: Text) -> Callable[[Raw, str], Cells]:
    def cells(raw: Raw, at: str) -> Cells:
        yield number(raw, at, kind_of(raw, CONDITION_KINDS), label)

    return cells


def _one_list(label: Text, options: Options) -> Callable[[Raw, str], Cells]:
    def cells(raw: Raw, at: str) -> Cells:
        yield _some(raw, at, kind_of(raw, CONDITION_KINDS), label, options)

    return cells


def _flag(raw: Raw, at: str) -> Cells:
    yield choice(raw, at, "flag", Text(zh="清单中的事项", en="what the list says"), FLAG_NAMES)
    yield Cell(step(at, "is"), Text(zh="应为", en="must be"), "boolean", raw["is"])


def _family(raw: Raw, at: str) -> Cells:
    here, places = step(at, "family_granted"), raw["family_granted"]
    labels = {"in": Text(zh="授权地", en="granted in"), "outside": Text(zh="授权地不在", en="granted outside")}
    for key, label in labels.items():
        if key in places:
            yield words_list(places, here, key, label, is_optional=False)


def _pledged(raw: Raw, at: str) -> Cells:
    here, line = step(at, "pledged"), raw["pledged"]
    if "awaits" in line:
        yield from both(line, here, "awaits", Text(zh="待公布事项", en="awaited"))
    else:
        yield number(line, here, "at_least", Text(zh="质押金额不低于（万元）", en="pledge of at least (CNY ×10⁴)"))


_CELLS: Mapping[str, Callable[[Raw, str], Cells]] = {
    "all": _nested,
    "any": _nested,
    "in_force": _terms,
    "since_transfer": _elapsed(Text(zh="转入后", en="since transfer")),
    "since_grant": _elapsed(Text(zh="授权后维持", en="kept since grant")),
    "since_filing": _elapsed(Text(zh="申请后维持", en="kept since filing")),
    "filed_within": _one_number(Text(zh="申请日在近几年内", en="filed within so many years")),
    "granted_within": _one_number(Text(zh="授权日在近几年内", en="granted within so many years")),
    "obtained": _one_list(Text(zh="取得方式", en="obtained by"), OBTAINED),
    "not_obtained": _one_list(Text(zh="取得方式不是", en="not obtained by"), OBTAINED),
    "holder_rank_at_most": _one_number(Text(zh="权利人排名不超过", en="place among the right-holders at most")),
    "flag": _flag,
    "family_granted": _family,
    "pledged": _pledged,
    "awarded": _one_list(Text(zh="奖项", en="awards"), AWARDS),
}
