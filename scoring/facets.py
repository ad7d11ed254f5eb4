"""A node of a rulebook as named pieces in words, so that two versions of it can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch
from itertools import chain

from .facts import read_indicators
from .limits import band_labels, exact_points_label, limits_label, value_words
from .rights.words import condition_words
from .schema import (
    AllOf,
    AnyOf,
    Bands,
    ByCase,
    Case,
    Choices,
    Clause,
    Condition,
    Effort,
    FactEffort,
    Group,
    Items,
    Ladder,
    Part,
    Period,
    RightRule,
    RulebookDocument,
    ScoreClause,
    Settled,
    SizeRow,
    Sourced,
    Text,
    Threshold,
    Tier,
)
from .words import Lang, fact_name, say, test_words

# Keys of bands: where edges differ the bands are told as a whole, else the points of each.
EDGES, WHOLE, POINTS = "edges", "bands", "points"
Both = tuple[str, str]
Named = tuple[str, "Facet"]


@dataclass(frozen=True)
class Facet:
    """One piece: its kind (of ``diff.KINDS``), its name, and what it says."""

    kind: str
    name_zh: str
    name_en: str
    zh: str
    en: str


def describe(node: Sourced) -> dict[str, Facet]:
    """The pieces of a node by key, those of named nodes below it left out."""
    return dict(chain(_common(node), _pieces(node)))


def describe_head(body: RulebookDocument) -> dict[str, Facet]:
    """The pieces of a rulebook's head, with its periods, the maximum of its scorecard and its effort classes."""
    return dict(_head(body))


def _facet(key: str, kind: str, name: Both, said: Both) -> Named:
    return key, Facet(kind, *name, *said)


def _same(key: str, kind: str, name: Both, said: object) -> Iterator[Named]:
    """A piece that reads alike in both languages; nothing where there is nothing."""
    if said not in (None, "", ()):
        text = f"{said.normalize():f}" if isinstance(said, Decimal) else str(said)
        yield _facet(key, kind, name, (text, text))


def _text(key: str, kind: str, name: Both, text: Text | None) -> Iterator[Named]:
    if text is not None:
        yield _facet(key, kind, name, (text.zh, text.en))


def _each(words: Sequence[Both]) -> Both:
    return "；".join(zh for zh, _ in words), "; ".join(en for _, en in words)


def _common(node: Sourced) -> Iterator[Named]:
    yield from _text("title", "title", ("名称", "title"), node.title)
    yield from _same("source", "source", ("来源", "source"), node.source)
    yield from _same("status", "source", ("来源状态", "source status"), node.status)
    yield from _text("note", "text", ("注", "note"), node.note)
    if isinstance(node, Part):
        yield from _same("max", "points", ("满分", "maximum"), node.max)
        yield from _text("unit", "text", ("单位", "unit"), node.unit)
        yield from _text("evidence", "text", ("佐证材料", "evidence"), node.evidence)
        yield from _text("hint", "text", ("提升建议", "hint"), node.hint)


@singledispatch
def _pieces(node: Sourced) -> Iterator[Named]:
    yield from ()


@_pieces.register
def _clause(node: Clause) -> Iterator[Named]:
    yield _facet("rule", "rule", ("条件", "condition"), _rule(node))


@_pieces.register
def _score(node: ScoreClause) -> Iterator[Named]:
    yield from _same("max", "points", ("满分", "maximum"), node.max)
    yield _facet("kinds", "rule", ("适用", "for"), _kinds(node))


@_pieces.register
def _threshold(node: Threshold) -> Iterator[Named]:
    yield from _same("line", "threshold", ("分数线", "threshold"), limits_label(node, None))
    yield from _same("of", "threshold", ("计入", "of"), "、".join(node.of))


@_pieces.register
def _tier(node: Tier) -> Iterator[Named]:
    yield from _same("line", "threshold", ("分数线", "threshold"), node.at_least)
    yield from _same("of", "threshold", ("计入", "of"), "、".join(node.of))
    yield from _gates(node)


def _gates(node: Tier) -> Iterator[Named]:
    rules = [_rule(gate) for gate in node.gates if gate.id is None]
    if rules:
        yield _facet("gates", "rule", ("准入条件", "gates"), _each(rules))


@_pieces.register
def _group(node: Group) -> Iterator[Named]:
    how = ("取最高", "best") if node.combine == "best" else ("合计", "sum")
    capped = ("，超出满分的不计", ", capped") if node.capped else ("", "")
    yield _facet("combine", "rule", ("计分方式", "combined as"), (how[0] + capped[0], how[1] + capped[1]))


