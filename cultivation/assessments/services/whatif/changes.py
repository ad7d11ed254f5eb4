"""One firm with some facts changed: where it would stand, and what comes out differently (E10, E12, E15)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from cultivation.assessments.services.outlook import Question, outlook_of
from cultivation.assessments.services.screen import Lang, Screen
from cultivation.assessments.services.trying import NO_SUCH
from cultivation.programmes.services import CAPABILITY, pinned_library

from .base import Base


def try_changes(base: Base, changes: Mapping[str, Any], *, lang: Lang = "zh", detail: Collection[str] = ()) -> Screen:
    """The outlook with the changes, beside the outcomes before them; None takes a fact away. Nothing is stored."""
    from scoring import explain_clauses, read_indicators, what_if

    assessment = base.assessment
    known = {code: value for code, value in changes.items() if code in read_indicators()}
    library, question = pinned_library(assessment.round), Question.of(assessment.round)
    facts = {**base.facts, "id": assessment.enterprise.uscc}
    tried = what_if(facts, known, on=question.on, kind=question.kind, region=question.region, library=library)
    words = explain_clauses(tried.after, library=library, lang=lang)
    outlook = outlook_of(tried.after, library, question, lang=lang, detail=detail, rows=words)
    strange = [{"code": code, "sentence": NO_SUCH[lang]} for code in changes if code not in known]
    return {
        **outlook,
        "problems": outlook["problems"] + strange,
        "before": _brief(tried.before),
        "differences": list(_differences(tried.differences, words)),
    }


def _brief(found: Mapping[str, Any]) -> Screen:
    capability = found["capability"]
    return {
        "score": capability["score"],
        "level": capability["level"],
        "level_possible": capability["level_possible"],
        "outcomes": {code: block["outcome"] for code, block in found["programmes"].items()},
    }


def _differences(differences: Iterable[Any], words: Mapping[str, Any]) -> Iterator[Screen]:
    """Leaves whose outcome or points changed: what gathers others follows from them."""
    titles: dict[str, Screen] = {}
    for difference in differences:
        rows = words["capability"] if difference.programme == CAPABILITY else words["programmes"][difference.programme]
        titles[difference.programme] = titles.get(difference.programme) or _leaves(rows)
        title = titles[difference.programme].get(difference.clause)
        sides = [_side(clause) for clause in (difference.before, difference.after)]
        if title is not None and sides[0] != sides[1]:
            yield {"programme": difference.programme, "id": difference.clause, "title": title} | dict(
                zip(("before", "after"), sides, strict=True)
            )


def _leaves(rows: Iterable[Mapping[str, Any]]) -> Screen:
    rows = list(rows)
    parents = {row["parent"] for row in rows}
    return {row["id"]: row["title"] for row in rows if row["id"] not in parents and row["kind"] != "tier"}


def _side(clause: Mapping[str, Any] | None) -> Screen | None:
    return None if clause is None else {"outcome": clause["outcome"], "points": clause["points"]}
