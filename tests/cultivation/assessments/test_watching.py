"""What stands out in a round is found, counted, and opens its list; few firms are told as few (P24)."""

from datetime import date
from random import Random
from typing import Any

import pytest
from rest_framework.test import APIClient

from cultivation.assessments.models import PanelScore, Result, Watch, WatchFinding
from cultivation.assessments.services.watching import earlier_rounds, request_watch
from cultivation.core.actors import SYSTEM
from cultivation.core.errors import BadInput, WrongState
from cultivation.core.jobs import run_now
from cultivation.core.jobs.queue import jobs_of
from cultivation.programmes.models import Round
from tests.factories.accounts import EnterpriseFactory
from tests.factories.cases import take_part
from tests.factories.rounds import new_round, score
from tests.people import People

pytestmark = pytest.mark.django_db
BEFORE, NOW = date(2026, 2, 1), date(2026, 3, 31)
CITIES = ("420100", "420500", "421000")
SPECIFIC = {"revenue": 4321.5, "rd_expense": 234.56, "total_assets": 8765.4, "employees": 187}


def facts(rng: Random, *, patents: int = 3) -> dict[str, Any]:
    revenue = round(rng.uniform(2100, 9000), 2)
    return {
        "revenue": revenue,
        "rd_expense": round(revenue * rng.uniform(0.03, 0.05), 2),
        "valid_invention_patents": patents,
        "ip_department": rng.choice(["part_time", "dedicated"]),
        "employees": rng.randint(40, 300),
    }


@pytest.fixture
def two_rounds(django_db_blocker: Any) -> tuple[Round, Round]:
    """Ten firms in each of three cities, in two rounds. In the second, Wuhan's have many more patents, one firm's
    revenue is tenfold, and two firms hold the same unusual values."""
    rng = Random(1)
    firms = [EnterpriseFactory(name=f"企业{i:02}", region=CITIES[i % 3]) for i in range(30)]
    before, now = new_round(name="上一批次", on=BEFORE), new_round(name="本批次", on=NOW)
    for index, firm in enumerate(firms):
        own = facts(rng)
        take_part(before, own, enterprise=firm)
        later = {**own, "revenue": round(own["revenue"] * rng.uniform(1.0, 1.1), 2)}
        later |= {"valid_invention_patents": 25} if index % 3 == 0 else {}
        later |= {"revenue": own["revenue"] * 10} if index == 4 else {}
        later |= SPECIFIC if index in (7, 8) else {}
        take_part(now, later, enterprise=firm)
    score(before)
    score(now)
    run_now(jobs_of(Watch.objects.get(round=now)).latest("pk"))
    return before, now


