"""Why cases are not learned from: the sentence says what is lacking, with the numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..errors import ReasonError
from ..points import Floats
from ..rulebook import Rulebook
from ..schema import Tier
from .cases import ORIGINS, Case, Origin
from .forms import Tiers
from .settings import TrainingSettings


class TrainingRefused(ReasonError):
    """Nothing is learned from these cases; says why."""


def require_origin(origin: str) -> Origin:
    """The origin of the labels, unless it is unknown or would make the comparison circular."""
    if origin not in ORIGINS:
        known = "、".join(ORIGINS)
        raise TrainingRefused(
            f"标签来源应为{known}之一", f"the origin of the labels must be one of {', '.join(ORIGINS)}"
        )
    if origin == "formula":
        raise TrainingRefused(
            "标签由评分公式算出，用它学习再同它比较是循环论证，不予训练",
            "labels made by a scoring formula: learning from them and comparing with it would be circular",
        )
    return "panel" if origin == "panel" else "simulated"


def require_labels(cases: Sequence[Case], expert: Rulebook) -> None:
    """Scores on the expert scorecard's scale, and tiers that it has."""
    card = expert.body.scorecard
    if card is None:
        raise TrainingRefused(f"{expert.key}不是评分表", f"{expert.key} is no scorecard")
    tiers = [tier.id for tier in expert.body.tiers]
    for case in cases:
        if case.score is not None and not 0 <= case.score <= card.max:
            raise TrainingRefused(
                f"案例{case.id}的评分{case.score}不在0至{card.max}之间",
                f"case {case.id}: the score {case.score} is not between 0 and {card.max}",
            )
        if case.tier is not None and case.tier not in tiers:
            raise TrainingRefused(
                f"案例{case.id}的等级“{case.tier}”不存在，有{'、'.join(tiers)}",
                f"case {case.id}: there is no tier {case.tier}; known: {', '.join(tiers)}",
            )


def require_enough(cases: Sequence[Case], tiers: Tiers, names: Sequence[Tier], settings: TrainingSettings) -> None:
    """Enough firms in all and of every tier, and more than one tier."""
    firms = np.array([case.id for case in cases], dtype=object)
    most = len(set(firms))
    if most < settings.least_cases:
        raise TrainingRefused(
            f"可用案例只有{most}家企业，至少需要{settings.least_cases}家",
            f"only {most} firms have usable cases, at least {settings.least_cases} are needed",
        )
    found = [len(set(firms[tiers == place])) for place in range(len(names))]
    if sum(count > 0 for count in found) == 1:
        only = names[next(place for place, count in enumerate(found) if count)]
        raise TrainingRefused(
            f"所有案例都是“{only.title.zh}”一个等级，没有可学的差别",
            f"all cases are of one tier, {only.title.en}: there is no difference to learn",
        )
    lacking = [(tier, count) for tier, count in zip(names, found, strict=True) if count < settings.least_per_tier]
    if lacking:
        zh = "、".join(f"{tier.title.zh}{count}家" for tier, count in lacking)
        en = ", ".join(f"{tier.title.en} {count}" for tier, count in lacking)
        raise TrainingRefused(
            f"有的等级案例太少：{zh}，每个等级至少需要{settings.least_per_tier}家企业",
            f"too few firms of some tiers: {en}; at least {settings.least_per_tier} of each are needed",
        )


def require_independence(
    scores: Floats | None, tiers: Tiers | None, low: Floats, high: Floats, levels: Tiers, settings: TrainingSettings
) -> None:
    """Labels that no panel could have given without the expert scorecard's own result.

    Parameters
    ----------
    scores, tiers : ndarray, shape (n,), or None
        What the panel itself gave.
    low, high : ndarray, shape (n,)
        The expert scorecard's interval.
    levels : ndarray of int, shape (n,)
        The expert scorecard's tiers.
    """
    if scores is not None:
        _compare_scores(scores, low, high, settings)
    if tiers is not None:
        agreed = float((tiers == levels).mean())
        if agreed > settings.most_agreed:
            raise _Circular(
                f"{agreed:.1%}的等级与专家评分表算出的完全相同（上限{settings.most_agreed:.0%}）",
                f"{agreed:.1%} of the tiers are exactly the expert scorecard's (at most {settings.most_agreed:.0%})",
            )


def _compare_scores(scores: Floats, low: Floats, high: Floats, settings: TrainingSettings) -> None:
    for given in (low, high, (low + high) / 2):
        equal = float((np.abs(scores - given) < NEAR).mean())
        if equal > settings.most_equal:
            raise _Circular(
                f"{equal:.1%}的评分与专家评分表的得分相同（上限{settings.most_equal:.0%}）",
                f"{equal:.1%} of the scores equal the expert scorecard's (at most {settings.most_equal:.0%})",
            )
        alike = _squared_correlation(scores, given)
        if alike > settings.most_alike:
            raise _Circular(
                f"评分与专家评分表得分的相关系数平方为{alike:.4f}（上限{settings.most_alike}）",
                f"the squared correlation with the expert scorecard's score is {alike:.4f} "
                f"(at most {settings.most_alike})",
            )


NEAR = 0.05


def _squared_correlation(one: Floats, two: Floats) -> float:
    return float(np.corrcoef(one, two)[0, 1] ** 2) if one.std() and two.std() else 0.0


class _Circular(TrainingRefused):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(
            f"{zh}，真人评审不会这样一致，标签应是由公式算出的，不予训练",
            f"{en}; people never agree like that, so the labels come from the formula",
        )
