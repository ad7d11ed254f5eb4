"""A workbook becomes firms, facts and findings of a round; scoring stores what the rulebooks say of them (E19, P03)."""

from datetime import date

import pytest

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Assessment, ImportProblem, WorkbookImport
from cultivation.assessments.services import facts_of, receive_workbook, score_assessments
from cultivation.core.actors import SYSTEM
from cultivation.core.errors import BadInput, DomainError, WrongState
from cultivation.core.jobs import cancel_job, run_now
from cultivation.core.jobs.queue import jobs_of
from cultivation.core.models import AuditEvent, Job
from cultivation.operations.services import overview
from cultivation.pools.models import Placement
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import Round
from cultivation.publication.services import draft_entries
from tests.factories.rounds import assessment_of, bring_in, new_round, published_round, score, scored_round
from tests.factories.workbooks import ADVANTAGE, ELSEWHERE, FIRMS, STARTER, VETOED, cut_workbook

pytestmark = pytest.mark.django_db


def lines_of(subject: str) -> list[str]:
    return list(AuditEvent.objects.filter(subject_type=subject).values_list("action", flat=True))


class TestImport:
    def test_each_firm_stands_where_the_office_wrote_it(self) -> None:
        bring_in(new_round())
        found = Assessment.objects.order_by("row").values_list("row", "enterprise__name", "enterprise__region", "state")
        assert list(found) == [
            (5, ADVANTAGE.name, "420100", "city_checked"),
            (6, ELSEWHERE.name, "420500", "city_checked"),
            (7, STARTER.name, "429005", "city_checked"),
            (8, VETOED.name, "420900", "city_checked"),
        ]

    def test_the_job_tells_what_it_found(self) -> None:
        done = bring_in(new_round())
        record = WorkbookImport.objects.get()
        assert done.result == {"firms": 4, "rights": 48, "problems": ImportProblem.objects.count()}
        assert (record.firms, record.rights, record.is_finished) == (4, 48, True)

    def test_a_declared_count_gives_way_to_the_ledger_and_both_are_kept(self) -> None:
        round_ = new_round()
        bring_in(round_)
        answer = assessment_of(round_, ADVANTAGE).answers.get(code="valid_invention_patents")
        assert (answer.source, answer.declared == answer.approved) == ("ledger", False)

    def test_rights_are_judged_on_the_day_of_the_round(self) -> None:
        """What keeps a right from counting is said of the same day on which it is counted."""
        late = date(2026, 5, 1)
        bring_in(new_round(on=late))
        said = set(ImportProblem.objects.filter(code="granted_in_future").values_list("problem", flat=True))
        assert said == {"授权日晚于评价日期（2026-05-01）"}

    def test_the_same_file_again_changes_no_fact(self) -> None:
        round_ = new_round()
        bring_in(round_)
        before = facts_of(assessment_of(round_, ADVANTAGE))
        bring_in(round_)
        assert facts_of(assessment_of(round_, ADVANTAGE)) == before
        assert (Assessment.objects.count(), Enterprise.objects.count(), round_.firms) == (4, 4, 4)

    def test_an_import_that_was_killed_midway_ends_as_if_it_had_not(self) -> None:
        round_ = new_round()
        job = receive_workbook(SYSTEM, round_=round_, data=cut_workbook(), filename="a.xlsx")
        Assessment.objects.create(round=round_, enterprise=_half_imported())
        run_now(job)
        round_.refresh_from_db()
        assert (round_.firms, Assessment.objects.standing().count()) == (4, 4)

    def test_each_firm_leaves_a_line_in_the_audit_trail(self) -> None:
        bring_in(new_round())
        assert lines_of("assessments.assessment") == ["assessment.accept_import"] * 4
        assert lines_of("accounts.enterprise") == ["enterprise.register"] * 4


def _half_imported() -> Enterprise:
    return Enterprise.objects.create(uscc=STARTER.uscc, name=STARTER.name, region="429005")


class TestSecondWorkbook:
    """The second workbook no longer names 宜昌清江化工."""

    @pytest.fixture
    def round_(self) -> Round:
        round_ = scored_round()
        bring_in(round_, (ADVANTAGE, STARTER, VETOED))
        return round_

    def test_the_firm_is_withdrawn_with_its_answers_kept(self, round_: Round) -> None:
        gone = assessment_of(round_, ELSEWHERE)
        assert (gone.state, gone.answers.exists()) == ("withdrawn", True)

    def test_it_leaves_its_pool_and_the_list(self, round_: Round) -> None:
        assert not Placement.objects.filter(enterprise__uscc=ELSEWHERE.uscc).exists()
        assert [entry["name"] for entry in draft_entries(round_)] == [ADVANTAGE.name]
        assert "placement.remove" in lines_of("pools.placement")

    def test_counts_follow(self, round_: Round) -> None:
        score(round_)
        found = overview.counts(round_, SYSTEM)
        assert [found[key] for key in ("firms", "scored", "placed", "listed", "plans")] == [3, 3, 2, 1, 2]

    def test_the_round_must_be_scored_again_before_it_is_published(self, round_: Round) -> None:
        with pytest.raises(WrongState, match="还有 3 家企业没有评分"):
            round_flow.run(round_, "publish", actor=SYSTEM)

    def test_a_third_workbook_brings_it_back(self, round_: Round) -> None:
        bring_in(round_)
        score(round_)
        assert (assessment_of(round_, ELSEWHERE).state, len(draft_entries(round_))) == ("decided", 2)


