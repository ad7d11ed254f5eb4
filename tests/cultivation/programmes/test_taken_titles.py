"""Titles of a firm that was merged into another: shown there, and counted once the body that gave them agrees (E37)."""

from datetime import date
from typing import Any

import pytest

from cultivation.accounts.events import EnterprisesMerged
from cultivation.accounts.models import Enterprise
from cultivation.core.actors import SYSTEM, Actor
from cultivation.core.errors import BadInput, NotAllowed, WrongState
from cultivation.core.events import emit
from cultivation.core.models import AuditEvent
from cultivation.programmes.models import Designation
from cultivation.programmes.services import find_titles, move_designation
from tests.factories.accounts import EnterpriseFactory
from tests.factories.designations import designate, list_file, preview
from tests.people import People

pytestmark = pytest.mark.django_db
MERGED = date(2026, 3, 2)
LATER, BEFORE = date(2026, 5, 1), date(2026, 3, 1)
BASIS = "鄂上市办函〔2026〕9号同意承继"


def merge(absorbed: Enterprise, firm: Enterprise, on: date = MERGED) -> None:
    Enterprise.objects.filter(pk=absorbed.pk).update(successor=firm, merged_on=on)
    emit(EnterprisesMerged(absorbed.pk, firm.pk, on, SYSTEM))


def move(record: Designation, name: str, actor: Actor = SYSTEM, **data: Any) -> Designation:
    return move_designation(actor, designation=record, name=name, data={"reason": BASIS, **data})


def held(firm: Enterprise, on: date = LATER) -> dict[str, bool]:
    return {fact: title.is_held for fact, title in find_titles([firm.pk], on=on).get(firm.pk, {}).items()}


@pytest.fixture
def old(people: People) -> Designation:
    return designate(people.other_firm)


@pytest.fixture
def pending(old: Designation, people: People) -> Designation:
    merge(people.other_firm, people.firm)
    return Designation.objects.get(enterprise=people.firm)


class TestProposing:
    def test_it_is_shown_under_the_successor_and_counts_for_nothing_yet(
        self, pending: Designation, old: Designation, people: People
    ) -> None:
        assert (pending.state, pending.taken_over_from, pending.held_since) == ("pending", old, MERGED)
        assert (pending.standing(LATER), held(people.firm)) == ("pending", {})
        assert held(people.other_firm) == {"gold_seed_designated": True}
        assert AuditEvent.objects.filter(action="designation.propose_taking", after="pending").exists()

    def test_what_had_ended_by_then_stays_where_it_was(self, people: People) -> None:
        designate(people.other_firm, until=date(2025, 12, 31))
        revoked = designate(people.other_firm, "silver-seed")
        move(revoked, "revoke", on="2026-01-05")
        merge(people.other_firm, people.firm)
        assert not Designation.objects.filter(enterprise=people.firm).exists()

    def test_the_successor_may_hold_the_same_title_of_the_same_day(self, people: People) -> None:
        designate(people.firm)
        designate(people.other_firm)
        merge(people.other_firm, people.firm)
        record = Designation.objects.get(enterprise=people.firm, state="pending")
        assert move(record, "confirm_taking").state == "standing"

    def test_a_list_that_names_the_successor_itself_is_still_entered(
        self, pending: Designation, people: People
    ) -> None:
        """A list of the issuing body is its word; what waits does not stand in its way."""
        assert designate(people.firm).taken_over_from is None
        assert held(people.firm) == {"gold_seed_designated": True}

    def test_a_list_that_names_the_absorbed_firm_says_where_it_went(self, pending: Designation, people: People) -> None:
        firm = people.other_firm
        found = preview(list_file([[1, firm.name, firm.uscc, "省上市办", "2026-04-01", "2027-12-31", ""]]))
        assert [people.firm.name in one["problem"] for one in found.problems] == [True]


class TestDeciding:
    def test_confirmed_it_counts_from_the_day_of_the_merger(
        self, pending: Designation, old: Designation, people: People
    ) -> None:
        move(pending, "confirm_taking", people.who("province_officer").actor)
        old.refresh_from_db()
        assert (pending.state, pending.taking_basis, old.standing(LATER)) == ("standing", BASIS, "passed")
        assert (held(people.firm), held(people.firm, BEFORE)) == ({"gold_seed_designated": True}, {})
        assert held(people.other_firm, BEFORE) == {"gold_seed_designated": True}
        assert held(people.other_firm) == {"gold_seed_designated": False}
        in_force = Designation.objects.all().with_standing("in_force", LATER)
        assert [one.enterprise for one in in_force] == [people.firm]
        assert AuditEvent.objects.filter(action="designation.confirm_taking", before="pending").exists()

    def test_declined_it_never_counts(self, pending: Designation, people: People) -> None:
        move(pending, "decline_taking")
        assert (pending.standing(LATER), held(people.firm)) == ("declined", {})
        assert Designation.objects.all().with_standing("declined", LATER).get() == pending

    def test_only_the_province_decides_and_says_on_what(self, pending: Designation, people: People) -> None:
        for role in ("city_leader", "enterprise_approver", "expert"):
            with pytest.raises(NotAllowed):
                move(pending, "confirm_taking", people.who(role).actor)
        with pytest.raises(BadInput):
            move(pending, "confirm_taking", reason="好")

    def test_a_title_revoked_meanwhile_does_not_pass_on(self, pending: Designation, old: Designation) -> None:
        move(old, "revoke", on="2026-04-01")
        with pytest.raises(WrongState):
            move(pending, "confirm_taking")

    @pytest.mark.parametrize("is_confirmed", [True, False])
    def test_a_second_merger_takes_it_further(self, pending: Designation, people: People, is_confirmed: bool) -> None:
        if is_confirmed:
            move(pending, "confirm_taking")
        third = EnterpriseFactory(name="第三家有限公司")
        merge(people.firm, third, date(2026, 4, 1))
        last = Designation.objects.get(enterprise=third)
        assert last.state == "pending"
        move(last, "confirm_taking")
        assert (held(third), held(people.firm).get("gold_seed_designated", False)) == (
            {"gold_seed_designated": True},
            False,
        )