class TestPage:
    @pytest.fixture
    def officer(self, people: People, api: APIClient) -> APIClient:
        api.force_authenticate(people.who("province_officer"))
        return api

    def page(self, officer: APIClient, round_: Round, **headers: Any) -> dict[str, Any]:
        found: dict[str, Any] = officer.get(f"/api/v1/rounds/{round_.pk}/watch", **headers).json()
        return found

    def listed(self, officer: APIClient, round_: Round, query: str) -> dict[str, Any]:
        found: dict[str, Any] = officer.get(f"/api/v1/rounds/{round_.pk}/watch/{query}").json()
        return found

    def test_it_is_looked_over_when_it_has_been_scored_beside_the_round_before(
        self, officer: APIClient, two_rounds: tuple[Round, Round]
    ) -> None:
        before, now = two_rounds
        page = self.page(officer, now)
        assert (page["firms"], page["against"]["name"], page["job"]["state"]) == (30, "上一批次", "done")
        assert [one["id"] for one in page["choices"]] == [before.pk]

    def test_cities_stand_beside_the_rest_and_open_their_firms(
        self, officer: APIClient, two_rounds: tuple[Round, Round]
    ) -> None:
        _, now = two_rounds
        page = self.page(officer, now)
        wuhan = page["cities"][0]
        assert (wuhan["name"], wuhan["size"], wuhan["stands_out"]) == ("武汉市", 10, True)
        assert wuhan["bounds"][0] <= wuhan["mean"] <= wuhan["bounds"][1]
        assert wuhan["rest"] < wuhan["mean"]
        for city in page["cities"]:
            rows = self.listed(officer, now, f"firms?region={city['code']}")
            assert (rows["count"], {row["region_name"] for row in rows["results"]}) == (city["size"], {city["name"]})

    def test_a_leap_is_listed_with_what_is_usual(self, officer: APIClient, two_rounds: tuple[Round, Round]) -> None:
        before, now = two_rounds
        page, rows = self.page(officer, now), self.listed(officer, now, "findings?kind=jump")
        assert rows["count"] == page["jumps"]
        revenue = next(row for row in rows["results"] if row["firm"]["name"] == "企业04")
        assert revenue["change"]["label"] == "上年度营业收入"
        assert revenue["other"]["id"] == before.assessments.get(enterprise__name="企业04").pk
        assert {row["firm"]["name"] for row in rows["results"]} >= {"企业04", "企业00", "企业27"}

    def test_equal_answers_are_listed_as_pairs(self, officer: APIClient, two_rounds: tuple[Round, Round]) -> None:
        page = self.page(officer, two_rounds[1])
        rows = self.listed(officer, two_rounds[1], "findings?kind=copy")
        assert (page["copies"], rows["count"]) == (1, 1)
        [pair] = rows["results"]
        assert {pair["firm"]["name"], pair["other"]["name"]} == {"企业07", "企业08"}
        assert {(one["label"], one["value"]) for one in pair["shared"]} >= {("上年度营业收入", "4,321.5 万元")}

    def test_what_has_moved_comes_first_and_each_bin_opens_its_firms(
        self, officer: APIClient, two_rounds: tuple[Round, Round]
    ) -> None:
        now = two_rounds[1]
        rows = self.page(officer, now)["stability"]
        assert rows[0]["code"] == "score"
        patents = rows[1]
        assert (patents["code"], patents["verdict"]) == ("valid_invention_patents", "shifted")
        for row in rows[:6]:
            for index, one in enumerate(row["bins"]):
                found = self.listed(officer, now, f"firms?fact={row['code']}&bin={index}")
                assert found["count"] == one["after"], (row["code"], one)

    def test_it_speaks_english_too(self, officer: APIClient, two_rounds: tuple[Round, Round]) -> None:
        page = self.page(officer, two_rounds[1], headers={"accept-language": "en"})
        assert [row["label"] for row in page["stability"][:2]] == [
            "Capability score (certain points)",
            "Valid invention patents",
        ]
        labels = {one["label"] for row in page["stability"] for one in row["bins"]}
        assert {"Unknown", "Dedicated"} <= labels

    def test_reviewers_are_compared_once_there_are_panel_scores(
        self, officer: APIClient, two_rounds: tuple[Round, Round]
    ) -> None:
        now = two_rounds[1]
        assert self.page(officer, now)["reviewers"] == []
        rng = Random(3)
        PanelScore.objects.bulk_create(
            PanelScore(assessment=row, reviewer=who, score=50 + rng.uniform(-3, 3) + lean, origin="panel")
            for row in now.assessments.all()
            for who, lean in (("宽", 15), ("平", 0), ("中", 0))
        )
        run_now(request_watch(SYSTEM, round_=now))
        rows = self.page(officer, now)["reviewers"]
        assert (rows[0]["reviewer"], rows[0]["shared"]) == ("宽", 30)
        assert rows[0]["stands_out"]
        assert 0 < rows[0]["shrunk"] <= rows[0]["raw"]

    def test_a_round_nobody_looked_over_yet(self, officer: APIClient) -> None:
        round_ = new_round()
        page = self.page(officer, round_)
        assert (page["computed_at"], page["cities"], page["job"]) == (None, [], None)
        assert officer.get(f"/api/v1/rounds/{round_.pk}/watch/findings").status_code == 404
        answer = officer.post(f"/api/v1/rounds/{round_.pk}/watch", {}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (409, "not_scored")

    def test_an_unknown_fact_has_no_firms(self, officer: APIClient, two_rounds: tuple[Round, Round]) -> None:
        assert self.listed(officer, two_rounds[1], "firms?fact=nothing&bin=0")["count"] == 0


class TestAsking:
    def test_a_first_round_has_nothing_to_be_compared_with(self) -> None:
        round_ = new_round()
        take_part(round_, {"revenue": 5000})
        score(round_)
        run_now(jobs_of(Watch.objects.get()).latest("pk"))
        watch = Watch.objects.get()
        assert (watch.against, watch.body["stability"], watch.findings.count()) == (None, [], 0)
        assert watch.body["cities"]["rows"][0]["bounds"] is None

    def test_scoring_again_looks_it_over_again(self) -> None:
        round_ = new_round()
        take_part(round_, {"revenue": 5000})
        score(round_)
        score(round_)
        assert jobs_of(Watch.objects.get()).count() == 2

    def test_asking_twice_at_once_is_refused(self) -> None:
        round_ = new_round()
        take_part(round_, {})
        score(round_)
        with pytest.raises(WrongState, match="已经在计算"):
            request_watch(SYSTEM, round_=round_)

    def test_only_an_earlier_scored_round_of_the_kind_can_be_compared(self) -> None:
        later, same = new_round(name="晚", on=NOW), new_round(name="早", on=BEFORE)
        for round_ in (later, same):
            take_part(round_, {})
        score(later)
        run_now(jobs_of(Watch.objects.get()).latest("pk"))
        for wrong in (same, later):
            with pytest.raises(BadInput, match="只能与评价日期更早"):
                request_watch(SYSTEM, round_=later, against=wrong)
        score(same)
        assert list(earlier_rounds(later)) == [same]
        assert run_now(request_watch(SYSTEM, round_=later, against=same)).state == "done"

    def test_a_value_that_is_no_value_any_more_is_left_out(self) -> None:
        round_ = new_round()
        row = take_part(round_, {"revenue": 5000, "employees": 10})
        score(round_)
        row.answers.filter(code="employees").update(approved="many")
        assert run_now(jobs_of(Watch.objects.get()).latest("pk")).state == "done"

    def test_findings_are_replaced_not_added(self) -> None:
        round_ = new_round()
        for _ in range(2):
            take_part(round_, SPECIFIC)
        score(round_)
        for _ in range(2):
            job = jobs_of(Watch.objects.get()).filter(state="queued").first() or request_watch(SYSTEM, round_=round_)
            run_now(job)
        assert WatchFinding.objects.count() == 1

    def test_firms_without_points_are_no_part_of_a_mean(self) -> None:
        round_ = new_round()
        for _ in range(2):
            take_part(round_, {"revenue": 5000})
        score(round_)
        Result.objects.filter(pk=Result.objects.earliest("pk").pk).update(score_low=None)
        run_now(jobs_of(Watch.objects.get()).latest("pk"))
        assert [row["size"] for row in Watch.objects.get().body["cities"]["rows"]] == [1]
