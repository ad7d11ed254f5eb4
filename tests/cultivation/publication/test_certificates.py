"""Certificates are numbered first and printed after: no gap, no duplicate, released with the list (P14, U02)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cultivation.core.actors import SYSTEM
from cultivation.core.errors import DomainError, NotAllowed, WrongState
from cultivation.core.jobs import run_now
from cultivation.core.models import AuditEvent, Job
from cultivation.documents.models import Certificate, Document
from cultivation.pools.models import Placement
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import Round
from cultivation.publication.services import (
    issue_certificates,
    number_certificates,
    request_certificates,
    why_not_issue,
)
from cultivation.publication.services.certificates import _last_day
from tests.factories.rounds import assessment_of, published_round, scored_round
from tests.factories.workbooks import ADVANTAGE, ELSEWHERE, STARTER
from tests.people import People

pytestmark = pytest.mark.django_db
BOTH = (ADVANTAGE, ELSEWHERE, STARTER)


def numbers() -> list[str]:
    return [number[-5:-1] for number in Certificate.objects.order_by("pk").values_list("number", flat=True)]


class TestNumbers:
    def test_only_listed_firms_get_one(self) -> None:
        round_ = published_round(BOTH)
        assert (number_certificates(SYSTEM, round_=round_), numbers()) == (2, ["0001", "0002"])

    def test_numbering_again_gives_no_more(self) -> None:
        round_ = published_round(BOTH)
        number_certificates(SYSTEM, round_=round_)
        assert (number_certificates(SYSTEM, round_=round_), numbers()) == (0, ["0001", "0002"])

    def test_a_firm_added_later_gets_the_next(self) -> None:
        round_ = scored_round(BOTH)
        number_certificates(SYSTEM, round_=round_)
        Placement.objects.filter(enterprise__uscc=STARTER.uscc).update(tier="leading")
        number_certificates(SYSTEM, round_=round_)
        assert numbers() == ["0001", "0002", "0003"]

    def test_a_failure_while_numbering_leaves_no_gap(self, monkeypatch: pytest.MonkeyPatch) -> None:
        round_ = published_round(BOTH)
        with monkeypatch.context() as broken:
            broken.setattr(Certificate.objects.__class__, "create", _break_at_second(Certificate.objects.create))
            with pytest.raises(OSError, match="disk full"):
                number_certificates(SYSTEM, round_=round_)
        number_certificates(SYSTEM, round_=round_)
        assert numbers() == ["0001", "0002"]

    def test_trial_and_formal_rounds_have_series_of_their_own(self) -> None:
        number_certificates(SYSTEM, round_=published_round((ADVANTAGE,), trial=False))
        assert Certificate.objects.get().number.startswith("鄂知优〔")

    def test_a_certificate_taken_back_is_not_issued_anew(self) -> None:
        round_ = published_round((ADVANTAGE,))
        number_certificates(SYSTEM, round_=round_)
        Certificate.objects.update(state="revoked")
        assert number_certificates(SYSTEM, round_=round_) == 0

    def test_the_round_says_how_long_it_lasts(self) -> None:
        number_certificates(SYSTEM, round_=published_round((ADVANTAGE,)))
        made = Certificate.objects.get()
        assert made.expires_on == _last_day(made.issued_on, 3)

    @pytest.mark.parametrize(
        ("first", "last"), [(date(2026, 6, 1), date(2029, 5, 31)), (date(2024, 2, 29), date(2027, 2, 28))]
    )
    def test_three_years_end_the_day_before(self, first: date, last: date) -> None:
        assert _last_day(first, 3) == last


def _break_at_second(create: Callable[..., Certificate]) -> Callable[..., Certificate]:
    made = []

    def broken(manager: object, **fields: Any) -> Certificate:
        if made:
            raise OSError("disk full")
        made.append(fields)
        return create(**fields)

    return broken


class TestPrinting:
    def test_a_job_killed_after_numbering_prints_the_same_numbers(self) -> None:
        round_ = published_round(BOTH)
        number_certificates(SYSTEM, round_=round_)
        before = dict(Certificate.objects.values_list("number", "token"))
        issue_certificates(SYSTEM, round_=round_)
        assert dict(Certificate.objects.values_list("number", "token")) == before
        assert not Certificate.objects.filter(document__isnull=True).exists()

    def test_a_job_killed_after_printing_finds_the_paper_again(self) -> None:
        round_ = published_round((ADVANTAGE,))
        (made,) = issue_certificates(SYSTEM, round_=round_)
        Certificate.objects.update(document=None)
        (again,) = issue_certificates(SYSTEM, round_=round_)
        assert (again.document, Document.objects.filter(kind="certificate").count()) == (made.document, 1)

    def test_the_paper_leads_to_its_own_check_page(self) -> None:
        (made,) = issue_certificates(SYSTEM, round_=published_round((ADVANTAGE,)))
        assert made.document is not None
        assert made.document.token == made.token

    def test_a_name_that_cannot_be_printed_says_so_and_the_others_go_on(self) -> None:
        round_ = published_round(BOTH)
        number_certificates(SYSTEM, round_=round_)
        broken = Certificate.objects.get(enterprise__uscc=ADVANTAGE.uscc)
        broken.payload["firm"]["name"] = "武汉\U0003fffd有限公司"
        broken.save()
        issue_certificates(SYSTEM, round_=round_)
        found = {c.enterprise.uscc: (c.document is None, bool(c.problem)) for c in Certificate.objects.all()}
        assert found == {ADVANTAGE.uscc: (True, True), ELSEWHERE.uscc: (False, False)}

    def test_what_a_trial_printed_early_is_released_with_its_list(self) -> None:
        round_ = scored_round((ADVANTAGE,))
        (made,) = issue_certificates(SYSTEM, round_=round_)
        released = Document.objects.filter(pk=made.document_id, is_released=True)
        assert not released.exists()
        round_flow.run(round_, "publish", actor=SYSTEM)
        assert released.exists()

    def test_progress_counts_each_certificate(self) -> None:
        seen: list[tuple[int, int]] = []
        round_ = published_round(BOTH)
        issue_certificates(SYSTEM, round_=round_, progress=lambda done, total, note: seen.append((done, total)))
        assert seen == [(1, 2), (2, 2)]


class TestAsking:
    def test_before_publication_it_must_wait(self, people: People) -> None:
        round_ = scored_round((ADVANTAGE,))
        with pytest.raises(WrongState, match="名单发布后才能发证。"):
            request_certificates(people.who("province_leader").actor, round_=round_)

    def test_an_officer_does_not_number_an_unpublished_trial(self, people: People) -> None:
        round_ = scored_round((ADVANTAGE,))
        with pytest.raises(WrongState):
            number_certificates(people.who("province_officer").actor, round_=round_)

    def test_the_system_does_not_number_an_unpublished_formal_round(self) -> None:
        with pytest.raises(WrongState):
            number_certificates(SYSTEM, round_=scored_round((ADVANTAGE,), trial=False))

    def test_a_second_click_is_told_to_wait(self) -> None:
        round_ = published_round((ADVANTAGE,))
        request_certificates(SYSTEM, round_=round_)
        with pytest.raises(WrongState, match="有任务正在进行"):
            request_certificates(SYSTEM, round_=round_)
        assert Job.objects.filter(kind="publication.issue_certificates").count() == 1

    def test_when_all_are_issued_there_is_nothing_to_ask(self) -> None:
        round_ = published_round((ADVANTAGE,))
        done = run_now(request_certificates(SYSTEM, round_=round_))
        assert (done.result, why_not_issue(round_)) == ({"certificates": 1}, "证书已全部签发。")

    def test_where_nobody_is_listed_there_is_nothing_to_issue(self) -> None:
        assert why_not_issue(published_round((STARTER,))) == "本批次没有企业达到优势级，无证可发。"

    def test_a_city_may_not_ask(self, people: People) -> None:
        with pytest.raises(NotAllowed):
            request_certificates(people.who("city_leader").actor, round_=published_round((ADVANTAGE,)))


def test_each_step_leaves_a_line_in_the_audit_trail() -> None:
    issue_certificates(SYSTEM, round_=published_round((ADVANTAGE,)))
    actions = AuditEvent.objects.values_list("action", flat=True)
    assert {"round.publish", "certificate.number", "document.certificate"} <= set(actions)


def test_no_certificate_without_an_announced_assessment() -> None:
    round_: Round = published_round((ADVANTAGE,))
    assert assessment_of(round_, ADVANTAGE).state == "announced"
    with pytest.raises(DomainError):
        round_flow.run(round_, "publish", actor=SYSTEM)
