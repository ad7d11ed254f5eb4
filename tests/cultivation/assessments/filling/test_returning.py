"""退回补正: what was sent back and nothing else is opened, answered and shown before and after (E23)."""

from typing import Any

import pytest

from cultivation.assessments.models import Assessment
from cultivation.assessments.services.evidence import drop_use, receive_piece, start_upload, use_evidence
from cultivation.assessments.services.filling import (
    Change,
    actions_of,
    checklist_of,
    compare_workbook,
    form_of,
    form_workbook,
    live_of,
    reply_to,
    returns_of,
    save_answers,
    take_back,
    take_up,
    versions_of,
)
from cultivation.assessments.services.filling.ledger import add_right, change_right, confirm_rights
from cultivation.assessments.services.filling.lock import lock_of
from cultivation.assessments.services.review import review_of, waiting_for
from cultivation.assessments.services.standing import progress_of
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, Conflict, NotAllowed, NotHere, WrongState
from cultivation.programmes.models import Round
from tests.cultivation.assessments.filling.test_sheets import changed
from tests.factories import papers
from tests.factories.filling import end_filling, fill
from tests.factories.returning import handed_in, let_lapse, return_to_firm, sign
from tests.factories.rounds import score
from tests.people import People

pytestmark = pytest.mark.django_db
PAPER = papers.pdf()
RIGHT = {"number": "201811070331.7", "title": "一种装置", "kind": "invention", "legal_state": "有效"}


def items(case: Assessment, kind: str = "returned") -> list[str]:
    return [item.code for item in checklist_of(case) if item.kind == kind]


def outcomes(filler: Actor, case: Assessment, **values: Any) -> dict[str, str]:
    return {one.code: one.outcome for one in fill(filler, case, **values)}


def last_note(case: Assessment, code: str = "revenue") -> dict[str, Any]:
    [found] = [one for one in returns_of(case)[0]["notes"] if one["code"] == code]
    return dict(found)


class TestWhatIsOpen:
    @pytest.fixture(autouse=True)
    def _returned(self, officer: Actor, case: Assessment) -> None:
        return_to_firm(officer, case, "revenue", "ip_strategy")

    def test_only_the_returned_facts_take_a_value(self, filler: Actor, case: Assessment) -> None:
        found = outcomes(filler, case, revenue=8123, employees=61)
        assert found == {"revenue": "saved", "employees": "refused"}
        assert set(versions_of(case)) == {"revenue", "ip_strategy"}
        [refused] = save_answers(filler, draft=case, changes=[Change("employees", 61, 1)])[0]
        assert refused.problem == "这一项没有退回，不能修改。"

    def test_the_form_says_which(self, case: Assessment) -> None:
        form = form_of(case)
        open_ = {field["code"] for section in form["sections"] for field in section["fields"] if not field["is_locked"]}
        assert open_ == {"revenue", "ip_strategy"}
        assert [one["code"] for one in form["returned"]["notes"]] == ["revenue", "ip_strategy"]
        assert form["returned"]["left"].working_days
        assert not form["is_ledger_open"]

    def test_excel_changes_nothing_else(self, filler: Actor, case: Assessment) -> None:
        """E20: other lines are named, and left as they are."""
        data = changed(form_workbook(case), revenue=7777, employees=99)
        found = compare_workbook(case, data)
        assert [one.code for one in found.differences] == ["revenue"]
        assert any("没有退回" in problem for problem in found.problems)

    def test_proof_only_under_them(self, filler: Actor, case: Assessment) -> None:
        upload = start_upload(filler, draft=case, name="规划.pdf", size=len(PAPER), code="ip_strategy")
        proof = receive_piece(filler, upload=upload, offset=0, data=PAPER)
        assert proof is not None
        with pytest.raises(WrongState, match="没有退回"):
            use_evidence(filler, draft=case, evidence=proof, code="employees")
        with pytest.raises(WrongState, match="没有退回"):
            start_upload(filler, draft=case, name="规划.pdf", size=9, code="employees")
        with pytest.raises(WrongState, match="没有退回"):
            drop_use(filler, draft=case, evidence=proof, code="employees")
        assert "ip_strategy" not in items(case), "a file that came answers the note"

    def test_the_ledger_is_closed_unless_it_was_sent_back(self, filler: Actor, case: Assessment) -> None:
        with pytest.raises(WrongState, match="台账没有退回"):
            add_right(filler, draft=case, values=dict(RIGHT))

    def test_the_days_given_count_not_the_rounds(self, filler: Actor, case: Assessment) -> None:
        end_filling(case.round)
        case.refresh_from_db()
        assert outcomes(filler, case, revenue=8124) == {"revenue": "saved"}
        assert live_of(case)["closed"] == ""
        let_lapse(case)
        assert outcomes(filler, case, revenue=8125) == {"revenue": "late"}
        assert live_of(case)["closed"].startswith("补正已于")

    def test_published_rounds_take_no_answer(self, filler: Actor, case: Assessment) -> None:
        Round.objects.filter(pk=case.round_id).update(state="published")
        assert outcomes(filler, case, revenue=8125) == {"revenue": "late"}


