"""Among firms of the same industry, size and region (E27). A group too small is not shown: it would tell on a firm."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from django.conf import settings

from cultivation.assessments.models import Answer, Assessment, Result
from cultivation.assessments.states import SIZE_CLASSES
from cultivation.core.regions import load_regions

Page = dict[str, Any]
# From the closest group to the widest; the first that is large enough is shown.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("industry", "size", "city"),
    ("industry", "size"),
    ("size", "city"),
    ("size",),
    (),
)
# Quartiles are told to half a point, so that none is one firm's exact score.
STEP = 2


@dataclass(frozen=True, slots=True)
class Peer:
    """One firm of the round as a member of groups. `industry` is the two-digit division."""

    assessment_id: int
    industry: str
    size: str
    city: str
    score: float
    dimensions: dict[str, Sequence[float]]


def peers_of(assessment: Assessment) -> Page:
    """Quartiles of the closest group of the same round that has enough other firms, and the way to that group.

    How many firms a group that is too small has is never told. `peers` is None where no group is large enough.
    """
    firms = {peer.assessment_id: peer for peer in _peers(assessment.round_id)}
    own = firms.pop(assessment.pk, None)
    page: Page = {"smallest": settings.SMALLEST_GROUP, "peers": None, "tried": []}
    if own is None:
        return page
    for group in GROUPS:
        alike = [peer for peer in firms.values() if all(getattr(peer, trait) == getattr(own, trait) for trait in group)]
        standing = _standing(own, group, len(alike))
        page["tried"].append({"group": _words(own, group), "standing": standing})
        if standing == "shown":
            return page | {"peers": _page(own, alike, group)}
    return page


def _standing(own: Peer, group: tuple[str, ...], alike: int) -> str:
    if not all(getattr(own, trait) for trait in group):
        return "not_told"
    return "shown" if alike >= settings.SMALLEST_GROUP else "too_small"


def _peers(round_id: int) -> list[Peer]:
    results = Result.objects.filter(assessment__round_id=round_id, assessment__state="announced")
    codes = Answer.objects.filter(assessment__round_id=round_id, code="industry_code")
    industries = dict(codes.values_list("assessment_id", "approved"))
    keys = ("assessment_id", "assessment__enterprise__region", "score_low")
    rows = results.exclude(score_low=None).values_list(*keys, "object__size_class", "object__capability__dimensions")
    return [
        Peer(pk, str(industries.get(pk) or "")[:2], size, _city(region), float(score), dimensions)
        for pk, region, score, size, dimensions in rows
    ]


def _city(region: str) -> str:
    return (load_regions().division_of(region) or "") if region else ""


def _page(own: Peer, alike: list[Peer], group: tuple[str, ...]) -> Page:
    return {
        "firms": len(alike),
        "group": _words(own, group),
        "score": _spread(own.score, [peer.score for peer in alike]),
        "dimensions": {
            code: _spread(points[0], [peer.dimensions[code][0] for peer in alike])
            for code, points in own.dimensions.items()
        },
    }


def _spread(own: float, others: list[float]) -> Page:
    """Own certain points beside the quartiles of the others, and how many of them have fewer and as many."""
    low, middle, high = (round(value * STEP) / STEP for value in quantiles(others, n=4, method="inclusive"))
    below, equal = sum(other < own for other in others), sum(other == own for other in others)
    return {"own": own, "low": low, "median": middle, "high": high, "below": below, "equal": equal}


def _words(own: Peer, group: tuple[str, ...]) -> list[Page]:
    """The traits that make the group, each by code and value, with its word."""
    words = {
        "industry": f"行业大类 {own.industry}" if own.industry else "行业大类",
        "size": SIZE_CLASSES.get(own.size, own.size),
        "city": load_regions().name_of(own.city) or "",
    }
    return [{"code": trait, "value": getattr(own, trait), "label": words[trait]} for trait in group]
