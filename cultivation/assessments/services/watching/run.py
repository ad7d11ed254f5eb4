"""Look a round over: cities beside the province, reviewers, leaps, equal answers, and what has moved since."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cultivation.assessments.models import Answer, Assessment, PanelScore, Watch, WatchFinding
from cultivation.assessments.services.facts import facts_of
from cultivation.assessments.states import SCORED
from cultivation.core.regions import load_regions
from cultivation.programmes.models import Round

if TYPE_CHECKING:
    from scoring import Fact, Stability

Facts = dict[str, "Fact"]
Progress = Callable[[int, int, str], None]
STEPS = 5
CHUNK = 500
SCORE = "score"
VERDICTS = ("shifted", "moved", "stable", "too_few")
MEASURED = frozenset({"money", "integer", "number", "percent", "boolean", "choice"})


def watch_round(record: Watch, *, progress: Progress = lambda *at: None) -> Watch:
    """Compute all of it anew and put it in place of what was there, in one transaction."""
    progress(0, STEPS, "读取企业资料")
    now, before = read_firms(record.round), read_firms(record.against) if record.against else {}
    progress(1, STEPS, "比较市州")
    body: dict[str, Any] = {"firms": len(now), "cities": _cities(record.round)}
    progress(2, STEPS, "比较专家")
    body["reviewers"] = _reviewers(record.round)
    progress(3, STEPS, "与上一批次比较")
    body["stability"] = _stability(before, now)
    jumps = _jumps(record, before, now)
    progress(4, STEPS, "查找相同填报")
    copies = _copies(record, now)
    with transaction.atomic():
        record.findings.all().delete()
        WatchFinding.objects.bulk_create([*jumps, *copies])
        record.body, record.computed_at = body, timezone.now()
        record.save()
    progress(STEPS, STEPS, f"{len(jumps)} 处骤变，{len(copies)} 对相同填报")
    return record


def scored_firms(round_: Round) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(round=round_, state__in=SCORED, result__isnull=False)
    return rows.select_related("enterprise", "result").order_by("pk")


def read_firms(round_: Round) -> dict[int, Facts]:
    """Facts of every scored firm by the id of its assessment, with its certain points as one more."""
    rows = scored_firms(round_).defer("result__object").prefetch_related("answers")
    return {row.pk: _facts(row) for row in rows.iterator(CHUNK)}


def _facts(assessment: Assessment) -> Facts:
    facts = {code: fact for code, raw in facts_of(assessment).items() if (fact := read_fact(code, raw)) is not None}
    return facts if assessment.result.score_low is None else facts | {SCORE: assessment.result.score_low}


def read_fact(code: str, raw: Any) -> "Fact | None":
    """A stored value as a fact; what is no value of that indicator any more is left out."""
    from scoring import BadValue, parse_fact

    try:
        return parse_fact(code, raw)
    except (BadValue, KeyError):
        return None


def division_of(region: str) -> str:
    return load_regions().division_of(region) or ""


def _cities(round_: Round) -> dict[str, Any]:
    """Certain points by division. A firm without a scorecard's points is not among them."""
    from scoring import compare_groups

    rows = scored_firms(round_).filter(result__score_low__isnull=False)
    given = rows.values_list("result__score_low", "enterprise__region")
    pairs = [(low, division_of(code)) for low, code in given if low is not None]
    scores = [low for low, _ in pairs]
    means = compare_groups(scores, [code for _, code in pairs])
    return {"mean": sum(scores) / len(scores) if scores else None, "rows": [asdict(mean) for mean in means]}


def _reviewers(round_: Round) -> list[dict[str, Any]]:
    from scoring import Mark, compare_reviewers

    rows = PanelScore.objects.filter(assessment__round=round_, assessment__state__in=SCORED)
    marks = [Mark(reviewer, str(pk), score) for reviewer, pk, score in _marks(rows)]
    return [{**asdict(row), "stands_out": row.stands_out} for row in compare_reviewers(marks)]


def _marks(rows: QuerySet[PanelScore]) -> Iterable[tuple[str, int, float]]:
    return rows.values_list("reviewer", "assessment_id", "score")


