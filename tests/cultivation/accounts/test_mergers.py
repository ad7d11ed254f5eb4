"""A merger: asked by the firm that lives on, answered by the other side; both keep their history (E37)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.utils import timezone

from cultivation.accounts.models import Enterprise, EnterpriseChange, Organisation, User
from cultivation.accounts.services import (
    answer_change,
    file_claim,
    heirs_of,
    register_firm,
    report_change,
    report_merger,
)
from cultivation.core.actors import SYSTEM
from cultivation.core.errors import BadInput, Conflict, DomainError, NotAllowed
from cultivation.core.models import AuditEvent
from tests.cultivation.accounts.posted import post
from tests.factories.accounts import EnterpriseFactory, MembershipFactory, confirmed_person, person_of, valid_uscc
from tests.people import WUHAN, People

pytestmark = pytest.mark.django_db
YICHANG = ("宜昌市知识产权局", "city", "420500")


def proof() -> SimpleUploadedFile:
    return SimpleUploadedFile("合并协议.pdf", b"%PDF-1.4")


def ask(actor: User, firm: Enterprise, other: Enterprise | str, **changes: Any) -> EnterpriseChange:
    code = other if isinstance(other, str) else other.uscc
    wanted = {"uscc": code, "form": "absorption", "happened_on": date(2026, 3, 2), "proof": proof(), **changes}
    return report_merger(actor.actor, enterprise=firm, **wanted)


@pytest.fixture
def approver(people: People) -> User:
    return person_of(people.firm)


@pytest.fixture
def absorbed_approver(people: People) -> User:
    return person_of(people.other_firm, name="向晚")


@pytest.fixture
def yichang(people: People) -> User:
    people.organisation(*WUHAN)
    office = people.organisation(*YICHANG)
    Organisation.objects.filter(region="420100").update(email="wuhan@example.org")
    Organisation.objects.filter(region="420500").update(email="yichang@example.org")
    found: User = MembershipFactory(role="city_officer", organisation=office, user__email="").user
    return found


@pytest.fixture
def asked(approver: User, absorbed_approver: User, yichang: User, people: People) -> EnterpriseChange:
    return ask(approver, people.firm, people.other_firm)


def reload(firm: Enterprise) -> Enterprise:
    return Enterprise.objects.get(pk=firm.pk)


class TestAsking:
    def test_nothing_changes_before_the_other_side_confirms(self, asked: EnterpriseChange, people: People) -> None:
        assert (asked.state, asked.other, asked.before) == ("merging", people.other_firm, people.other_firm.name)
        assert reload(people.other_firm).successor is None
        assert AuditEvent.objects.filter(action="enterprise.merger", subject_id=str(people.firm.pk)).exists()

    def test_the_code_is_read_as_at_registration(self, approver: User, people: People) -> None:
        """Full-width, spaces and lower case are what people paste."""
        wide = "".join(chr(ord(c) + 0xFEE0) for c in people.other_firm.uscc.lower())
        assert ask(approver, people.firm, f" {wide} ").other == people.other_firm

    def test_a_firm_that_nobody_knows_here_is_told_with_its_name(self, approver: User, people: People) -> None:
        told = ask(approver, people.firm, valid_uscc(991), name="外省某企业有限公司", form="consolidation")
        assert (told.state, told.other, told.before) == ("told", None, "外省某企业有限公司")

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"other": valid_uscc(991)}, "bad_input"),
            ({"other": "914201"}, "bad_uscc"),
            ({"form": "takeover"}, "bad_form"),
            ({"happened_on": timezone.localdate() + timedelta(days=1)}, "bad_date"),
            ({"proof": None}, "bad_proof"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, approver: User, people: People, wrong: dict[str, Any], code: str
    ) -> None:
        with pytest.raises(BadInput) as refused:
            ask(approver, people.firm, **{"other": people.other_firm, **wrong})
        assert (refused.value.code, EnterpriseChange.objects.count()) == (code, 0)

    def test_not_with_itself(self, approver: User, people: People) -> None:
        with pytest.raises(BadInput) as refused:
            ask(approver, people.firm, people.firm)
        assert refused.value.code == "own_firm"

    def test_one_firm_is_asked_for_once(self, asked: EnterpriseChange, people: People) -> None:
        third = EnterpriseFactory(name="第三家有限公司")
        with pytest.raises(Conflict) as refused:
            ask(person_of(third, name="丙"), third, people.other_firm)
        assert refused.value.code == "merger_is_open"

    def test_only_who_signs_for_the_firm_asks(self, approver: User, people: People) -> None:
        for other in (people.who("enterprise_filler"), person_of(people.other_firm), people.who("city_officer")):
            with pytest.raises(NotAllowed):
                ask(other, people.firm, people.other_firm)

    def test_reported_later_than_three_months_it_says_so(self, asked: EnterpriseChange) -> None:
        assert asked.is_late

    def test_both_offices_and_who_signs_for_the_other_firm_hear_of_it(
        self, asked: EnterpriseChange, absorbed_approver: User, approver: User, mailoutbox: list[EmailMessage]
    ) -> None:
        told = {to for to, subject in post(mailoutbox) if "合并" in subject}
        assert told == {"wuhan@example.org", "yichang@example.org", absorbed_approver.email}
        answer_change(absorbed_approver.actor, change=asked, move="refuse_merger", reason="并无此事，我司没有合并")
        told = {to for to, subject in post(mailoutbox) if "未获确认" in subject}
        assert told == {"wuhan@example.org", "yichang@example.org", absorbed_approver.email, approver.email}


class TestAnswering:
    def test_the_other_side_its_office_or_the_province_confirm(
        self, asked: EnterpriseChange, absorbed_approver: User, yichang: User, people: People
    ) -> None:
        for someone in (absorbed_approver, yichang, people.who("province_officer")):
            change = EnterpriseChange.objects.get(pk=asked.pk)
            answer_change(someone.actor, change=change, move="confirm_merger")
            firm = reload(people.other_firm)
            assert (change.state, firm.successor, firm.merged_on) == ("confirmed", people.firm, date(2026, 3, 2))
            Enterprise.objects.filter(pk=firm.pk).update(successor=None, merged_on=None)
            EnterpriseChange.objects.update(state="merging")

    def test_nobody_else_does(self, asked: EnterpriseChange, approver: User, people: People) -> None:
        filler = MembershipFactory(role="enterprise_filler", enterprise=people.other_firm).user
        for other in (approver, filler, people.who("city_officer"), people.who("expert")):
            for move in ("confirm_merger", "refuse_merger"):
                with pytest.raises(NotAllowed):
                    answer_change(other.actor, change=asked, move=move, reason="没有这回事")

    def test_only_the_asking_firm_takes_it_back(
        self, asked: EnterpriseChange, approver: User, absorbed_approver: User, people: People
    ) -> None:
        with pytest.raises(NotAllowed):
            answer_change(absorbed_approver.actor, change=asked, move="withdraw_merger")
        answer_change(approver.actor, change=asked, move="withdraw_merger")
        assert ask(approver, people.firm, people.other_firm).state == "merging"

    def test_the_request_is_seen_by_both_sides_and_no_other_firm(
        self, asked: EnterpriseChange, absorbed_approver: User, yichang: User, people: People
    ) -> None:
        seen = EnterpriseChange.objects.visible_to
        assert all(asked in seen(who.actor) for who in (absorbed_approver, yichang, people.who("city_officer")))
        third = person_of(EnterpriseFactory(region="421000"), name="丙")
        jingzhou = MembershipFactory(role="city_officer", organisation=people.organisation("荆州局", "city", "421000"))
        assert not any(asked in seen(who.actor) for who in (third, jingzhou.user, people.who("expert")))

    def test_the_absorbed_firm_stays_hidden_from_the_other_before_and_after(
        self, asked: EnterpriseChange, approver: User, absorbed_approver: User, people: People
    ) -> None:
        """Its record and its results stay its own; only what passes on is shown to the firm that lives on."""
        assert people.other_firm not in Enterprise.objects.visible_to(approver.actor)
        answer_change(absorbed_approver.actor, change=asked, move="confirm_merger")
        assert people.other_firm not in Enterprise.objects.visible_to(approver.actor)
        assert people.other_firm in Enterprise.objects.visible_to(absorbed_approver.actor)


class TestAfterwards:
    @pytest.fixture(autouse=True)
    def merged(self, asked: EnterpriseChange, absorbed_approver: User) -> None:
        answer_change(absorbed_approver.actor, change=asked, move="confirm_merger")

    def test_the_old_code_leads_to_the_firm_that_took_its_place(self, people: People) -> None:
        old = people.other_firm
        heir = {"name": people.firm.name, "uscc": people.firm.uscc, "merged_on": date(2026, 3, 2)}
        assert heirs_of([old.uscc, people.firm.uscc]) == {old.uscc: heir}
        with pytest.raises(Conflict, match=people.firm.name):
            register_firm(SYSTEM, person=confirmed_person("新人"), uscc=old.uscc, name=old.name, region="420500")
        with pytest.raises(Conflict, match=people.firm.uscc):
            file_claim(SYSTEM, person=confirmed_person("又一人"), uscc=old.uscc, name="", reason="我是本企业人员")

    def test_it_reports_nothing_any_more(self, absorbed_approver: User, people: People) -> None:
        firm = reload(people.other_firm)
        with pytest.raises(Conflict):
            report_change(
                absorbed_approver.actor, enterprise=firm, kind="name", after="新名", happened_on=date(2026, 4, 1),
                proof=proof(),
            )  # fmt: skip
        with pytest.raises(Conflict):
            ask(absorbed_approver, firm, people.firm)

    def test_it_is_absorbed_once(self, people: People) -> None:
        third = EnterpriseFactory(name="第三家有限公司")
        with pytest.raises(Conflict) as refused:
            ask(person_of(third, name="丙"), third, people.other_firm)
        assert refused.value.code == "already_merged"

    def test_a_firm_merged_while_another_request_waited_is_not_merged_again(self, people: People) -> None:
        """Two requests in a ring: the one confirmed first makes the other impossible."""
        ring = EnterpriseChange.objects.create(
            enterprise=people.other_firm, kind="merger", form="absorption", other=people.firm,
            other_uscc=people.firm.uscc, before=people.firm.name, state="merging", happened_on=date(2026, 3, 3),
        )  # fmt: skip
        with pytest.raises(DomainError) as refused:
            answer_change(people.who("province_officer").actor, change=ring, move="confirm_merger")
        assert refused.value.code == "already_merged"
        assert reload(people.firm).successor is None

    def test_when_the_successor_is_absorbed_in_turn_both_lead_to_the_last(self, approver: User, people: People) -> None:
        third = EnterpriseFactory(name="第三家有限公司")
        change = ask(person_of(third, name="丙"), third, people.firm)
        answer_change(approver.actor, change=change, move="confirm_merger")
        assert {reload(one).successor for one in (people.firm, people.other_firm)} == {third}
