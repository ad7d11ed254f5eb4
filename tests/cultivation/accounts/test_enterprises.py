"""Enterprises are known by their USCC, keep the names they bore, and are seen by their own region (E02, C01)."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cultivation.accounts.models import Enterprise, EnterpriseName
from cultivation.accounts.queries import enterprise_scope, region_prefix
from cultivation.accounts.services import register_enterprise
from cultivation.core.actors import PUBLIC, SYSTEM, Actor
from cultivation.core.models import AuditEvent
from tests.factories.accounts import EnterpriseFactory, valid_uscc
from tests.factories.rounds import ON
from tests.people import People

pytestmark = pytest.mark.django_db


def register(**changes: Any) -> Enterprise:
    known = {"name": "甲有限公司", "region": "420100", "zone": "", "uscc_check_ok": True, "demonstration": False}
    return register_enterprise(SYSTEM, uscc=valid_uscc(1), on=ON, **{**known, **changes})


class TestRegistering:
    def test_a_known_one_is_taken_up(self) -> None:
        assert register() == register()
        assert Enterprise.objects.count() == 1

    def test_a_new_name_joins_the_history(self) -> None:
        register()
        register(name="乙有限公司")
        assert Enterprise.objects.get().name == "乙有限公司"
        assert list(EnterpriseName.objects.values_list("name", flat=True)) == ["甲有限公司", "乙有限公司"]

    def test_a_change_is_written_down_with_what_was_before(self) -> None:
        register()
        register(region="420500", zone="东湖高新区")
        line = AuditEvent.objects.get(action="enterprise.change")
        assert line.detail == {"region": ["420100", "420500"], "zone": ["", "东湖高新区"]}

    def test_an_empty_value_changes_nothing(self) -> None:
        register(zone="东湖高新区")
        register(region="", zone="")
        found = Enterprise.objects.get()
        assert (found.region, found.zone) == ("420100", "东湖高新区")

    @pytest.mark.parametrize("wrong", [{"uscc": "9142"}, {"name": ""}])
    def test_the_database_refuses_what_can_never_be(self, wrong: dict[str, str]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            EnterpriseFactory(**wrong)


class TestWhoSees:
    @pytest.fixture
    def everywhere(self) -> None:
        for place in ("420100", "420111", "420500", "429004", "429005", ""):
            EnterpriseFactory(region=place, name=place or "未填")

    @pytest.mark.usefixtures("everywhere")
    @pytest.mark.parametrize(
        ("place", "seen"),
        [("420100", ["420100", "420111"]), ("429004", ["429004"]), ("420500", ["420500"]), ("", [])],
    )
    def test_a_city_office_sees_its_own_division(self, place: str, seen: list[str]) -> None:
        """仙桃 429004 and 潜江 429005 have no prefecture level: each sees itself alone."""
        actor = Actor(name="经办", role="city_officer", region=place)
        assert [firm.name for firm in Enterprise.objects.visible_to(actor)] == seen

    @pytest.mark.usefixtures("everywhere")
    def test_the_province_sees_all_and_the_public_nothing(self, people: People) -> None:
        officer = people.who("province_officer").actor
        counts = [Enterprise.objects.visible_to(actor).count() for actor in (officer, SYSTEM, PUBLIC)]
        assert counts == [6, 6, 0]

    def test_a_firm_sees_itself(self, people: People) -> None:
        assert people.other_firm not in Enterprise.objects.visible_to(people.who("enterprise_filler").actor)
        assert list(Enterprise.objects.visible_to(people.who("enterprise_filler").actor)) == [people.firm]

    def test_a_firms_role_without_a_firm_sees_nothing(self) -> None:
        EnterpriseFactory()
        assert not Enterprise.objects.filter(enterprise_scope(Actor("某", "enterprise_filler"))).exists()

    @pytest.mark.parametrize(("code", "prefix"), [("420100", "4201"), ("420111", "420111"), ("429004", "429004")])
    def test_what_codes_of_a_jurisdiction_begin_with(self, code: str, prefix: str) -> None:
        assert region_prefix(code) == prefix
