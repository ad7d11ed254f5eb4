"""Which nodes of a rulebook read a fact: what a form says beside its field (E08)."""

from __future__ import annotations

from typing import Any

from .edges import edges_of
from .explain import describe_rulebook, rows_of
from .facts import read_indicators
from .limits import band_labels
from .rulebook import Rulebook
from .schema import Bands, Choices, Clause, Ladder, Part, Points, Sourced
from .words import Lang, test_words

Steps = list[dict[str, Any]]


def describe_readers(rulebook: Rulebook, lang: Lang = "zh") -> dict[str, list[dict[str, Any]]]:
    """The leaves of a rulebook by the fact they read.

    Parameters
    ----------
    rulebook : Rulebook
    lang : "zh" or "en"

    Returns
    -------
    dict
        Indicator code to rows as of ``describe_rulebook``, in the order of the rulebook. Each row has also ``steps``:
        for what gives points the bands, choices or rungs as ``{label, low, high}`` (points), lowest first; else empty.
    """
    described = {row["id"]: row for row in describe_rulebook(rulebook, lang)}
    rows = rows_of(rulebook)
    parents = {row.parent for row in rows.values()}
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows.values():
        if row.id in parents:
            continue
        for code in row.facts:
            found.setdefault(code, []).append({**described[row.id], "steps": _steps(row.node, lang)})
    return found


def _steps(node: Sourced, lang: Lang) -> Steps:
    if isinstance(node, Bands):
        steps = [_step(label, band.points) for label, band in zip(band_labels(node), node.bands, strict=True)]
    elif isinstance(node, Choices):
        labels = read_indicators()[node.fact].choices
        steps = [_step(labels[choice][lang == "en"], points) for choice, points in node.choices.items()]
    elif isinstance(node, Ladder):
        steps = [_step(test_words(rung.when, lang), rung.points) for rung in node.ladder]
    else:
        return []
    return sorted(steps, key=lambda step: step["high"])


def _step(label: str, points: Points) -> dict[str, Any]:
    return {"label": label, "low": float(points[0]), "high": float(points[1])}


def limits_of_facts(rulebook: Rulebook) -> dict[str, list[float]]:
    """The numbers at which a fact by itself crosses a band or a limit: where a slider should stop.

    Parameters
    ----------
    rulebook : Rulebook

    Returns
    -------
    dict
        Indicator code to its limits in ascending order, in the unit of the fact. Limits of ratios, sums and growths are
        not there, since where one fact crosses them depends on the others.
    """
    found: dict[str, set[float]] = {}
    for node in rulebook.body.walk():
        for edge in edges_of(node) if isinstance(node, (Part, Clause)) else ():
            if edge.value.code:
                found.setdefault(edge.value.code, set()).add(float(edge.limit))
    return {code: sorted(limits) for code, limits in found.items()}
