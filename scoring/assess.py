"""One filling, all tracks: every enterprise against every programme, as the plain objects of the output contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from .engine import evaluate
from .errors import ReasonError
from .facts import UNKNOWN, BadValue, Fact, parse_fact, read_contradictions, read_indicators
from .frame import Frame
from .levels import place, read_levels
from .present import clause_objects, dimension_points, plain_interval, size_classes
from .result import Result
from .rulebook import Library, Match, load_library
from .schema import Bands, Kind, Ladder, SizeRow, SourceStatus
from .sizes import set_table

PROGRAMMES = (
    "innovative-sme",
    "tech-sme",
    "srdi-sme",
    "little-giant",
    "hnte",
    "star-market",
    "ip-advantage",
    "ip-demonstration",
    "gold-seed",
    "silver-seed",
    "chain-leader",
    "pledge-whitelist",
    "patent-industrialisation",
)
CAPABILITY = "ip-capability"
SIZES = "size-class"
HUBEI = "420000"
MOST_ROWS = 100_000  # a result is some fifty kilobytes of objects


@dataclass(frozen=True)
class Problem:
    """A value that can't be that fact; it counts as unknown."""

    row: int
    column: str
    zh: str
    en: str


def assess(
    rows: Sequence[Mapping[str, object]],
    *,
    on: date,
    kind: Kind = "new",
    region: str = HUBEI,
    library: Library | None = None,
) -> list[dict[str, Any]]:
    """Assess enterprises under the rulebooks in force.

    Parameters
    ----------
    rows : sequence of mapping
        ``id`` and facts by indicator code, raw or parsed; other keys are ignored.
    on : date
        Date of application.
    kind : "new" or "renewal"
    region : str
        Six-digit code of the division.
    library : Library, optional
        Rulebooks to use in place of the shipped ones.

    Returns
    -------
    list of dict
        One object an enterprise, in input order. Bad values count as unknown and are listed under ``problems``.

    Raises
    ------
    ReasonError
        More than 100,000 rows, which are to be taken some at a time; a row is no mapping; or kind, region or date are
        none.
    """
    if len(rows) > MOST_ROWS:
        zh, en = (
            f"一次最多评价{MOST_ROWS}家企业，请分批",
            f"at most {MOST_ROWS} enterprises at a time, assess them in batches",
        )
        raise ReasonError(zh, en)
    for number, row in enumerate(rows, start=1):
        refuse_unlike(row, number)
    parsed = [read_facts(row, index) for index, row in enumerate(rows)]
    problems = [problem for _, found in parsed for problem in found]
    facts = [facts for facts, _ in parsed]
    objects, more = assess_facts(facts, on=on, kind=kind, region=region, library=library)
    return [{"id": row.get("id"), **found} for row, found in zip(rows, attach(objects, problems + more), strict=True)]


def refuse_unlike(row: object, number: int) -> None:
    """Raise ``ReasonError`` for a row that is no mapping."""
    if not isinstance(row, Mapping):
        raise ReasonError(f"第{number}行不是一个对象", f"row {number} is not a mapping")


