"""Why: the rows of an assessment with titles, rules, facts and outcomes in words, for screens and PDFs (E12, E15)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from .engine import evaluate
from .frame import Frame
from .limits import FRACTIONS, value_words
from .needs import needs_words
from .result import Row
from .rights.rows import rights_rows
from .rulebook import Library, Rulebook, load_library
from .schema import Part, Tier, Value, kind_of
from .words import OUTCOMES, Lang, fact_words, say, test_words

Explained = list[dict[str, Any]]
_ROWS: WeakKeyDictionary[Rulebook, dict[str, Row]] = WeakKeyDictionary()


def explain_clauses(found: Mapping[str, Any], *, library: Library | None = None, lang: Lang = "zh") -> dict[str, Any]:
    """Explain one object of ``assess``.

    Parameters
    ----------
    found : mapping
        One element of what ``assess`` returns, also after a trip through JSON.
    library : Library, optional
        Where its rulebooks are; the shipped ones by default.
    lang : "zh" or "en"

    Returns
    -------
    dict
        ``{"capability": [row], "programmes": {code: [row]}}``. A row has id, parent, depth, kind, title, test, value,
        band, outcome, outcome_label, points, line, max, needs, missing, reason, source, status, note, evidence, hint.
    """
    library = library or load_library()
    programmes = {code: _rows(part, library, lang) for code, part in found["programmes"].items()}
    return {"capability": _rows(found["capability"], library, lang), "programmes": programmes}


def describe_rulebook(rulebook: Rulebook, lang: Lang = "zh") -> Explained:
    """The named nodes of a rulebook in words, without any firm: criteria as people read them.

    Parameters
    ----------
    rulebook : Rulebook
    lang : "zh" or "en"

    Returns
    -------
    list of dict
        Rows as of ``explain_clauses`` without what only a firm has, in the order of the rulebook.
    """
    return [_static(row, lang) for row in rows_of(rulebook).values()]


def describe_tiers(rulebook: Rulebook) -> list[dict[str, Any]]:
    """Tiers of a scorecard.

    Parameters
    ----------
    rulebook : Rulebook
        One without tiers has none.

    Returns
    -------
    list of dict
        code, zh, en and threshold in points (None has no threshold), lowest first.
    """
    return [
        {"code": tier.id, "zh": tier.title.zh, "en": tier.title.en, "threshold": _threshold(tier)}
        for tier in rulebook.body.tiers
    ]


def _threshold(tier: Tier) -> float | None:
    return None if tier.at_least is None else float(tier.at_least)


def rows_of(rulebook: Rulebook) -> dict[str, Row]:
    """Rows by id of a firm of which nothing is known: the shape of the trace."""
    if rulebook not in _ROWS:
        rows = [*evaluate(rulebook, Frame([{}], on=date(2000, 1, 1))).rows, *rights_rows(rulebook)]
        _ROWS[rulebook] = {row.id: row for row in rows}
    return _ROWS[rulebook]


def _rows(part: Mapping[str, Any], library: Library, lang: Lang) -> Explained:
    if part["rulebook"] is None:
        return []
    rulebook = library.get(part["rulebook"])
    rows, words = rows_of(rulebook), _words_of(rulebook, lang)
    return [words[clause["id"]] | _dynamic(rows[clause["id"]], clause, lang) for clause in part["clauses"]]


_WORDS: WeakKeyDictionary[Rulebook, dict[Lang, dict[str, dict[str, Any]]]] = WeakKeyDictionary()


def _words_of(rulebook: Rulebook, lang: Lang) -> dict[str, dict[str, Any]]:
    """What a rulebook says of its rows is the same for every firm, so it is worded once; nobody writes into it."""
    found = _WORDS.setdefault(rulebook, {})
    if lang not in found:
        found[lang] = {name: _static(row, lang) for name, row in rows_of(rulebook).items()}
    return found[lang]


def _static(row: Row, lang: Lang) -> dict[str, Any]:
    node = row.node
    part = node if isinstance(node, Part) else None
    return {
        "id": row.id,
        "parent": row.parent,
        "depth": row.depth,
        "kind": kind_of(node),
        "title": say(node.title, lang),
        "test": test_words(node, lang),
        "max": row.max,
        "source": row.source,
        "status": row.status,
        "note": say(node.note, lang) or None,
        "evidence": say(part.evidence, lang) or None if part else None,
        "hint": say(part.hint, lang) or None if part else None,
    }


def _dynamic(row: Row, clause: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    return {
        "value": _value_words(row, clause, lang),
        "band": clause.get("band"),
        "outcome": clause["outcome"],
        "outcome_label": say(OUTCOMES[clause["outcome"]], lang),
        "points": clause["points"],
        "line": clause.get("line"),
        "needs": clause["needs"] and needs_words(row.node, clause["outcome"], clause["missing"], lang),
        "missing": clause["missing"],
        "reason": clause.get("reason"),
    }


def _value_words(row: Row, clause: Mapping[str, Any], lang: Lang) -> str:
    """Facts in words, with the number they make: ``研发费用 400 万元 ÷ 营业收入 8,000 万元 = 5%``."""
    value, facts = getattr(row.node, "value", None), clause["facts"]
    if not facts:
        return ""
    if not isinstance(value, Value):
        return ("；" if lang == "zh" else "; ").join(fact_words(code, shown, lang) for code, shown in facts.items())
    words = value_words(value, lang, lambda code: fact_words(code, facts.get(code), lang))
    return f"{words} = {_result(clause['value'], value)}" if "value" in clause else words


def _result(number: float, value: Value) -> str:
    return f"{number * 100:.6g}%" if value.op in FRACTIONS else f"{number:,.10g}"


def explain_text(found: Mapping[str, Any], lang: Lang = "zh", library: Library | None = None) -> str:
    """One enterprise as readable text.

    Parameters
    ----------
    found : mapping
        One object of ``assess``, with its ``id``.
    lang : "zh" or "en"
    library : Library, optional
        Where the rulebooks are that it was assessed by; the shipped ones by default.

    Returns
    -------
    str
        Many lines, the capability first.
    """
    rows = explain_clauses(found, library=library, lang=lang)
    lines = [f"■ {found['id']}  {found['on']}  {_capability_words(found['capability'], lang)}"]
    lines += [_line(row, lang) for row in rows["capability"]]
    for code, programme in found["programmes"].items():
        outcome = say(OUTCOMES[programme["outcome"]], lang)
        lines.append(
            f"\n◆ {code}  {outcome}  {_span(programme['score'])}  {programme['rulebook'] or '—'}  {programme['reason']}"
        )
        lines += [_line(row, lang) for row in rows["programmes"][code]]
    return "\n".join(lines) + "\n"


def _capability_words(capability: Mapping[str, Any], lang: Lang) -> str:
    score, level, possible = (capability[key] for key in ("score", "level", "level_possible"))
    labels = ("能力评分", "等级", "可达") if lang == "zh" else ("score", "level", "possible")
    return f"{labels[0]} {_span(score)}  {labels[1]} {level or '—'}  {labels[2]} {possible or '—'}"


def _span(points: Any) -> str:
    if points is None:
        return ""
    return f"{points[0]:g}" if points[0] == points[1] else f"{points[0]:g}–{points[1]:g}"


def _line(row: Mapping[str, Any], lang: Lang) -> str:
    points = f" {_span(row['points'])}/{row['max']:g}" if row["points"] is not None else ""
    tail = "  ".join(
        text for text in (row["value"] or row["test"], row["reason"], row["needs"] if lang == "zh" else None) if text
    )
    return f"{'  ' * (row['depth'] + 1)}[{row['outcome_label']}{points}] {row['id']} {row['title']}  {tail}".rstrip()
