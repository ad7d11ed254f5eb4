"""What was found, in words for the screen."""

from cultivation.assessments.models import Watch, WatchFinding
from cultivation.assessments.services.screen import Lang, Screen, display
from cultivation.core.flow import action
from cultivation.core.regions import load_regions

from .request import earlier_rounds, why_not_watch
from .run import SCORE

POINTS = {"zh": "分", "en": "points"}
SCORE_LABEL = {"zh": "能力评分（确定得分）", "en": "Capability score (certain points)"}
NO_REGION = {"zh": "属地未填", "en": "No region given"}
STATES = {"unknown": {"zh": "未知", "en": "Unknown"}, "n/a": {"zh": "不适用", "en": "Not applicable"}}
TRUTH = {"True": {"zh": "是", "en": "Yes"}, "False": {"zh": "否", "en": "No"}}


def watch_page(record: Watch, *, lang: Lang) -> Screen:
    """Everything but the lists of firms, which are pages of their own."""
    body = record.body
    counts = {kind: WatchFinding.objects.filter(watch_id=record.pk, kind=kind).count() for kind in ("jump", "copy")}
    cities = body.get("cities", {"mean": None, "rows": []})
    return {
        "computed_at": record.computed_at,
        "against": record.against,
        "choices": earlier_rounds(record.round),
        "firms": body.get("firms", 0),
        "mean": cities["mean"],
        "cities": [_city(row, lang) for row in cities["rows"]],
        "reviewers": body.get("reviewers", []),
        "stability": [_stability(row, lang) for row in body.get("stability", [])],
        "jumps": counts["jump"],
        "copies": counts["copy"],
        "can_start": action("watch", "重新比较" if record.computed_at else "开始比较", reason=why_not_watch(record)),
    }


def _city(row: Screen, lang: Lang) -> Screen:
    code = row["group"]
    return {**row, "code": code, "name": (load_regions().name_of(code) if code else None) or NO_REGION[lang]}


def _stability(row: Screen, lang: Lang) -> Screen:
    bins = [{**one, "label": _bin_label(row["code"], one, lang)} for one in row["bins"]]
    return {**row, **_named(row["code"], lang), "bins": bins}


def _named(code: str, lang: Lang) -> Screen:
    """Label and unit of a fact, or of the score."""
    from scoring import read_indicators

    if code == SCORE:
        return {"label": SCORE_LABEL[lang], "unit": POINTS[lang]}
    indicator = read_indicators()[code]
    return {"label": getattr(indicator, lang), "unit": indicator.unit}


def _bin_label(code: str, one: Screen, lang: Lang) -> str:
    from scoring import read_indicators

    low, high, label = one["low"], one["high"], one["label"]
    if label in STATES or label in TRUTH:
        return {**STATES, **TRUTH}[label][lang]
    if label:
        return read_indicators()[code].choices[label][0 if lang == "zh" else 1]
    if low is None and high is None:
        return "全部数值" if lang == "zh" else "All amounts"
    if low is None:
        return f"< {high:,.15g}"
    return f"≥ {low:,.15g}" if high is None else f"{low:,.15g} – < {high:,.15g}"


def finding_page(finding: WatchFinding, *, lang: Lang) -> Screen:
    """One leap or one pair of firms in words."""
    data = finding.data
    page = {"id": finding.pk, "kind": finding.kind, "firm": finding.assessment, "other": finding.other}
    if finding.kind == "copy":
        return {**page, "shared": [_shared(one, lang) for one in data["shared"]], "change": None}
    usual = None if data["usual"] is None else _amount(data["usual"])
    change = {side: _amount(data[side]) for side in ("before", "after")} | {"usual": usual}
    return {**page, "shared": [], "change": {**_named(data["code"], lang), **change}}


def _amount(number: float) -> str:
    return f"{round(number, 2):,.15g}"


def _shared(one: Screen, lang: Lang) -> Screen:
    from scoring import read_indicators

    shown = display(read_indicators()[one["code"]], one["value"])
    return {**_named(one["code"], lang), "value": shown, "holders": one["holders"]}