class TestTheLedgerSentBack:
    @pytest.mark.parametrize("code", ["ledger", "valid_invention_patents"])
    def test_it_opens_by_name_or_by_a_count_it_gives(
        self, filler: Actor, officer: Actor, case: Assessment, code: str
    ) -> None:
        return_to_firm(officer, case, code)
        assert lock_of(case).ledger
        assert items(case) == [code]
        add_right(filler, draft=case, values=dict(RIGHT))
        assert items(case) == []
        told = last_note(case, code)
        assert told["is_changed"]

    def test_to_confirm_what_stands_there_is_no_correction(
        self, people: People, filler: Actor, officer: Actor, case: Assessment
    ) -> None:
        """The office would be told that something was set right."""
        take_back(filler, assessment=case)
        add_right(filler, draft=case, values=dict(RIGHT))
        case.rights.update(confirmed=False)
        sign(people.who("enterprise_approver").actor, case)
        return_to_firm(officer, case, "ledger", "valid_invention_patents")
        confirm_rights(filler, draft=case)
        assert set(items(case)) == {"ledger", "valid_invention_patents"}
        assert not last_note(case, "ledger")["is_changed"]
        change_right(filler, draft=case, pk=case.rights.get().pk, values={"title": "另一种装置"})
        assert items(case) == []

    def test_its_notes_compare_how_many_rights_it_holds(self, filler: Actor, officer: Actor, case: Assessment) -> None:
        return_to_firm(officer, case, "ledger")
        add_right(filler, draft=case, values=dict(RIGHT))
        told = last_note(case, "ledger")
        assert (told["label"], told["before"]["display"], told["after"]["display"]) == ("知识产权台账", "0 项", "1 项")


class TestAnswering:
    def test_each_note_wants_a_change_or_a_word(
        self, filler: Actor, approver: Actor, officer: Actor, case: Assessment
    ) -> None:
        return_to_firm(officer, case, "revenue", "ip_strategy")
        assert items(case) == ["revenue", "ip_strategy"]
        with pytest.raises(BadInput) as refusal:
            sign(approver, case)
        assert set(refusal.value.fields) == {"/revenue", "/ip_strategy"}
        fill(filler, case, revenue=8123)
        assert items(case) == ["ip_strategy"]
        reply_to(filler, assessment=case, code="ip_strategy", reply="规划文号见附件第 3 页。", version=0)
        assert items(case) == []
        sign(approver, case)
        assert (case.state, case.submissions.count()) == ("submitted", 2)

    def test_putting_it_back_to_what_was_signed_is_no_answer(
        self, filler: Actor, officer: Actor, case: Assessment
    ) -> None:
        signed = case.answers.get(code="employees").declared
        return_to_firm(officer, case, "employees")
        fill(filler, case, employees=77)
        assert items(case) == []
        fill(filler, case, employees=signed)
        assert items(case) == ["employees"]

    def test_two_people_never_write_over_each_other(
        self, filler: Actor, approver: Actor, officer: Actor, case: Assessment
    ) -> None:
        """E04: the second is told who and what; sending the same twice is once."""
        return_to_firm(officer, case, "revenue")
        reply_to(filler, assessment=case, code="revenue", reply="审计报告有误，已更正。", version=0)
        same = reply_to(filler, assessment=case, code="revenue", reply="审计报告有误，已更正。", version=0)
        assert same.reply_version == 1
        with pytest.raises(Conflict, match="汪洋刚刚改过这条说明：“审计报告有误"):
            reply_to(approver, assessment=case, code="revenue", reply="另一种说法", version=0)
        reply_to(approver, assessment=case, code="revenue", reply="另一种说法", version=1)
        assert last_note(case)["replied_by"] == "江山"

    def test_no_reply_where_nothing_was_asked(self, filler: Actor, officer: Actor, case: Assessment) -> None:
        with pytest.raises(WrongState):
            reply_to(filler, assessment=case, code="revenue", reply="说明", version=0)
        return_to_firm(officer, case, "revenue")
        with pytest.raises(NotHere):
            reply_to(filler, assessment=case, code="employees", reply="说明", version=0)
        with pytest.raises(NotAllowed):
            reply_to(officer, assessment=case, code="revenue", reply="说明", version=0)
        with pytest.raises(BadInput):
            reply_to(filler, assessment=case, code="revenue", reply="长" * 601, version=0)
        let_lapse(case)
        with pytest.raises(WrongState, match="补正已于"):
            reply_to(filler, assessment=case, code="revenue", reply="说明", version=0)

    def test_handed_in_again_it_can_be_taken_back_into_the_return(
        self, filler: Actor, approver: Actor, officer: Actor, case: Assessment
    ) -> None:
        """E22: never into a draft in which everything is open; after the days it can't be."""
        return_to_firm(officer, case, "revenue")
        fill(filler, case, revenue=8123)
        sign(approver, case)
        assert [move["name"] for move in actions_of(case, filler)] == ["reopen"]
        take_back(filler, assessment=case)
        assert case.state == "returned"
        assert outcomes(filler, case, employees=61) == {"employees": "refused"}
        sign(approver, case)
        let_lapse(case)
        with pytest.raises(WrongState, match="补正已于"):
            take_back(filler, assessment=case)


