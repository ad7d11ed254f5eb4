"""What is handed in is frozen, signed and receipted; it can be taken back until somebody opens it (E21, E22)."""

import re

import pytest
from django.db.models import F

from cultivation.assessments.flow import assessment_flow
from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.services.filling import (
    Change,
    actions_of,
    receipt_draft,
    save_answers,
    submit_assessment,
    take_back,
)
from cultivation.assessments.services.filling.catalogue import fields_of
from cultivation.assessments.services.filling.receipt import receipt_payload
from cultivation.core.actors import SYSTEM, Actor
from cultivation.core.canonical import fingerprint
from cultivation.core.errors import BadInput, NotAllowed, WrongState
from cultivation.core.files import read_file
from cultivation.core.models import AuditEvent
from cultivation.documents.services.issuing import issue_document
from tests.cultivation.documents.printed import text
from tests.factories.filling import answer_all, begin, end_filling, fill, random_answers
from tests.factories.rounds import score
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def filler(people: People) -> Actor:
    return people.who("enterprise_filler").actor


@pytest.fixture
def approver(people: People) -> Actor:
    return people.who("enterprise_approver").actor


@pytest.fixture
def draft(people: People, filler: Actor) -> Assessment:
    """Complete: every question is answered."""
    draft = begin(filler, people.firm)
    random_answers(draft, 4)
    answer_all(filler, draft)
    return draft


def hand_in(approver: Actor, draft: Assessment) -> None:
    submit_assessment(approver, draft=draft, signed_name=approver.name, agreed=True)


class TestHandingIn:
    def test_the_snapshot_has_its_hash_and_never_follows_the_draft(
        self, filler: Actor, approver: Actor, draft: Assessment
    ) -> None:
        submission = submit_assessment(approver, draft=draft, signed_name=approver.name, agreed=True)
        assert submission.sha256 == fingerprint(submission.snapshot)
        assert (draft.state, submission.signed_by, submission.snapshot["signed_by"]) == ("submitted", "江山", "江山")
        take_back(filler, assessment=draft)
        fill(filler, draft, revenue=123456)
        submission.refresh_from_db()
        assert submission.sha256 == fingerprint(submission.snapshot)

    def test_the_audit_trail_names_number_and_hash(self, approver: Actor, draft: Assessment) -> None:
        hand_in(approver, draft)
        event = AuditEvent.objects.get(action="assessment.submit")
        assert event.detail["sha256"] == draft.submissions.get().sha256

    def test_an_open_question_keeps_it_back_by_name(self, people: People, filler: Actor, approver: Actor) -> None:
        draft = begin(filler, people.firm)
        with pytest.raises(BadInput) as refusal:
            hand_in(approver, draft)
        required = {f"/{field.code}" for field in fields_of(draft.round) if field.is_required}
        assert set(refusal.value.fields) == required
        submit = next(move for move in actions_of(draft, approver) if move["name"] == "submit")
        assert submit["reason"] == f"还差 {len(required)} 项，填好后才能提交。"

    @pytest.mark.parametrize(
        ("name", "agreed", "fields"),
        [("江山", False, {"/agreed"}), ("汪洋", True, {"/signed_name"}), ("", False, {"/agreed", "/signed_name"})],
    )
    def test_the_pledge_is_signed_by_the_named_person(
        self, approver: Actor, draft: Assessment, name: str, agreed: bool, fields: set[str]
    ) -> None:
        with pytest.raises(BadInput) as refusal:
            submit_assessment(approver, draft=draft, signed_name=name, agreed=agreed)
        assert set(refusal.value.fields) == fields

    def test_only_the_approver_hands_in(self, filler: Actor, draft: Assessment) -> None:
        with pytest.raises(NotAllowed):
            hand_in(filler, draft)
        assert actions_of(draft, filler) == []

    def test_a_second_late_is_late(self, approver: Actor, draft: Assessment) -> None:
        end_filling(draft.round)
        with pytest.raises(WrongState, match="截止"):
            hand_in(approver, Assessment.objects.get(pk=draft.pk))
        assert Assessment.objects.get(pk=draft.pk).state == "draft"


