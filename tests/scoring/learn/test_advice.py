"""Where expert and learned scorecard disagree, and which indicators make it so (P06)."""

from functools import cache
from typing import Any

import pytest

from scoring import Disagreement, ReasonError, Result, advise, evaluate, parse_rulebook
from scoring.learn.forms import FORMS, Form
from scoring.learn.standing import tier_places
from tests.scoring.learn.small import EXPERT, cases, changed, frame, trained
from tests.scoring.learn.test_card import study

TIERS = [tier.id for tier in EXPERT.body.tiers]


@cache
def results(form: Form) -> tuple[Result, Result]:
    rows = [dict(case.facts) for case in cases()]
    learned = study().compile(study().learn(form))
    return evaluate(EXPERT, frame(*rows)), evaluate(learned, frame(*rows))


@cache
def found(form: Form) -> list[Disagreement]:
    return advise(*results(form), most=99)


@pytest.mark.parametrize("form", FORMS)
def test_every_firm_a_tier_or_more_apart_is_listed(form: Form) -> None:
    expert, learned = (tier_places(result) for result in results(form))
    apart = {row: two - one for row, (one, two) in enumerate(zip(expert, learned, strict=True)) if one != two}
    assert {one.row: one.steps for one in found(form)} == apart
    assert apart
    for one in found(form):
        assert (one.expert, one.learned) == (TIERS[expert[one.row]], TIERS[learned[one.row]])
        assert one.tier == max(one.expert, one.learned, key=TIERS.index)


@pytest.mark.parametrize("form", FORMS)
def test_all_differences_and_the_offset_make_up_how_far_it_stands_apart(form: Form) -> None:
    """An indicator pulls one way or the other: those told and those not told add up."""
    expert, learned = results(form)
    for one in found(form)[:40]:
        sums = []
        for result in (expert, learned):
            tier = next(tier for tier in result.rulebook.body.tiers if tier.id == one.tier)
            card = result.rulebook.body.scorecard
            assert card is not None
            tops = [part for part in card.parts if not tier.of or part.id in tier.of]
            most = float(sum(part.max for part in tops))
            given = sum(float(result.row(part.id).points[0][one.row]) for part in tops)  # type: ignore[index]
            line = float(tier.at_least or 0) - (0 if tier.of else float(card.base))
            sums.append((given - line) / most)
        pull = sum(cause.difference for cause in one.causes)
        rest = sums[1] - sums[0] - one.offset - pull
        assert rest * one.steps <= 1e-9
        assert pull * one.steps > 0 or one.offset * one.steps > 0


def test_causes_pull_the_way_of_the_disagreement_the_strongest_first() -> None:
    for one in found("score"):
        pulls = [cause.difference * (1 if one.steps > 0 else -1) for cause in one.causes]
        assert all(pull > 0 for pull in pulls)
        assert pulls == sorted(pulls, reverse=True)


@pytest.mark.parametrize("form", FORMS)
def test_causes_are_indicators_of_the_expert_scorecard(form: Form) -> None:
    known = {"R-1", "R-2", "R-3", "R-4", "W-1", "W-2", "W-3", "W-4", "W-5"}
    causes = {cause.id for one in found(form) for cause in one.causes}
    assert causes <= known
    assert {"R-1", "W-1"} <= causes


def test_an_indicator_that_only_one_of_them_has_counts_as_nothing_in_the_other() -> None:
    less = parse_rulebook({**EXPERT.document(), "scorecard": _without_work()})
    rows = [{"own_brand": True, "ip_strategy": "approved", "valid_invention_patents": 3, "serious_dishonesty": False}]
    rows[0] |= {
        "total_assets": 100,
        "total_liabilities": 10,
        "ip_pledge_financing_3y": 0,
        "employees": 500,
        "rd_expense": 0,
    }
    (one,) = advise(evaluate(EXPERT, frame(*rows)), evaluate(less, frame(*rows)))
    assert one.steps < 0
    brand = next(cause for cause in one.causes if cause.id == "W-2")
    assert (brand.expert, brand.learned, brand.facts) == (pytest.approx(4 / 46), 0.0, ("own_brand",))


def _without_work() -> dict[str, Any]:
    card = EXPERT.document()["scorecard"]
    return {**card, "max": 23, "parts": card["parts"][:1]}


def test_only_large_disagreements_can_be_asked_for() -> None:
    far = advise(*results("score"), least=2)
    assert [one.row for one in far] == [one.row for one in found("score") if abs(one.steps) >= 2]


def test_most_causes_can_be_limited() -> None:
    assert max(len(one.causes) for one in advise(*results("score"), most=2)) == 2


def test_firms_under_a_veto_are_in_no_tier() -> None:
    rows = frame({"serious_dishonesty": True, "valid_invention_patents": 25})
    assert advise(evaluate(EXPERT, rows), evaluate(trained().rulebook, rows)) == []


def test_it_is_plain_data() -> None:
    plain = found("score")[0].plain()
    assert set(plain) == {"row", "expert", "learned", "steps", "tier", "offset", "causes"}
    assert set(plain["causes"][0]) == {"id", "title", "facts", "expert", "learned", "difference"}


def test_other_tiers_or_firms_are_refused() -> None:
    rows = frame({}, {})
    with pytest.raises(ReasonError, match="等级不同"):
        advise(evaluate(EXPERT, rows), evaluate(changed(("id: starter", "id: beginner")), rows))
    with pytest.raises(ReasonError, match="企业数不同"):
        advise(evaluate(EXPERT, rows), evaluate(trained().rulebook, frame({})))
