"""The diagnosis report of one firm: the screen's data as a document's payload."""

import math
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from cultivation.assessments.models import Assessment
from cultivation.assessments.services.screen import Screen, screen_of
from cultivation.documents.services.issuing import Draft
from cultivation.documents.services.payloads import (
    ClauseRow,
    DiagnosisReport,
    Dimension,
    Firm,
    Gap,
    IndicatorRow,
    NextStep,
    ProgrammeResult,
    Readiness,
    ReadinessPath,
    RoundInfo,
    RulebookRef,
    Tier,
)


def has_diagnosis(assessment: Assessment) -> bool:
    """Only a firm with a capability score has one: on days without a scorecard there is nothing to draw."""
    return assessment.result.score_low is not None


def diagnosis_draft(assessment: Assessment) -> Draft:
    return Draft(
        "diagnosis_report",
        _payload(assessment, screen_of(assessment)),
        assessment,
        f"诊断报告_{assessment.enterprise.name}",
        assessment.enterprise,
    )


def firm_of(screen: Screen) -> Firm:
    enterprise = screen["enterprise"]
    return Firm(
        name=enterprise["name"],
        uscc=enterprise["uscc"],
        region=enterprise["region_name"],
        zone=enterprise["zone"],
        size_class=screen["size_class_label"],
    )


def round_info(assessment: Assessment) -> RoundInfo:
    round_ = assessment.round
    return RoundInfo(name=round_.name, assessed_on=round_.assessed_on, kind=round_.get_kind_display())


def rulebook_ref(programme: str, rulebook: Screen) -> RulebookRef:
    return RulebookRef(
        programme=programme,
        key=rulebook["key"],
        title=rulebook["title"],
        source_status=rulebook["source_status"],
        reason=rulebook["reason"],
        document_number=rulebook["document"],
        fingerprint=rulebook["fingerprint"],
    )


def tiers_of(screen: Screen) -> tuple[Tier, ...]:
    return tuple(Tier(**tier) for tier in screen["tiers"])


def _payload(assessment: Assessment, screen: Screen) -> DiagnosisReport:
    score = screen["score"]
    rows = screen["capability"]
    return DiagnosisReport(
        made_on=timezone.localdate(assessment.result.computed_at),
        demonstration=assessment.round.is_demonstration,
        trial=assessment.round.is_trial,
        firm=firm_of(screen),
        round=round_info(assessment),
        score_low=score["low"],
        score_high=score["high"],
        score_max=score["max"],
        level=screen["level_label"] or "未定级",
        level_possible=screen["level_possible_label"] or "未定级",
        tiers=tiers_of(screen),
        rulebook=rulebook_ref("capability", screen["rulebook"]),
        dimensions=tuple(_dimension(dimension, rows) for dimension in screen["dimensions"]),
        gates=tuple(_clauses("capability", _below(rows, {tier["code"] for tier in screen["tiers"]}))),
        vetoes=tuple(_clauses("capability", _below(rows, {"vetoes"}))),
        programmes=tuple(_programme(programme) for programme in screen["programmes"]),
        gaps=tuple(_gaps(rows)),
        next_steps=tuple(_next_steps(screen)),
    )


def _below(rows: list[Screen], parents: set[str]) -> list[Screen]:
    return [row for row in rows if row["parent"] in parents]


def _dimension(dimension: Screen, rows: list[Screen]) -> Dimension:
    return Dimension(
        code=dimension["code"],
        label=dimension["label"],
        points_low=dimension["low"],
        points_high=dimension["high"],
        points_max=dimension["max"],
        indicators=tuple(_indicator(row) for row in _below(rows, {dimension["code"]})),
    )


_STATES = {"unknown": "unknown", "manual_review": "unknown", "not_applicable": "not_applicable"}


def _indicator(row: Screen) -> IndicatorRow:
    low, high = row["points"]
    return IndicatorRow(
        code=row["id"],
        label=row["title"],
        value=row["value"],
        state=_STATES.get(row["outcome"], "known"),  # type: ignore[arg-type]
        band=row["band"] or "",
        points_low=low,
        points_high=high,
        points_max=row["max"],
        missing=row["needs"] or row["reason"] or "",
        source=row["status"],
    )


