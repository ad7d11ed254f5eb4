"""A firm has one tier and any number of tracks, from its own approved values alone (P08, S01)."""

import pytest
from rest_framework.test import APIClient

from cultivation.core.actors import SYSTEM
from cultivation.core.models import AuditEvent
from cultivation.pools.models import Placement
from cultivation.pools.services import place_firm
from tests.factories.rounds import assessment_of, bring_in, new_round, score, scored_round
from tests.factories.workbooks import ADVANTAGE, ELSEWHERE, FIRMS, STARTER, VETOED
from tests.people import People

pytestmark = pytest.mark.django_db


def pools_of(placement: Placement) -> list[dict[str, str]]:
    tracks = placement.tracks.all()
    return [{"tier": placement.tier, "track": track.track, "status": track.standing} for track in tracks]


class TestPlacing:
    def test_pools_are_those_of_the_result(self) -> None:
        scored_round()
        for placement in Placement.objects.select_related("assessment__result"):
            assert pools_of(placement) == placement.assessment.result.object["pools"]

    def test_a_veto_gives_no_place(self) -> None:
        scored_round((VETOED,))
        assert Placement.objects.count() == 0

    def test_other_firms_change_nothing(self) -> None:
        scored_round(FIRMS)
        together = pools_of(Placement.objects.get(enterprise__uscc=STARTER.uscc))
        alone = new_round(name="独自")
        bring_in(alone, (STARTER,))
        score(alone)
        assert pools_of(Placement.objects.get(round=alone)) == together

    def test_placing_again_writes_no_second_line(self) -> None:
        round_ = scored_round((STARTER,))
        place_firm(SYSTEM, assessment=assessment_of(round_, STARTER))
        assert AuditEvent.objects.filter(action="placement.place").count() == 1

    def test_a_change_of_tier_is_written_down(self) -> None:
        round_ = scored_round((STARTER,))
        assessment = assessment_of(round_, STARTER)
        assessment.result.object["pools"] = [{"tier": "growth", "track": "general", "status": "holder"}]
        assessment.result.save()
        place_firm(SYSTEM, assessment=assessment)
        line = AuditEvent.objects.filter(action="placement.place").latest("pk")
        assert (line.before, line.after) == ("starter", "growth")

    def test_a_firm_that_loses_its_level_loses_its_place(self) -> None:
        round_ = scored_round((STARTER,))
        assessment = assessment_of(round_, STARTER)
        assessment.result.object["pools"] = []
        assessment.result.save()
        place_firm(SYSTEM, assessment=assessment)
        assert Placement.objects.count() == 0
        assert AuditEvent.objects.get(action="placement.remove").before == "starter"


class TestPage:
    """Every number on the pool's page is the length of the list that opens behind it (P18)."""

    @pytest.fixture
    def client(self, api: APIClient, people: People) -> APIClient:
        api.force_authenticate(people.who("province_officer"))
        return api

    def count(self, client: APIClient, **query: object) -> int:
        found: int = client.get("/api/v1/placements", query).json()["count"]
        return found

    def test_cells(self, client: APIClient) -> None:
        round_ = scored_round()
        page = client.get(f"/api/v1/rounds/{round_.pk}/pool").json()
        for cell in page["cells"]:
            where = {"round": round_.pk, "tier": cell["tier"], "track": cell["track"]}
            assert self.count(client, **where, standing="holder") == cell["holders"]
            assert self.count(client, **where, standing="candidate") == cell["candidates"]

    def test_divisions_and_totals(self, client: APIClient) -> None:
        round_ = scored_round()
        page = client.get(f"/api/v1/rounds/{round_.pk}/pool").json()
        assert len(page["divisions"]) == 17
        assert page["totals"] == {"advantage": 2, "starter": 1}
        for division in page["divisions"]:
            assert self.count(client, round=round_.pk, region=division["code"]) == division["firms"]

    def test_a_city_counts_its_own_division_alone(self, api: APIClient, people: People) -> None:
        """A nought for the others would be untrue: the office can't see them (C01)."""
        round_ = scored_round()
        api.force_authenticate(people.who("city_officer"))
        page = api.get(f"/api/v1/rounds/{round_.pk}/pool").json()
        assert [division["code"] for division in page["divisions"]] == ["420100"]

    @pytest.mark.parametrize(
        ("text", "found"), [("光谷", [ADVANTAGE.name]), (ELSEWHERE.uscc[-6:].lower(), [ELSEWHERE.name]), ("%", [])]
    )
    def test_search_by_part_of_name_or_code(self, client: APIClient, text: str, found: list[str]) -> None:
        scored_round()
        page = client.get("/api/v1/placements", {"q": text}).json()
        assert [row["enterprise"]["name"] for row in page["results"]] == found
