"""One firm's result as screens and documents show it: the stored object with the words of its rulebooks."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from cultivation.accounts.services import heir_of
from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.services.applied_rules import other_kind
from cultivation.assessments.services.titles import contradictions_of, describe_basis
from cultivation.assessments.states import ANSWER_SOURCES, FACT_STATES, LEVELS, OUTCOMES, PROGRAMMES, SIZE_CLASSES
from cultivation.core.regions import load_regions
from cultivation.programmes.services import pinned_library
from cultivation.programmes.states import SOURCE_STATUSES

if TYPE_CHECKING:
    from scoring import Library

Screen = dict[str, Any]
Lang = Literal["zh", "en"]
NO_UPPER_BOUND = 10**15
OUT_OF_SCOPE = {"zh": "企业不在适用范围内。", "en": "The company is outside its scope."}


def screen_of(assessment: Assessment, *, lang: Lang = "zh") -> Screen:
    """Everything a page or a report about one firm needs, drawn from the stored result alone."""
    found = assessment.result.object
    screen = screen_of_result(assessment, found, lang=lang)
    said = [contradiction[lang] for contradiction in contradictions_of(assessment)]
    _show_bases(screen, found, {answer.code: answer.basis for answer in assessment.answers.all() if answer.basis})
    return {**screen, "warnings": [*said, *screen["warnings"]]}


def _show_bases(screen: Screen, found: Screen, bases: Mapping[str, Any]) -> None:
    """Beside every clause that read a title on record: who designated it, from when until when."""
    tables = [(screen["capability"], found["capability"]["clauses"])]
    tables += [(one["clauses"], found["programmes"][one["code"]]["clauses"]) for one in screen["programmes"]]
    for rows, clauses in tables:
        for row, clause in zip(rows, clauses, strict=True):
            row["basis"] = "；".join(describe_basis(bases[code]) for code in clause["facts"] if code in bases)


def screen_of_result(assessment: Assessment, found: Screen, *, lang: Lang = "zh") -> Screen:
    """The same for a result that is not stored, as of a draft."""
    library = pinned_library(assessment.round)
    words = words_of_result(found, library, lang=lang)
    if lang != "zh":
        _reason_anew(words["programmes"], found, library, assessment.round.region, lang)
    for programme in words["programmes"]:
        programme["other_kind"] = other_kind(assessment.round, programme["code"], lang)
    return {"enterprise": enterprise_words(assessment), **words}


def _reason_anew(programmes: list[Screen], found: Screen, library: "Library", region: str, lang: Lang) -> None:
    """A stored result says in Chinese why a rulebook applies; the library says the same in the reader's language."""
    on = date.fromisoformat(found["on"])
    for one in programmes:
        match = library.find(one["code"], kind=found["kind"], region=region, on=on, lang=lang)
        one["reason"] = OUT_OF_SCOPE[lang] if one["reason"] == OUT_OF_SCOPE["zh"] else match.reason


def words_of_result(
    found: Mapping[str, Any], library: "Library", *, lang: Lang = "zh", rows: Mapping[str, Any] | None = None
) -> Screen:
    """An object of `assess` with the words of its rulebooks, whoever's it is; `rows` where it is explained already."""
    from scoring import describe_readiness, explain_clauses

    rows = rows or explain_clauses(found, library=library, lang=lang)
    readiness = describe_readiness(found, rows["programmes"], lang=lang)
    return {
        "size_class": found["size_class"],
        "size_class_label": SIZE_CLASSES[found["size_class"]],
        **_capability(found["capability"], rows["capability"], library, lang),
        "programmes": [
            _programme(code, found["programmes"][code], rows["programmes"][code], library, lang)
            | {"readiness": _readiness(code, readiness.get(code), found["programmes"], library, lang)}
            for code in PROGRAMMES
        ],
        "pools": found["pools"],
        "warnings": [warning[lang] for warning in found["warnings"]],
    }


def enterprise_words(assessment: Assessment) -> Screen:
    enterprise = assessment.enterprise
    return {
        "uscc": enterprise.uscc,
        "uscc_check_ok": enterprise.uscc_check_ok,
        "name": enterprise.name,
        "region": enterprise.region,
        "region_name": load_regions().label_of(enterprise.region),
        "zone": enterprise.zone,
        "is_demonstration": enterprise.is_demonstration,
        "merged_into": heir_of(enterprise),
    }


def _capability(found: Screen, rows: list[Screen], library: "Library", lang: str) -> Screen:
    by_id = {row["id"]: row for row in rows}
    score = found["score"]
    return {
        "rulebook": _rulebook(found, library, lang),
        "score": {"low": score[0], "high": score[1], "max": by_id["score"]["max"]} if score else None,
        "level": found["level"],
        "level_label": LEVELS.get(found["level"] or ""),
        "level_possible": found["level_possible"],
        "level_possible_label": LEVELS.get(found["level_possible"] or ""),
        "vetoes": [_named(code, by_id) for code in found["vetoes"]],
        "vetoes_unknown": [_named(code, by_id) for code in found["vetoes_unknown"]],
        "dimensions": [
            {"code": code, "label": by_id[code]["title"], "low": low, "high": high, "max": by_id[code]["max"]}
            for code, (low, high) in found["dimensions"].items()
        ],
        "tiers": _tiers(found, library, lang),
        "capability": rows,
    }


