"""How far the weights of a draft move before firms of a past round change places (P05)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from cultivation.assessments.models import Assessment
from cultivation.assessments.states import SCORED
from cultivation.core.errors import BadInput, Conflict
from cultivation.programmes.models import Round, RulebookDraft
from cultivation.programmes.services import weighing_of

if TYPE_CHECKING:
    from scoring import Reach, Swap

Plain = dict[str, Any]
MOST_FIRMS = 20_000


def reach_of(draft: RulebookDraft, *, round_: Round, group: str = "") -> Plain:
    """For each part, the nearest weights at which the first place, or any place, changes hands.

    The firms' shares of each part's maximum are what they certainly scored in the round. Weights are those compared in
    pairs once all are, else the maxima as they are.
    """
    from scoring import weight_reach

    weighing = weighing_of(draft, group=group)
    codes = [part["code"] for part in weighing["parts"]]
    names, scores = _scores(round_, codes)
    result = weighing["result"]
    weights = result["weights"] if result else {part["code"]: _points(part["max"]) for part in weighing["parts"]}
    reaches = weight_reach([weights[code] for code in codes], scores)
    return {
        "firms": len(names),
        "is_compared": result is not None,
        "rows": [_row(code, reach, names) for code, reach in zip(codes, reaches, strict=True)],
    }


def _points(most: Any) -> float:
    try:
        return float(most)
    except ValueError as error:
        raise BadInput(f"满分“{most}”不是数，请先改好。", code="unreadable_draft") from error


def _scores(round_: Round, codes: Sequence[str]) -> tuple[list[str], list[list[Fraction]]]:
    """Names of firms with a score, and their shares; the same for the dimensions and for indicators."""
    rows = Assessment.objects.standing().filter(round=round_, state__in=SCORED, result__score_low__isnull=False)
    if rows.count() > MOST_FIRMS:
        raise Conflict(f"企业超过 {MOST_FIRMS} 家，请选择较小的批次。", code="too_many_firms")
    names, scores = [], []
    for assessment in rows.select_related("enterprise", "result").iterator(chunk_size=500):
        names.append(assessment.enterprise.name)
        scores.append(_shares(assessment.result.object["capability"], codes))
    if not names:
        raise Conflict("这个批次没有可以对照的评分结果。", code="nothing_to_compare")
    return names, scores


def _shares(found: Mapping[str, Any], codes: Sequence[str]) -> list[Fraction]:
    clauses = {clause["id"]: clause for clause in found["clauses"]}
    missing = [code for code in codes if code not in clauses]
    if missing:
        sentence = f"这个批次没有这些项目的得分：{'、'.join(missing)}。"
        raise BadInput(sentence, code="parts_not_scored", fields={"/round": sentence})
    return [_share(clauses[code]) for code in codes]


def _share(clause: Mapping[str, Any]) -> Fraction:
    return Fraction(str(clause["points"][0])) / Fraction(str(clause["max"]))


def _row(code: str, reach: "Reach", names: Sequence[str]) -> Plain:
    return {
        "code": code,
        "weight": reach.weight,
        "first": [_swap(swap, names) for swap in reach.first],
        "any": [_swap(swap, names) for swap in reach.order],
    }


def _swap(swap: "Swap | None", names: Sequence[str]) -> Plain | None:
    if swap is None:
        return None
    return {"weight": swap.weight, "above": names[swap.above], "below": names[swap.below]}