class TestBeforeAndAfter:
    def test_both_sides_see_what_became_of_each_note(
        self, filler: Actor, approver: Actor, officer: Actor, case: Assessment
    ) -> None:
        fill_ = case.answers.get(code="revenue").declared
        return_to_firm(officer, case, "revenue", "ip_strategy")
        fill(filler, case, revenue=8123)
        reply_to(filler, assessment=case, code="ip_strategy", reply="规划文号见附件。", version=0)
        mine = last_note(case)
        assert (mine["is_changed"], mine["after"]["display"]) == (True, "8,123 万元")
        theirs = returns_of(case, unsigned=False)[0]["notes"]
        assert [one["after"] for one in theirs] == [None, None], "what is not signed is not told"
        assert [one["reply"] for one in theirs] == ["", ""]
        sign(approver, case)
        told = {one["code"]: one for one in returns_of(case, unsigned=False)[0]["notes"]}
        assert told["revenue"]["before"]["display"] != told["revenue"]["after"]["display"] == "8,123 万元"
        assert (told["ip_strategy"]["is_changed"], told["ip_strategy"]["reply"]) == (False, "规划文号见附件。")
        fields = {one["code"]: one for section in review_of(officer, case)["sections"] for one in section["fields"]}
        assert fields["revenue"]["is_changed"]
        assert not fields["employees"]["is_changed"]
        assert fill_ != 8123

    def test_the_office_reads_what_was_signed_not_what_is_being_written(
        self, filler: Actor, officer: Actor, case: Assessment
    ) -> None:
        return_to_firm(officer, case, "revenue")
        fill(filler, case, revenue=4321)
        page = str(review_of(officer, case)["sections"])
        assert "4,321" not in page

    def test_the_office_may_only_do_what_is_its_turn(self, filler: Actor, officer: Actor, case: Assessment) -> None:
        assert [move["name"] for move in review_of(officer, case)["actions"]] == ["send_back"]
        return_to_firm(officer, case, "revenue")
        [move] = review_of(officer, case)["actions"]
        assert (move["name"], move["enabled"]) == ("take_up", False)
        assert "还没有截止" in move["reason"]


