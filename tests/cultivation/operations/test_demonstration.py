"""The demonstration province exists only when asked for, and loading it again changes nothing."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from pytest_django import Settings

from cultivation.accounts.models import Enterprise, Membership, Organisation, User
from cultivation.accounts.states import ROLES
from cultivation.assessments.models import Answer, Assessment, Evidence, EvidenceUse, PanelScore, TrainingRun
from cultivation.assessments.services.evidence import flags_of
from cultivation.assessments.services.filling import returns_of
from cultivation.core.actors import SYSTEM
from cultivation.core.models import Job
from cultivation.documents.models import Certificate
from cultivation.operations.services import demonstration, simulated_round
from cultivation.operations.services.demonstration import load_demonstration
from cultivation.operations.services.home import page_of
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import Round, RulebookDraft
from cultivation.programmes.services import create_round, is_fresh, is_working_day, time_left, weighing_of
from tests.factories.rounds import ON
from tests.factories.workbooks import ADVANTAGE, STARTER, cut_workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked_for(settings: Settings, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a small workbook, so that it is quick."""
    settings.DEMONSTRATION, settings.RENDER_PROCESSES = True, 1
    workbook = tmp_path / "round.xlsx"
    workbook.write_bytes(cut_workbook((ADVANTAGE, STARTER)))
    monkeypatch.setattr(demonstration, "WORKBOOK", workbook)
    monkeypatch.setattr(simulated_round, "FIRMS", 3)
    monkeypatch.setattr(demonstration, "PAST_WORKBOOK", workbook)


@pytest.mark.parametrize(("demo", "production"), [(False, False), (False, True), (True, True)])
def test_it_is_refused_where_nobody_asked_for_it(settings: Settings, demo: bool, production: bool) -> None:
    settings.DEMONSTRATION, settings.PRODUCTION = demo, production
    with pytest.raises(CommandError, match="演示数据只在演示环境装入"):
        call_command("load_demonstration")
    assert (User.objects.count(), Organisation.objects.count(), Round.objects.count()) == (0, 0, 0)


