"""What a person may do comes from the membership (C01)."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from cultivation.accounts.models import Membership, User
from cultivation.accounts.services import add_person
from cultivation.core.actors import SYSTEM, Actor
from cultivation.core.models import AuditEvent
from tests.factories.accounts import EnterpriseFactory, OrganisationFactory, UserFactory
from tests.people import People

pytestmark = pytest.mark.django_db
LOGIN = "/_allauth/browser/v1/auth/login"
PASSWORD = "yi-duan-mi-ma-2026"


@pytest.fixture
def officer() -> User:
    place = OrganisationFactory(name="湖北省知识产权局")
    return add_person(
        SYSTEM, username="lin", full_name="林静", password=PASSWORD, role="province_officer", organisation=place
    )


class TestActor:
    def test_carries_role_and_place(self, people: People) -> None:
        actor = people.who("city_officer").actor
        assert (actor.name, actor.role, actor.region) == ("陈晓", "city_officer", "420100")

    def test_without_a_membership_has_no_role(self) -> None:
        user = UserFactory(full_name="某人")
        assert user.actor == Actor(name="某人", role="none", user_id=user.pk)

    def test_a_membership_that_ended_gives_nothing(self, people: People) -> None:
        user = people.who("province_leader")
        Membership.objects.update(is_active=False)
        assert user.actor.role == "none"

    def test_flags_on_the_user_give_nothing(self) -> None:
        assert UserFactory(is_superuser=True, is_staff=True).actor.role == "none"

    def test_a_membership_is_in_one_place(self) -> None:
        both = {"organisation": OrganisationFactory(), "enterprise": EnterpriseFactory()}
        for places in ({}, both):
            with pytest.raises(IntegrityError), transaction.atomic():
                Membership.objects.create(user=UserFactory(), role="expert", **places)


class TestAdding:
    def test_a_person_asked_for_again_stays_as_they_are(self, officer: User) -> None:
        place = Membership.objects.get().organisation
        again = add_person(
            SYSTEM, username="lin", full_name="别名", password="x", role="province_officer", organisation=place
        )
        assert (again, again.full_name, again.check_password(PASSWORD)) == (officer, "林静", True)
        assert Membership.objects.count() == 1

    def test_it_leaves_a_line_without_the_password(self, officer: User) -> None:
        line = AuditEvent.objects.get(action="user.add")
        assert line.detail == {"role": "province_officer"}


def sign_in(browser: Client, **who: str) -> Any:
    return browser.post(LOGIN, who, content_type="application/json")


class TestSigningIn:
    def test_by_name_and_password(self, client: Client, officer: User) -> None:
        assert sign_in(client, username="lin", password=PASSWORD).status_code == 200
        page = client.get("/api/v1/me").json()
        assert (page["user"]["name"], page["role_label"], page["menu"]) == (
            "林静",
            "省局经办",
            ["home", "rounds", "workshop", "learning", "watch", "verification", "claims", "designations"],
        )

    def test_a_wrong_password_is_refused(self, client: Client, officer: User) -> None:
        assert sign_in(client, username="lin", password="wrong").status_code == 400
        assert client.get("/api/v1/me").status_code == 401

    def test_who_has_left_is_refused(self, client: Client, officer: User) -> None:
        User.objects.update(is_active=False)
        assert sign_in(client, username="lin", password=PASSWORD).status_code >= 400

    def test_leaving_ends_the_session(self, client: Client, officer: User) -> None:
        sign_in(client, username="lin", password=PASSWORD)
        client.delete("/_allauth/browser/v1/auth/session")
        assert client.get("/api/v1/me").status_code == 401


class TestSite:
    def test_demonstration_accounts_are_named_only_in_a_demonstration(
        self, client: Client, settings: Settings, officer: User
    ) -> None:
        User.objects.update(is_demonstration=True)
        settings.DEMONSTRATION = False
        assert client.get("/api/v1/site").json()["accounts"] == []
        settings.DEMONSTRATION = True
        assert [account["username"] for account in client.get("/api/v1/site").json()["accounts"]] == ["lin"]