class TestTakingUp:
    def test_after_the_days_what_was_signed_is_judged_and_stands_in_the_form_again(
        self, filler: Actor, officer: Actor, case: Assessment
    ) -> None:
        signed = {answer.code: (answer.declared, answer.state) for answer in case.answers.all()}
        return_to_firm(officer, case, "revenue", "ip_strategy", "ledger")
        upload = start_upload(filler, draft=case, name="规划.pdf", size=len(PAPER), code="ip_strategy")
        receive_piece(filler, upload=upload, offset=0, data=PAPER)
        fill(filler, case, revenue=4321)
        add_right(filler, draft=case, values=dict(RIGHT))
        with pytest.raises(WrongState, match="还没有截止"):
            take_up(officer, assessment=case)
        let_lapse(case)
        take_up(officer, assessment=case)
        assert {answer.code: (answer.declared, answer.state) for answer in case.answers.all()} == signed
        assert (case.rights.count(), case.evidence_uses.count()) == (0, 0)
        assert case.state == "submitted"
        assert case.opened_at
        assert case.edits.filter(code="revenue", value=4321).exists(), "what the firm wrote stays on record"

    def test_nobody_is_told_that_the_firm_answered(self, filler: Actor, officer: Actor, case: Assessment) -> None:
        """Neither the office, on its first page or the firm's, nor the firm itself; nor after another return."""
        return_to_firm(officer, case, "revenue")
        fill(filler, case, revenue=4321)
        let_lapse(case)
        take_up(officer, assessment=case)
        assert waiting_for(officer, case.round) == (1, 0)
        assert [one["after"] for one in returns_of(case)[0]["notes"]] == [None]
        [step] = [one for one in progress_of(case)["steps"] if one["code"] == "supplement"]
        assert (step["standing"], step["ended"]) == ("done", None)
        return_to_firm(officer, case, "revenue")
        assert [one["after"] for one in returns_of(case)[1]["notes"]] == [None]

    def test_a_ledger_comes_back_as_it_was(self, people: People, filler: Actor, officer: Actor) -> None:
        case = handed_in(people)
        take_back(filler, assessment=case)
        add_right(filler, draft=case, values=dict(RIGHT))
        sign(people.who("enterprise_approver").actor, case)
        before = list(case.rights.values("number", "title", "kind", "legal_state", "status", "standing", "facts"))
        counted = case.answers.get(code="valid_invention_patents").declared
        return_to_firm(officer, case, "ledger")
        add_right(filler, draft=case, values={**RIGHT, "number": "201910000001.6", "title": "另一种"})
        let_lapse(case)
        take_up(officer, assessment=case)
        after = list(case.rights.values("number", "title", "kind", "legal_state", "status", "standing", "facts"))
        assert after == before
        assert case.answers.get(code="valid_invention_patents").declared == counted

    def test_scoring_waits_for_none_and_judges_nothing_unsigned(
        self, filler: Actor, officer: Actor, case: Assessment
    ) -> None:
        """One that is still being set right has no result; it is scored once it was handed in again or taken up."""
        return_to_firm(officer, case, "revenue")
        end_filling(case.round)
        round_ = Round.objects.get(pk=case.round_id)
        score(round_)
        assert (round_.firms, round_.scored) == (1, 0)
        case.refresh_from_db()
        assert (case.state, hasattr(case, "result")) == ("returned", False)
        let_lapse(case)
        take_up(officer, assessment=case)
        score(round_)
        case.refresh_from_db()
        assert (case.state, round_.scored) == ("decided", 1)


class TestTakenBackAgain:
    """What was handed in again and taken back before anybody read it stands for nothing."""

    @pytest.fixture(autouse=True)
    def _taken_back(self, filler: Actor, approver: Actor, officer: Actor, case: Assessment) -> None:
        return_to_firm(officer, case, "revenue")
        fill(filler, case, revenue=8123)
        reply_to(filler, assessment=case, code="revenue", reply="已更正。", version=0)
        sign(approver, case)
        take_back(filler, assessment=case)

    def test_the_office_reads_what_it_sent_back(self, officer: Actor, case: Assessment) -> None:
        page = review_of(officer, case)
        assert page["submission"].number == 1
        assert "8,123" not in str(page["sections"])
        [told] = page["returns"][0]["notes"]
        assert (told["after"], told["reply"], told["reply_version"]) == (None, "", 0)

    def test_the_firm_sees_its_form(self, filler: Actor, case: Assessment) -> None:
        fill(filler, case, revenue=8999)
        assert last_note(case)["after"]["display"] == "8,999 万元"

    def test_taking_up_judges_what_was_sent_back(self, officer: Actor, case: Assessment) -> None:
        let_lapse(case)
        take_up(officer, assessment=case)
        assert case.answers.get(code="revenue").declared != 8123
        [told] = review_of(officer, case)["returns"][0]["notes"]
        assert (told["after"], told["reply"]) == (None, ""), "a reply that nobody signed is not told"
