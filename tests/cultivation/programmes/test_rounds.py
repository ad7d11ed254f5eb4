"""Rounds pin their rulebooks and stages as data; their flow skips the stages they leave out (P01, P02)."""

from datetime import date, timedelta

import pytest

from cultivation.core.actors import SYSTEM
from cultivation.core.errors import BadInput, NotAllowed, WrongState
from cultivation.core.models import AuditEvent
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import PublishedRulebook, Round
from cultivation.programmes.services import create_round, pinned_library, preview_pins, validity_years
from tests.factories.rounds import ON, new_round
from tests.people import People

pytestmark = pytest.mark.django_db


def pin(round_: Round, programme: str) -> str:
    rulebook = round_.pinned.get(programme=programme).rulebook
    return rulebook.key if rulebook else ""


class TestPins:
    def test_each_programme_has_one_pin_with_its_reason(self) -> None:
        round_ = new_round()
        programmes = set(PublishedRulebook.objects.values_list("programme", flat=True))
        assert set(round_.pinned.values_list("programme", flat=True)) == programmes
        assert not round_.pinned.filter(reason="").exists()

    def test_a_pin_carries_the_fingerprint_of_its_rulebook(self) -> None:
        for one in new_round().pinned.filter(rulebook__isnull=False).select_related("rulebook"):
            assert one.rulebook is not None
            assert one.fingerprint == one.rulebook.fingerprint

    def test_new_and_renewal_pin_different_measures_on_one_day(self) -> None:
        """In 2026 new little-giant applications follow the 2026 measure and renewals the 2022 one."""
        on = date(2026, 5, 1)
        new = create_round(SYSTEM, name="新申报", assessed_on=on)
        renewal = create_round(SYSTEM, name="复核", assessed_on=on, kind="renewal")
        assert (pin(new, "little-giant"), pin(renewal, "little-giant")) == ("little-giant/2026", "little-giant/2022")

    def test_a_preview_stores_nothing(self) -> None:
        assert preview_pins(kind="new", on=ON)
        assert Round.objects.count() == 0

    def test_the_round_is_judged_by_its_pins_alone(self) -> None:
        round_ = new_round()
        keys = set(round_.pinned.filter(rulebook__isnull=False).values_list("rulebook__key", flat=True))
        assert set(pinned_library(round_).rulebooks) == keys

    def test_titles_last_as_long_as_its_scorecard_says(self) -> None:
        assert validity_years(new_round()) == 3


class TestCreating:
    def test_the_audit_trail_says_who_and_with_what(self, people: People) -> None:
        create_round(people.who("province_officer").actor, name="批次", assessed_on=ON)
        line = AuditEvent.objects.get(action="round.create")
        assert (line.actor_name, line.after, line.detail) == ("林静", "draft", {"stages": ["import"], "kind": "new"})

    @pytest.mark.parametrize("role", ["city_leader", "enterprise_approver", "expert", "system_admin"])
    def test_only_the_province_creates_rounds(self, people: People, role: str) -> None:
        with pytest.raises(NotAllowed, match="只有省局人员可以办理批次。"):
            create_round(people.who(role).actor, name="批次", assessed_on=ON)

    def test_a_name_is_taken_once(self) -> None:
        new_round(name="批次")
        with pytest.raises(BadInput, match="已有同名批次"):
            new_round(name=" 批次 ")

    @pytest.mark.parametrize("stages", [(), ("fly",), ("import", "fly")])
    def test_unknown_stages_are_refused(self, stages: tuple[str, ...]) -> None:
        with pytest.raises(BadInput, match="请选择有效的环节。"):
            new_round(stages=stages)

    @pytest.mark.parametrize("on", [date(1, 1, 1), date(2019, 5, 1), date(9999, 12, 31)])
    def test_a_day_that_cannot_be_scored_is_refused(self, on: date) -> None:
        with pytest.raises(BadInput):
            new_round(on=on)
        assert Round.objects.count() == 0


class TestFlow:
    def moves(self, round_: Round) -> list[str]:
        return [move["name"] for move in round_flow.available(round_, SYSTEM)]

    def test_an_imported_round_goes_straight_to_scoring(self) -> None:
        assert self.moves(new_round()) == ["score"]

    def test_a_round_with_filling_opens_first(self) -> None:
        assert self.moves(new_round(stages=("filling", "city_check"))) == ["open"]

    def test_a_round_with_publicity_is_publicised_before_it_is_published(self) -> None:
        round_ = new_round(stages=("import", "publicity"))
        Round.objects.update(state="deciding", firms=1, scored=1)
        round_.refresh_from_db()
        assert self.moves(round_) == ["rescore", "publicise"]

    def test_a_published_round_can_only_be_closed(self) -> None:
        Round.objects.filter(pk=new_round().pk).update(state="published")
        assert self.moves(Round.objects.get()) == ["close"]

    def test_an_empty_round_is_not_published(self) -> None:
        round_ = new_round()
        Round.objects.update(state="deciding")
        with pytest.raises(WrongState, match="请先导入汇总表并评分。"):
            round_flow.run(round_, "publish", actor=SYSTEM)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 1, 2), date(2026, 1, 1), "/evidence_until"),
        (ON + timedelta(days=1), None, "/evidence_from"),
    ],
)
def test_a_period_that_no_paper_can_meet_is_refused(first: date, last: date | None, field: str) -> None:
    """E17."""
    with pytest.raises(BadInput) as refusal:
        create_round(SYSTEM, name="批次", assessed_on=ON, evidence=(first, last))
    assert field in refusal.value.fields


@pytest.mark.parametrize("period", [(None, None), (date(2025, 1, 1), None), (date(2025, 1, 1), date(2025, 12, 31))])
def test_a_period_for_papers_is_kept_as_the_office_set_it(period: tuple[date | None, date | None]) -> None:
    round_ = create_round(SYSTEM, name="批次", assessed_on=ON, evidence=period)
    round_.refresh_from_db()
    assert (round_.evidence_from, round_.evidence_until) == period