def attach(objects: list[dict[str, Any]], problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Objects with the bad values of their row."""
    for found in objects:
        found["problems"] = []
    for problem in problems:
        objects[problem.row]["problems"].append({"column": problem.column, "zh": problem.zh, "en": problem.en})
    return objects


def read_facts(row: Mapping[str, object], index: int) -> tuple[dict[str, Fact], list[Problem]]:
    """The facts of one row; what can't be read is unknown and reported."""
    facts: dict[str, Fact] = {}
    problems = []
    for code in row.keys() & read_indicators().keys():
        try:
            facts[code] = parse_fact(code, row[code])
        except BadValue as problem:
            facts[code] = UNKNOWN
            problems.append(Problem(index, code, problem.zh, problem.en))
    return facts, sorted(problems, key=lambda problem: list(read_indicators()).index(problem.column))


def assess_facts(
    facts: list[dict[str, Fact]], *, on: date, kind: Kind, region: str, library: Library | None = None
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """As ``assess``, from parsed facts; marks outside their band are reported and assessed as not given."""
    library = library or load_library()
    matches = {code: library.find(code, kind=kind, region=region, on=on) for code in (SIZES, CAPABILITY, *PROGRAMMES)}
    rulebooks = {code: match.rulebook for code, match in matches.items() if match.rulebook is not None}
    table = rulebooks.pop(SIZES).body.sizes if SIZES in rulebooks else ()
    frame = _frame(facts, on, kind, table)
    results = {code: evaluate(rulebook, frame) for code, rulebook in rulebooks.items()}
    bad = _bad_marks(results.values())
    if bad:
        for problem in bad:
            facts[problem.row][problem.column] = UNKNOWN
        frame = _frame(facts, on, kind, table)
        results = {code: evaluate(rulebook, frame) for code, rulebook in rulebooks.items()}
    return _objects(frame, results, matches), bad


def make_frame(
    rows: Sequence[Mapping[str, object]],
    *,
    on: date,
    kind: Kind = "new",
    region: str = HUBEI,
    library: Library | None = None,
) -> Frame:
    """The facts of enterprises as ``evaluate`` takes them, with the size table in force.

    Parameters
    ----------
    rows : sequence of mapping
        Facts by indicator code, raw or parsed; what can't be read is unknown.
    on, kind, region, library
        As in ``assess``.

    Returns
    -------
    Frame
    """
    sizes = (library or load_library()).find(SIZES, kind=kind, region=region, on=on).rulebook
    facts = [read_facts(row, index)[0] for index, row in enumerate(rows)]
    return _frame(facts, on, kind, sizes.body.sizes if sizes else ())


def _frame(facts: list[dict[str, Fact]], on: date, kind: Kind, table: tuple[SizeRow, ...]) -> Frame:
    frame = Frame(facts, on=on, kind=kind)
    set_table(frame, table)
    return frame


def _bad_marks(results: Iterable[Result]) -> list[Problem]:
    """Marks that no band they could belong to allows, under the rulebooks that have such marks."""
    zh, en = "评分超出所在档次的分值范围", "mark outside the range of its band"
    found = []
    for row in (row for result in results for row in result.rows):
        if isinstance(row.node, (Bands, Ladder)) and row.node.mark and row.given is not None:
            places = np.flatnonzero(row.given.bad_mark).tolist()
            found += [Problem(index, row.node.mark, zh, en) for index in places]
    return found


def _objects(frame: Frame, results: Mapping[str, Result], matches: Mapping[str, Match]) -> list[dict[str, Any]]:
    sizes = size_classes(frame)
    capabilities = _capabilities(frame, results.get(CAPABILITY), matches[CAPABILITY])
    programmes = {code: _programmes(frame, results.get(code), matches[code]) for code in PROGRAMMES}
    objects = []
    for index, facts in enumerate(frame.rows):
        own = {code: column[index] for code, column in programmes.items()}
        outcomes = {code: found["outcome"] for code, found in own.items()}
        objects.append(
            {
                "on": frame.on.isoformat(),
                "kind": frame.kind,
                "size_class": sizes[index],
                "capability": capabilities[index],
                "programmes": own,
                "pools": place(capabilities[index]["level"], facts, outcomes),
                "warnings": find_contradictions(facts, frame.on),
            }
        )
    return objects


def _capabilities(frame: Frame, result: Result | None, match: Match) -> list[dict[str, Any]]:
    nothing: dict[str, Any] = {
        "score": None,
        "level": None,
        "level_possible": None,
        "vetoes": [],
        "vetoes_unknown": [],
        "dimensions": {},
        "clauses": [],
    }
    head = _head(match)
    if result is None:
        return [{**head, **nothing} for _ in range(frame.size)]
    clauses = clause_objects(result)
    return [
        {
            **head,
            "score": plain_interval(result.score, index),
            "level": level.level,
            "level_possible": level.possible,
            "vetoes": level.vetoes,
            "vetoes_unknown": level.vetoes_unknown,
            "dimensions": dimension_points(result, index),
            "clauses": clauses[index],
        }
        for index, level in enumerate(read_levels(result))
    ]


def _programmes(frame: Frame, result: Result | None, match: Match) -> list[dict[str, Any]]:
    head = _head(match)
    if result is None:
        return [{**head, "outcome": "not_applicable", "score": None, "clauses": []} for _ in range(frame.size)]
    clauses = clause_objects(result)
    codes = result.codes()
    objects = []
    for index, outcome in enumerate(codes):
        is_out = outcome == "not_applicable"
        found = {
            **head,
            "outcome": outcome,
            "score": None if is_out else plain_interval(result.score, index),
            "clauses": clauses[index],
        }
        objects.append(found | ({"reason": f"{head['reason']}企业不在适用范围内。"} if is_out else {}))
    return objects


def _head(match: Match) -> dict[str, Any]:
    rulebook = match.rulebook
    if rulebook is None:
        return {"rulebook": None, "fingerprint": None, "source_status": None, "reason": match.reason}
    status: SourceStatus = (match.period.status if match.period else None) or rulebook.body.status
    return {
        "rulebook": rulebook.key,
        "fingerprint": rulebook.fingerprint,
        "source_status": status,
        "reason": match.reason,
    }


def find_contradictions(facts: Mapping[str, Fact], on: date) -> list[dict[str, Any]]:
    """Facts that can't both be right: a part larger than its whole, a firm registered after the date of assessment."""
    found = []
    for pair in read_contradictions():
        part, whole = facts.get(pair.part), facts.get(pair.whole)
        if isinstance(part, (int, float)) and isinstance(whole, (int, float)) and part > whole:
            found.append(_contradiction(pair.part, "大于", "exceeds", pair.whole))
    registered = facts.get("registered_on")
    if isinstance(registered, date) and registered > on:
        label = read_indicators()["registered_on"]
        texts = {"zh": f"{label.zh}晚于评价日期{on}", "en": f"{label.en} is after the date of assessment {on}"}
        found.append({"facts": ["registered_on"], **texts})
    return found


def _contradiction(part: str, zh: str, en: str, whole: str) -> dict[str, Any]:
    known = read_indicators()
    one, two = known[part], known[whole]
    return {"facts": [part, whole], "zh": f"{one.zh}{zh}{two.zh}", "en": f"{one.en} {en} {two.en}"}
