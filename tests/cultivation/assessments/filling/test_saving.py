"""Drafts save field by field, and nothing that arrives is lost (E03, E04, E05, E13, E22)."""

import threading
from typing import Any

import pytest
from django.db import connection

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Answer, AnswerEdit, Assessment
from cultivation.assessments.services.filling import Change, Saved, save_answers
from cultivation.core.actors import Actor
from cultivation.core.errors import NotAllowed, WrongState
from tests.factories.accounts import MembershipFactory
from tests.factories.filling import begin, end_filling, fill
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(people: People) -> Actor:
    return people.who("enterprise_filler").actor


@pytest.fixture
def draft(people: People, actor: Actor) -> Assessment:
    return begin(actor, people.firm)


def save(actor: Actor, draft: Assessment, *changes: Change) -> list[Saved]:
    return save_answers(actor, draft=draft, changes=changes)[0]


def stored(draft: Assessment, code: str) -> Answer:
    found: Answer = draft.answers.get(code=code)
    return found


class TestStates:
    """Unknown, zero and not applicable are three different answers (E13)."""

    @pytest.mark.parametrize(
        ("value", "declared", "state"),
        [
            (None, None, "unknown"),
            (0, 0, "known"),
            ("n/a", "n/a", "not_applicable"),
            ("479.50", 479.5, "known"),
            (12.25, 12.25, "known"),
        ],
    )
    def test_each_is_kept_as_itself(
        self, actor: Actor, draft: Assessment, value: Any, declared: Any, state: str
    ) -> None:
        (saved,) = save(actor, draft, Change("rd_expense", value, 0))
        assert (saved.outcome, stored(draft, "rd_expense").declared) == ("saved", declared)
        assert stored(draft, "rd_expense").state == state

    def test_no_bar_is_an_answer_of_its_own(self, actor: Actor, draft: Assessment) -> None:
        save(actor, draft, Change("fraud_ban_until", None, 0))
        assert stored(draft, "fraud_ban_until").state == "known"


class TestProblems:
    """A wrong value is listed, never in the way of saving (E05)."""

    @pytest.mark.parametrize("typed", ["四百", "-3", "12,5,1", "1e400", "=1+1", [1, 2], {"low": 1}])
    def test_what_was_typed_is_kept_with_its_problem(self, actor: Actor, draft: Assessment, typed: Any) -> None:
        (saved,) = save(actor, draft, Change("rd_expense", typed, 0))
        assert saved.outcome == "saved"
        assert saved.problem
        assert stored(draft, "rd_expense").typed == str(typed)
        assert stored(draft, "rd_expense").declared is None

    def test_a_good_value_takes_the_problem_away(self, actor: Actor, draft: Assessment) -> None:
        save(actor, draft, Change("rd_expense", "四百", 0))
        save(actor, draft, Change("rd_expense", "400", 1))
        assert (stored(draft, "rd_expense").typed, stored(draft, "rd_expense").declared) == ("", 400)

    @pytest.mark.parametrize("code", ["niche_position_verdict", "tech_advancement_score", "no_such_thing"])
    def test_what_a_firm_is_not_asked_is_refused_with_a_sentence(
        self, actor: Actor, draft: Assessment, code: str
    ) -> None:
        (saved,) = save(actor, draft, Change(code, 1, 0))
        assert (saved.outcome, draft.answers.count()) == ("refused", 0)
        assert "不由企业填写" in saved.problem

    def test_a_count_from_the_ledger_cannot_be_typed_over(self, actor: Actor, draft: Assessment) -> None:
        Answer.objects.create(assessment=draft, code="class1_ip", state="known", declared=3, source="ledger", version=1)
        (saved,) = save(actor, draft, Change("class1_ip", 9, 1))
        assert (saved.outcome, stored(draft, "class1_ip").declared) == ("refused", 3)


