"""In whose hands the case is, among its peers, over the years (E24, E27, E28, E39)."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Answer, Assessment, Result
from cultivation.assessments.services.filling import submit_assessment
from cultivation.assessments.services.standing import my_rounds, peers_of, progress_of, years_of
from cultivation.assessments.services.standing.years import _moved
from cultivation.core.actors import SYSTEM
from cultivation.programmes.models import Round
from cultivation.programmes.services import create_round, rules_between, set_timetable
from tests.factories.accounts import EnterpriseFactory, person_of
from tests.factories.filling import answer_all, begin, end_filling, open_round
from tests.factories.returning import handed_in, let_lapse, return_to_firm
from tests.factories.rounds import assessment_of, new_round, published_round
from tests.factories.workbooks import ADVANTAGE
from tests.people import People

pytestmark = pytest.mark.django_db


class TestProgress:
    @pytest.fixture
    def draft(self, people: People) -> Assessment:
        return begin(people.who("enterprise_filler").actor, people.firm)

    @pytest.mark.parametrize(
        ("state", "hands", "current"),
        [
            ("draft", "在您手里", "fill"),
            ("submitted", "在省局手里", "decide"),
            ("decided", "在省局手里", "announce"),
            ("announced", "已完成", None),
        ],
    )
    def test_it_says_whose_hands(self, draft: Assessment, state: str, hands: str, current: str | None) -> None:
        draft.state = state
        page = progress_of(draft)
        assert page["hands"] == hands
        assert next((step["code"] for step in page["steps"] if step["standing"] == "current"), None) == current

    def test_what_was_sent_back_is_the_firms_until_its_days_are_over(self, people: People) -> None:
        """E23, E24: then the office decides; once it is handed in again the step is behind it."""
        case = handed_in(people)
        sent = return_to_firm(people.who("city_officer").actor, case, "revenue")
        page = progress_of(case)
        assert (page["place"], page["hands"], page["todo"], page["due"]) == (
            "supplement", "在您手里", "supplement", sent.until,
        )  # fmt: skip
        assert [step["code"] for step in page["steps"] if step["standing"] == "current"] == ["supplement"]
        let_lapse(case)
        page = progress_of(case)
        assert (page["place"], page["todo"], page["due"], page["left"]) == ("lapsed", "lapsed", None, None)

    def test_a_firm_that_was_sent_back_has_days_of_its_own(self, people: People) -> None:
        """E22, E23: after the round's filling is over, up to the end of what it was given."""
        case = handed_in(people)
        sent = return_to_firm(people.who("city_officer").actor, case, "revenue", "ip_strategy")
        end_filling(case.round)
        [round_] = my_rounds(people.who("enterprise_filler").actor)
        assert (round_["window"], round_["closed"], round_["due"]) == ("open", "", sent.until)
        assert (round_["open"], round_["required"]) == (2, 2)
        let_lapse(case)
        [round_] = my_rounds(people.who("enterprise_filler").actor)
        assert (round_["window"], round_["place"]) == ("over", "lapsed")
        assert round_["closed"].startswith("补正已于")

    def test_with_a_city_check_it_is_the_citys(self, draft: Assessment) -> None:
        draft.round.stages = ["filling", "city_check"]
        draft.state = "submitted"
        assert progress_of(draft)["hands"] == "在市州局手里"

    def test_a_draft_that_missed_the_end_is_told_so_and_is_in_nobodys_hands(self, draft: Assessment) -> None:
        end_filling(draft.round)
        page = progress_of(draft)
        assert (page["place"], page["hands"], page["due"]) == ("missed", "没有提交", None)
        assert "内容为您保留" in page["next"]

    def test_no_day_is_told_that_nobody_has_set(self, draft: Assessment) -> None:
        draft.state = "submitted"
        page = progress_of(draft)
        assert (page["expected"], page["result_expected"], page["is_overdue"]) == (None, None, False)
        assert {step["expected"] for step in page["steps"]} == {None}

    def test_the_office_says_by_which_day(self, draft: Assessment) -> None:
        days = {
            "decide": timezone.localdate() + timedelta(days=9),
            "announce": timezone.localdate() + timedelta(days=30),
        }
        draft.round = set_timetable(SYSTEM, round_=draft.round, days=days)
        draft.state = "submitted"
        page = progress_of(draft)
        assert (page["expected"], page["result_expected"]) == (days["decide"], days["announce"])
        assert {step["code"]: step["expected"] for step in page["steps"]} == {"fill": None, **days}

    def test_a_day_that_has_passed_is_told_as_passed(self, draft: Assessment) -> None:
        draft.round.expected = {"decide": (timezone.localdate() - timedelta(days=1)).isoformat()}
        draft.state = "submitted"
        assert progress_of(draft)["is_overdue"]

    def test_what_is_done_says_when(self, people: People, draft: Assessment) -> None:
        answer_all(people.who("enterprise_filler").actor, draft)
        submit_assessment(people.who("enterprise_approver").actor, draft=draft, signed_name="江山", agreed=True)
        done = progress_of(draft)["steps"][0]
        assert (done["standing"], done["ended"].date()) == ("done", timezone.now().date())

    def test_a_round_that_opens_later_is_told_and_one_that_is_over_is_not(self, people: People) -> None:
        """The home page must know of a window before it opens (E24)."""
        filler, now = people.who("enterprise_filler").actor, timezone.now()
        round_ = open_round(name="下个月的批次")
        Round.objects.filter(pk=round_.pk).update(filling_from=now + timedelta(hours=1))
        assert [page["window"] for page in my_rounds(filler)] == ["upcoming"]
        end_filling(round_)
        assert my_rounds(filler) == []

    @pytest.mark.parametrize(("role", "may_sign"), [("enterprise_filler", False), ("enterprise_approver", True)])
    def test_who_may_sign_is_told_by_name(self, people: People, draft: Assessment, role: str, may_sign: bool) -> None:
        people.who("enterprise_approver"), people.who("enterprise_legal")
        page = my_rounds(people.who(role).actor)[0]
        assert (page["may_sign"], sorted(page["signers"])) == (may_sign, ["江山", "马致和"])