def _clauses(programme: str, rows: Iterable[Screen]) -> list[ClauseRow]:
    return [
        ClauseRow(
            programme=programme,
            id=row["id"],
            parent=row["parent"] or "",
            depth=row["depth"],
            title=row["title"],
            value=row["value"],
            outcome=row["outcome"],
            points_low=row["points"][0] if row["points"] else None,
            points_high=row["points"][1] if row["points"] else None,
            points_max=row["max"],
            note=row["needs"] or row["reason"] or "",
            source=row["source"] or "",
            status=row["status"] or "",
        )
        for row in rows
    ]


def _programme(programme: Screen) -> ProgrammeResult:
    rulebook = programme["rulebook"]
    score = programme["score"]
    return ProgrammeResult(
        code=programme["code"],
        label=programme["label"],
        rulebook=rulebook_ref(programme["code"], rulebook) if rulebook else None,
        outcome=programme["outcome"],
        reason=programme["reason"],
        score=_span(score) if score else "",
        clauses=tuple(_clauses(programme["code"], _worth_printing(programme["clauses"]))),
        readiness=_readiness(programme["readiness"]) if programme["readiness"] else None,
    )


def _readiness(ready: Screen) -> Readiness:
    return Readiness(
        note=ready["note"],
        rulebook=rulebook_ref(ready["reads"], ready["rulebook"]) if ready["rulebook"] else None,
        paths=tuple(
            ReadinessPath(
                title=path["title"],
                met=path["met"],
                total=path["total"],
                criteria=tuple(_clauses(ready["reads"], path["criteria"])),
            )
            for path in ready["paths"]
        ),
        awaits=tuple(one["title"] for one in ready["awaits"]),
    )


def _worth_printing(rows: list[Screen]) -> list[Screen]:
    """What gives points and what is not met yet, under the headings they stand in; the rest is on the platform."""
    by_id = {row["id"]: row for row in rows}
    kept: set[str] = set()
    for row in rows:
        if row["points"] or row["outcome"] not in {"met", "not_applicable"}:
            kept |= _with_headings(row, by_id)
    return [row for row in rows if row["id"] in kept]


def _with_headings(row: Screen, by_id: dict[str, Screen]) -> set[str]:
    found = {row["id"]}
    while row["parent"]:
        row = by_id[row["parent"]]
        found.add(row["id"])
    return found


def _span(score: list[float]) -> str:
    low, high = score
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def _gaps(rows: list[Screen]) -> Iterable[Gap]:
    """What is missing, dearest first; what can't raise the score any more is no gap."""
    by_id = {row["id"]: row for row in rows}
    parents = {row["parent"] for row in rows}
    open_ = [(row, _open_points(row, by_id)) for row in rows if row["needs"] and row["id"] not in parents]
    for row, points in sorted(open_, key=lambda item: -item[1]):
        if points > 0:
            yield Gap(
                label=row["title"],
                affects=f"能力评分 {row['id']}",
                points=points,
                todo=row["evidence"] or row["needs"],
            )


def _open_points(row: Screen, by_id: dict[str, Screen]) -> float:
    """What one row can still add: under "the best of the parts" no more than the group's own room."""
    room = math.inf if row["points"] else 0
    above: Screen | None = row
    while above is not None and above["points"]:
        low, high = above["points"]
        room = min(room, high - low)
        above = by_id.get(above["parent"] or "")
    return room


def _next_steps(screen: Screen) -> Iterable[NextStep]:
    if screen["vetoes"]:
        names = "、".join(veto["label"] for veto in screen["vetoes"])
        yield NextStep(title="先整改一票否决事项", detail=f"{names}。整改并取得证明前不定级。")
    if screen["score"] and screen["score"]["high"] > screen["score"]["low"]:
        more = screen["score"]["high"] - screen["score"]["low"]
        yield NextStep(title="补报缺少的资料", detail="按“资料缺口”逐项补报，由市州局核定后重新评分。", points=more)
    yield from _ladder_step(screen)
    waiting: list[Any] = [p for p in screen["programmes"] if p["outcome"] == "manual_review"]
    if waiting:
        names = "、".join(programme["label"] for programme in waiting)
        yield NextStep(title="准备人工核验材料", detail=f"{names}只差人工核验，请准备佐证。")


def _ladder_step(screen: Screen) -> Iterable[NextStep]:
    low = screen["score"]["low"] if screen["score"] else 0
    above = [tier for tier in screen["tiers"] if tier["threshold"] is not None and tier["threshold"] > low]
    if above:
        tier = above[0]
        gap = tier["threshold"] - low
        yield NextStep(
            title=f"向“{tier['label']}”级迈进", detail=f"距门槛 {tier['threshold']:g} 分还差 {gap:g} 分，见培育方案。"
        )