class TestTakingBack:
    def test_it_goes_on_as_a_draft_and_is_handed_in_again(
        self, filler: Actor, approver: Actor, draft: Assessment
    ) -> None:
        hand_in(approver, draft)
        take_back(filler, assessment=draft)
        fill(filler, draft, employees=61)
        hand_in(approver, draft)
        assert list(draft.submissions.values_list("number", flat=True)) == [2, 1]

    def test_not_once_a_reviewer_has_opened_it(self, filler: Actor, approver: Actor, draft: Assessment) -> None:
        hand_in(approver, draft)
        Assessment.objects.filter(pk=draft.pk).update(opened_at=F("submitted_at"))
        with pytest.raises(WrongState, match="已经打开"):
            take_back(filler, assessment=draft)

    def test_not_after_the_end(self, filler: Actor, approver: Actor, draft: Assessment) -> None:
        hand_in(approver, draft)
        end_filling(draft.round)
        with pytest.raises(WrongState, match="截止"):
            take_back(filler, assessment=Assessment.objects.get(pk=draft.pk))


class TestReceipt:
    def test_print_equals_data(self, approver: Actor, draft: Assessment) -> None:
        hand_in(approver, draft)
        submission = draft.submissions.get()
        payload = receipt_payload(submission)
        printed = {row.label: row.value for section in payload.sections for row in section.rows}
        assert len(printed) == len(fields_of(draft.round))
        assert payload.sha256 == submission.sha256

    def test_unknown_none_and_not_applicable_are_printed_as_three_answers(
        self, people: People, filler: Actor, approver: Actor
    ) -> None:
        """E13: on the receipt as in the form."""
        draft = begin(filler, people.firm)
        fill(filler, draft, revenue=None, rd_expense=0, ip_spend="n/a", fraud_ban_until=None)
        answer_all(filler, draft)
        hand_in(approver, draft)
        submission = draft.submissions.get()
        rows = {row.label: (row.value, row.state) for one in receipt_payload(submission).sections for row in one.rows}
        labels = {field.code: field.indicator.zh for field in fields_of(draft.round)}
        found = {code: rows[labels[code]] for code in ("revenue", "rd_expense", "ip_spend", "fraud_ban_until")}
        assert found == {
            "revenue": ("未知", "unknown"),
            "rd_expense": ("0 万元", "known"),
            "ip_spend": ("不适用", "not_applicable"),
            "fraud_ban_until": ("没有", "known"),
        }
        printed = re.sub(r"\s", "", text(read_file(issue_document(approver, receipt_draft(submission)).file)))
        for code, words in (("revenue", "未知"), ("rd_expense", "0万元"), ("ip_spend", "不适用")):
            assert f"{labels[code]}{words}" in printed

    def test_it_is_a_signed_pdf_of_the_firm(self, approver: Actor, draft: Assessment) -> None:
        hand_in(approver, draft)
        document = issue_document(approver, receipt_draft(draft.submissions.get()))
        assert (document.is_released, document.enterprise) == (True, draft.enterprise)
        assert draft.submissions.get().sha256[:8] in text(read_file(document.file))


class TestScoring:
    def test_what_was_handed_in_is_scored_and_a_draft_stays_out(
        self, people: People, approver: Actor, draft: Assessment
    ) -> None:
        """In a round without a city check the declared values count as approved."""
        hand_in(approver, draft)
        other = Assessment.objects.create(round=draft.round, enterprise=people.other_firm, is_self_filled=True)
        end_filling(draft.round)
        score(draft.round)
        draft.refresh_from_db()
        other.refresh_from_db()
        assert (draft.state, other.state) == ("decided", "draft")
        assert not Answer.objects.filter(assessment=draft, declared__isnull=False, approved__isnull=True).exists()
        assert draft.result.level in ("starter", "growth", "advantage", "leading", "")

    def test_with_a_city_check_it_waits_for_the_city(self, approver: Actor, draft: Assessment) -> None:
        draft.round.stages = ["filling", "city_check"]
        draft.round.save()
        hand_in(approver, draft)
        with pytest.raises(WrongState, match="市州局"):
            assessment_flow.run(draft, "accept", actor=SYSTEM)


def test_a_submitted_form_takes_no_more_edits(filler: Actor, approver: Actor, draft: Assessment) -> None:
    hand_in(approver, draft)
    with pytest.raises(WrongState):
        save_answers(filler, draft=draft, changes=[Change("revenue", 1, 1)])
