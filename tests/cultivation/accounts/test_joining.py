"""Registering a firm, and claiming one that is known already (E01, E02, E38)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage

from cultivation.accounts.models import Claim, Enterprise, EnterpriseChange, Membership, User
from cultivation.accounts.services import decide_claim, file_claim, find_firm, register_firm
from cultivation.core.errors import BadInput, Conflict, DomainError, NotAllowed, WrongState
from cultivation.core.models import AuditEvent, StoredFile
from tests.cultivation.accounts.posted import post
from tests.factories.accounts import (
    EnterpriseFactory,
    MembershipFactory,
    UserFactory,
    confirmed_person,
    person_of,
    valid_uscc,
)
from tests.people import WUHAN, People

pytestmark = pytest.mark.django_db
Mails = list[EmailMessage]
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"


def licence(data: bytes = PDF, name: str = "营业执照.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def failed_check(code: str) -> str:
    return code[:-1] + ("1" if code[-1] != "1" else "2")


@pytest.fixture
def person() -> User:
    return confirmed_person()


def register(person: User, **changes: Any) -> Membership:
    wanted = {"uscc": valid_uscc(1), "name": "甲有限公司", "region": "420111", "zone": "", "note": "", **changes}
    return register_firm(person.actor, person=person, **wanted)


def claim(person: User, firm: Enterprise, **changes: Any) -> Claim:
    wanted = {"name": firm.name, "reason": "我是本企业的知识产权专员", "proof": licence(), **changes}
    return file_claim(person.actor, person=person, uscc=firm.uscc, **wanted)


class TestFinding:
    @pytest.mark.parametrize("wording", ["{}", " {} ", "{}".lower(), "９１４２０１００ＭＡ０００００１" + "{}"[-1:]])
    def test_a_code_is_put_into_its_one_form(self, wording: str) -> None:
        code = valid_uscc(1)
        assert find_firm(wording.format(code) if "{}" in wording else code.lower()).uscc.code == code

    def test_a_wrong_letter_is_named_by_its_place(self) -> None:
        with pytest.raises(BadInput) as told:
            find_firm("9142010OMA00000010")
        assert "第 8 位“O”" in told.value.fields["/uscc"]  # type: ignore[operator]

    def test_a_failed_check_digit_is_only_told(self) -> None:
        found = find_firm(failed_check(valid_uscc(1)))
        assert (found.uscc.check_ok, found.uscc.expected) == (False, valid_uscc(1)[-1])

    def test_who_would_decide(self) -> None:
        imported, peopled = EnterpriseFactory(), EnterpriseFactory()
        person_of(peopled)
        assert [find_firm(firm.uscc).decider for firm in (imported, peopled)] == ["office", "approvers"]

    def test_an_approver_whose_account_is_closed_holds_nothing(self) -> None:
        firm = EnterpriseFactory()
        person_of(firm)
        User.objects.update(is_active=False)
        assert find_firm(firm.uscc).decider == "office"


class TestRegistering:
    def test_makes_the_person_its_first_approver(self, person: User) -> None:
        membership = register(person)
        assert (membership.user, membership.role, membership.enterprise.region) == (
            person,
            "enterprise_approver",
            "420111",
        )
        assert [name.name for name in membership.enterprise.names.all()] == ["甲有限公司"]
        assert person.actor.enterprise_id == membership.enterprise_id

    def test_the_office_sees_it_in_its_queue(self, person: User, people: People) -> None:
        register(person)
        told = EnterpriseChange.objects.visible_to(people.who("city_officer").actor).get()
        assert (told.kind, told.state) == ("registration", "told")

    def test_a_known_firm_is_not_doubled(self, person: User) -> None:
        firm = EnterpriseFactory()
        with pytest.raises(Conflict) as told:
            register(person, uscc=firm.uscc)
        assert (told.value.code, Enterprise.objects.count()) == ("known_firm", 1)

    def test_a_failed_check_digit_needs_a_reason_that_is_kept(self, person: User) -> None:
        code = failed_check(valid_uscc(1))
        with pytest.raises(BadInput, match=f"按规则应为 {valid_uscc(1)[-1]}"):
            register(person, uscc=code)
        firm = register(person, uscc=code, note="执照上就是这样，已核对").enterprise
        assert (firm.uscc_check_ok, firm.uscc_note) == (False, "执照上就是这样，已核对")

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"region": "110000"}, "bad_region"),
            ({"region": "420000"}, "bad_region"),
            ({"region": "420500", "zone": "东湖高新区"}, "bad_zone"),
            ({"name": "  "}, "bad_input"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, person: User, wrong: dict[str, str], code: str) -> None:
        with pytest.raises(BadInput) as told:
            register(person, **wrong)
        assert (told.value.code, Enterprise.objects.count()) == (code, 0)

    def test_an_unconfirmed_address_registers_nothing(self) -> None:
        with pytest.raises(NotAllowed):
            register(UserFactory())


class TestClaiming:
    def test_an_imported_firm_goes_to_its_office_with_a_proof(
        self, person: User, people: People, mailoutbox: Mails
    ) -> None:
        officer = people.who("city_officer")
        officer.email = "chen@wuhan.example.org"
        officer.save()
        filed = claim(person, people.firm)
        assert (filed.decider, filed.proof.media_type) == ("office", "application/pdf")  # type: ignore[union-attr]
        assert post(mailoutbox) == [("chen@wuhan.example.org", f"王兰 申请办理{people.firm.name}的业务")]

    def test_without_people_of_its_own_the_offices_address_is_used(
        self, person: User, people: People, mailoutbox: Mails
    ) -> None:
        office = people.organisation(*WUHAN)
        office.email = "ip@wuhan.example.org"
        office.save()
        claim(person, people.firm)
        assert [to for to, _ in post(mailoutbox)] == ["ip@wuhan.example.org"]

    def test_a_firm_with_an_approver_goes_to_them(self, person: User, people: People, mailoutbox: Mails) -> None:
        approver = person_of(people.firm)
        assert claim(person, people.firm, proof=None).decider == "approvers"
        assert [to for to, _ in post(mailoutbox)] == [approver.email]

    def test_the_approver_may_have_left(self, person: User, people: People, mailoutbox: Mails) -> None:
        """The office decides with a proof, and the approver on record hears of it and may object (E38)."""
        approver = person_of(people.firm)
        assert claim(person, people.firm, approver_left=True).decider == "office"
        assert (approver.email, f"有人向知识产权局申请接管{people.firm.name}") in post(mailoutbox)

    def test_a_filler_left_alone_may_ask_the_office(self, people: People) -> None:
        filler = person_of(people.firm, "enterprise_filler", "汪洋")
        filed = claim(filler, people.firm)
        decide_claim(people.who("city_officer").actor, claim=filed, move="grant")
        assert [row.role for row in filler.active_memberships] == ["enterprise_approver"]

    def test_who_is_in_already_asks_in_vain(self, people: People) -> None:
        for role in ("enterprise_approver", "enterprise_filler"):
            with pytest.raises(Conflict) as told:
                claim(person_of(people.firm, role), people.firm, proof=None)
            assert told.value.code == "already_member"

    def test_one_open_request_is_enough(self, person: User, people: People) -> None:
        claim(person, people.firm)
        with pytest.raises(Conflict) as told:
            claim(person, people.firm)
        assert told.value.code == "already_asked"

    def test_another_name_than_the_records_is_shown_and_kept(self, person: User, people: People) -> None:
        filed = claim(person, people.firm, name="武汉光谷精密仪器股份有限公司")
        assert filed.name_differs
        assert people.firm.name == "武汉光谷精密仪器有限公司"

    @pytest.mark.parametrize(
        "hostile",
        [
            licence(b"<!doctype html><script>alert(1)</script>", "licence.pdf"),
            licence(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "licence.png"),
            licence(b"PK\x03\x04", "licence.pdf"),
            licence(b"", "licence.pdf"),
            licence(PDF + bytes(10 * 2**20), "licence.pdf"),
            None,
        ],
    )
    def test_a_hostile_or_missing_proof_is_refused_and_nothing_kept(
        self, person: User, people: People, hostile: SimpleUploadedFile | None
    ) -> None:
        with pytest.raises(BadInput) as told:
            claim(person, people.firm, proof=hostile)
        assert told.value.code == "bad_proof"
        assert (StoredFile.objects.count(), Claim.objects.count()) == (0, 0)

    @pytest.mark.parametrize(
        ("data", "name", "kept"),
        [
            (PDF, "../../etc/passwd", "passwd.pdf"),
            (b"\xff\xd8\xff\xe0", "扫描.JPEG", "扫描.JPEG"),
            (b"\x89PNG\r\n\x1a\n", "licence.exe", "licence.exe.png"),
        ],
    )
    def test_a_proof_is_named_by_what_it_is(
        self, person: User, people: People, data: bytes, name: str, kept: str
    ) -> None:
        filed = claim(person, people.firm, proof=licence(data, name))
        assert filed.proof
        assert filed.proof.name == kept

    def test_an_unknown_firm_is_registered_not_claimed(self, person: User) -> None:
        with pytest.raises(Conflict) as told:
            file_claim(person.actor, person=person, uscc=valid_uscc(7), name="甲", reason="我是本企业的人员")
        assert told.value.code == "unknown_firm"


class TestDeciding:
    def test_the_office_puts_the_claimant_in_charge(self, person: User, people: People, mailoutbox: Mails) -> None:
        filed = claim(person, people.firm)
        post(mailoutbox)
        decide_claim(people.who("city_officer").actor, claim=filed, move="grant", role="enterprise_filler")
        assert (filed.state, filed.decided_by) == ("granted", people.who("city_officer"))
        assert person.actor.role == "enterprise_approver"
        assert post(mailoutbox) == [(person.email, f"您可以办理{people.firm.name}的业务了")]

    def test_an_approver_says_which_role(self, person: User, people: People) -> None:
        approver = person_of(people.firm)
        filed = claim(person, people.firm)
        decide_claim(approver.actor, claim=filed, move="grant", role="enterprise_filler")
        assert person.actor.role == "enterprise_filler"

    def test_a_refusal_has_a_reason_and_another_try(self, person: User, people: People, mailoutbox: Mails) -> None:
        filed, officer = claim(person, people.firm), people.who("city_officer").actor
        with pytest.raises(BadInput):
            decide_claim(officer, claim=filed, move="refuse", answer="不行")
        post(mailoutbox)
        decide_claim(officer, claim=filed, move="refuse", answer="执照与代码不符")
        assert (filed.state, person.actor.role) == ("refused", "none")
        assert post(mailoutbox) == [(person.email, f"您办理{people.firm.name}业务的申请未通过")]
        assert "执照与代码不符" in str(mailoutbox[0].body)
        assert claim(person, people.firm).state == "filed"

    def test_the_claimant_withdraws(self, person: User, people: People) -> None:
        filed = claim(person, people.firm)
        decide_claim(person.actor, claim=filed, move="withdraw")
        with pytest.raises(WrongState):
            decide_claim(people.who("city_officer").actor, claim=filed, move="grant")

    @pytest.mark.parametrize("move", ["grant", "refuse", "withdraw"])
    def test_nobody_else_decides(self, person: User, people: People, move: str) -> None:
        """Not the claimant, not another region's office, not an approver over the office's head."""
        filed = claim(person, people.firm, approver_left=True)
        yichang = MembershipFactory(
            role="city_officer", organisation=people.organisation("宜昌市知识产权局", "city", "420500")
        ).user
        others = [yichang, people.who("enterprise_approver"), people.who("expert"), UserFactory()]
        others += [people.who("city_officer")] if move == "withdraw" else [person]
        for other in others:
            with pytest.raises(NotAllowed):
                decide_claim(other.actor, claim=filed, move=move, answer="足够长的理由")

    def test_every_step_is_in_the_audit_trail(self, person: User, people: People) -> None:
        filed = claim(person, people.firm)
        decide_claim(people.who("province_officer").actor, claim=filed, move="grant")
        told = AuditEvent.objects.filter(subject_type="accounts.claim").values_list("action", "after")
        assert list(told) == [("claim.file", ""), ("claim.grant", "granted")]

    def test_a_refused_move_leaves_nothing(self, person: User, people: People) -> None:
        filed = claim(person, people.firm)
        MembershipFactory(user=person, role="enterprise_filler", enterprise=people.firm)
        Membership.objects.filter(user=person).update(is_active=True)
        Claim.objects.update(decider="approvers")
        approver = person_of(people.firm)
        filed.refresh_from_db()
        with pytest.raises(DomainError):
            decide_claim(approver.actor, claim=filed, move="grant")
        filed.refresh_from_db()
        assert filed.state == "filed"