def _named(code: str, by_id: Mapping[str, Screen]) -> Screen:
    return {"code": code, "label": by_id[code]["title"]}


def _tiers(found: Screen, library: "Library", lang: str) -> list[Screen]:
    from scoring import describe_tiers

    if found["rulebook"] is None:
        return []
    return [
        {"code": tier["code"], "label": tier[lang], "threshold": tier["threshold"]}
        for tier in describe_tiers(library.get(found["rulebook"]))
    ]


def _programme(code: str, found: Screen, rows: list[Screen], library: "Library", lang: str) -> Screen:
    return {
        "code": code,
        "label": PROGRAMMES[code],
        "rulebook": _rulebook(found, library, lang),
        "reason": OUT_OF_SCOPE["zh"] if found["reason"].endswith(OUT_OF_SCOPE["zh"]) else found["reason"],
        "outcome": found["outcome"],
        "outcome_label": OUTCOMES[found["outcome"]],
        "score": found["score"],
        "clauses": rows,
        "missing": sorted({row["needs"] for row in rows if row["needs"]}),
    }


def _readiness(code: str, ready: Screen | None, programmes: Screen, library: "Library", lang: str) -> Screen | None:
    """What can be known before the body decides; a firm that is on the list already has nothing to prepare."""
    if ready is None or programmes[code]["outcome"] == "met":
        return None
    reads = ready["reads"]
    return {
        **ready,
        "label": PROGRAMMES[reads] if reads else "",
        "rulebook": _rulebook(programmes[reads], library, lang) if reads else None,
        "status_label": SOURCE_STATUSES[ready["status"]],
        "paths": [
            {**path, "met": path["counts"].get("met", 0), "total": len(path["criteria"])} for path in ready["paths"]
        ],
        "awaits": [{**one, "status_label": SOURCE_STATUSES[one["status"]]} for one in ready["awaits"]],
    }


def _rulebook(found: Screen, library: "Library", lang: str) -> Screen | None:
    if found["rulebook"] is None:
        return None
    body = library.get(found["rulebook"]).body
    return {
        "key": found["rulebook"],
        "title": getattr(body.title, lang),
        "document": body.document,
        "fingerprint": found["fingerprint"],
        "source_status": found["source_status"],
        "source_status_label": SOURCE_STATUSES[found["source_status"]],
        "reason": found["reason"].removesuffix(OUT_OF_SCOPE["zh"]),
    }


def values_of(assessment: Assessment) -> list[Screen]:
    """Every indicator of the catalogue with what was declared and accepted; one nobody gave is unknown, not zero."""
    from scoring import read_indicators

    answers = {answer.code: answer for answer in assessment.answers.all()}
    return [_value(indicator, answers.get(code)) for code, indicator in read_indicators().items()]


def _value(indicator: Any, answer: Answer | None) -> Screen:
    state = answer.state if answer else "unknown"
    return {
        "code": indicator.code,
        "group": indicator.group,
        "label": indicator.zh,
        "label_en": indicator.en,
        "unit": indicator.unit,
        "type": indicator.type,
        "state": state,
        "state_label": FACT_STATES[state],
        "value": answer.approved if answer else None,
        "declared": answer.declared if answer else None,
        "display": display(indicator, answer.approved if answer else None),
        "source": answer.source if answer else "",
        "source_label": ANSWER_SOURCES[answer.source] if answer else "",
        "basis": describe_basis(answer.basis) if answer and answer.basis else "",
        "cell": answer.cell if answer else "",
    }


def fact_names() -> dict[str, tuple[str, str]]:
    """Each fact's Chinese name and unit by its code."""
    from scoring import read_indicators

    return {code: (one.zh, one.unit) for code, one in read_indicators().items()}


def display(indicator: Any, value: Any) -> str:
    """A value in words: 未知 and 不适用 are words of their own, never 0."""
    if value is None:
        return "未知"
    if value == "n/a":
        return "不适用"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return _bounds(value[0], value[1], indicator.unit)
    if indicator.type == "choice":
        return str(indicator.choices[value][0])
    if isinstance(value, int | float):
        return f"{value:,.15g} {indicator.unit}".strip()
    return str(value)


def _bounds(low: float, high: float | None, unit: str) -> str:
    if high is None or high >= NO_UPPER_BOUND:
        return f"不少于 {low:g} {unit}".strip()
    return f"{low:g} 至 {high:g} {unit}".strip()
