"""The people of a firm: invited, accepted, changed, handed over, ended; and a person with several firms (E02, E38)."""

from datetime import timedelta
from functools import partial

import pytest
from allauth.usersessions.models import UserSession
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cultivation.accounts.adapters import outbox
from cultivation.accounts.models import Enterprise, Invitation, Membership, User
from cultivation.accounts.services import (
    accept_invitation,
    change_role,
    end_membership,
    find_invitation,
    hand_over,
    invitation_link,
    invite_person,
    member_actions,
)
from cultivation.assessments.permissions import can_submit
from cultivation.core.errors import BadInput, Conflict, NotAllowed, NotHere, WrongState
from cultivation.core.models import AuditEvent, Job
from tests.cultivation.accounts.posted import post
from tests.factories.accounts import MembershipFactory, UserFactory, confirmed_person, person_of
from tests.factories.filling import begin
from tests.people import People

pytestmark = pytest.mark.django_db
Mails = list[EmailMessage]
step_down = partial(change_role, role="enterprise_filler")
TO = "li.na@example.org"


@pytest.fixture
def firm(people: People) -> Enterprise:
    return people.firm


@pytest.fixture
def approver(firm: Enterprise) -> User:
    return person_of(firm)


def invite(approver: User, firm: Enterprise, **changes: str) -> Invitation:
    wanted = {"role": "enterprise_filler", "email": TO, **changes}
    return invite_person(approver.actor, enterprise=firm, **wanted)


def token_of(invitation: Invitation) -> str:
    return invitation_link(invitation).rsplit("/", 1)[1]


def seat_of(user: User, firm: Enterprise) -> Membership:
    return Membership.objects.get(user=user, enterprise=firm)


def moves(row: Membership, user: User) -> dict[str, bool]:
    return {str(move["name"]): bool(move["enabled"]) for move in member_actions(row, user.actor)}


class TestInviting:
    def test_the_link_seats_its_holder(self, approver: User, firm: Enterprise, mailoutbox: Mails) -> None:
        invitation = invite(approver, firm, name="李娜")
        assert post(mailoutbox) == [(TO, f"江山 邀请您加入{firm.name}")]
        assert invitation_link(invitation) in str(mailoutbox[0].body)
        guest = confirmed_person("李娜")
        assert (
            accept_invitation(guest.actor, invitation=find_invitation(token_of(invitation))).role == "enterprise_filler"
        )
        assert guest.actor.enterprise_id == firm.pk
        assert post(mailoutbox) == [(approver.email, "李娜 已接受邀请")]

    def test_it_comes_by_text(self, approver: User, firm: Enterprise, settings: Settings, mailoutbox: Mails) -> None:
        settings.SMS_BACKEND = "cultivation.accounts.adapters.outbox.OutboxSms"
        invitation = invite(approver, firm, email="", phone="138 0000 1111")
        post(mailoutbox)
        message = outbox.messages()[0]
        assert (message["to"], invitation_link(invitation) in message["body"]) == ("+8613800001111", True)

    def test_no_token_is_stored_anywhere(self, approver: User, firm: Enterprise) -> None:
        """The link can't be made from what lies in the database: it takes the secret key."""
        invitation = invite(approver, firm)
        signature = token_of(invitation).rsplit(".", 1)[1]
        kept = str(list(Invitation.objects.values())) + str(list(Job.objects.values()))
        assert signature not in kept
        assert signature not in str(list(AuditEvent.objects.values()))

    @pytest.mark.parametrize("made_up", ["", "1", "1-abc", "1-abc.xyz", "…", "1." * 50])
    def test_a_made_up_token_is_not_found(self, approver: User, firm: Enterprise, made_up: str) -> None:
        invite(approver, firm)
        with pytest.raises(NotHere):
            find_invitation(made_up)

    def test_it_works_once(self, approver: User, firm: Enterprise) -> None:
        invitation = invite(approver, firm)
        accept_invitation(confirmed_person().actor, invitation=invitation)
        with pytest.raises(WrongState):
            accept_invitation(confirmed_person("别人").actor, invitation=find_invitation(token_of(invitation)))

    def test_it_lapses_after_seven_days(self, approver: User, firm: Enterprise) -> None:
        invitation = invite(approver, firm)
        assert timedelta(days=6, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=7)
        Invitation.objects.update(expires_at=timezone.now())
        with pytest.raises(WrongState, match="已过期"):
            accept_invitation(confirmed_person().actor, invitation=find_invitation(token_of(invitation)))

    def test_asking_again_takes_the_first_back(self, approver: User, firm: Enterprise, mailoutbox: Mails) -> None:
        first, second = invite(approver, firm), invite(approver, firm, role="enterprise_approver")
        first.refresh_from_db()
        assert (first.state, second.state) == ("revoked", "open")
        assert len(post(mailoutbox)) == 1

    def test_who_is_in_already_is_told(self, approver: User, firm: Enterprise) -> None:
        with pytest.raises(Conflict):
            accept_invitation(approver.actor, invitation=invite(approver, firm))
        assert Invitation.objects.get().state == "open"

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"email": ""}, "bad_address"),
            ({"email": "", "phone": "13800001111"}, "no_sms"),
            ({"role": "province_leader"}, "bad_role"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, approver: User, firm: Enterprise, wrong: dict[str, str], code: str
    ) -> None:
        with pytest.raises(BadInput) as told:
            invite(approver, firm, **wrong)
        assert (told.value.code, Invitation.objects.count()) == (code, 0)

    def test_only_the_firms_approver_invites(self, people: People, firm: Enterprise) -> None:
        elsewhere = person_of(people.other_firm)
        for other in (people.who("enterprise_filler"), elsewhere, people.who("province_leader"), UserFactory()):
            with pytest.raises(NotAllowed):
                invite(other, firm)