class TestRefusals:
    def test_nothing_is_imported_after_publication(self) -> None:
        round_ = published_round((STARTER,))
        with pytest.raises(WrongState, match="批次处于“已发布”，不能再导入汇总表。"):
            bring_in(round_)

    def test_nothing_is_scored_before_the_import(self) -> None:
        with pytest.raises(WrongState, match="请先导入汇总表。"):
            round_flow.run(new_round(), "score", actor=SYSTEM)

    def test_of_two_uploads_the_second_waits_for_the_first(self) -> None:
        round_ = new_round()
        receive_workbook(SYSTEM, round_=round_, data=cut_workbook(), filename="a.xlsx")
        with pytest.raises(WrongState, match="有任务正在进行，完成后再导入。"):
            receive_workbook(SYSTEM, round_=round_, data=cut_workbook(), filename="b.xlsx")

    def test_a_half_read_workbook_is_neither_scored_nor_published(self) -> None:
        round_ = scored_round()
        job = receive_workbook(SYSTEM, round_=round_, data=cut_workbook(), filename="a.xlsx")
        stop_at_first_batch(job)
        round_.refresh_from_db()
        for move in ("rescore", "publish"):
            with pytest.raises(WrongState, match="请先导入汇总表"):
                round_flow.run(round_, move, actor=SYSTEM)

    def test_a_file_that_is_no_workbook_is_refused_before_it_is_kept(self) -> None:
        with pytest.raises(BadInput):
            receive_workbook(SYSTEM, round_=new_round(), data=b"<html></html>", filename="a.xlsx")
        assert not WorkbookImport.objects.exists()


def stop_at_first_batch(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(cancel_requested=True)
    assert run_now(job).state == "cancelled"


class TestScoring:
    def test_levels_follow_from_the_facts(self) -> None:
        round_ = scored_round()
        levels = {firm.name: assessment_of(round_, firm).result.level for firm in FIRMS}
        assert levels == {
            ADVANTAGE.name: "advantage",
            ELSEWHERE.name: "advantage",
            STARTER.name: "starter",
            VETOED.name: "",
        }

    def test_scoring_again_gives_the_same(self) -> None:
        round_ = scored_round()
        before = {a.pk: a.result.fingerprint for a in round_.assessments.all()}
        score(round_)
        assert {a.pk: a.result.fingerprint for a in round_.assessments.all()} == before

    def test_a_killed_job_goes_on_where_it_stopped(self) -> None:
        round_ = new_round()
        bring_in(round_)
        round_flow.run(round_, "score", actor=SYSTEM)
        score_assessments(SYSTEM, round_=round_, assessments=[assessment_of(round_, ADVANTAGE)])
        stored = assessment_of(round_, ADVANTAGE).result.computed_at
        done = run_now(jobs_of(round_).latest("pk"))
        assert (done.state, done.result) == ("done", {"firms": 4, "scored": 4})
        assert assessment_of(round_, ADVANTAGE).result.computed_at == stored

    def test_scoring_that_was_cancelled_can_be_asked_for_again(self) -> None:
        round_ = new_round()
        bring_in(round_)
        round_flow.run(round_, "score", actor=SYSTEM)
        cancel_job(SYSTEM, job=jobs_of(round_).latest("pk"))
        score(round_)
        assert (round_.firms, round_.scored) == (4, 4)

    def test_each_decision_leaves_a_line_in_the_audit_trail(self) -> None:
        scored_round()
        assert lines_of("assessments.assessment").count("assessment.decide") == 4

    @pytest.mark.parametrize("move", ["score", "rescore"])
    def test_no_scoring_twice_at_once(self, move: str) -> None:
        round_ = scored_round((STARTER,))
        round_flow.run(round_, "rescore", actor=SYSTEM)
        with pytest.raises(DomainError):
            round_flow.run(round_, move, actor=SYSTEM)


def test_the_import_job_reports_its_progress() -> None:
    seen: list[tuple[int, int]] = []
    job = receive_workbook(SYSTEM, round_=new_round(), data=cut_workbook(), filename="a.xlsx")
    run_now(job, watch=lambda done, total, note: seen.append((done, total)))
    assert seen == [(4, 4)]
