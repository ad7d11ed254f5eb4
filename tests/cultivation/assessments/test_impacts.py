"""A draft tried on the frozen facts of a past round: who moves, whose list each figure opens, and why (P03)."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from cultivation.assessments import jobs
from cultivation.assessments.models import ImpactFirm
from cultivation.core.actors import Actor
from cultivation.core.errors import Conflict, WrongState
from cultivation.core.jobs import run_now
from cultivation.core.jobs.queue import jobs_of
from cultivation.programmes.models import Round, RulebookDraft, RulebookImpact
from cultivation.programmes.services import is_fresh, move_draft, request_impact, trial_rounds
from tests.factories.drafts import BANDS, WHY, change, new_draft
from tests.factories.rounds import assessment_of, scored_round
from tests.factories.workbooks import ADVANTAGE, FIRMS, VETOED
from tests.people import People

pytestmark = pytest.mark.django_db

HIGHER_LINE = ("/tiers/2/at_least", "85")


@pytest.fixture
def officer(people: People) -> Actor:
    return people.who("province_officer").actor


@pytest.fixture
def round_(people: People) -> Round:
    return scored_round()


@pytest.fixture
def draft(officer: Actor, round_: Round) -> RulebookDraft:
    return new_draft(officer)


@pytest.fixture
def impact(officer: Actor, round_: Round, draft: RulebookDraft) -> RulebookImpact:
    """Both lines so high that whoever was above growth falls to it."""
    change(officer, draft, "/tiers/3/at_least", "100")
    change(officer, draft, "/tiers/2/at_least", "99")
    return request_impact(officer, draft=draft, round_=round_)


def levels(round_: Round) -> dict[int, str]:
    return {one.pk: one.result.level for one in round_.assessments.select_related("result")}


class TestSummary:
    def test_everybody_is_counted_and_who_was_above_the_line_falls(self, round_: Round, impact: RulebookImpact) -> None:
        summary, before = impact.summary, levels(round_)
        assert summary is not None
        above = [pk for pk, level in before.items() if level in ("advantage", "leading")]
        assert above
        assert (summary["firms"], summary["fallen"], summary["risen"]) == (len(FIRMS), len(above), 0)
        assert {firm.assessment_id for firm in impact.firms.filter(is_moved=True)} == set(above)
        assert {(firm.before, firm.after) for firm in impact.firms.filter(is_moved=True)} == {
            (before[pk], "growth") for pk in above
        }

    def test_each_group_adds_up_to_the_whole(self, impact: RulebookImpact) -> None:
        assert impact.summary is not None
        for group in ("city", "size"):
            rows = impact.summary["by"][group]
            for figure in ("firms", "moved", "risen", "fallen"):
                assert sum(row[figure] for row in rows) == impact.summary[figure]
        assert sum(step["count"] for step in impact.summary["steps"]) == impact.summary["firms"]
        assert {row["code"] for row in impact.summary["by"]["city"]} == {"420100", "420500", "429005", "420900"}

    def test_a_vetoed_firm_stays_without_a_tier(self, round_: Round, impact: RulebookImpact) -> None:
        assert assessment_of(round_, VETOED).result.level == ""
        assert impact.summary is not None
        assert {"before": "", "after": "", "count": 1} in impact.summary["steps"]

    def test_firms_with_another_score_alone_are_kept_too(
        self, officer: Actor, round_: Round, draft: RulebookDraft
    ) -> None:
        for place, points in enumerate(("3", "3", "3", "1")):
            change(officer, draft, f"{BANDS}/{place}/points", points)
        found = request_impact(officer, draft=draft, round_=round_)
        assert found.summary is not None
        stayed = found.firms.filter(is_moved=False)
        assert stayed.count() + found.summary["moved"] >= found.summary["scores_changed"] > 0
        assert all(firm.gain is not None and firm.gain > 0 for firm in stayed)

    def test_the_same_rules_move_nobody(self, officer: Actor, round_: Round, draft: RulebookDraft) -> None:
        found = request_impact(officer, draft=draft, round_=round_)
        assert found.summary is not None
        assert (found.summary["moved"], found.summary["scores_changed"], found.firms.count()) == (0, 0, 0)

    def test_a_programme_is_tried_by_its_outcomes(self, officer: Actor, round_: Round) -> None:
        found = request_impact(officer, draft=new_draft(officer, key="hnte/2016"), round_=round_)
        assert found.summary is not None
        assert (found.summary["tiers_after"], found.summary["moved"]) == ([], 0)
        assert {step["before"] for step in found.summary["steps"]} <= {"manual_review", "unknown", "met", "unmet"}


class TestFreshness:
    def test_an_impact_is_outdated_by_the_next_edit(
        self, officer: Actor, draft: RulebookDraft, impact: RulebookImpact
    ) -> None:
        assert is_fresh(impact)
        change(officer, draft, f"{BANDS}/1/points", "2.5")
        impact.refresh_from_db()
        assert not is_fresh(RulebookImpact.objects.get(pk=impact.pk))

    def test_a_fresh_one_lets_the_draft_go_on(
        self, officer: Actor, draft: RulebookDraft, impact: RulebookImpact
    ) -> None:
        assert move_draft(officer, draft=draft, name="submit_draft", data={"reason": WHY}).state == "submitted"

    def test_an_outdated_one_does_not(self, officer: Actor, draft: RulebookDraft, impact: RulebookImpact) -> None:
        change(officer, draft, f"{BANDS}/1/points", "2.5")
        with pytest.raises(WrongState, match="请先用往期批次测算"):
            move_draft(officer, draft=draft, name="submit_draft", data={"reason": WHY})

    def test_an_unreadable_draft_is_not_tried(self, officer: Actor, round_: Round, draft: RulebookDraft) -> None:
        change(officer, draft, f"{BANDS}/1/points", "很多")
        with pytest.raises(WrongState, match="这一稿还不能评分"):
            request_impact(officer, draft=draft, round_=round_)

    def test_a_size_table_has_no_firms_to_move(self, officer: Actor, round_: Round) -> None:
        draft = new_draft(officer, key="size-class/2017")
        assert list(trial_rounds(officer, draft=draft)) == []
        with pytest.raises(Conflict, match="这个批次没有可以对照的评分结果。"):
            request_impact(officer, draft=draft, round_=round_)

    def test_scored_rounds_are_offered(self, officer: Actor, round_: Round, draft: RulebookDraft) -> None:
        assert list(trial_rounds(officer, draft=draft)) == [round_]


class TestManyFirms:
    def test_many_firms_are_a_job_and_end_as_few_do(
        self, officer: Actor, round_: Round, draft: RulebookDraft, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        change(officer, draft, *HIGHER_LINE)
        few = request_impact(officer, draft=draft, round_=round_)
        monkeypatch.setattr(jobs, "FEW_FIRMS", 0)
        many = request_impact(officer, draft=draft, round_=round_)
        assert (many.summary, many.is_done) == (None, False)
        done = run_now(jobs_of(many).get())
        many.refresh_from_db()
        assert (done.state, many.summary) == ("done", few.summary)

    def test_a_job_that_runs_again_changes_nothing(self, impact: RulebookImpact) -> None:
        lines = list(impact.firms.values_list("assessment_id", "before", "after"))
        jobs.work_out_impact(impact)
        assert list(impact.firms.values_list("assessment_id", "before", "after")) == lines


@pytest.fixture
def client(people: People) -> APIClient:
    found = APIClient()
    found.force_login(people.who("province_officer"))
    return found


def firms(client: APIClient, impact: RulebookImpact, **filters: str) -> Any:
    return client.get(f"/api/v1/rulebook-impacts/{impact.pk}/firms", filters)


class TestLists:
    def test_every_figure_opens_a_list_of_as_many(self, client: APIClient, impact: RulebookImpact) -> None:
        summary = client.get(f"/api/v1/rulebook-impacts/{impact.pk}").json()["summary"]
        for direction in ("risen", "fallen", "moved"):
            assert firms(client, impact, direction=direction).json()["count"] == summary[direction]
        assert firms(client, impact, direction="rescored").json()["count"] == summary["scores_changed"]
        for step in summary["steps"]:
            if step["before"] != step["after"]:
                ends = {name: step[name] or "none" for name in ("before", "after")}
                assert firms(client, impact, **ends).json()["count"] == step["count"]
        for group, name in (("city", "city"), ("size", "size_class"), ("track", "track")):
            for row in summary["by"][group]:
                found = firms(client, impact, direction="moved", **{name: row["code"]})
                assert found.json()["count"] == row["moved"]

    def test_a_line_names_the_firm_with_both_scores(self, client: APIClient, impact: RulebookImpact) -> None:
        line = next(row for row in firms(client, impact).json()["results"] if row["name"] == ADVANTAGE.name)
        assert (line["uscc"], line["city"], line["is_moved"], line["change"] < 0) == (
            ADVANTAGE.uscc,
            "420100",
            True,
            True,
        )
        assert line["score_before"] == line["score_after"]
        assert line["tracks"]

    def test_an_unknown_direction_is_refused(self, client: APIClient, impact: RulebookImpact) -> None:
        assert firms(client, impact, direction="sideways").status_code == 422

    @pytest.mark.parametrize("role", ["city_officer", "enterprise_filler", "expert", "agency_manager", "audit_admin"])
    def test_the_province_alone_sees_them(self, people: People, role: str, impact: RulebookImpact) -> None:
        other = APIClient()
        other.force_login(people.who(role))
        firm = impact.firms.first()
        assert firm is not None
        for part in ("", "/firms", "/all-firms", f"/firms/{firm.assessment_id}"):
            assert other.get(f"/api/v1/rulebook-impacts/{impact.pk}{part}").status_code == 403
        assert ImpactFirm.objects.visible_to(people.who(role).actor).count() == 0


class TestOneFirm:
    def test_its_trace_stands_beside_that_of_the_draft(
        self, client: APIClient, round_: Round, officer: Actor, draft: RulebookDraft
    ) -> None:
        for place in range(3):
            change(officer, draft, f"{BANDS}/{place}/points", "1.5")
        change(officer, draft, f"{BANDS}/3/points", "1")
        change(officer, draft, "/scorecard/parts/0/parts/3/max", "1.5")
        impact = request_impact(officer, draft=draft, round_=round_)
        pk = assessment_of(round_, ADVANTAGE).pk
        found = client.get(f"/api/v1/rulebook-impacts/{impact.pk}/firms/{pk}").json()
        assert (found["firm"], found["before"]["key"], found["after"]["key"]) == (
            ADVANTAGE.name,
            "ip-capability/2026",
            "ip-capability/2027",
        )
        assert [row["id"] for row in found["rows"] if row["is_changed"]] == ["score", "creation", "CR-4"]
        stored = assessment_of(round_, ADVANTAGE).result
        assert found["before"]["score"] == [stored.score_low, stored.score_high]

    def test_a_clause_that_is_gone_stands_alone(
        self, client: APIClient, round_: Round, officer: Actor, draft: RulebookDraft
    ) -> None:
        change(officer, draft, "/scorecard/parts/0/parts/3", None, op="remove")
        change(officer, draft, "/scorecard/parts/0/parts/3", None, op="copy")
        impact = request_impact(officer, draft=draft, round_=round_)
        pk = assessment_of(round_, ADVANTAGE).pk
        rows = client.get(f"/api/v1/rulebook-impacts/{impact.pk}/firms/{pk}").json()["rows"]
        by_id = {row["id"]: row for row in rows}
        assert (by_id["CR-4"]["after"], by_id["CR-5-2"]["before"]) == (None, None)

    def test_a_programme_s_trace(self, client: APIClient, round_: Round, officer: Actor) -> None:
        draft = new_draft(officer, key="srdi-sme/2022")
        impact = request_impact(officer, draft=draft, round_=round_)
        pk = assessment_of(round_, ADVANTAGE).pk
        found = client.get(f"/api/v1/rulebook-impacts/{impact.pk}/firms/{pk}").json()
        assert found["before"]["result"] == found["after"]["result"]
        assert not any(row["is_changed"] for row in found["rows"])

    def test_firms_of_the_round_are_found_by_name(self, client: APIClient, impact: RulebookImpact) -> None:
        address = f"/api/v1/rulebook-impacts/{impact.pk}/all-firms"
        assert client.get(address).json()["count"] == len(FIRMS)
        assert [one["name"] for one in client.get(address, {"q": "光谷"}).json()["results"]] == [ADVANTAGE.name]
        assert client.get("/api/v1/rulebook-impacts/999/all-firms").status_code == 404
