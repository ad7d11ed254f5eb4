"""Among firms of the same industry, size and region (E27). A group too small is not shown: it would tell on a firm."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
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


@dataclass(frozen=True, slots=True)
class Peer:
    """One firm of the round as a member of groups. `industry` is the two-digit division."""

    assessment_id: int
    industry: str
    size: str
    city: str
    score: float
    dimensions: dict[str, Sequence[float]]


def peers_of(assessment: Assessment) -> Page | None:
    """Medians of the closest group of the same round that has enough other firms; None where none has."""
    firms = {peer.assessment_id: peer for peer in _peers(assessment.round_id)}
    own = firms.pop(assessment.pk, None)
    if own is None:
        return None
    for group in GROUPS:
        alike = [peer for peer in firms.values() if all(getattr(peer, trait) == getattr(own, trait) for trait in group)]
        known = all(getattr(own, trait) for trait in group)
        if known and len(alike) >= settings.SMALLEST_GROUP:
            return _page(own, alike, group)
    return None


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
        "score": median(peer.score for peer in alike),
        "own_score": own.score,
        "above": sum(peer.score < own.score for peer in alike),
        "dimensions": {
            code: {"median": median(peer.dimensions[code][0] for peer in alike), "own": points[0]}
            for code, points in own.dimensions.items()
        },
    }


def _words(own: Peer, group: tuple[str, ...]) -> str:
    words = {
        "industry": f"行业大类 {own.industry}",
        "size": SIZE_CLASSES.get(own.size, own.size),
        "city": load_regions().name_of(own.city) or "",
    }
    return "、".join(words[trait] for trait in group) or "全省参评企业"
