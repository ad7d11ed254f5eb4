"""What is not learned from, and why, with the numbers (P06)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from scoring import Case, Rulebook, TrainingRefused, TrainingSettings, load_library, train_scorecard
from scoring.learn.standing import stand
from scoring.learn.study import deal_folds
from tests.scoring.learn.small import EXPERT, ON, QUICK, cases, frames


def refuse(some: Sequence[Case], *, expert: Rulebook = EXPERT, origin: str = "panel", **changes: object) -> str:
    settings = replace(QUICK, **changes)  # type: ignore[arg-type]
    with pytest.raises(TrainingRefused) as refused:
        train_scorecard(some, expert=expert, origin=origin, on=ON, settings=settings)
    assert refused.value.en
    return refused.value.zh


def own_scores() -> np.ndarray:
    return stand(EXPERT, frames([dict(case.facts) for case in cases()])).low


def test_labels_of_the_formula_are_refused() -> None:
    assert "循环论证" in refuse(cases(), origin="formula")


def test_an_unknown_origin_is_refused() -> None:
    assert refuse(cases(), origin="guess") == "标签来源应为panel、simulated、formula之一"


def test_too_few_firms_are_refused_with_the_numbers() -> None:
    assert refuse(cases()[:20]) == "可用案例只有20家企业，至少需要60家"
    assert refuse([]) == "可用案例只有0家企业，至少需要60家"
    assert refuse([cases()[0]] * 100) == "可用案例只有1家企业，至少需要60家"


def test_undecided_cases_do_not_count() -> None:
    assert refuse([replace(case, score=None) for case in cases()]) == "可用案例只有0家企业，至少需要60家"


def test_one_tier_only_is_refused() -> None:
    same = [replace(case, score=5.0 + place % 7) for place, case in enumerate(cases())]
    assert refuse(same) == "所有案例都是“起步”一个等级，没有可学的差别"


def test_too_few_of_a_tier_are_refused_with_the_numbers() -> None:
    few = [replace(case, score=30.0 if place < 3 else min(25.0, case.score or 0)) for place, case in enumerate(cases())]
    assert refuse(few) == "有的等级案例太少：优势3家，每个等级至少需要6家企业"


def test_scores_of_the_expert_scorecard_are_refused() -> None:
    copied = [replace(case, score=float(score)) for case, score in zip(cases(), own_scores(), strict=True)]
    for origin in ("panel", "simulated"):
        assert refuse(copied, origin=origin).startswith(
            "100.0%的评分与专家评分表的得分相同（上限50%），真人评审不会这样一致"
        )


def test_scores_that_only_stretch_the_expert_scorecards_are_refused() -> None:
    stretched = [replace(case, score=float(3 + 0.9 * score)) for case, score in zip(cases(), own_scores(), strict=True)]
    assert "相关系数平方为1.0000（上限0.98）" in refuse(stretched)


def test_tiers_of_the_expert_scorecard_are_refused() -> None:
    levels = stand(EXPERT, frames([dict(case.facts) for case in cases()])).tiers
    names = [tier.id for tier in EXPERT.body.tiers]
    copied = [replace(case, score=None, tier=names[level]) for case, level in zip(cases(), levels, strict=True)]
    assert refuse(copied).startswith("100.0%的等级与专家评分表算出的完全相同（上限97%）")


def test_constant_scores_beside_tiers_are_no_coincidence() -> None:
    names = [tier.id for tier in EXPERT.body.tiers]
    tiers = [replace(case, score=20.0, tier=names[place % 3]) for place, case in enumerate(cases())]
    found = train_scorecard(tiers, expert=EXPERT, origin="panel", on=ON, settings=QUICK)
    assert found.card["form"]["chosen"] in ("score", "thresholds")


@pytest.mark.parametrize("score", [-1.0, 46.5, float("nan")])
def test_a_score_outside_the_scale_is_refused(score: float) -> None:
    bad = [replace(cases()[0], score=score), *cases()[1:]]
    assert f"案例{cases()[0].id}的评分{score}不在0至46之间" == refuse(bad)


def test_a_tier_that_does_not_exist_is_refused() -> None:
    bad = [replace(cases()[0], tier="best"), *cases()[1:]]
    assert refuse(bad) == f"案例{cases()[0].id}的等级“best”不存在，有starter、growth、advantage"


def test_a_programme_is_no_scorecard() -> None:
    assert "不是评分表" in refuse(cases(), expert=load_library().get("hnte/2016"))


def test_facts_that_never_differ_are_refused() -> None:
    assert "没有可学的内容" in refuse([replace(case, facts={"own_brand": True}) for case in cases()])


def test_a_tier_of_few_firms_with_many_cases_is_refused() -> None:
    tiers = ["advantage" if place < 2 else ("growth" if place % 2 else "starter") for place in range(len(cases()))]
    named = [replace(case, tier=tier, score=None) for case, tier in zip(cases(), tiers, strict=True)]
    many = [*named, *(replace(named[0], region=str(copy)) for copy in range(30))]
    assert refuse(many) == "有的等级案例太少：优势2家，每个等级至少需要6家企业"


def test_a_tier_that_would_be_in_one_fold_only_is_refused() -> None:
    tiers = np.array([1] * 4 + [0] * 20)
    same = [replace(case, id="甲") if place < 4 else case for place, case in enumerate(cases()[:24])]
    with pytest.raises(TrainingRefused, match="集中在少数企业"):
        deal_folds(same, tiers, replace(QUICK, least_per_tier=3))


def test_where_no_feature_parts_the_cases_nothing_is_learned() -> None:
    assert "什么也没有学到" in refuse(cases(), least_in_leaf=1000)


@pytest.mark.parametrize("changes", [{"folds": 1}, {"folds": 20}])
def test_settings_that_can_not_work_are_refused(changes: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="folds"):
        TrainingSettings(**changes)  # type: ignore[arg-type]
