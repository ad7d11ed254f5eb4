"""Weights of a draft's dimensions or indicators by pairwise comparison (AHP), kept, weighed and applied (P05)."""

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput
from cultivation.programmes.effects import given_reason
from cultivation.programmes.models import DraftEdit, DraftWeighing, RulebookDraft
from cultivation.programmes.permissions import can_write_rules
from cultivation.programmes.services.drafts import lock_draft, save_revision
from cultivation.programmes.states import Lang

if TYPE_CHECKING:
    from scoring import Priorities

Plain = dict[str, Any]
Judgements = dict[str, str]
WHOLE = ""
MOST_PARTS = 10
EQUAL = "1"


def pair_key(one: str, two: str) -> str:
    """The name of a comparison: how many times the first outweighs the second."""
    return f"{one}|{two}"


def weighing_of(draft: RulebookDraft, *, group: str = WHOLE, lang: Lang = "zh") -> Plain:
    """The parts of a group, the judgements given so far, and the weights once all are given."""
    parts = _parts(draft, group)
    kept = DraftWeighing.objects.filter(draft=draft, group=group).first()
    judgements = _known(kept.judgements if kept else {}, parts)
    return {
        "group": group,
        "groups": groups_of(draft, lang=lang),
        "parts": [_part(part, lang) for part in parts],
        "judgements": judgements,
        "missing": _pairs(parts) - len(judgements),
        "result": _result(draft, group, parts, judgements),
    }


def groups_of(draft: RulebookDraft, *, lang: Lang = "zh") -> list[Plain]:
    """What can be compared: the dimensions, and the indicators of each."""
    whole = {"code": WHOLE, "label": "各维度" if lang == "zh" else "The dimensions"}
    tops = draft.document.get("scorecard", {}).get("parts", ())
    named = [{"code": top["id"], "label": _title(top, lang)} for top in tops]
    return [one for one in (whole, *named) if _is_comparable(draft, one["code"])]


def _is_comparable(draft: RulebookDraft, group: str) -> bool:
    from scoring import WeightError, weighed_parts

    try:
        return len(weighed_parts(draft.document, group)) <= MOST_PARTS
    except WeightError:
        return False


def _parts(draft: RulebookDraft, group: str) -> list[Plain]:
    from scoring import WeightError, weighed_parts

    try:
        return weighed_parts(draft.document, group)
    except WeightError as error:
        raise BadInput(error.zh, code="nothing_to_weigh", fields={"/group": error.zh}) from error


def _part(part: Plain, lang: Lang) -> Plain:
    return {"code": part["id"], "title": _title(part, lang), "max": part["max"]}


def _title(part: Plain, lang: Lang) -> str:
    return str((part.get("title") or {}).get(lang) or part["id"])


def _known(judgements: Mapping[str, Any], parts: list[Plain]) -> Judgements:
    """Judgements on parts that are still there."""
    keys = [pair_key(one["id"], two["id"]) for one, two in combinations(parts, 2)]
    return {key: str(judgements[key]) for key in keys if key in judgements}


def _pairs(parts: list[Plain]) -> int:
    return len(parts) * (len(parts) - 1) // 2


def _result(draft: RulebookDraft, group: str, parts: list[Plain], judgements: Judgements) -> Plain | None:
    if len(judgements) < _pairs(parts):
        return None
    found = _weigh(parts, judgements)
    doubt = found.doubt
    return {
        "weights": dict(zip((part["id"] for part in parts), found.weights, strict=True)),
        "maxima": _maxima(draft, group, parts, found),
        "eigenvalue": found.eigenvalue,
        "index": found.index,
        "ratio": found.ratio,
        "is_consistent": found.is_consistent,
        "doubt": doubt
        and {
            "one": parts[doubt.row]["id"],
            "two": parts[doubt.column]["id"],
            "given": doubt.given,
            "fitting": doubt.fitting,
        },
    }