class TestPeers:
    """A group of fewer than five others is not shown (E27)."""

    @pytest.fixture
    def mine(self) -> Assessment:
        return assessment_of(published_round((ADVANTAGE,)), ADVANTAGE)

    def others(self, mine: Assessment, count: int, *, region: str = "420100", points: float = 10) -> None:
        found = mine.result.object
        dimensions = {code: [points, points] for code in found["capability"]["dimensions"]}
        copied = {**found, "capability": {**found["capability"], "dimensions": dimensions}}
        for _ in range(count):
            firm = EnterpriseFactory(region=region)
            other = Assessment.objects.create(round=mine.round, enterprise=firm, state="announced")
            Result.objects.create(assessment=other, object=copied, fingerprint="", score_low=points, score_high=points)

    def test_alone_there_is_nothing_to_compare(self, mine: Assessment) -> None:
        page = peers_of(mine)
        assert page["peers"] is None
        assert {one["standing"] for one in page["tried"]} == {"too_small"}

    def test_four_others_are_too_few_and_five_are_enough(self, mine: Assessment) -> None:
        self.others(mine, 4)
        assert peers_of(mine)["peers"] is None
        self.others(mine, 1)
        shown = peers_of(mine)["peers"]
        assert (shown["firms"], shown["score"]["median"], shown["score"]["below"]) == (5, 10, 5)

    def test_the_closest_group_that_is_large_enough_is_taken(self, mine: Assessment) -> None:
        """It widens step by step, and says which steps were too small but never how small."""
        self.others(mine, 5, points=20)
        self.others(mine, 5, region="420500", points=40)
        page = peers_of(mine)
        shown = page["peers"]
        assert (shown["firms"], shown["score"]["median"]) == (5, 20)
        assert [trait["label"] for trait in shown["group"]][-1] == "武汉市"
        assert [one["standing"] for one in page["tried"]] == ["too_small", "too_small", "shown"]
        assert all(set(one) == {"group", "standing"} for one in page["tried"])

    def test_quartiles_are_those_of_the_others_to_half_a_point(self, mine: Assessment) -> None:
        for points in (10, 20.2, 30, 40, 50.3):
            self.others(mine, 1, points=points)
        score = peers_of(mine)["peers"]["score"]
        assert (score["low"], score["median"], score["high"]) == (20, 30, 40)
        assert score["own"] == mine.result.score_low

    def test_the_limit_is_a_setting(self, mine: Assessment, settings: Settings) -> None:
        settings.SMALLEST_GROUP = 2
        self.others(mine, 2)
        assert peers_of(mine)["peers"] is not None

    def test_no_question_narrows_or_widens_the_group(self, mine: Assessment) -> None:
        """There is nothing to filter by, so groups can't be compared with each other to single out a firm."""
        self.others(mine, 5, points=20)
        self.others(mine, 1, region="420500", points=40)
        client = APIClient()
        client.force_authenticate(person_of(mine.enterprise))
        address = f"/api/v1/assessments/{mine.pk}/peers"
        plain = client.get(address).json()
        for asked in ("industry=39", "size=small", "city=420500", "k=1", "smallest=1", "group=", "round=1&region=42"):
            assert client.get(f"{address}?{asked}").json() == plain
        assert plain["peers"]["firms"] == 5

    def test_the_highest_and_the_lowest_of_a_group_are_not_told(self, mine: Assessment) -> None:
        for points in (3.25, 20, 30, 40, 98.75):
            self.others(mine, 1, points=points)
        told = json.dumps(peers_of(mine)["peers"])
        assert "3.25" not in told
        assert "98.75" not in told
        assert not any(word in told for word in ("max", "min", "highest", "lowest", "mean", "sum"))

    def test_a_firm_that_is_alone_on_top_learns_only_that(self, mine: Assessment) -> None:
        self.others(mine, 5, points=1)
        score = peers_of(mine)["peers"]["score"]
        assert (score["below"], score["equal"]) == (5, 0)

    def test_nothing_names_a_firm(self, mine: Assessment) -> None:
        self.others(mine, 5)
        told = json.dumps(peers_of(mine), ensure_ascii=False)
        assert not any(firm.name in told or firm.uscc in told for firm in Enterprise.objects.all())