class TestManaging:
    def test_a_role_changes_there_and_back(self, approver: User, firm: Enterprise, people: People) -> None:
        row = seat_of(people.who("enterprise_filler"), firm)
        for role in ("enterprise_approver", "enterprise_approver", "enterprise_filler"):
            assert change_role(approver.actor, membership=row, role=role).role == role
        told = AuditEvent.objects.filter(action="membership.change_role").values_list("before", "after")
        assert list(told) == [
            ("enterprise_filler", "enterprise_approver"), ("enterprise_approver", "enterprise_filler"),
        ]  # fmt: skip

    def test_handing_over_swaps_the_roles(self, approver: User, firm: Enterprise, people: People) -> None:
        filler = people.who("enterprise_filler")
        hand_over(approver.actor, membership=seat_of(filler, firm))
        assert (filler.actor.role, approver.actor.role) == ("enterprise_approver", "enterprise_filler")

    def test_the_last_approver_cannot_leave_or_step_down(self, approver: User, firm: Enterprise) -> None:
        own = seat_of(approver, firm)
        for leave in (end_membership, step_down):
            with pytest.raises(Conflict) as told:
                leave(approver.actor, membership=own)
            assert told.value.code == "last_approver"
        assert moves(own, approver) == {"leave": False}

    def test_with_a_second_one_the_first_may_leave(self, approver: User, firm: Enterprise) -> None:
        person_of(firm, name="第二位")
        end_membership(approver.actor, membership=seat_of(approver, firm))
        assert approver.actor.role == "none"

    def test_an_ended_person_is_out_at_once(
        self, approver: User, firm: Enterprise, people: People, mailoutbox: Mails
    ) -> None:
        """Signed out on every device, without any right, told by mail; what they did stays."""
        leaver = confirmed_person("离职者")
        row = MembershipFactory(user=leaver, role="enterprise_filler", enterprise=firm)
        browser = Client()
        browser.force_login(leaver)
        UserSession.objects.create(user=leaver, ip="127.0.0.1", session_key=browser.session.session_key)
        assert browser.get("/api/v1/me").json()["role"] == "enterprise_filler"
        end_membership(approver.actor, membership=row)
        assert browser.get("/api/v1/me").status_code == 401
        assert (leaver.actor.role, UserSession.objects.count()) == ("none", 0)
        assert post(mailoutbox) == [(leaver.email, f"您已不再办理{firm.name}的业务")]
        with pytest.raises(WrongState):
            step_down(approver.actor, membership=row)

    def test_a_filler_may_only_leave(self, firm: Enterprise, approver: User, people: People) -> None:
        filler = people.who("enterprise_filler")
        assert moves(seat_of(approver, firm), filler) == {}
        assert moves(seat_of(filler, firm), filler) == {"leave": True}
        for move in (step_down, hand_over, end_membership):
            with pytest.raises(NotAllowed):
                move(filler.actor, membership=seat_of(approver, firm))
        end_membership(filler.actor, membership=seat_of(filler, firm))
        assert filler.actor.role == "none"

    def test_nobody_manages_another_firm(self, people: People, firm: Enterprise) -> None:
        stranger, row = person_of(people.other_firm), seat_of(people.who("enterprise_filler"), firm)
        for move in (step_down, hand_over, end_membership):
            with pytest.raises(NotAllowed):
                move(stranger.actor, membership=row)

    def test_nobody_hands_over_to_themselves(self, approver: User, firm: Enterprise) -> None:
        with pytest.raises(WrongState):
            hand_over(approver.actor, membership=seat_of(approver, firm))

    def test_a_person_comes_back(self, approver: User, firm: Enterprise, people: People) -> None:
        filler = people.who("enterprise_filler")
        end_membership(approver.actor, membership=seat_of(filler, firm))
        accept_invitation(filler.actor, invitation=invite(approver, firm))
        assert filler.actor.role == "enterprise_filler"