def _weigh(parts: list[Plain], judgements: Judgements) -> "Priorities":
    from scoring import AhpError, weigh_pairs

    try:
        return weigh_pairs(_matrix(parts, judgements))
    except AhpError as error:
        raise BadInput(error.zh, code="bad_judgement", fields={"/judgements": error.zh}) from error


def _matrix(parts: list[Plain], judgements: Judgements) -> list[list[str]]:
    names = [part["id"] for part in parts]
    return [[_entry(one, two, judgements) for two in names] for one in names]


def _entry(one: str, two: str, judgements: Judgements) -> str:
    if one == two:
        return EQUAL
    given = judgements.get(pair_key(one, two))
    return given if given is not None else _inverse(judgements[pair_key(two, one)])


def _inverse(judgement: str) -> str:
    above, _, below = judgement.partition("/")
    return f"{below or EQUAL}/{above}"


def _maxima(draft: RulebookDraft, group: str, parts: list[Plain], found: "Priorities") -> Plain | None:
    """What the weights would make of the maxima; none where they can't be put in."""
    from scoring import ReasonError, reweigh, weighed_parts

    weights = dict(zip((part["id"] for part in parts), found.weights, strict=True))
    try:
        changed = reweigh(draft.document, weights, group=group)
    except ReasonError:
        return None
    return {part["id"]: part["max"] for part in weighed_parts(changed, group)}


def judge_pairs(actor: Actor, *, draft: RulebookDraft, group: str, judgements: Mapping[str, str]) -> DraftWeighing:
    """Keep judgements as they are given, incomplete or not; they change no number of the draft."""
    can_write_rules.require(actor, draft)
    parts = _parts(draft, group)
    known = _known(judgements, parts)
    if set(known) != set(judgements):
        raise BadInput("有的比较不在这一组里。", code="bad_judgement", fields={"/judgements": "未知的比较"})
    for key, judgement in known.items():
        _check(parts, key, judgement)
    kept, _ = DraftWeighing.objects.update_or_create(
        draft=draft, group=group, defaults={"judgements": known, "editor_id": actor.user_id}
    )
    return kept


def _check(parts: list[Plain], key: str, judgement: str) -> None:
    """Each judgement by itself, so that one that is none is told at once."""
    one, _, two = key.partition("|")
    pair = [part for part in parts if part["id"] in (one, two)]
    _weigh(pair, {key: judgement})


def apply_weights(actor: Actor, *, draft: RulebookDraft, revision: int, group: str, reason: str) -> DraftEdit | None:
    """Put the weights into the draft: a revision of its own, with the reason in the audit trail.

    A consistency ratio above 0.10 is refused unless the reason is given; one is asked for in any case.
    """
    from scoring import ReasonError, require_consistent, reweigh, weighed_parts

    with transaction.atomic():
        locked = lock_draft(actor, draft, revision)
        parts = _parts(locked, group)
        kept = DraftWeighing.objects.filter(draft=locked, group=group).first()
        judgements = _known(kept.judgements if kept else {}, parts)
        if len(judgements) < _pairs(parts):
            raise BadInput("还有没有比较的两项，先比较完。", code="comparisons_missing")
        found = _weigh(parts, judgements)
        weights = dict(zip((part["id"] for part in parts), found.weights, strict=True))
        why = given_reason(reason, "请写明按两两比较调整权重的理由。")
        try:
            require_consistent(found, why)
            document = reweigh(locked.document, weights, group=group)
        except ReasonError as error:
            raise BadInput(error.zh, code="bad_weights") from error
        saved = save_revision(actor, locked, document, [_patch(locked.document, document)], reason=why)
        after = {part["id"]: part["max"] for part in weighed_parts(document, group)}
        detail = {"group": group, "judgements": judgements, "ratio": round(found.ratio, 6), "maxima": after}
        audit.record(actor, "rulebookdraft.weigh", locked, detail={**detail, "weights": weights, "reason": why})
        return saved


def _patch(before: Plain, after: Plain) -> Plain:
    return {"pointer": "/scorecard", "before": [before["scorecard"]], "after": [after["scorecard"]]}
