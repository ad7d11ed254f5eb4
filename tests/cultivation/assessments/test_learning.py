"""Scorecards learned from panel scores: trained or refused as a job, advising, settled by people (P06)."""

import json
from datetime import date

import pytest
from rest_framework.test import APIClient

from cultivation.assessments.flow import advice_flow, scorecard_flow
from cultivation.assessments.jobs import run_training
from cultivation.assessments.models import Advice, Assessment, LearnedScorecard, PanelScore, TrainingRun
from cultivation.assessments.services.learning import advise_round, request_training, send_to_workshop
from cultivation.core.actors import SYSTEM
from cultivation.core.errors import BadInput, NotAllowed, WrongState
from cultivation.core.jobs import JobContext, run_now
from cultivation.core.models import AuditEvent, Job
from cultivation.programmes.models import PinnedRulebook, PublishedRulebook, Round, RulebookDraft
from cultivation.programmes.services import move_draft, preview_pins
from scoring import parse_rulebook
from tests.factories.cases import set_facts, take_part
from tests.factories.learning import ENOUGH, decide, learned_scorecard, panel_round, trained
from tests.factories.rounds import new_round, score
from tests.people import People

pytestmark = pytest.mark.django_db


def train(origin: str = "panel") -> TrainingRun:
    run, job = request_training(SYSTEM, origin=origin)
    assert run_now(job).state == "done"
    run.refresh_from_db()
    return run


class TestTraining:
    def test_enough_cases_give_a_scorecard_that_advises(self) -> None:
        round_ = panel_round()
        run = train()
        kept = run.scorecard
        assert kept is not None
        assert (run.refusal, run.cases, kept.state, kept.origin) == (None, ENOUGH, "advising", "panel")
        assert kept.card["data"]["cases"] == kept.cases
        assert kept.fingerprint == parse_rulebook(kept.document).fingerprint
        assert kept.is_demonstration
        assert Advice.objects.filter(scorecard=kept, assessment__round=round_, state="open").exists()
        assert Job.objects.get(kind="assessments.train_scorecard").note.startswith(f"学习了 {kept.cases} 个案例")

    def test_too_few_cases_are_refused_in_words_that_are_kept(self) -> None:
        panel_round(20)
        run = train()
        assert run.refusal == {
            "zh": "可用案例只有20家企业，至少需要100家",
            "en": "only 20 firms have usable cases, at least 100 are needed",
        }
        assert (run.scorecard, LearnedScorecard.objects.count()) == (None, 0)
        assert "至少需要100家" in Job.objects.get(kind="assessments.train_scorecard").note

    def test_scores_made_by_the_expert_formula_are_refused(self) -> None:
        panel_round()
        for mark in PanelScore.objects.select_related("assessment__result"):
            PanelScore.objects.filter(pk=mark.pk).update(score=min(105, 1.15 * mark.assessment.result.score_low))
        run = train()
        assert run.refusal is not None
        assert "真人评审不会这样一致" in run.refusal["zh"]

    def test_panels_of_two_kinds_are_never_mixed(self) -> None:
        panel_round(15, origin="simulated")
        assert train("panel").cases == 0
        assert train("simulated").cases == 15

    def test_without_any_round_there_is_nothing_to_compare_with(self) -> None:
        run, _ = request_training(SYSTEM, origin="panel")
        job = run_now(Job.objects.get(kind="assessments.train_scorecard"))
        assert (job.state, "没有可以对照的评分表" in job.error) == ("failed", True)
        run.refresh_from_db()
        assert run.finished_at is None

    def test_one_training_at_a_time(self) -> None:
        request_training(SYSTEM, origin="panel")
        with pytest.raises(WrongState, match="已有训练正在进行"):
            request_training(SYSTEM, origin="simulated")

    def test_an_unknown_origin(self) -> None:
        with pytest.raises(BadInput):
            request_training(SYSTEM, origin="formula")

    def test_only_the_province_trains(self, people: People) -> None:
        with pytest.raises(NotAllowed):
            request_training(people.who("city_leader").actor, origin="panel")


