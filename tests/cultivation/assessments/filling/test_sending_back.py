"""An office sends an assessment back: what it must say, to whom, and who may (E23, C01, C05, C06)."""

import re
from datetime import date, timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from cultivation.accounts.models import User
from cultivation.assessments.models import Assessment
from cultivation.assessments.services.filling import (
    reply_to,
    send_back,
    take_back,
)
from cultivation.assessments.services.filling.catalogue import fields_of
from cultivation.assessments.services.review import open_review, review_of
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, NotAllowed, WrongState
from cultivation.core.jobs import run_now
from cultivation.core.models import AuditEvent, Job
from cultivation.operations.services.home import page_of
from cultivation.programmes.models import Round
from cultivation.programmes.services import UnknownYear
from tests.factories.filling import fill
from tests.factories.returning import in_a_week, note, return_to_firm, sign
from tests.people import People

pytestmark = pytest.mark.django_db


class TestSendingBack:
    def test_it_is_the_firms_again_with_the_notes_and_its_own_days(self, officer: Actor, case: Assessment) -> None:
        sent = return_to_firm(officer, case, "revenue", "ip_strategy")
        assert (case.state, sent.number, sent.office) == ("returned", 1, "武汉市知识产权局")
        assert timezone.localtime(sent.until).strftime("%Y-%m-%d %H:%M:%S") == f"{in_a_week():%Y-%m-%d} 23:59:59"
        assert [one.code for one in sent.notes.all()] == ["revenue", "ip_strategy"]
        assert all(one.clause for one in sent.notes.all()), "each note names the clause that asks for the fact"

    def test_the_trail_says_who_until_when_and_how_many(self, officer: Actor, case: Assessment) -> None:
        return_to_firm(officer, case, "revenue")
        line = AuditEvent.objects.get(action="assessment.send_back")
        assert (line.before, line.after, line.detail["notes"], line.actor_name) == ("submitted", "returned", 1, "陈晓")

    def test_everybody_of_the_firm_gets_a_letter(
        self, officer: Actor, case: Assessment, mailoutbox: list[EmailMessage]
    ) -> None:
        for user in User.objects.filter(username__startswith="enterprise_"):
            User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.org")
        return_to_firm(officer, case, "revenue")
        for job in Job.objects.filter(kind="accounts.letter"):
            run_now(job)
        assert len(mailoutbox) == 2, "the filler and the approver"
        letter = mailoutbox[0]
        assert "被退回补正" in letter.subject
        assert f"/filling/{case.pk}" in str(letter.body)
        assert "陈晓" not in str(letter.body), "the office speaks, not the officer"

    @pytest.mark.parametrize(
        ("wrong", "pointer", "word"),
        [
            ({"code": "nothing"}, "/nothing", "没有这一项"),
            ({"reason": "mood"}, "/revenue", "列表"),
            ({"text": "贵公司有误"}, "/revenue", "12 至 600"),
            ({"text": "这一项与所附证明材料不一致，请核对后更正。"}, "/revenue", "贵公司"),
            ({"text": "贵公司" * 201}, "/revenue", "12 至 600"),
        ],
    )
    def test_a_note_must_be_of_use_to_its_reader(
        self, officer: Actor, case: Assessment, wrong: dict[str, str], pointer: str, word: str
    ) -> None:
        """C06: a reason of the list, words of some length, addressed to 贵公司."""
        with pytest.raises(BadInput) as refusal:
            return_to_firm(officer, case, note(**{"code": "revenue", **wrong}))
        assert word in str(refusal.value.fields[pointer])
        assert case.returns.count() == 0

    def test_none_and_the_same_fact_twice_are_refused(self, officer: Actor, case: Assessment) -> None:
        with pytest.raises(BadInput) as refusal:
            return_to_firm(officer, case)
        assert "/notes" in refusal.value.fields
        with pytest.raises(BadInput) as refusal:
            return_to_firm(officer, case, "revenue", "revenue")
        assert "只写一条" in str(refusal.value.fields["/revenue"])

    def test_there_must_be_a_working_day_in_it(self, officer: Actor, case: Assessment) -> None:
        today = timezone.localdate()
        with pytest.raises(BadInput):
            send_back(officer, assessment=case, until=today, notes=[note("revenue")])
        with pytest.raises(BadInput):
            send_back(officer, assessment=case, until=today + timedelta(days=400), notes=[note("revenue")])
        assert case.returns.count() == 0

    def test_days_off_alone_are_refused(
        self, officer: Actor, case: Assessment, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """O14: by the calendar; where the year is not known nobody can tell, and nothing is refused."""
        module = "cultivation.assessments.services.filling.returning.sending.working_days_between"
        monkeypatch.setattr(module, lambda after, until: 0)
        with pytest.raises(BadInput) as refusal:
            return_to_firm(officer, case, "revenue")
        assert "没有工作日" in str(refusal.value.fields["/until"])

        def unknown(after: date, until: date) -> int:
            raise UnknownYear(2031)

        monkeypatch.setattr(module, unknown)
        assert return_to_firm(officer, case, "revenue")

    def test_only_what_was_handed_in_can_be_sent_back(self, filler: Actor, officer: Actor, case: Assessment) -> None:
        take_back(filler, assessment=case)
        with pytest.raises(WrongState):
            return_to_firm(officer, case, "revenue")


class TestWhoMay:
    def test_the_office_of_the_firms_region(self, people: People, case: Assessment) -> None:
        """C01: the firm itself, another city and the auditor may not."""
        for role in ("enterprise_approver", "audit_admin", "expert"):
            with pytest.raises(NotAllowed):
                return_to_firm(people.who(role).actor, case, "revenue")
        stranger = Actor(name="外市", role="city_officer", user_id=1, organisation_id=1, region="421100")
        with pytest.raises(NotAllowed):
            return_to_firm(stranger, case, "revenue")

    def test_the_province_only_where_no_city_checks(self, people: People, case: Assessment) -> None:
        Round.objects.filter(pk=case.round_id).update(stages=["filling", "city_check"])
        case.refresh_from_db()
        with pytest.raises(NotAllowed):
            return_to_firm(people.who("province_officer").actor, case, "revenue")
        assert return_to_firm(people.who("city_officer").actor, case, "revenue")

    def test_opening_it_ends_taking_back(self, people: People, filler: Actor, case: Assessment) -> None:
        """E22: whoever may check it opens it by reading it; others only read."""
        Round.objects.filter(pk=case.round_id).update(stages=["filling", "city_check"])
        case.refresh_from_db()
        open_review(people.who("province_officer").actor, case)
        assert case.opened_at is None
        open_review(people.who("city_officer").actor, case)
        assert case.opened_at is not None
        first = case.opened_at
        open_review(people.who("city_officer").actor, case)
        assert case.opened_at == first
        with pytest.raises(WrongState, match="已经打开"):
            take_back(filler, assessment=case)


class TestTellingAllAtOnce:
    def test_what_could_be_seen_the_first_time_wants_a_reason(
        self, filler: Actor, approver: Actor, officer: Actor, case: Assessment
    ) -> None:
        """C05 一次性告知: not what was told and is still wrong, nor what has changed since."""
        return_to_firm(officer, case, "revenue", "ip_strategy")
        fill(filler, case, revenue=8123)
        reply_to(filler, assessment=case, code="ip_strategy", reply="规划文号见附件。", version=0)
        sign(approver, case)
        with pytest.raises(BadInput) as refusal:
            return_to_firm(officer, case, "revenue", "ip_strategy", "employees")
        assert set(refusal.value.fields) == {"/employees"}
        assert "一次告知" in str(refusal.value.fields["/employees"])
        sent = return_to_firm(officer, case, "revenue", note("employees", belated="社保抽查数据昨日才收到。"))
        assert {one.code: one.belated for one in sent.notes.all()} == {
            "revenue": "",
            "employees": "社保抽查数据昨日才收到。",
        }


class TestWhatWaits:
    def test_the_first_page_of_the_office_that_checks_says_so(
        self, people: People, officer: Actor, filler: Actor, approver: Actor, case: Assessment
    ) -> None:
        """C02, in its simplest form: how many have handed in, and how many of them again."""

        def told(actor: Actor) -> list[str]:
            return [f"{one['title']} {one['detail']}" for one in page_of(actor)["todo"] if "等待审核" in one["title"]]

        assert told(officer) == [f"{case.round.name}：1 家企业已提交，等待审核 打开后可以核对证明材料、退回补正"]
        return_to_firm(officer, case, "revenue")
        assert told(officer) == []
        fill(filler, case, revenue=8123)
        sign(approver, case)
        assert told(officer) == [f"{case.round.name}：1 家企业已提交，等待审核 其中 1 家是补正后重新提交"]
        Round.objects.filter(pk=case.round_id).update(stages=["filling", "city_check"])
        assert told(people.who("province_officer").actor) == []


class TestTheDaysOffered:
    def test_the_first_and_the_last_are_taken(self, officer: Actor, case: Assessment) -> None:
        page = review_of(officer, case)
        with pytest.raises(BadInput):
            send_back(officer, assessment=case, until=page["latest"] + timedelta(days=1), notes=[note("revenue")])
        assert send_back(officer, assessment=case, until=page["earliest"], notes=[note("revenue")])

    def test_every_fault_of_a_note_is_named(self, officer: Actor, case: Assessment) -> None:
        with pytest.raises(BadInput) as refusal:
            return_to_firm(officer, case, note("revenue", reason="mood", text="短"))
        told = str(refusal.value.fields["/revenue"])
        assert "列表" in told
        assert "12 至 600" in told

    def test_a_sentence_that_was_only_begun_is_refused(self, officer: Actor, case: Assessment) -> None:
        with pytest.raises(BadInput) as refusal:
            return_to_firm(officer, case, note("revenue", reason="other", text="贵公司填报的“上年度营业收入”"))
        assert "写完整" in str(refusal.value.fields["/revenue"])

    def test_the_basis_names_clauses_as_the_rules_print_them(self, officer: Actor, case: Assessment) -> None:
        """C06: all of a rulebook that read the fact; ids that only tell clauses apart are not printed."""
        plain = next(one for one in fields_of(case.round) if one.readers and one.readers[0]["id"].islower())
        sent = return_to_firm(officer, case, "revenue", "ip_strategy", plain.code)
        told = {one.code: one.clause for one in sent.notes.all()}
        assert told["revenue"].endswith("CR-1、CR-3、UT-1、MG-7")
        assert told["ip_strategy"].endswith("MG-3 知识产权战略规划")
        assert not re.search(r"[a-z]", told[plain.code])
