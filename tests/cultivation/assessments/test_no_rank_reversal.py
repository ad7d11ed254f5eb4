"""Another firm's entry, change or leaving never changes a firm's points, level or pools (P08)."""

from datetime import date
from random import Random
from typing import Any

import pytest
from rest_framework.test import APIClient

from cultivation.assessments.flow import assessment_flow
from cultivation.assessments.models import Assessment
from cultivation.core.actors import SYSTEM
from cultivation.pools.models import Placement
from cultivation.programmes.models import Round
from tests.factories.cases import set_facts, take_part
from tests.factories.rounds import assessment_of, bring_in, new_round, score, scored_round
from tests.factories.workbooks import ADVANTAGE, ELSEWHERE, FIRMS, STARTER, VETOED, Line
from tests.people import People
from tests.scoring.enterprises import random_enterprise

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 31)


def standing_of(assessment: Assessment) -> dict[str, Any]:
    """All that the system says of a firm: its whole result, and where it is placed."""
    assessment = Assessment.objects.get(pk=assessment.pk)
    placement = Placement.objects.filter(assessment=assessment).first()
    tracks = list(placement.tracks.values_list("track", "standing")) if placement else []
    return {
        "object": assessment.result.object,
        "score": (assessment.result.score_low, assessment.result.score_high),
        "level": (assessment.result.level, assessment.result.level_possible),
        "pool": (placement.tier if placement else None, tracks),
    }


class TestRandomFirms:
    """Whatever the others are: poor, excellent, nearly the same firm, or of which nothing is known."""

    @pytest.mark.parametrize("seed", range(8))
    def test_others_come_change_and_leave(self, seed: int) -> None:
        rng = Random(seed)
        facts = [random_enterprise(rng, ON) for _ in range(4)]
        round_ = new_round()
        mine = take_part(round_, facts[0])
        score(round_)
        alone = standing_of(mine)

        others = [take_part(round_, other) for other in (facts[1], {}, {**facts[0], "valid_invention_patents": 99})]
        score(round_)
        assert standing_of(mine) == alone, "others came in"

        for other, changed in zip(others, (facts[2], facts[3], {}), strict=True):
            set_facts(other, changed)
        score(round_)
        assert standing_of(mine) == alone, "others changed"

        for other in others:
            assessment_flow.run(other, "withdraw", actor=SYSTEM)
        score(round_)
        assert standing_of(mine) == alone, "others left"

    def test_the_order_of_entry_does_not_matter(self) -> None:
        facts = [random_enterprise(Random(seed), ON) for seed in range(4)]
        found = []
        for name, order in (("一", (0, 1, 2, 3)), ("二", (3, 2, 1, 0))):
            round_ = new_round(name=name)
            taken = {index: take_part(round_, facts[index]) for index in order}
            score(round_)
            found.append([_without_id(standing_of(taken[index])) for index in range(4)])
        assert found[0] == found[1]

    def test_a_firms_own_change_does_change_its_points(self) -> None:
        """Else the tests above could not fail."""
        round_ = new_round()
        mine = take_part(round_, {"valid_invention_patents": 0, "revenue": 5000})
        score(round_)
        before = standing_of(mine)
        set_facts(mine, {"valid_invention_patents": 20, "revenue": 5000})
        score(round_)
        assert standing_of(mine)["score"] > before["score"]


def _without_id(standing: dict[str, Any]) -> dict[str, Any]:
    return {**standing, "object": {**standing["object"], "id": None}}


class TestThroughTheApi:
    """The same by the officer's own steps: a new workbook, a new score, and what the pages are drawn from."""

    ANSWERS = ("score", "level", "level_possible", "dimensions", "capability", "programmes", "pools", "result")

    def page_of(self, officer: APIClient, round_: Round) -> dict[str, Any]:
        pk = assessment_of(round_, ADVANTAGE).pk
        page = officer.get(f"/api/v1/assessments/{pk}").json()
        placed = officer.get(f"/api/v1/placements?round={round_.pk}").json()["results"]
        own = [(row["tier"], row["tracks"]) for row in placed if row["enterprise"]["uscc"] == ADVANTAGE.uscc]
        return {**{key: page[key] for key in self.ANSWERS}, "placed": own}

    def test_a_new_workbook_with_other_firms(self, people: People, api: APIClient) -> None:
        api.force_authenticate(people.who("province_officer"))
        round_ = scored_round((ADVANTAGE,))
        alone = self.page_of(api, round_)
        assert alone["placed"]
        changed = Line(STARTER.row, ELSEWHERE.name, ELSEWHERE.uscc, ELSEWHERE.city)
        rival = Line(ADVANTAGE.row, ELSEWHERE.name, ELSEWHERE.uscc, ELSEWHERE.city)
        for firms in (FIRMS, (VETOED, ADVANTAGE), (ADVANTAGE, changed), (ADVANTAGE, rival), (ADVANTAGE,)):
            bring_in(round_, firms)
            score(round_)
            assert self.page_of(api, round_) == alone
            told = round_.imports.latest("pk").problems.filter(code="contested_right")
            assert told.exists() == (rival in firms), "who claims the same patents is told to the office"
