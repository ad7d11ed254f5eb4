"""A firm that was renamed, moved or merged: known at once, kept, told to its offices (E37); which these are (E39)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.utils import timezone

from cultivation.accounts.flow import change_flow
from cultivation.accounts.models import Enterprise, EnterpriseChange, Organisation, User
from cultivation.accounts.models.asking import months_later
from cultivation.accounts.services import answer_change, office_of, report_change
from cultivation.core.errors import BadInput, Conflict, NotAllowed
from cultivation.core.models import AuditEvent
from tests.cultivation.accounts.posted import post
from tests.factories.accounts import EnterpriseFactory, MembershipFactory, person_of
from tests.people import PROVINCE, WUHAN, People

pytestmark = pytest.mark.django_db
YICHANG = ("宜昌市知识产权局", "city", "420500")


@pytest.fixture
def approver(people: People) -> User:
    return person_of(people.firm)


def tell(approver: User, firm: Enterprise, **changes: Any) -> EnterpriseChange:
    proof = SimpleUploadedFile("准予变更登记通知书.pdf", b"%PDF-1.4")
    wanted = {"kind": "name", "after": "新名有限公司", "happened_on": timezone.localdate(), "proof": proof, **changes}
    return report_change(approver.actor, enterprise=firm, **wanted)


class TestReporting:
    def test_a_new_name_holds_at_once_and_the_old_is_kept(self, approver: User, people: People) -> None:
        firm = people.firm
        told = tell(approver, firm)
        firm.refresh_from_db()
        assert (told.before, firm.name) == ("武汉光谷精密仪器有限公司", "新名有限公司")
        assert [name.name for name in firm.names.all()] == ["新名有限公司"]
        assert AuditEvent.objects.filter(action="enterprise.name", after="新名有限公司").exists()

    def test_a_place_that_was_never_told_holds_at_once(self, approver: User, people: People) -> None:
        """There is no office yet that the firm would leave."""
        Enterprise.objects.filter(pk=people.firm.pk).update(region="")
        people.firm.refresh_from_db()
        told = tell(approver, people.firm, kind="region", after="420500")
        assert (told.state, Enterprise.objects.get(pk=people.firm.pk).region) == ("told", "420500")

    def test_a_division_is_recorded_and_changes_nothing_by_itself(self, approver: User, people: People) -> None:
        told = tell(approver, people.firm, kind="division", after="分出 乙有限公司")
        assert (told.state, Enterprise.objects.get(pk=people.firm.pk).name) == ("told", people.firm.name)

    @pytest.mark.parametrize(("days", "late"), [(0, False), (80, False), (100, True)])
    def test_later_than_three_months_is_told_to_the_office(
        self, approver: User, people: People, days: int, late: bool
    ) -> None:
        assert tell(approver, people.firm, happened_on=timezone.localdate() - timedelta(days=days)).is_late is late

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"kind": "registration"}, "bad_kind"),
            ({"kind": "merger"}, "bad_kind"),
            ({"happened_on": timezone.localdate() + timedelta(days=2)}, "bad_date"),
            ({"after": "武汉光谷精密仪器有限公司"}, "no_change"),
            ({"after": " "}, "bad_input"),
            ({"kind": "region", "after": "110000"}, "bad_region"),
            ({"kind": "zone", "after": "葛店经开区"}, "bad_zone"),
            ({"proof": None}, "bad_proof"),
            ({"kind": "division", "proof": None}, "bad_proof"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, approver: User, people: People, wrong: dict[str, Any], code: str
    ) -> None:
        with pytest.raises(BadInput) as refused:
            tell(approver, people.firm, **wrong)
        assert (refused.value.code, EnterpriseChange.objects.count()) == (code, 0)

    def test_only_its_approver_tells(self, approver: User, people: People) -> None:
        others = (people.who("enterprise_filler"), person_of(people.other_firm), people.who("city_officer"))
        for other in others:
            with pytest.raises(NotAllowed):
                tell(other, people.firm)


class TestMoving:
    """A move is asked for, and takes effect when the new office confirms it; the file goes with it (C01, E37)."""

    @pytest.fixture
    def yichang(self, people: People) -> User:
        people.organisation(*WUHAN)
        office = people.organisation(*YICHANG)
        Organisation.objects.filter(kind="city").update(email="x@example.org")
        Organisation.objects.filter(region="420500").update(email="y@example.org")
        found: User = MembershipFactory(role="city_officer", organisation=office, user__email="").user
        return found

    @pytest.fixture
    def asked(self, approver: User, people: People, yichang: User) -> EnterpriseChange:
        tell(approver, people.firm, kind="zone", after="东湖高新区", proof=None)
        return tell(approver, people.firm, kind="region", after="420502")

    def test_until_then_the_present_office_keeps_the_firm_and_both_see_the_request(
        self, asked: EnterpriseChange, people: People, yichang: User
    ) -> None:
        wuhan = people.who("city_officer").actor
        for actor in (wuhan, yichang.actor):
            assert asked in EnterpriseChange.objects.visible_to(actor)
        assert people.firm in Enterprise.objects.visible_to(wuhan)
        assert people.firm not in Enterprise.objects.visible_to(yichang.actor)

    def test_confirmed_it_takes_effect_and_leaves_the_zone_behind(
        self, asked: EnterpriseChange, people: People, yichang: User
    ) -> None:
        answer_change(yichang.actor, change=asked, move="confirm_move")
        firm = Enterprise.objects.get(pk=people.firm.pk)
        assert (asked.state, firm.region, firm.zone) == ("confirmed", "420502", "")
        assert firm in Enterprise.objects.visible_to(yichang.actor)
        assert firm not in Enterprise.objects.visible_to(people.who("city_officer").actor)
        assert asked in EnterpriseChange.objects.visible_to(people.who("city_officer").actor)

    def test_refused_nothing_moves_and_the_reason_is_kept(
        self, asked: EnterpriseChange, people: People, yichang: User
    ) -> None:
        with pytest.raises(BadInput):
            answer_change(yichang.actor, change=asked, move="refuse_move", reason="不")
        answer_change(yichang.actor, change=asked, move="refuse_move", reason="营业执照住所不在本市")
        assert (asked.state, asked.answer) == ("refused", "营业执照住所不在本市")
        assert Enterprise.objects.get(pk=people.firm.pk).region == people.firm.region

    def test_only_the_new_office_answers(self, asked: EnterpriseChange, people: People, approver: User) -> None:
        for other in (people.who("city_officer"), approver, people.who("expert")):
            with pytest.raises(NotAllowed):
                answer_change(other.actor, change=asked, move="confirm_move")

    def test_the_firm_takes_it_back_and_may_ask_again(
        self, asked: EnterpriseChange, people: People, approver: User
    ) -> None:
        with pytest.raises(Conflict):
            tell(approver, people.firm, kind="region", after="421000")
        answer_change(approver.actor, change=asked, move="withdraw_move")
        assert tell(approver, people.firm, kind="region", after="421000").state == "asked"

    def test_both_offices_hear_of_the_request_and_the_old_one_of_the_answer(
        self, asked: EnterpriseChange, yichang: User, mailoutbox: list[EmailMessage]
    ) -> None:
        assert {to for to, _ in post(mailoutbox)} == {"x@example.org", "y@example.org"}
        answer_change(yichang.actor, change=asked, move="confirm_move")
        assert "x@example.org" in {to for to, _ in post(mailoutbox)}


class TestNoting:
    def test_the_office_takes_note(self, approver: User, people: People) -> None:
        told = tell(approver, people.firm)
        assert change_flow.run(told, "note", actor=people.who("city_officer").actor).state == "noted"

    def test_nobody_else_does(self, approver: User, people: People) -> None:
        told = tell(approver, people.firm)
        yichang = MembershipFactory(role="city_officer", organisation=people.organisation(*YICHANG)).user
        for other in (approver, yichang, people.who("expert")):
            with pytest.raises(NotAllowed):
                change_flow.run(told, "note", actor=other.actor)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2026, 9, 1), 3, date(2026, 12, 1)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_the_same_day_of_a_later_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


class TestOffices:
    @pytest.fixture(autouse=True)
    def offices(self, people: People) -> None:
        for place in (PROVINCE, WUHAN, YICHANG, ("仙桃市知识产权局", "city", "429004")):
            people.organisation(*place)

    @pytest.mark.parametrize(
        ("region", "office"),
        [
            ("420111", "武汉市知识产权局"),
            ("420500", "宜昌市知识产权局"),
            ("429004", "仙桃市知识产权局"),
            ("429005", "湖北省知识产权局"),
            ("", "湖北省知识产权局"),
        ],
    )
    def test_of_a_region(self, region: str, office: str) -> None:
        assert str(office_of(region)) == office

    def test_an_imported_firm_without_a_region_belongs_to_the_province(self, people: People) -> None:
        firm = EnterpriseFactory(region="")
        assert firm not in Enterprise.objects.visible_to(people.who("city_officer").actor)
        assert str(office_of(firm.region)) == "湖北省知识产权局"