@_pieces.register
def _bands(node: Bands) -> Iterator[Named]:
    yield _facet("value", "rule", ("口径", "measured as"), _value(node))
    labels = [label + "*" * band.exclusive for label, band in zip(band_labels(node), node.bands, strict=True)]
    points = [(exact_points_label(band.points, "zh"), exact_points_label(band.points, "en")) for band in node.bands]
    yield from _same(EDGES, "edges", ("分档", "bands"), labels)
    said = _each([(f"{label} {zh}", f"{label} {en}") for label, (zh, en) in zip(labels, points, strict=True)])
    yield _facet(WHOLE, "edges", ("分档", "bands"), said)
    for label, words in zip(labels, points, strict=True):
        yield _facet(f"{POINTS} {label}", "points", (label, label), words)
    yield from _unknown(node)
    yield from _same("monotone", "rule", ("单调", "monotone"), node.monotone)
    yield from _same("mark", "rule", ("评分事项", "mark"), node.mark)


def _unknown(node: Settled) -> Iterator[Named]:
    if node.unknown is not None:
        points = node.unknown, node.unknown
        said = exact_points_label(points, "zh"), exact_points_label(points, "en")
        yield _facet("unknown", "points", ("未知时", "when unknown"), said)


def _value(node: Bands) -> Both:
    zh = value_words(node.value, "zh", lambda code: fact_name(code, "zh"))
    return zh, value_words(node.value, "en", lambda code: fact_name(code, "en"))


_LANGS: tuple[Lang, Lang] = ("zh", "en")


@_pieces.register
def _choices(node: Choices) -> Iterator[Named]:
    yield from _fact("fact", node.fact)
    labels = read_indicators()[node.fact].choices
    for choice, points in node.choices.items():
        words = exact_points_label(points, "zh"), exact_points_label(points, "en")
        yield _facet(f"points {choice}", "points", labels[choice], words)
    yield from _unknown(node)


def _fact(key: str, code: str) -> Iterator[Named]:
    yield _facet(key, "rule", ("口径", "measured as"), (fact_name(code, "zh"), fact_name(code, "en")))


@_pieces.register
def _ladder(node: Ladder) -> Iterator[Named]:
    """A rung is told by its place: the first is the best."""
    for place, rung in enumerate(node.ladder, start=1):
        points = exact_points_label(rung.points, "zh"), exact_points_label(rung.points, "en")
        yield _facet(f"points {place}", "points", (f"第{place}档", f"rung {place}"), points)
        name = f"第{place}档条件", f"condition of rung {place}"
        yield _facet(f"rung {place}", "edges", name, _rule(rung.when))
    yield from _unknown(node)
    yield from _same("mark", "rule", ("评分事项", "mark"), node.mark)


@_pieces.register
def _items(node: Items) -> Iterator[Named]:
    yield from _same("each", "points", ("每项", "each"), node.each)
    rules = [_rule(item) for item in node.items if item.id is None]
    yield _facet("items", "rule", ("计分事项", "items"), _each(rules))


@_pieces.register
def _right_rule(node: RightRule) -> Iterator[Named]:
    yield from _fact("counts", node.counts)
    yield _facet("rule", "rule", ("计入", "takes"), (test_words(node, "zh"), test_words(node, "en")))


@_pieces.register
def _condition(node: Condition) -> Iterator[Named]:
    yield _facet("rule", "rule", ("条件", "condition"), (condition_words(node, "zh"), condition_words(node, "en")))


@_pieces.register
def _size(node: SizeRow) -> Iterator[Named]:
    yield from _same("industries", "rule", ("行业", "industries"), "、".join(node.industries))
    yield _facet(
        "facts", "rule", ("口径", "measured as"), _each([(fact_name(c, "zh"), fact_name(c, "en")) for c in node.facts])
    )
    for size, zh in (("large", "大型"), ("medium", "中型"), ("small", "小型")):
        bounds = "、".join(f"{bound.normalize():f}" for bound in getattr(node, size))
        yield from _same(size, "threshold", (f"{zh}下限", f"lower bounds of {size}"), bounds)


def _rule(clause: Clause) -> Both:
    """A clause in full, also where its own sentence is short; a named one by its title."""
    zh, en = (_full(clause, lang) for lang in _LANGS)
    kinds = _kinds(clause)
    return zh + kinds[0], en + kinds[1]


def _full(clause: Clause, lang: Lang) -> str:
    if isinstance(clause, (AllOf, AnyOf)):
        said = [_child(child, lang) for child in clause.children()]
        links = ("，且", " and ") if isinstance(clause, AllOf) else ("，或", " or ")
        return f"（{links[0].join(said)}）" if lang == "zh" else f"({links[1].join(said)})"
    if isinstance(clause, ByCase):
        cases = [f"{_bound(case)} {_child(case.then, lang)}" for case in clause.cases]
        return f"{fact_name(clause.by, lang)} {' / '.join(cases)}"
    return test_words(clause, lang)