class TestSeveralPlaces:
    @pytest.fixture
    def browser(self, firm: Enterprise, people: People) -> Client:
        person = person_of(firm, "enterprise_filler")
        MembershipFactory(user=person, role="enterprise_approver", enterprise=people.other_firm)
        browser = Client()
        browser.force_login(person)
        return browser

    def choose(self, browser: Client, pk: int) -> int:
        return browser.put("/api/v1/me/membership", {"membership": pk}, content_type="application/json").status_code

    def test_nothing_is_chosen_for_a_person(self, browser: Client) -> None:
        page = browser.get("/api/v1/me").json()
        assert (page["role"], page["membership"], len(page["memberships"])) == ("none", None, 2)

    def test_the_choice_holds_for_the_session(self, browser: Client, people: People) -> None:
        places = {row["place"]: row["id"] for row in browser.get("/api/v1/me").json()["memberships"]}
        assert self.choose(browser, places[people.other_firm.name]) == 200
        assert browser.get("/api/v1/me").json()["role"] == "enterprise_approver"
        assert self.choose(browser, places[people.firm.name]) == 200
        assert browser.get("/api/v1/me").json()["organisation"]["name"] == people.firm.name

    def test_another_persons_place_is_not_found(self, browser: Client, people: People) -> None:
        foreign = seat_of(people.who("enterprise_approver"), people.firm)
        assert self.choose(browser, foreign.pk) == 404
        assert browser.get("/api/v1/me").json()["role"] == "none"


class TestLegalRepresentative:
    """The legal representative signs in person: what an approver may, under that name (E02)."""

    def test_manages_people_and_counts_as_an_approver_that_is_left(self, people: People) -> None:
        approver, legal = people.who("enterprise_approver"), people.who("enterprise_legal")
        seat = seat_of(approver, people.firm)
        change_role(legal.actor, membership=seat, role="enterprise_filler")
        assert approver.actor.role == "enterprise_filler"
        with pytest.raises(Conflict):
            end_membership(legal.actor, membership=seat_of(legal, people.firm))

    def test_an_approver_names_one(self, people: People) -> None:
        approver, filler = people.who("enterprise_approver"), people.who("enterprise_filler")
        change_role(approver.actor, membership=seat_of(filler, people.firm), role="enterprise_legal")
        assert filler.actor.role == "enterprise_legal"

    def test_may_submit(self, people: People) -> None:
        draft = begin(people.who("enterprise_filler").actor, people.firm)
        assert can_submit.holds(people.who("enterprise_legal").actor, draft)
        assert not can_submit.holds(people.who("enterprise_filler").actor, draft)