@pytest.mark.usefixtures("asked_for")
class TestLoaded:
    def test_there_is_somebody_for_every_role(self) -> None:
        load_demonstration()
        assert set(Membership.objects.values_list("role", flat=True)) == set(ROLES)

    def test_the_province_has_its_seventeen_divisions(self) -> None:
        load_demonstration()
        assert Organisation.objects.filter(kind="city").count() == 17

    def test_all_of_it_is_marked(self) -> None:
        round_ = load_demonstration()
        for model in (User, Organisation, Enterprise, Certificate):
            assert not model._default_manager.filter(is_demonstration=False).exists()
        assert round_.is_demonstration

    def test_the_company_has_a_draft_with_papers(self) -> None:
        """E16, E17: fictitious and marked, one for several facts, one expired; left alone afterwards."""
        load_demonstration()
        papers = Evidence.objects.prefetch_related("uses")
        assert all("演示数据" in one.title and one.file.name.startswith(one.title) for one in papers)
        assert sorted(one.uses.count() for one in papers) == [1, 1, 3]
        round_ = Round.objects.get(name=demonstration.FILLING_ROUND)
        kinds = [flag.kind for one in papers for flag in flags_of(one, round_)]
        assert kinds == ["expired"]
        EvidenceUse.objects.all().delete()
        Evidence.objects.all().delete()
        load_demonstration()
        assert not Evidence.objects.exists()

    def test_a_second_company_was_sent_back_and_has_days_left(self) -> None:
        """E23: so that notes can be answered, and an office has something to look at."""
        load_demonstration()
        firm = Membership.objects.get(user__username="factory").enterprise
        case = Assessment.objects.get(enterprise=firm, round__name=demonstration.FILLING_ROUND)
        [page] = returns_of(case)
        assert (case.state, page["is_open"], page["left"].over) == ("returned", True, False)
        assert [one["is_answered"] for one in page["notes"]] == [False, False, False]

    def test_the_workshop_has_a_draft_that_was_tried(self) -> None:
        """P02, P03, P05: sound, changed, with a fresh impact on the round and weights compared."""
        round_ = load_demonstration()
        draft = RulebookDraft.objects.get()
        assert (draft.state, draft.problem_count, draft.author.username) == ("draft", 0, "province")
        assert [(one.round, is_fresh(one), one.summary["firms"]) for one in draft.impacts.all()] == [(round_, True, 2)]
        assert weighing_of(draft)["result"]["is_consistent"]

    def test_its_company_has_a_certificate(self) -> None:
        load_demonstration()
        firm = Membership.objects.get(user__username="company").enterprise
        assert firm is not None
        assert (firm.name, firm.certificates.count()) == (ADVANTAGE.name, 1)

    def test_nothing_simulated_waits_for_the_province(self) -> None:
        """The panel's round is scored but never published, and its plans wait for nobody (P06)."""
        load_demonstration()
        officer = User.objects.get(username="province")
        told = " ".join(item["title"] for item in page_of(officer.actor)["todo"])
        assert "模拟" not in told
        panel = Round.objects.get(name=simulated_round.NAME)
        publish = next(one for one in round_flow.available(panel, officer.actor) if one["name"] == "publish")
        assert (panel.is_simulated, publish["enabled"]) == (True, False)
        assert "模拟批次" in publish["reason"]

    def test_the_round_to_fill_in_has_a_timetable_and_ends_on_a_working_day(self) -> None:
        """E24: the company's page can say by which day."""
        load_demonstration()
        filling = Round.objects.get(name=demonstration.FILLING_ROUND)
        assert set(filling.expected) == {"decide", "announce"}
        assert time_left(filling.filling_until).working_days is None or is_working_day(
            timezone.localdate(filling.filling_until)
        )

    def test_its_company_has_a_year_to_look_back_on(self) -> None:
        """E28: a closed round of the year before, without certificates."""
        load_demonstration()
        firm = Membership.objects.get(user__username="company").enterprise
        assert firm is not None
        past = firm.assessments.get(round__name=demonstration.PAST_NAME)
        assert (past.state, past.round.state) == ("announced", "closed")

    def test_loading_it_again_changes_nothing(self) -> None:
        load_demonstration()
        before = _counts()
        User.objects.filter(username="company").update(full_name="改过的名字")
        load_demonstration()
        assert _counts() == before
        assert User.objects.get(username="company").full_name == "改过的名字"

    def test_a_loading_that_was_killed_goes_on(self) -> None:
        create_round(SYSTEM, name=demonstration.ROUND_NAME, assessed_on=ON, demonstration=True)
        round_ = load_demonstration()
        assert (round_.state, Certificate.objects.count()) == ("published", 1)

    def test_a_simulated_panel_waits_to_be_learned_from(self) -> None:
        """P06: marked as what it is, by people who differ, and left to the worker."""
        load_demonstration()
        scores = PanelScore.objects.filter(assessment__round__name=simulated_round.NAME)
        assert set(scores.values_list("origin", flat=True)) == {"simulated"}
        assert scores.count() == 3 * 4
        assert all(name.startswith("模拟专家") for name in scores.values_list("reviewer", flat=True))
        run = TrainingRun.objects.get()
        assert (run.origin, run.finished_at) == ("simulated", None)
        assert Job.objects.get(kind="assessments.train_scorecard").state == "queued"

    def test_one_firm_comes_again_and_has_leapt(self) -> None:
        """P24: the watch has something to point at."""
        load_demonstration()
        counts = Answer.objects.filter(assessment__enterprise__name=STARTER.name, code__in=simulated_round.LEAPING)
        before, after = (
            [answer.approved for answer in counts.filter(assessment__round__name=name).order_by("code")]
            for name in (demonstration.ROUND_NAME, simulated_round.NAME)
        )
        assert before
        assert all(two >= simulated_round.LEAP * one for one, two in zip(before, after, strict=True))

    def test_the_last_fictitious_firm_has_anothers_form(self) -> None:
        load_demonstration()
        first, last = (
            dict(
                Answer.objects.filter(assessment__enterprise__uscc=simulated_round.fictitious_uscc(number)).values_list(
                    "code", "approved"
                )
            )
            for number in (1, 3)
        )
        assert first == last != {}


def _counts() -> list[int]:
    models = (User, Organisation, Membership, Enterprise, Round, Certificate, PanelScore, TrainingRun)
    return [model._default_manager.count() for model in models]
