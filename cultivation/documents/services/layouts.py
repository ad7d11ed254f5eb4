"""How each kind of document is set: its template, its title and its PDF flavour."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

from . import charts
from .lines import even_lines, width_of
from .numerals import plain, score
from .payloads import (
    AdvantageList,
    Certificate,
    ClauseRow,
    DiagnosisReport,
    Outcome,
    Payload,
    ProgrammeResult,
    Receipt,
    ServicePlan,
)
from .qr import qr_svg

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Layout:
    template: str
    title: Callable[[Any], str]
    context: Callable[[Any], Context]
    archival: bool = False


def _marks(payload: Payload) -> list[str]:
    return [word for word, shown in (("演示数据", payload.demonstration), ("试运行", payload.trial)) if shown]


def _report(payload: DiagnosisReport) -> Context:
    labels: dict[str, str] = {tier.code: tier.label for tier in payload.tiers}
    return {
        "ladder": charts.ladder_svg(payload.score_low, payload.score_high, payload.score_max, payload.tiers),
        "radar": charts.radar_svg(payload.dimensions),
        "bars": [(d, charts.bar_svg(d.points_low, d.points_high, d.points_max, 124, 7)) for d in payload.dimensions],
        "tally": _tally(payload.programmes),
        "explained": [(g, any(c.points_low is not None for c in g.clauses)) for g in _explained(payload)],
        "vetoes": _by_outcome(payload.vetoes),
        "gates": [(labels.get(clause.parent, ""), clause) for clause in payload.gates],
        **_heading(payload.firm.name, payload.check_url),
    }


def _heading(name: str, check_url: str) -> Context:
    """A long name takes a smaller size and even lines beside the square."""
    is_long = width_of(name) > 17
    lines = even_lines(name, 23.5 if is_long else 17)
    return {"is_long": is_long, "heading": lines, "qr": qr_svg(check_url) if check_url else ""}


def _explained(payload: DiagnosisReport) -> list[ProgrammeResult]:
    """One that does not apply has its reason in the overview; its clauses would only be noise."""
    return [g for g in payload.programmes if g.clauses and g.outcome != "not_applicable"]


def _by_outcome(vetoes: tuple[ClauseRow, ...]) -> dict[str, list[ClauseRow]]:
    """Triggered ones first, each with its reason; what is passed is only counted."""
    order = ("unmet", "manual_review", "unknown", "met")
    return {outcome: rows for outcome in order if (rows := [v for v in vetoes if v.outcome == outcome])}


def _tally(programmes: tuple[ProgrammeResult, ...]) -> list[tuple[Outcome, int]]:
    order: tuple[Outcome, ...] = ("met", "manual_review", "unknown", "unmet", "not_applicable")
    tally = [(outcome, sum(p.outcome == outcome for p in programmes)) for outcome in order]
    return [(outcome, found) for outcome, found in tally if found]


def _plan(payload: ServicePlan) -> Context:
    added = sum(Decimal(str(item.points)) for item in payload.items)
    total = added if payload.expected_total is None else Decimal(str(payload.expected_total))
    return {
        "ladder": charts.ladder_svg(payload.score_low, payload.score_high, payload.score_max, payload.tiers),
        "timeline": charts.timeline_svg(payload.items) if payload.items else "",
        "total": plain(total),
        "reach": score(min(Decimal(str(payload.score_low)) + total, Decimal(str(payload.score_max)))),
        "threshold": next((t.threshold for t in payload.tiers if t.label == payload.goal), None),
        **_heading(payload.firm.name, payload.check_url),
    }


NAME_WIDTH = 638.0


def name_lines(name: str) -> tuple[float, list[str]]:
    """Point size and lines of a firm's name on its certificate: one line as long as it stays large, then even ones."""
    lines = even_lines(name, NAME_WIDTH / 19)
    widest = max(width_of(line) for line in lines)
    return min(25.0 if len(lines) == 1 else 21.0, NAME_WIDTH / max(widest, 1)), lines


def _certificate(payload: Certificate) -> Context:
    size, lines = name_lines(payload.firm.name)
    return {
        "name_size": f"{size:.2f}",
        "name_lines": lines,
        "qr": qr_svg(payload.check_url),
        "seal": _seal(payload, 38),
    }


def _seal(payload: Payload, size: float) -> str:
    """Empty when nothing marks the document as a sample: then the place stays free for the real seal."""
    word = "演示" if payload.demonstration else "试运行" if payload.trial else ""
    return charts.seal_svg(f"{payload.issuer}（{word}）", size) if word else ""


def _list(payload: AdvantageList) -> Context:
    places = count(1)
    groups = [(group, [(next(places), row) for row in group.rows]) for group in payload.groups]
    says_trial = any("试运行" in paragraph for paragraph in payload.paragraphs)
    return {
        "seal": _seal(payload, 42),
        "groups": groups,
        "title_lines": even_lines(payload.title, 20),
        "addressee": payload.addressee.rstrip("：:"),
        "trial_notice": payload.trial and not says_trial,
    }


def _receipt(payload: Receipt) -> Context:
    rows = [row for section in payload.sections for row in section.rows]
    tally = {state: sum(row.state == state for row in rows) for state in ("known", "unknown", "not_applicable")}
    digest = [payload.sha256[start : start + 8] for start in range(0, 64, 8)]
    return {"tally": tally, "digest": digest, **_heading(payload.firm.name, payload.check_url)}


LAYOUTS: dict[type[Payload], Layout] = {
    DiagnosisReport: Layout("diagnosis_report.html", lambda p: f"{p.firm.name} 知识产权能力诊断报告", _report),
    ServicePlan: Layout("service_plan.html", lambda p: f"{p.firm.name} 培育方案", _plan),
    Certificate: Layout("certificate.html", lambda p: f"{p.firm.name} {p.title}证书", _certificate, archival=True),
    Receipt: Layout("receipt.html", lambda p: f"{p.firm.name} 提交回执", _receipt, archival=True),
    AdvantageList: Layout("advantage_list.html", lambda p: p.title.replace("\n", ""), _list),
}


def layout_of(payload: Payload) -> Layout:
    return LAYOUTS[type(payload)]


def base_context(payload: Payload) -> Context:
    layout = layout_of(payload)
    own = layout.context(payload)
    keys = {"key_certain": charts.key_svg(certain=True), "key_open": charts.key_svg(certain=False)}
    return {"p": payload, "title": layout.title(payload), "marks": _marks(payload), **keys, **own}