class TestTwoPeople:
    """The second to save is told who was first and sees both values; both are kept (E04)."""

    @pytest.fixture
    def other(self, people: People) -> Actor:
        user = MembershipFactory(role="enterprise_filler", enterprise=people.firm, user__full_name="张强").user
        return user.actor

    def test_the_second_save_on_an_old_version_is_a_conflict(
        self, actor: Actor, other: Actor, draft: Assessment
    ) -> None:
        save(other, draft, Change("rd_staff", 23, 0, "b1"))
        (mine,) = save(actor, draft, Change("rd_staff", 25, 0, "a1"))
        assert mine.outcome == "conflict"
        assert mine.answer is not None
        assert (mine.answer.declared, mine.answer.changed_by, mine.answer.version) == (23, "张强", 1)
        assert stored(draft, "rd_staff").declared == 23
        assert list(AnswerEdit.objects.values_list("value", "outcome", "by")) == [
            (23, "saved", "张强"),
            (25, "conflict", "汪洋"),
        ]

    def test_choosing_mine_is_an_edit_of_the_version_seen(self, actor: Actor, other: Actor, draft: Assessment) -> None:
        save(other, draft, Change("rd_staff", 23, 0))
        (conflict,) = save(actor, draft, Change("rd_staff", 25, 0))
        assert conflict.answer is not None
        (mine,) = save(actor, draft, Change("rd_staff", 25, conflict.answer.version))
        assert (mine.outcome, stored(draft, "rd_staff").declared, stored(draft, "rd_staff").version) == ("saved", 25, 2)

    def test_the_same_value_is_no_conflict(self, actor: Actor, other: Actor, draft: Assessment) -> None:
        save(other, draft, Change("rd_staff", 23, 0))
        (mine,) = save(actor, draft, Change("rd_staff", "23", 0))
        assert (mine.outcome, stored(draft, "rd_staff").version) == ("same", 1)

    def test_different_fields_never_meet(self, actor: Actor, other: Actor, draft: Assessment) -> None:
        save(other, draft, Change("rd_staff", 23, 0))
        (mine,) = save(actor, draft, Change("employees", 60, 0))
        assert mine.outcome == "saved"


class TestReplay:
    """An edit whose answer was lost is sent again from the queue (E03)."""

    def test_it_is_one_edit(self, actor: Actor, draft: Assessment) -> None:
        save(actor, draft, Change("rd_staff", 23, 0, "k1"))
        (again,) = save(actor, draft, Change("rd_staff", 23, 0, "k1"))
        assert (again.outcome, stored(draft, "rd_staff").version, AnswerEdit.objects.count()) == ("saved", 1, 1)

    def test_it_does_not_undo_what_came_after(self, actor: Actor, draft: Assessment) -> None:
        save(actor, draft, Change("rd_staff", 23, 0, "k1"))
        save(actor, draft, Change("rd_staff", 24, 1, "k2"))
        save(actor, draft, Change("rd_staff", 23, 0, "k1"))
        assert stored(draft, "rd_staff").declared == 24


class TestTime:
    """The server's clock decides; what comes a second late is kept and told (E22)."""

    def test_a_late_edit_is_kept_aside(self, actor: Actor, draft: Assessment) -> None:
        fill(actor, draft, rd_staff=23)
        end_filling(draft.round)
        (late,) = save(actor, draft, Change("rd_staff", 25, 1))
        assert (late.outcome, stored(draft, "rd_staff").declared) == ("late", 23)
        assert AnswerEdit.objects.filter(outcome="late", value=25).count() == 1


class TestRights:
    def test_another_firms_person_may_not_write(self, people: People, actor: Actor) -> None:
        draft = begin(actor, people.firm)
        stranger = MembershipFactory(role="enterprise_filler", enterprise=people.other_firm).user.actor
        with pytest.raises(NotAllowed):
            save(stranger, draft, Change("rd_staff", 1, 0))

    def test_a_submitted_form_is_closed(self, actor: Actor, draft: Assessment) -> None:
        Assessment.objects.filter(pk=draft.pk).update(state="submitted")
        with pytest.raises(WrongState, match="已提交"):
            save(actor, draft, Change("rd_staff", 1, 0))


@pytest.mark.django_db(transaction=True)
def test_forty_edits_from_two_threads_are_all_there(people: People) -> None:
    """Two tabs at once: every edit is either in force or kept as a conflict with its value (E04)."""
    actor, firm = people.who("enterprise_filler").actor, people.firm
    draft = begin(actor, firm)

    def work(start: int) -> None:
        try:
            for number in range(start, start + 20):
                save(actor, draft, Change("rd_staff", number, 0, f"k{number}"))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(start,)) for start in (100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = set(AnswerEdit.objects.filter(code="rd_staff").values_list("value", flat=True))
    assert kept == {*range(100, 120), *range(200, 220)}
    assert Enterprise.objects.filter(pk=firm.pk).exists()


def test_what_is_sent_with_a_conflict_never_overwrites_the_other(
    people: People, actor: Actor, draft: Assessment
) -> None:
    """A page that goes sends all it has of a field at once, on versions it can only guess (E04)."""
    other = MembershipFactory(role="enterprise_filler", enterprise=people.firm, user__full_name="张强").user.actor
    save(other, draft, Change("rd_staff", 23, 0))
    for _ in ("first", "again"):
        found = save(actor, draft, Change("rd_staff", 2, 0, "a"), Change("rd_staff", 25, 1, "b"))
        assert [one.outcome for one in found] == ["conflict", "conflict"]
        assert stored(draft, "rd_staff").declared == 23
