"""Learned scorecards, their cards and their advice as the screens show them."""

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from cultivation.assessments.flow import advice_flow, scorecard_flow
from cultivation.assessments.models import Advice, LearnedScorecard, PanelScore, TrainingRun
from cultivation.assessments.services.screen import Lang, Screen, display
from cultivation.assessments.states import LEVELS, PANEL_ORIGINS
from cultivation.core.actors import Actor
from cultivation.core.flow import action
from cultivation.programmes.models import Round

from .training import is_training, scored_cases
from .workshop import why_not_send

if TYPE_CHECKING:
    from scoring import Rulebook

MOST_ROUNDS = 50


def learning_page() -> Screen:
    """What there is to learn from, the last training, and what advises."""
    busy = is_training()
    return {
        "origins": [_origin(origin, label, busy) for origin, label in PANEL_ORIGINS.items()],
        "panels": panels_page(),
        "advising": LearnedScorecard.objects.filter(state="advising").first(),
        "run": TrainingRun.objects.first(),
        "open_advice": Advice.objects.standing().filter(scorecard__state="advising").exclude(state="settled").count(),
    }


def _origin(origin: str, label: str, busy: bool) -> Screen:
    scores = PanelScore.objects.filter(origin=origin)
    counted = scores.aggregate(scores=Count("pk"), reviewers=Count("reviewer", distinct=True))
    cases = scored_cases(origin).count()
    reason = "已有训练正在进行，请稍候。" if busy else "" if cases else "还没有这种专家组的评分，请先导入。"
    return {
        "origin": origin,
        "label": label,
        "cases": cases,
        **counted,
        "can_train": action("train", "开始训练", reason=reason),
    }


def panels_page() -> list[Screen]:
    """Scored rounds, those assessed last first, each with the panels that have marked its firms."""
    rounds = list(Round.objects.filter(scored__gt=0).order_by("-assessed_on", "-pk")[:MOST_ROUNDS])
    rows = PanelScore.objects.filter(assessment__round__in=rounds).values("assessment__round", "origin")
    counted = rows.order_by("origin").annotate(
        cases=Count("assessment", distinct=True), scores=Count("pk"), reviewers=Count("reviewer", distinct=True)
    )
    found: dict[int, list[Screen]] = {}
    for row in counted:
        found.setdefault(row["assessment__round"], []).append(row | {"label": PANEL_ORIGINS[row["origin"]]})
    return [
        {"round": round_, "panels": found.get(round_.pk, []), "can_import": action("import", "导入评分")}
        for round_ in rounds
    ]


def card_page(scorecard: LearnedScorecard, actor: Actor, *, lang: Lang) -> Screen:
    from scoring import parse_rulebook

    rulebook = parse_rulebook(scorecard.document)
    return {
        "scorecard": scorecard,
        "card": scorecard.card,
        "charts": step_charts(rulebook, scorecard.card, lang),
        "open_advice": scorecard.advice.standing().exclude(state="settled").count(),
        "advice": scorecard.advice.standing().count(),
        "actions": [*scorecard_flow.available(scorecard, actor), _send_action(scorecard)],
    }


def _send_action(scorecard: LearnedScorecard) -> Screen:
    silent = sum(row["better_silent"] > 0 for row in scorecard.card["features"])
    confirm = "送入后成为能力评分表的一份草稿，须经另一位省局人员批准并由批次锁定，才会用于评定。"
    if silent:
        confirm += f"注意：有 {silent} 处评分中，部分企业空着不填反而得分更高，正式使用可能鼓励漏报。"
    return action(
        "send_to_workshop", "送入规则工坊", reason=why_not_send(scorecard), confirm=confirm, needs=("version", "starts")
    )


def step_charts(rulebook: "Rulebook", card: Mapping[str, Any], lang: Lang) -> list[Screen]:
    """Every feature with its steps, what a value adds; those that move most first."""
    from scoring import describe_document

    described = {row["id"]: row for row in describe_document(rulebook, lang)["rows"]}
    leaves = {part["id"]: part for part in _leaves(rulebook.document()["scorecard"])}
    found: list[Screen] = []
    for feature in card["features"]:
        part = next((leaves[name] for name in _names(feature) if name in leaves), None)
        if part is not None:
            found.append(_chart(feature, part, described[part["id"]], lang))
    return found


def _leaves(part: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [leaf for child in part["parts"] for leaf in (_leaves(child) if "parts" in child else [child])]


def _names(feature: Mapping[str, Any]) -> tuple[str, str]:
    """The ids a feature's part may have: of its own where it shares an indicator with others."""
    prefix = f"{feature['tier']}." if feature["tier"] else ""
    slug = re.sub(r"[^A-Za-z0-9_]+", "-", feature["feature"]).strip("-")
    return f"{prefix}{feature['part']}.{slug}", f"{prefix}{feature['part']}"


def _chart(feature: Mapping[str, Any], part: Mapping[str, Any], described: Screen, lang: Lang) -> Screen:
    points = [*_points(part), part["unknown"]]
    labels = [row["label"] for row in described["scale"]]
    return {
        "title": feature["title"][lang],
        "part": feature["part"],
        "tier": feature["tier"],
        "direction": feature["direction"],
        "effect": feature["effect"],
        "better_silent": feature["better_silent"],
        "steps": [
            {"label": label, "points": float(given), "is_unknown": index == len(points) - 1}
            for index, (label, given) in enumerate(zip(labels, points, strict=True))
        ],
    }


def _points(part: Mapping[str, Any]) -> list[Any]:
    if "bands" in part:
        return [band["points"] for band in part["bands"]]
    if "choices" in part:
        return list(part["choices"].values())
    return [rung["points"] for rung in part["ladder"]]


def advice_page(advice: Advice, actor: Actor, *, lang: Lang) -> Screen:
    values = {answer.code: answer.approved for answer in advice.assessment.answers.all()}
    return {
        "advice": advice,
        "expert": _tier(advice.expert),
        "learned": _tier(advice.learned),
        "line": _tier(advice.line),
        "causes": [_cause(cause, values, lang) for cause in advice.causes],
        "actions": advice_flow.available(advice, actor),
    }


def _tier(code: str) -> Screen:
    return {"code": code, "label": LEVELS.get(code, code)}


def _cause(cause: Screen, values: Mapping[str, Any], lang: Lang) -> Screen:
    from scoring import read_indicators

    known = read_indicators()
    facts = [
        {"label": getattr(known[code], lang), "value": display(known[code], values.get(code))}
        for code in cause["facts"]
    ]
    shares = {name: cause[name] for name in ("expert", "learned", "difference")}
    return {"id": cause["id"], "title": cause["title"][lang], "facts": facts, **shares}


def card_json(scorecard: LearnedScorecard) -> bytes:
    return (json.dumps(scorecard.card, ensure_ascii=False, indent=1) + "\n").encode()


def rulebook_yaml(scorecard: LearnedScorecard) -> bytes:
    """In the file format of every rulebook: reading it gives the stored document."""
    from scoring import Trained, parse_rulebook

    return Trained(parse_rulebook(scorecard.document), scorecard.card).yaml().encode()