class TestWhoAdvises:
    def test_a_new_scorecard_takes_the_place_of_the_one_before(self) -> None:
        new_round()
        first, second = learned_scorecard("simulated"), learned_scorecard("panel")
        first.refresh_from_db()
        assert (first.state, second.state) == ("retired", "advising")

    def test_a_simulated_panel_never_takes_the_place_of_a_real_one(self) -> None:
        new_round()
        real, simulated = learned_scorecard("panel"), learned_scorecard("simulated")
        real.refresh_from_db()
        assert (real.state, simulated.state) == ("advising", "retired")

    def test_once_retired_nothing_advises(self, people: People) -> None:
        round_ = panel_round(10)
        kept = learned_scorecard()
        with pytest.raises(NotAllowed):
            scorecard_flow.run(kept, "retire", actor=people.who("city_leader").actor)
        scorecard_flow.run(kept, "retire", actor=people.who("province_officer").actor)
        assert advise_round(SYSTEM, round_) == 0
        assert Advice.objects.count() == 0


class TestAdvice:
    @pytest.fixture
    def round_(self) -> Round:
        return panel_round(60)

    def advised(self, round_: Round) -> list[Advice]:
        learned_scorecard()
        advise_round(SYSTEM, round_)
        found = list(Advice.objects.select_related("assessment__result"))
        assert found
        return found

    def test_each_is_a_tier_or_more_apart_with_its_causes(self, round_: Round) -> None:
        tiers = ["starter", "growth", "advantage", "leading"]
        for advice in self.advised(round_):
            assert advice.expert == advice.assessment.result.level
            assert tiers.index(advice.learned) - tiers.index(advice.expert) == advice.steps != 0
            assert advice.causes
            assert all(cause["difference"] * advice.steps > 0 for cause in advice.causes)

    def test_firms_under_a_veto_are_not_compared(self, round_: Round) -> None:
        advised = self.advised(round_)[0].assessment
        facts = {answer.code: answer.approved for answer in advised.answers.all()}
        set_facts(advised, {**facts, "serious_dishonesty": True})
        decide(round_, [advised])
        advise_round(SYSTEM, round_)
        assert not Advice.objects.filter(assessment=advised).exists()

    def test_comparing_again_changes_nothing(self, round_: Round) -> None:
        before = [advice.pk for advice in self.advised(round_)]
        advise_round(SYSTEM, round_)
        assert list(Advice.objects.values_list("pk", flat=True)) == before

    def test_what_agrees_after_a_new_score_lapses_and_is_written_down(self, round_: Round) -> None:
        advice = self.advised(round_)[0]
        set_facts(advice.assessment, {"revenue": 5000})
        decide(round_, [advice.assessment])
        advise_round(SYSTEM, round_)
        assert not Advice.objects.filter(pk=advice.pk).exists()
        assert AuditEvent.objects.get(action="advice.lapse").detail == {"assessment": advice.assessment_id}

    def test_what_a_person_settled_stays_settled_on_the_same_facts(self, round_: Round, people: People) -> None:
        officer = people.who("province_officer").actor
        advice = self.advised(round_)[0]
        advice_flow.run(advice, "keep_tier", actor=officer, reason="专家组未看到体系证书")
        advise_round(SYSTEM, round_)
        assert list(Advice.objects.filter(assessment=advice.assessment)) == [advice]
        facts = {answer.code: answer.approved for answer in advice.assessment.answers.all()}
        set_facts(advice.assessment, {**facts, "niche_years": 3})
        decide(round_, [advice.assessment])
        advise_round(SYSTEM, round_)
        states = list(Advice.objects.filter(assessment=advice.assessment).values_list("state", flat=True))
        assert states == ["settled", "open"]

    def test_a_person_takes_gives_back_and_settles(self, round_: Round, people: People) -> None:
        officer = people.who("province_officer").actor
        advice = self.advised(round_)[0]
        advice_flow.run(advice, "take", actor=officer)
        assert (advice.state, advice.handler, advice.handler_id) == ("looking", officer.name, officer.user_id)
        advice_flow.run(advice, "give_back", actor=officer)
        assert (advice.state, advice.handler) == ("open", "")
        advice_flow.run(advice, "ask_review", actor=officer, reason="两项佐证存疑，请复核")
        assert (advice.state, advice.outcome, advice.settled_by) == ("settled", "review", officer.name)
        with pytest.raises(WrongState):
            advice_flow.run(advice, "keep_tier", actor=officer, reason="再来一次")
        moves = AuditEvent.objects.filter(subject_type="assessments.advice").values_list("action", flat=True)
        assert list(moves) == ["advice.take", "advice.give_back", "advice.ask_review"]

    @pytest.mark.parametrize("reason", ["", "  好  ", "字" * 2001])
    def test_a_reason_is_asked_for(self, round_: Round, reason: str) -> None:
        with pytest.raises(BadInput, match="请写明理由"):
            advice_flow.run(self.advised(round_)[0], "keep_tier", actor=SYSTEM, reason=reason)

    def test_the_tier_itself_does_not_move(self, round_: Round) -> None:
        """Advice is advice: results and levels stay those of the rulebooks."""
        before = list(Assessment.objects.order_by("pk").values_list("result__level", "result__fingerprint"))
        for advice in self.advised(round_):
            advice_flow.run(advice, "ask_review", actor=SYSTEM, reason="请人工核对")
        assert list(Assessment.objects.order_by("pk").values_list("result__level", "result__fingerprint")) == before

    def test_scoring_a_round_compares_it_by_itself(self) -> None:
        new_round(name="先前")
        learned_scorecard()
        round_ = new_round()
        take_part(round_, {"revenue": 5000})
        score(round_)
        assert run_now(Job.objects.get(kind="assessments.advise_round")).result == {"advice": 0}

    def test_a_round_judged_by_other_tiers_is_not_compared(self, round_: Round) -> None:
        other = PublishedRulebook.objects.get(key="ip-capability/2026")
        document = {**other.document, "version": "2027", "tiers": other.document["tiers"][:2]}
        rulebook = parse_rulebook(document)
        published = PublishedRulebook.objects.create(
            key=rulebook.key, programme="ip-capability", version="2027", title="少两级", source_status="calibrated",
            fingerprint=rulebook.fingerprint, document=document,
        )  # fmt: skip
        PinnedRulebook.objects.filter(round=round_, programme="ip-capability").update(
            rulebook=published, fingerprint=rulebook.fingerprint
        )
        learned_scorecard()
        assert advise_round(SYSTEM, round_) == 0