def _bound(case: Case) -> str:
    return "—" if case.from_ is None else f"{'>' if case.exclusive else '≥'}{case.from_:f}"


def _child(clause: Clause, lang: Lang) -> str:
    return say(clause.title, lang) if clause.id else _full(clause, lang) + _kinds(clause)[lang == "en"]


def _kinds(clause: Clause) -> Both:
    if len(clause.kinds) != 1:
        return "", ""
    return ("（仅新申报）", " (new only)") if clause.kinds == ("new",) else ("（仅复核）", " (renewal only)")


def _head(body: RulebookDocument) -> Iterator[Named]:
    yield from _text("title", "title", ("名称", "title"), body.title)
    for key, zh in (
        ("id", "方案"),
        ("issuer", "发布机构"),
        ("document", "文号"),
        ("source", "来源"),
        ("status", "来源状态"),
    ):
        yield from _same(key, "source", (zh, key), getattr(body, key))
    yield from _text("note", "text", ("注", "note"), body.note)
    if body.validity:
        said = f"{body.validity.years}年", f"{body.validity.years} years"
        yield _facet("validity", "period", ("有效期", "valid for"), said)
        yield from _same("validity source", "source", ("有效期来源", "source of validity"), body.validity.source)
        yield from _same("validity status", "source", ("有效期来源状态", "status of validity"), body.validity.status)
    for place, period in enumerate(body.applies, start=1):
        yield _facet(f"period {place}", "period", (f"适用{place}", f"in force {place}"), _period(period))
    yield from _same("supersedes", "period", ("接替", "supersedes"), "、".join(body.supersedes))
    if body.scorecard:
        yield from _same("max", "points", ("满分", "maximum"), body.scorecard.max)
        yield from _same("base", "points", ("起始分", "base"), body.scorecard.base or None)
    if body.effort:
        yield from _effort(body.effort)


_ORIGIN = {"id": "方案", "issuer": "发布机构", "document": "文号", "source": "来源", "status": "来源状态"}


_NEW: Both = ("新申报", "new")
_RENEWALS: Both = ("复核", "renewals")


def _period(period: Period) -> Both:
    """``自2027-01-01起，新申报、复核``; what holds everywhere and without a reason isn't said."""
    kinds = [words for kind, words in (("new", _NEW), ("renewal", _RENEWALS)) if kind in period.kinds]
    said = [_span(period), ("、".join(zh for zh, _ in kinds), " and ".join(en for _, en in kinds))]
    if period.regions:
        said.append((f"地区{'、'.join(period.regions)}", f"regions {', '.join(period.regions)}"))
    if period.status:
        said.append((f"来源状态{period.status}", f"status {period.status}"))
    if period.reason:
        said.append((period.reason.zh, period.reason.en))
    return "，".join(zh for zh, _ in said), ", ".join(en for _, en in said)


def _span(period: Period) -> Both:
    start, end = period.from_, period.to
    if start and end:
        return f"{start}至{end}", f"{start} to {end}"
    if start:
        return f"自{start}起", f"from {start}"
    return (f"至{end}止", f"until {end}") if end else ("一直有效", "always")


def _effort(effort: Effort) -> Iterator[Named]:
    yield from _same("effort source", "effort", ("工作量来源", "source of effort"), effort.source)
    yield from _same("effort status", "effort", ("工作量来源状态", "status of effort"), effort.status)
    yield from _text("effort note", "effort", ("工作量说明", "note on effort"), effort.note)
    yield from _same("effort report", "effort", ("补报工作量", "effort of reporting"), effort.report)
    for row in effort.classes:
        said = f"{row.title.zh} {row.cost}", f"{row.title.en} {row.cost}"
        yield _facet(f"effort {row.id}", "effort", (f"工作量{row.id}", f"effort {row.id}"), said)
    for fact in effort.facts:
        name = f"{fact_name(fact.fact, 'zh')}的工作量", f"effort of {fact_name(fact.fact, 'en')}"
        yield from _same(f"effort of {fact.fact}", "effort", name, _step(fact))


def _step(fact: FactEffort) -> str:
    each = "" if fact.each is None else f" / {fact.each:f}{f' × {fact.of}' if fact.of else ''}"
    return f"{fact.class_}{each} {'↑' if fact.direction == 'up' else '↓'} {'、'.join(fact.to)}".strip()