def _stability(before: Mapping[int, Facts], now: Mapping[int, Facts]) -> list[dict[str, Any]]:
    """The score and every fact with an order or a choice, those that moved most first."""
    from scoring import measure_stability

    if not before:
        return []
    found = [(code, measure_stability(_column(before, code), _column(now, code))) for code in _codes()]
    return [{"code": code, **asdict(one)} for code, one in sorted(found, key=_most_moved)]


def _codes() -> list[str]:
    from scoring import read_indicators

    return [SCORE, *(code for code, indicator in read_indicators().items() if indicator.type in MEASURED)]


def _column(firms: Mapping[int, Facts], code: str) -> list["Fact"]:
    from scoring import UNKNOWN

    return [facts.get(code, UNKNOWN) for facts in firms.values()]


def _most_moved(pair: tuple[str, "Stability"]) -> tuple[bool, int, float]:
    """The score first, then by verdict: among few firms a large index may be chance."""
    code, found = pair
    return code != SCORE, VERDICTS.index(found.verdict), -(found.psi or 0.0)


def _jumps(record: Watch, before: Mapping[int, Facts], now: Mapping[int, Facts]) -> list[WatchFinding]:
    """Firms are told by their USCC in both rounds."""
    from scoring import find_jumps

    if not record.against:
        return []
    uscc, earlier = _names(record.round), _names(record.against)
    ids = {name: pk for pk, name in uscc.items()}
    found = find_jumps({earlier[pk]: own for pk, own in before.items()}, {uscc[pk]: own for pk, own in now.items()})
    others = {name: pk for pk, name in earlier.items()}
    return [
        WatchFinding(
            watch=record,
            kind="jump",
            assessment_id=ids[jump.firm],
            other_id=others[jump.firm],
            data={key: value for key, value in asdict(jump).items() if key != "firm"},
        )
        for jump in found
    ]


def _names(round_: Round) -> dict[int, str]:
    return dict(scored_firms(round_).values_list("pk", "enterprise__uscc"))


def _copies(record: Watch, now: Mapping[int, Facts]) -> list[WatchFinding]:
    from scoring import find_copies, plain_fact

    firms = {str(pk): {code: fact for code, fact in own.items() if code != SCORE} for pk, own in now.items()}
    return [
        WatchFinding(
            watch=record,
            kind="copy",
            assessment_id=int(copied.firms[0]),
            other_id=int(copied.firms[1]),
            data={
                "shared": [
                    {"code": one.code, "value": plain_fact(one.value), "holders": one.holders} for one in copied.shared
                ]
            },
        )
        for copied in find_copies(firms)
    ]


def firms_of_region(round_: Round, code: str) -> list[int]:
    """The firms behind a city's bar."""
    rows = scored_firms(round_).filter(result__score_low__isnull=False).values_list("pk", "enterprise__region")
    return [pk for pk, region in rows if division_of(region) == code]


def firms_in_bin(record: Watch, code: str, index: int) -> list[int]:
    """The firms behind one bin of a fact, as the round stands now."""
    from scoring import Bin, bin_reader

    row = next((row for row in record.body.get("stability", []) if row["code"] == code), None)
    if row is None:
        return []
    find = bin_reader([Bin(**one) for one in row["bins"]])
    firms = scored_firms(record.round)
    given = dict(_given(firms, code))
    facts = {pk: given.get(pk) for pk in firms.values_list("pk", flat=True)}
    return [pk for pk, raw in facts.items() if find(_read_measured(code, raw)) == index]


def _given(firms: QuerySet[Assessment], code: str) -> Iterable[tuple[int, Any]]:
    if code == SCORE:
        return firms.values_list("pk", "result__score_low")
    return Answer.objects.filter(assessment__in=firms, code=code).values_list("assessment_id", "approved")


def _read_measured(code: str, raw: Any) -> "Fact":
    from scoring import UNKNOWN

    fact = raw if code == SCORE else read_fact(code, raw)
    return UNKNOWN if fact is None else fact
