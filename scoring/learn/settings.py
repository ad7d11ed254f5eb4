"""What the training leaves open and somebody has to choose: every number here is ours, and the card says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from ..errors import ReasonError
from ..schema import Text


@dataclass(frozen=True)
class TrainingSettings:
    """Numbers of our own, with their defaults.

    Attributes
    ----------
    least_cases, least_per_tier : int
        Fewer cases, in all or of any one tier, are refused.
    folds : int
        Parts into which the cases are dealt; each is judged by models that have not seen it.
    seed : int
        Of the dealing; nothing else is random.
    rounds, learning_rate, leaves, least_in_leaf, shrinkage
        Of the gradient boosting: trees, their weight, leaves a tree, cases a leaf, and the penalty on large leaves.
    most_cuts : int
        Most places at which one value can change its points.
    smallest_group : int
        Groups of fewer cases are not shown by themselves.
    bins : int
        Of the distribution of scores, for calibration and PSI.
    most_equal, most_alike, most_agreed : float
        Share of scores equal to the expert scorecard's, square of their correlation, and share of equal tiers, above
        which labels can only have been made by it. Two people never agree that well.
    """

    least_cases: int = 100
    least_per_tier: int = 10
    folds: int = 5
    seed: int = 20260101
    rounds: int = 150
    learning_rate: float = 0.1
    leaves: int = 4
    least_in_leaf: int = 10
    shrinkage: float = 1.0
    most_cuts: int = 12
    smallest_group: int = 10
    bins: int = 10
    most_equal: float = 0.5
    most_alike: float = 0.98
    most_agreed: float = 0.97

    def __post_init__(self) -> None:
        if not 2 <= self.folds <= self.least_per_tier:
            raise ReasonError(
                f"折数{self.folds}应在2和每个等级最少案例数{self.least_per_tier}之间",
                f"folds: {self.folds} must lie between 2 and the least cases a tier, {self.least_per_tier}",
            )

    def plain(self) -> dict[str, Any]:
        """As JSON, in their order."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self)}


SETTING_TITLES: Mapping[str, Text] = {
    "least_cases": Text(zh="最少案例数", en="least cases"),
    "least_per_tier": Text(zh="每个等级最少案例数", en="least cases a tier"),
    "folds": Text(zh="交叉验证折数", en="folds"),
    "seed": Text(zh="随机种子", en="seed"),
    "rounds": Text(zh="树的棵数", en="trees"),
    "learning_rate": Text(zh="学习率", en="learning rate"),
    "leaves": Text(zh="每棵树最多叶数", en="leaves a tree"),
    "least_in_leaf": Text(zh="每叶最少案例数", en="least cases a leaf"),
    "shrinkage": Text(zh="叶值收缩（L2）", en="shrinkage of leaves (L2)"),
    "most_cuts": Text(zh="每个数值最多分界点", en="most cut points a value"),
    "smallest_group": Text(zh="单独列出的最小组", en="smallest group shown"),
    "bins": Text(zh="得分分箱数", en="bins of the score"),
    "most_equal": Text(zh="标签与公式得分相同的最高比例", en="most scores equal to the formula's"),
    "most_alike": Text(zh="标签与公式得分相关系数平方上限", en="most squared correlation with the formula"),
    "most_agreed": Text(zh="标签与公式等级相同的最高比例", en="most tiers equal to the formula's"),
}
CHOICES_OF_OURS: Mapping[str, Text] = {
    "cuts": Text(
        zh="数值先按专家评分表的界限和取整的分位点分档，再由模型给分",
        en="values are first sorted by the expert scorecard's limits and round quantiles, then models give points",
    ),
    "tier_of_score": Text(
        zh="只有评分的案例，等级按专家评分表的分数线确定",
        en="where the panel gave only a score, the tier is that of the expert scorecard's thresholds",
    ),
    "lines": Text(
        zh="分数线取使训练案例等级偏差之和最小的位置；每条线各一个模型时取可能性过半",
        en="thresholds are where training cases are fewest tiers wrong; with a model for each, where chances are even",
    ),
    "middle": Text(
        zh="比较得分时，专家评分表取得分区间的中点",
        en="compared in points, the expert scorecard is taken at the middle of its interval",
    ),
    "choice": Text(
        zh="两种形式取二次加权kappa较高的，相同时取等级偏差较小的",
        en="of the two forms the one with the higher kappa is taken, then the one fewer tiers apart",
    ),
    "selected": Text(
        zh="公平性比较中，等级居中偏上的一级起算作“入选”",
        en="in the comparison of groups, the tier at the middle or just above it counts as selected",
    ),
    "psi": Text(
        zh="PSI 每个分箱加半个案例；0.10和0.25是业内惯用参考值，不是国家标准",
        en="half a case is added to every bin of the PSI; 0.10 and 0.25 are customary marks, not a standard",
    ),
}
