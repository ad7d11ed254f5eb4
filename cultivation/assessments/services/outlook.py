"""Where a firm stands by facts that are not stored: score, tier within reach, every programme (U07, E10)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from cultivation.assessments.services.screen import Lang, Screen, words_of_result
from cultivation.programmes.models import Round
from cultivation.programmes.services import CAPABILITY, HUBEI
from cultivation.programmes.states import Kind

if TYPE_CHECKING:
    from scoring import Library


@dataclass(frozen=True, slots=True)
class Question:
    """What decides which rulebooks apply."""

    on: date
    kind: Kind = "new"
    region: str = HUBEI

    @classmethod
    def of(cls, round_: Round) -> "Question":
        return cls(round_.assessed_on, round_.application, round_.region)


def outlook_of(
    found: Mapping[str, Any],
    library: "Library",
    question: Question,
    *,
    lang: Lang = "zh",
    detail: Collection[str] = (),
    rows: Mapping[str, Any] | None = None,
) -> Screen:
    """An object of `assess` in words and in brief; clauses only of the schemes named in `detail`."""
    from scoring import distance_to_next

    words = words_of_result(found, library, lang=lang, rows=rows)
    distance = distance_to_next(found, library)
    return {
        **words,
        "on": question.on,
        "kind": question.kind,
        "region": question.region,
        "capability": words["capability"] if CAPABILITY in detail else [],
        "missing": missing_facts(found["capability"]["clauses"], lang),
        "next": distance and _distance(distance, words, lang),
        "programmes": [
            _programme(one, found["programmes"][one["code"]], library, question, lang, detail)
            for one in words["programmes"]
        ],
        "problems": [{"code": p["column"], "sentence": p[lang]} for p in found["problems"]],
    }


def _distance(distance: Any, words: Screen, lang: Lang) -> Screen:
    titles = {row["id"]: row["title"] for row in words["capability"]}
    gates = [{"code": gate, "label": titles[gate]} for gate in distance.gates]
    label = next(tier["label"] for tier in words["tiers"] if tier["code"] == distance.tier)
    return {"tier": distance.tier, "label": label, "points": distance.points, "gates": gates}


def _programme(
    words: Screen,
    found: Mapping[str, Any],
    library: "Library",
    question: Question,
    lang: Lang,
    detail: Collection[str],
) -> Screen:
    code = words["code"]
    match = library.find(code, kind=question.kind, region=question.region, on=question.on, lang=lang)
    return {
        **words,
        "reason": match.reason,
        "is_outside": found["outcome"] == "not_applicable" and match.rulebook is not None,
        "missing": missing_facts(found["clauses"], lang),
        "clauses": words["clauses"] if code in detail else [],
        "readiness": words["readiness"] if code in detail else None,
    }


def missing_facts(clauses: Iterable[Mapping[str, Any]], lang: Lang) -> list[Screen]:
    """Facts that leave something open, each once, in order of the rulebook; a person's verdicts are marked."""
    from scoring import read_indicators

    codes = dict.fromkeys(code for clause in clauses for code in clause["missing"])
    known = read_indicators()
    return [
        {"code": code, "label": getattr(known[code], lang), "is_judgement": known[code].is_judgement} for code in codes
    ]