class TestWorkshop:
    """A learned scorecard decides only after two people; there is no other way."""

    def send(self, people: People, kept: LearnedScorecard) -> RulebookDraft:
        officer = people.who("province_officer").actor
        return send_to_workshop(officer, scorecard=kept, version="2026-learned", starts=date(2027, 1, 1))

    def test_it_becomes_a_sound_draft_in_place_of_the_expert_scorecard(self, people: People) -> None:
        new_round()
        kept = learned_scorecard()
        draft = self.send(people, kept)
        assert (draft.key, draft.state, draft.base.key) == ("ip-capability/2026-learned", "draft", "ip-capability/2026")
        assert draft.document["supersedes"] == ["ip-capability/2026"]
        assert draft.document["scorecard"] == kept.document["scorecard"]
        assert draft.problem_count == 0, draft
        kept.refresh_from_db()
        assert kept.draft == draft

    def test_a_round_pins_it_once_a_second_person_has_published_it(self, people: People) -> None:
        new_round()
        draft = self.send(people, learned_scorecard())
        officer, leader = people.who("province_officer").actor, people.who("province_leader").actor
        move_draft(officer, draft=draft, name="explain_no_impact", data={"reason": "首次使用，另行测算"})
        move_draft(officer, draft=draft, name="submit_draft", data={"reason": "专家组评分学习所得"})
        with pytest.raises(NotAllowed):
            move_draft(officer, draft=draft, name="approve_draft", data={})
        before = {pin.programme: pin.rulebook for pin in preview_pins(kind="new", on=date(2027, 3, 1))}
        assert before["ip-capability"].key == "ip-capability/2026"
        move_draft(leader, draft=draft, name="approve_draft", data={})
        after = {pin.programme: pin.rulebook for pin in preview_pins(kind="new", on=date(2027, 3, 1))}
        assert after["ip-capability"].key == "ip-capability/2026-learned"
        round_ = new_round(name="按学习评分表", on=date(2027, 3, 1))
        row = take_part(round_, {"revenue": 5000, "valid_invention_patents": 5})
        score(round_)
        found = Assessment.objects.get(pk=row.pk).result.object["capability"]
        assert found["rulebook"] == "ip-capability/2026-learned"
        assert found["level"] in {"starter", "growth"}

    def test_a_simulated_panels_is_refused(self, people: People) -> None:
        new_round()
        with pytest.raises(WrongState, match="模拟专家组的评分不是真实评审意见"):
            self.send(people, learned_scorecard("simulated"))
        assert RulebookDraft.objects.count() == 0

    def test_it_is_sent_once_unless_the_draft_is_discarded(self, people: People) -> None:
        new_round()
        kept = learned_scorecard()
        draft = self.send(people, kept)
        with pytest.raises(WrongState, match="已送入规则工坊"):
            self.send(people, kept)
        move_draft(people.who("province_officer").actor, draft=draft, name="discard_draft", data={})
        assert self.send(people, kept).pk != draft.pk

    def test_a_bad_version_is_refused(self, people: People) -> None:
        new_round()
        officer = people.who("province_officer").actor
        with pytest.raises(BadInput):
            send_to_workshop(officer, scorecard=learned_scorecard(), version="第一版", starts=date(2027, 1, 1))