class TestYears:
    @pytest.fixture
    def mine(self) -> Assessment:
        return assessment_of(published_round((ADVANTAGE,)), ADVANTAGE)

    def earlier(self, mine: Assessment, on: date, **capability: Any) -> Assessment:
        """A result of the same facts in another round."""
        round_ = new_round(name=f"{on.year}年", on=on) if capability else create_round(SYSTEM, **self.plain(on))
        before = Assessment.objects.create(round=round_, enterprise=mine.enterprise, state="announced")
        for answer in mine.answers.all():
            answer.pk, answer.assessment = None, before
            answer.save()
        old: dict[str, Any] = json.loads(json.dumps(mine.result.object))
        old["capability"] |= capability or {"fingerprint": None, "rulebook": None, "score": None, "level": None}
        Result.objects.create(assessment=before, object=old, fingerprint="", score_low=None, score_high=None)
        return before

    def plain(self, on: date) -> dict[str, Any]:
        return {"name": f"{on.year}年", "assessed_on": on, "without_scorecard": True}

    def test_each_year_under_its_own_rules_and_under_the_latest(self, mine: Assessment) -> None:
        (year,) = years_of(mine)["years"]
        assert year["score"] == year["by_latest_rules"]["score"] == mine.result.object["capability"]["score"]
        assert (year["is_break"], year["rule_changes"]) == (False, [])

    def test_a_change_of_rules_is_a_break(self, mine: Assessment) -> None:
        """E28: the earlier result stands as it was, beside what today's rules make of its facts."""
        self.earlier(mine, date(2026, 1, 10), fingerprint="of another rulebook", score=[1, 1], level="starter")
        first, second = years_of(mine)["years"]
        assert (first["score"], first["by_latest_rules"]["score"]) == ([1, 1], second["score"])
        assert (first["is_break"], second["is_break"]) == (False, True)

    def test_a_day_stays_as_far_from_the_assessment_as_it_was(self, mine: Assessment) -> None:
        """A certificate valid in 2025 has lapsed by now: that is no change of rules, and takes no points (E28)."""
        before = self.earlier(mine, date(mine.round.assessed_on.year - 1, 3, 31))
        for code, value in {"gbt29490_edition": "2023", "gbt29490_valid_until": "2025-06-30"}.items():
            Answer.objects.filter(assessment=before, code=code).delete()
            Answer.objects.create(assessment=before, code=code, state="known", approved=value, source="workbook")
        with_it = years_of(mine)["years"][0]["by_latest_rules"]["score"]
        before.answers.filter(code="gbt29490_valid_until").update(approved="2025-03-30")
        lapsed_then = years_of(mine)["years"][0]["by_latest_rules"]["score"]
        assert with_it[0] == lapsed_then[0] + 4

    @pytest.mark.parametrize(
        ("then", "now", "day", "moved"),
        [
            (date(2025, 3, 31), date(2026, 3, 31), "2025-06-30", "2026-06-30"),
            (date(2023, 3, 31), date(2026, 3, 31), "2024-02-29", "2027-02-28"),
            (date(2025, 3, 31), date(2026, 4, 2), "2025-06-30", "2026-07-02"),
            (date(2025, 3, 31), date(2026, 3, 31), "9999-12-31", "9999-12-31"),
            (date(2025, 3, 31), date(2026, 3, 31), None, None),
        ],
    )
    def test_days_move_with_the_assessment(self, then: date, now: date, day: Any, moved: Any) -> None:
        assert _moved(day, then, now) == moved

    def test_two_years_with_a_year_between_stand_as_they_are(self, mine: Assessment) -> None:
        """The year that is missing is drawn by the page; no value is made up for it."""
        self.earlier(mine, date(2023, 3, 31))
        page = years_of(mine)
        assert [year["year"] for year in page["years"]] == [2023, mine.round.year]
        assert {len(one["values"]) for one in page["indicators"]} == {2}

    def test_a_year_without_a_scorecard_has_no_score_but_its_facts_are_read_by_todays(self, mine: Assessment) -> None:
        self.earlier(mine, date(2025, 3, 31))
        first, second = years_of(mine)["years"]
        assert (first["score"], first["by_latest_rules"]["score"]) == (None, second["score"])
        assert next((one["programme"], one["before"]) for one in second["rule_changes"]) == ("ip-capability", None)

    def test_it_says_what_changed(self, mine: Assessment) -> None:
        """The little-giant measure of 2026 took the place of that of 2022 on 1 April 2026."""
        old, new = new_round(name="三月"), new_round(name="四月", on=date(2026, 4, 30))
        changes = {one["programme"]: one for one in rules_between(old, new)}
        assert "ip-capability" not in changes
        giant = changes["little-giant"]
        assert (giant["before"], giant["after"]) == ("little-giant/2022", "little-giant/2026")
        assert giant["changes"]

    def test_quantities_stand_side_by_side_and_unknown_stays_unknown(self, mine: Assessment) -> None:
        before = self.earlier(mine, date(2025, 3, 31))
        Answer.objects.filter(assessment=before, code="valid_utility_models").update(approved=None)
        Answer.objects.filter(assessment=before, code="revenue").update(approved=0)
        found = {one["code"]: one["values"] for one in years_of(mine)["indicators"]}
        assert found["valid_utility_models"][0] is None
        assert found["valid_utility_models"][1] is not None
        assert found["revenue"][0] == [0, 0]


class TestMyRounds:
    def test_open_rounds_stand_side_by_side(self, people: People) -> None:
        actor = people.who("enterprise_filler").actor
        first, second = open_round(name="一"), open_round(name="二")
        draft = begin(actor, people.firm, first)
        pages = {page["id"]: page for page in my_rounds(actor)}
        assert (pages[first.pk]["assessment"], pages[second.pk]["assessment"]) == (draft.pk, None)
        assert pages[first.pk]["open"] > 0

    def test_a_round_that_is_over_and_was_not_begun_is_left_out(self, people: People) -> None:
        end_filling(open_round())
        assert my_rounds(people.who("enterprise_filler").actor) == []
