"""A whole rulebook as people read it: its head, every test with its scale of points, tiers, sizes and effort (U07)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import singledispatch
from typing import Any

from .explain import describe_rulebook, rows_of
from .facts import read_indicators
from .limits import band_labels, bound_label, points_label, value_words
from .rulebook import Rulebook
from .schema import (
    Bands,
    ByCase,
    Choices,
    Clause,
    Effort,
    EffortClass,
    FactEffort,
    Items,
    Ladder,
    Mark,
    Part,
    Period,
    Points,
    RulebookDocument,
    Settled,
    SizeRow,
    Sourced,
    Tier,
)
from .words import Lang, fact_name, fact_unit, say, test_words

Table = list[dict[str, Any]]


def describe_document(rulebook: Rulebook, lang: Lang = "zh") -> dict[str, Any]:
    """Everything a rulebook says, in words and plain numbers, without any firm.

    Parameters
    ----------
    rulebook : Rulebook
    lang : "zh" or "en"

    Returns
    -------
    dict
        The head (key, scheme, version, title, issuer, document, source, status, note, fingerprint, validity, periods,
        max, base, facts), ``rows`` as ``describe_rulebook`` gives them, each with its ``scale`` of points, ``measure``,
        unit and kinds, and the tables ``tiers``, ``sizes`` and ``effort``. Every number has its source and its status
        beside it; what nobody has published is a row of kind ``awaits``.
    """
    body = rulebook.body
    return {
        "key": rulebook.key,
        "scheme": body.id,
        "version": body.version,
        "fingerprint": rulebook.fingerprint,
        "title": say(body.title, lang),
        "issuer": body.issuer,
        "document": body.document,
        "source": body.source,
        "status": body.status,
        "note": say(body.note, lang) or None,
        "validity": body.validity.model_dump() if body.validity else None,
        "periods": describe_periods(rulebook, lang),
        "max": _number(body.scorecard.max) if body.scorecard else None,
        "base": _number(body.scorecard.base) if body.scorecard and body.scorecard.base else None,
        "facts": _facts(rulebook.body),
        "rows": _rows(rulebook, lang),
        "tiers": [_tier(tier, rulebook, lang) for tier in body.tiers],
        "sizes": [_size(row, rulebook, lang) for row in body.sizes],
        "effort": _effort(body.effort, lang) if body.effort else None,
    }


def describe_periods(rulebook: Rulebook, lang: Lang = "zh") -> Table:
    """When a rulebook is in force.

    Parameters
    ----------
    rulebook : Rulebook
    lang : "zh" or "en"

    Returns
    -------
    list of dict
        Kinds, regions, from, to, status and reason of each period.
    """
    return [_period(period, rulebook, lang) for period in rulebook.body.applies]


def _period(period: Period, rulebook: Rulebook, lang: Lang) -> dict[str, Any]:
    return {
        "kinds": list(period.kinds),
        "regions": list(period.regions),
        "from": period.from_ and period.from_.isoformat(),
        "to": period.to and period.to.isoformat(),
        "status": period.status or rulebook.body.status,
        "reason": say(period.reason, lang) or None,
    }


def _facts(body: RulebookDocument) -> list[str]:
    """Indicators it reads, in order of the fixed list."""
    read = {code for node in body.walk() if isinstance(node, (Clause, Part)) for code in node.facts()}
    read |= {code for row in body.sizes for code in row.facts}
    return [code for code in read_indicators() if code in read]


def _rows(rulebook: Rulebook, lang: Lang) -> Table:
    nodes = (row.node for row in rows_of(rulebook).values())
    return [row | _details(node, lang) for row, node in zip(describe_rulebook(rulebook, lang), nodes, strict=True)]


def _details(node: Sourced, lang: Lang) -> dict[str, Any]:
    kinds = list(node.kinds) if isinstance(node, Clause) and len(node.kinds) == 1 else []
    unit = node.unit if isinstance(node, Part) else None
    scale = [{"label": label, "points": points} for label, points in scale_of(node, lang)]
    columns, cells = cases_of(node, lang)
    return {
        "kinds": kinds,
        "unit": say(unit, lang) or None,
        "measure": measure_of(node, lang),
        "columns": columns,
        "scale": [row | {"cells": found} for row, found in zip(scale, cells, strict=True)] if columns else scale,
    }


@singledispatch
def scale_of(node: Sourced, lang: Lang) -> list[tuple[str, str]]:
    """The rows of a scale: a band, a choice, a rung or an item, and its points."""
    return []


@scale_of.register
def _bands(node: Bands, lang: Lang) -> list[tuple[str, str]]:
    return [*_pairs(band_labels(node), (band.points for band in node.bands), lang), *_unknown(node, lang)]


@scale_of.register
def _choices(node: Choices, lang: Lang) -> list[tuple[str, str]]:
    labels = read_indicators()[node.fact].choices
    names = [labels[choice][lang == "en"] for choice in node.choices]
    return [*_pairs(names, node.choices.values(), lang), *_unknown(node, lang)]


@scale_of.register
def _ladder(node: Ladder, lang: Lang) -> list[tuple[str, str]]:
    rules = [test_words(rung.when, lang) for rung in node.ladder]
    return [*_pairs(rules, (rung.points for rung in node.ladder), lang), *_unknown(node, lang)]


def _unknown(node: Settled, lang: Lang) -> list[tuple[str, str]]:
    """The row of what has no value, where it has points of its own."""
    label = "未知" if lang == "zh" else "unknown"
    return [] if node.unknown is None else _pairs([label], [(node.unknown, node.unknown)], lang)


@scale_of.register
def _items(node: Items, lang: Lang) -> list[tuple[str, str]]:
    rules = [say(item.title, lang) or test_words(item, lang) for item in node.items]
    return _pairs(rules, [(node.each, node.each)] * len(rules), lang)


def _pairs(labels: Sequence[str], points: Iterable[Points], lang: Lang) -> list[tuple[str, str]]:
    return [(label, points_label(given, lang)) for label, given in zip(labels, points, strict=True)]


def measure_of(node: Sourced, lang: Lang) -> str | None:
    """What a scale is read off, where it is one value."""
    if isinstance(node, Bands):
        return value_words(node.value, lang, lambda code: fact_name(code, lang))
    if isinstance(node, Choices):
        return fact_name(node.fact, lang)
    return fact_name(node.mark, lang) if isinstance(node, Mark) else None


def cases_of(node: Sourced, lang: Lang) -> tuple[list[str], list[list[str]]]:
    """A ladder whose rungs ask for other amounts by class of one fact: the classes, and what each rung asks in each.

    A rung that is the same for all classes has one cell. Other nodes have no classes.
    """
    rungs = [rung.when for rung in node.ladder] if isinstance(node, Ladder) else []
    classes = {_classes(clause, lang) for clause in rungs if isinstance(clause, ByCase)}
    return (list(classes.pop()), [_cells(clause, lang) for clause in rungs]) if len(classes) == 1 else ([], [])


def _classes(clause: ByCase, lang: Lang) -> tuple[str, ...]:
    name = fact_name(clause.by, lang)
    return tuple(f"{name} {bound_label(clause, case, lang)}" for case in clause.cases)


def _cells(clause: Clause, lang: Lang) -> list[str]:
    return (
        [test_words(case.then, lang) for case in clause.cases]
        if isinstance(clause, ByCase)
        else [test_words(clause, lang)]
    )


def _tier(tier: Tier, rulebook: Rulebook, lang: Lang) -> dict[str, Any]:
    return {
        "code": tier.id,
        "label": say(tier.title, lang),
        "threshold": None if tier.at_least is None else _number(tier.at_least),
        "of": list(tier.of),
        **_origin(tier, rulebook),
    }


def _size(row: SizeRow, rulebook: Rulebook, lang: Lang) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": say(row.title, lang),
        "industries": list(row.industries),
        "facts": [fact_name(code, lang) for code in row.facts],
        "units": [read_indicators()[code].unit for code in row.facts],
        **{size: [_number(bound) for bound in getattr(row, size)] for size in ("large", "medium", "small")},
        **_origin(row, rulebook),
    }


def _origin(node: Sourced, rulebook: Rulebook) -> dict[str, Any]:
    return {"source": node.source or rulebook.body.source, "status": node.status or rulebook.body.status}


def _effort(effort: Effort, lang: Lang) -> dict[str, Any]:
    return {
        "source": effort.source,
        "status": effort.status,
        "note": say(effort.note, lang) or None,
        "classes": [_class(row, effort, lang) for row in effort.classes],
    }


def _class(row: EffortClass, effort: Effort, lang: Lang) -> dict[str, Any]:
    facts = [_step(fact, lang) for fact in effort.facts if fact.class_ == row.id]
    return {"id": row.id, "title": say(row.title, lang), "cost": row.cost, "facts": facts}


def _step(fact: FactEffort, lang: Lang) -> str:
    """``知识产权经费（每 1% 上年度研发费用）``: the fact, and what counts as one step of it."""
    name = fact_name(fact.fact, lang)
    if fact.each is None:
        return name
    step = _amount(fact, fact.each, lang)
    return f"{name}（每{step}）" if lang == "zh" else f"{name} (every {step})"


def _amount(fact: FactEffort, each: Decimal, lang: Lang) -> str:
    indicator = read_indicators()[fact.fact]
    if fact.of:
        share = f"{(each * 100).normalize():f}%"
        return f"{fact_name(fact.of, lang)}的 {share}" if lang == "zh" else f"{share} of {fact_name(fact.of, lang)}"
    number = f"{each.normalize():,f}"
    if indicator.type == "choice":
        return f"升 {number} 档" if lang == "zh" else "level"
    return f" {fact_unit(number, fact.fact, lang)}" if lang == "zh" else fact_unit(number, fact.fact, lang)


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
