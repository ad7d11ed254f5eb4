"""The facts of a firm as levers: where each stands, what it could still gain, how hard it is to move (E10)."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cultivation.assessments.services.screen import NO_UPPER_BOUND, Lang, Screen
from cultivation.programmes.services import CAPABILITY, pinned_library

from .base import Base

if TYPE_CHECKING:
    from scoring import Library, Rulebook

GATES, PROGRAMMES, JUDGEMENT = "gates", "programmes", "judgement"
Rows = Mapping[str, Mapping[str, Any]]


def levers_of(base: Base, *, lang: Lang = "zh") -> list[Screen]:
    """Every fact that a pinned rulebook reads, those of a group together, the most points to gain first."""
    from scoring import explain_clauses, read_indicators

    library, facts = pinned_library(base.assessment.round), base.facts
    rows = {row["id"]: row for row in explain_clauses(base.found, library=library, lang=lang)["capability"]}
    readers, limits, efforts = _readers(library), _limits(library), _efforts(library, lang)
    levers = [
        {
            **_described(indicator, lang),
            **_place(rows, readers[code], indicator.is_judgement),
            "value": _value(facts.get(code)),
            "limits": limits.get(code, []),
            "effort": efforts.get(code),
            "programmes": [scheme for scheme in readers[code] if scheme != CAPABILITY],
        }
        for code, indicator in read_indicators().items()
        if code in readers
    ]
    return sorted(levers, key=lambda lever: -lever["gain"])


def _value(value: Any) -> Any:
    """A count between bounds is a pair, which ends in null where there is no upper one."""
    if not isinstance(value, list):
        return value
    low, high = value
    return [low, None if high is None or high >= NO_UPPER_BOUND else high]


def _described(indicator: Any, lang: Lang) -> Screen:
    return {
        "code": indicator.code,
        "label": getattr(indicator, lang),
        "unit": indicator.unit,
        "type": indicator.type,
        "least": indicator.least,
        "most": indicator.most,
        "choices": [{"code": code, "label": words[lang == "en"]} for code, words in indicator.choices.items()],
        "empty_is_none": indicator.empty_is_none,
    }


def _place(rows: Rows, readers: Mapping[str, Sequence[str]], is_judgement: bool) -> Screen:
    """The group of a lever, and the parts of the scorecard that it can still raise."""
    own = [rows[row] for row in readers.get(CAPABILITY, ()) if row in rows]
    parts = {part["id"]: part for row in own if row["points"] is not None for part in [_giving(rows, row)]}
    gain = sum(part["max"] - part["points"][0] for part in parts.values())
    tops = [_top(rows, part) for part in sorted(parts.values(), key=lambda part: part["points"][0] - part["max"])]
    group = JUDGEMENT if is_judgement else tops[0] if tops else GATES if own else PROGRAMMES
    shown = [{"id": p["id"], "title": p["title"], "points": p["points"], "max": p["max"]} for p in parts.values()]
    return {"group": group, "gain": round(gain, 9), "parts": shown}


def _giving(rows: Rows, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where only the best of several parts counts, the whole of them is what can be raised."""
    above = rows.get(row["parent"] or "")
    return above if above and above["kind"] == "best" else row


def _top(rows: Rows, row: Mapping[str, Any]) -> str:
    """The dimension that a part belongs to."""
    while row["parent"] in rows and rows[row["parent"]]["parent"] is not None:
        row = rows[row["parent"]]
    return str(row["id"])


def _readers(library: "Library") -> dict[str, dict[str, list[str]]]:
    """Rows that read a fact, by fact and scheme; the scorecard's first."""
    found: dict[str, dict[str, list[str]]] = {}
    books = sorted(library.rulebooks.values(), key=lambda book: book.body.id != CAPABILITY)
    for rulebook in books:
        for code, rows in _rows_of(rulebook).items():
            found.setdefault(code, {})[rulebook.body.id] = rows
    return found


@lru_cache(maxsize=256)
def _rows_of(rulebook: "Rulebook") -> dict[str, list[str]]:
    from scoring import describe_readers

    return {code: [row["id"] for row in rows] for code, rows in describe_readers(rulebook).items()}


@lru_cache(maxsize=256)
def _limits_of(rulebook: "Rulebook") -> dict[str, list[float]]:
    from scoring import limits_of_facts

    return limits_of_facts(rulebook)


def _limits(library: "Library") -> dict[str, list[float]]:
    found: dict[str, set[float]] = {}
    for rulebook in library.rulebooks.values():
        for code, limits in _limits_of(rulebook).items():
            found.setdefault(code, set()).update(limits)
    return {code: sorted(limits) for code, limits in found.items()}


def _efforts(library: "Library", lang: Lang) -> dict[str, Screen]:
    return dict(_effort_of(library, lang))


def _effort_of(library: "Library", lang: Lang) -> Iterator[tuple[str, Screen]]:
    """How hard a fact is to move, where the scorecard says so."""
    for rulebook in library.rulebooks.values():
        effort = rulebook.body.effort
        if effort is None:
            continue
        for fact in effort.facts:
            named = effort.class_of(fact.class_)
            yield fact.fact, {"code": named.id, "label": getattr(named.title, lang), "cost": named.cost}