class TestApi:
    @pytest.fixture
    def officer(self, people: People, api: APIClient) -> APIClient:
        api.force_authenticate(people.who("province_officer"))
        return api

    def test_the_card_is_readable_and_comes_as_files(self, officer: APIClient) -> None:
        new_round()
        kept = learned_scorecard("simulated")
        address = f"/api/v1/learned-scorecards/{kept.pk}"
        page = officer.get(address).json()
        assert page["card"] == json.loads(json.dumps(trained("simulated").card))
        assert (page["scorecard"]["origin_label"], page["card"]["simulated"]) == ("模拟专家组", True)
        assert [chart["title"] for chart in page["charts"]]
        for chart in page["charts"]:
            assert [step["is_unknown"] for step in chart["steps"]].count(True) == 1
            assert all(step["label"] for step in chart["steps"])
        assert json.loads(officer.get(f"{address}/card").content) == page["card"]
        text = officer.get(f"{address}/rulebook").content.decode()
        assert parse_rulebook(text).fingerprint == kept.fingerprint
        actions = {one["name"]: one for one in page["actions"]}
        assert actions["retire"]["enabled"]
        assert actions["send_to_workshop"]["needs"] == ["version", "starts"]
        assert actions["send_to_workshop"]["reason"].startswith("模拟专家组")

    def test_every_named_feature_of_the_card_has_its_steps(self, officer: APIClient) -> None:
        new_round()
        page = officer.get(f"/api/v1/learned-scorecards/{learned_scorecard().pk}", headers={"accept-language": "en"})
        charts, features = page.json()["charts"], page.json()["card"]["features"]
        assert [(chart["part"], chart["tier"], chart["title"]) for chart in charts] == [
            (row["part"], row["tier"], row["title"]["en"]) for row in features
        ]
        for chart, feature in zip(charts, features, strict=True):
            known = [step["points"] for step in chart["steps"] if not step["is_unknown"]]
            assert max(known) - min(known) == pytest.approx(feature["most"], abs=1e-3)

    def test_what_there_is_to_learn_from(self, officer: APIClient) -> None:
        real = panel_round(5)
        simulated = panel_round(3, name="模拟", origin="simulated")
        new_round(name="还没有评分")
        page = officer.get("/api/v1/learning").json()
        assert [(one["round"], one["firms"], one["can_import"]["enabled"]) for one in page["panels"]] == [
            (simulated.pk, 3, True),
            (real.pk, 5, True),
        ]
        assert page["panels"][0]["panels"] == [
            {"origin": "simulated", "label": "模拟专家组", "cases": 3, "scores": 9, "reviewers": 7}
        ]
        assert [(one["origin"], one["cases"], one["scores"]) for one in page["origins"]] == [
            ("panel", 5, 15),
            ("simulated", 3, 9),
        ]
        assert (page["advising"], page["run"]) == (None, None)

    def test_a_training_is_asked_for_and_its_refusal_read(self, officer: APIClient) -> None:
        panel_round(5)
        may = {one["origin"]: one["can_train"] for one in officer.get("/api/v1/learning").json()["origins"]}
        assert (may["panel"]["enabled"], may["simulated"]["reason"]) == (True, "还没有这种专家组的评分，请先导入。")
        asked = officer.post("/api/v1/trainings", {"origin": "panel"}, format="json")
        assert (asked.status_code, asked.json()["job"]["state"]) == (202, "queued")
        busy = officer.get("/api/v1/learning").json()["origins"][0]["can_train"]
        assert busy["reason"] == "已有训练正在进行，请稍候。"
        run_now(Job.objects.get(kind="assessments.train_scorecard"))
        run = officer.get("/api/v1/learning").json()["run"]
        assert run["refusal"]["zh"] == "可用案例只有5家企业，至少需要100家"
        assert officer.get("/api/v1/trainings").json()["count"] == 1

    def test_the_queue_is_worked_off(self, officer: APIClient) -> None:
        round_ = panel_round(60)
        kept = learned_scorecard()
        advise_round(SYSTEM, round_)
        address = f"/api/v1/advice?scorecard={kept.pk}&round={round_.pk}&state=open"
        page = officer.get(address).json()
        assert page["count"] == Advice.objects.count() > 0
        first = page["results"][0]
        assert first["causes"][0]["facts"][0]["value"]
        assert {one["name"] for one in first["actions"]} == {"take", "keep_tier", "ask_review"}
        settled = officer.post(
            f"/api/v1/advice/{first['id']}/actions/keep_tier", {"reason": "专家未见佐证材料"}, format="json"
        ).json()
        assert (settled["state"], settled["outcome_label"], settled["actions"]) == ("settled", "维持评分表等级", [])
        assert officer.get(address).json()["count"] == page["count"] - 1
        card = officer.get(f"/api/v1/learned-scorecards/{kept.pk}").json()
        assert (card["open_advice"], card["advice"]) == (page["count"] - 1, page["count"])

    def test_sending_to_the_workshop_asks_for_version_and_date(self, officer: APIClient) -> None:
        new_round()
        address = f"/api/v1/learned-scorecards/{learned_scorecard().pk}/actions/send_to_workshop"
        refused = officer.post(address, {"version": "2027a"}, format="json")
        assert (refused.status_code, refused.json()["code"]) == (422, "incomplete")
        sent = officer.post(address, {"version": "2027a", "starts": "2027-01-01"}, format="json")
        assert sent.json()["scorecard"]["draft"]["key"] == "ip-capability/2027a"

    def test_retiring_by_the_api(self, officer: APIClient) -> None:
        new_round()
        kept = learned_scorecard()
        answer = officer.post(f"/api/v1/learned-scorecards/{kept.pk}/actions/retire", {}, format="json")
        assert answer.json()["scorecard"]["state"] == "retired"
        assert officer.get("/api/v1/learned-scorecards").json()["count"] == 1


def test_a_job_that_is_run_again_trains_once_more_and_keeps_one_advising() -> None:
    """At-least-once: a worker killed after the training leaves nothing double that advises."""
    panel_round()
    run = train()
    job = Job.objects.get(kind="assessments.train_scorecard")
    Job.objects.filter(pk=job.pk).update(state="running")
    job.refresh_from_db()
    run_training(JobContext(job), run_id=run.pk)
    assert LearnedScorecard.objects.filter(state="advising").count() == 1
