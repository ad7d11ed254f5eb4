"""Drafts of rulebooks: copied, edited revision by revision, approved by a second person, frozen (P02)."""

from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cultivation.core.actors import SYSTEM, Actor
from cultivation.core.errors import BadInput, Conflict, NotAllowed, WrongState
from cultivation.core.models import AuditEvent
from cultivation.programmes.models import DraftEdit, PublishedRulebook, RulebookDraft
from cultivation.programmes.services import (
    begin_draft,
    create_round,
    edit_draft,
    move_draft,
    problems_of,
    publish_shipped_rulebooks,
    published_library,
    undo_edit,
)
from scoring import Edit, parse_rulebook
from tests.factories.accounts import MembershipFactory
from tests.factories.drafts import BANDS, WHY, change, explained, new_draft, shipped, submitted, tomorrow
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(people: People) -> Actor:
    return people.who("province_officer").actor


@pytest.fixture
def leader(people: People) -> Actor:
    return people.who("province_leader").actor


@pytest.fixture
def draft(officer: Actor) -> RulebookDraft:
    return new_draft(officer)


class TestBeginning:
    def test_a_copy_is_the_same_rules_from_a_day_on(self, draft: RulebookDraft) -> None:
        assert (draft.key, draft.base.key, draft.state, draft.revision) == (
            "ip-capability/2027",
            "ip-capability/2026",
            "draft",
            1,
        )
        assert draft.document["scorecard"] == draft.base.document["scorecard"]
        assert (draft.problem_count, draft.title) == (0, draft.base.title)

    def test_its_fingerprint_is_that_of_the_rulebook(self, draft: RulebookDraft) -> None:
        assert draft.fingerprint == parse_rulebook(draft.document).fingerprint

    def test_a_draft_can_be_copied_too(self, officer: Actor, draft: RulebookDraft) -> None:
        other = begin_draft(officer, draft=draft, version="2027-b", starts=tomorrow())
        assert (other.base, other.document["supersedes"]) == (draft.base, ["ip-capability/2026"])

    @pytest.mark.parametrize(
        ("version", "sentence"),
        [
            ("2026", "版本 ip-capability/2026 已经发布"),
            ("2027", "已有 ip-capability/2027 的草稿"),
            ("二〇二八", "版本号只能用字母、数字"),
        ],
    )
    def test_a_version_is_a_free_word(self, officer: Actor, draft: RulebookDraft, version: str, sentence: str) -> None:
        with pytest.raises(BadInput, match=sentence):
            new_draft(officer, version=version)

    def test_the_version_of_a_discarded_draft_is_free_again(self, officer: Actor, draft: RulebookDraft) -> None:
        move_draft(officer, draft=draft, name="discard_draft", data={})
        assert new_draft(officer).pk != draft.pk

    def test_something_must_be_copied(self, officer: Actor) -> None:
        with pytest.raises(BadInput, match="请选择要复制的规则书。"):
            begin_draft(officer, version="2027", starts=tomorrow())

    @pytest.mark.parametrize("role", ["city_leader", "enterprise_approver", "expert", "agency_manager", "system_admin"])
    def test_only_the_province_writes_rules(self, people: People, role: str) -> None:
        with pytest.raises(NotAllowed, match="只有省局人员可以修改规则书。"):
            new_draft(people.who(role).actor)

    def test_the_audit_trail_says_what_was_copied(self, draft: RulebookDraft) -> None:
        line = AuditEvent.objects.get(action="rulebookdraft.begin")
        assert (line.actor_name, line.detail) == ("林静", {"copy_of": "ip-capability/2026"})


class TestEditing:
    def test_any_edit_is_saved_and_what_is_wrong_is_counted(self, officer: Actor, draft: RulebookDraft) -> None:
        change(officer, draft, f"{BANDS}/1/to", "很多")
        assert (draft.revision, draft.problem_count) == (2, 1)
        assert [(one.law, one.pointer) for one in problems_of(draft)] == [("schema", f"{BANDS}/1/to")]

    def test_a_second_tab_is_told_who_and_when_and_loses_nothing(
        self, officer: Actor, leader: Actor, draft: RulebookDraft
    ) -> None:
        edit_draft(leader, draft=draft, revision=1, edits=[Edit("set", f"{BANDS}/1/points", "2.5")])
        with pytest.raises(Conflict, match=r"周正明在 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d 改过这一稿") as caught:
            edit_draft(officer, draft=draft, revision=1, edits=[Edit("set", f"{BANDS}/2/points", "1.5")])
        assert (caught.value.code, caught.value.fields) == ("draft_changed", {"/revision": 2})
        draft.refresh_from_db()
        assert draft.document["scorecard"]["parts"][0]["parts"][3]["bands"][1]["points"] == 2.5

    def test_an_edit_that_changes_nothing_is_no_revision(self, officer: Actor, draft: RulebookDraft) -> None:
        change(officer, draft, f"{BANDS}/1/points", "2")
        assert (draft.revision, DraftEdit.objects.count()) == (1, 0)

    def test_what_is_no_cell_is_refused(self, officer: Actor, draft: RulebookDraft) -> None:
        with pytest.raises(BadInput, match="/version：没有这一格"):
            change(officer, draft, "/version", "2028")

    def test_too_many_edits_at_once_are_refused(self, officer: Actor, draft: RulebookDraft) -> None:
        with pytest.raises(BadInput, match="一次最多保存 200 处修改。"):
            edit_draft(officer, draft=draft, revision=1, edits=[Edit("set", "/issuer", "省局")] * 201)

    def test_a_submitted_draft_is_closed(self, officer: Actor, draft: RulebookDraft) -> None:
        submitted(officer, draft)
        with pytest.raises(WrongState, match="这一稿待审批，不能修改。"):
            change(officer, draft, "/issuer", "省局")

    def test_the_title_follows(self, officer: Actor, draft: RulebookDraft) -> None:
        change(officer, draft, "/title/zh", "评分表（2027年版）")
        assert draft.title == "评分表（2027年版）"


class TestUndo:
    def test_the_last_edit_is_taken_back_then_the_one_before(self, officer: Actor, draft: RulebookDraft) -> None:
        first = draft.document
        change(officer, draft, f"{BANDS}/1/points", "2.5")
        second = draft.document
        change(officer, draft, f"{BANDS}/0", None, op="copy")
        undo_edit(officer, draft=draft, revision=draft.revision)
        draft.refresh_from_db()
        assert draft.document == second
        undo_edit(officer, draft=draft, revision=draft.revision)
        draft.refresh_from_db()
        assert (draft.document, draft.revision) == (first, 5)

    def test_nothing_is_left_to_undo(self, officer: Actor, draft: RulebookDraft) -> None:
        with pytest.raises(WrongState, match="没有可以撤销的修改。"):
            undo_edit(officer, draft=draft, revision=1)

    def test_an_undo_on_an_older_revision_is_refused(self, officer: Actor, draft: RulebookDraft) -> None:
        change(officer, draft, f"{BANDS}/1/points", "2.5")
        with pytest.raises(Conflict):
            undo_edit(officer, draft=draft, revision=1)


class TestApproval:
    def test_problems_bar_submission_only(self, officer: Actor, draft: RulebookDraft) -> None:
        explained(officer, draft)
        change(officer, draft, f"{BANDS}/1/to", 8)
        with pytest.raises(WrongState, match="还有 1 个问题，改好后再办理。"):
            move_draft(officer, draft=draft, name="submit_draft", data={"reason": WHY})

    def test_an_untried_draft_waits(self, officer: Actor, draft: RulebookDraft) -> None:
        with pytest.raises(WrongState, match="请先用往期批次测算本稿的影响，或说明不测算的理由。"):
            move_draft(officer, draft=draft, name="submit_draft", data={"reason": WHY})

    def test_the_reason_not_to_try_holds_for_this_document_only(self, officer: Actor, draft: RulebookDraft) -> None:
        explained(officer, draft)
        change(officer, draft, f"{BANDS}/1/points", "2.5")
        with pytest.raises(WrongState, match="请先用往期批次测算"):
            move_draft(officer, draft=draft, name="submit_draft", data={"reason": WHY})

    @pytest.mark.parametrize("name", ["submit_draft", "explain_no_impact"])
    @pytest.mark.parametrize("data", [{}, {"reason": " 改 "}, {"reason": "字" * 2001}])
    def test_moves_that_need_a_reason_say_so(
        self, officer: Actor, draft: RulebookDraft, name: str, data: dict[str, Any]
    ) -> None:
        explained(officer, draft)
        with pytest.raises(BadInput, match="请写 4 至 2000 个字。"):
            move_draft(officer, draft=draft, name=name, data=data)

    def test_the_author_does_not_approve_his_own(self, officer: Actor, draft: RulebookDraft) -> None:
        submitted(officer, draft)
        for name in ("approve_draft", "return_draft"):
            with pytest.raises(NotAllowed, match="规则书须由另一位省局人员审批") as caught:
                move_draft(officer, draft=draft, name=name, data={"reason": WHY} if name == "return_draft" else {})
            assert caught.value.code == "second_person"

    def test_nor_does_who_edited_it_last(self, officer: Actor, leader: Actor, draft: RulebookDraft) -> None:
        change(leader, draft, f"{BANDS}/1/points", "2.5")
        submitted(officer, draft)
        with pytest.raises(NotAllowed, match="不能审批自己的稿件"):
            move_draft(leader, draft=draft, name="approve_draft", data={})

    def test_nor_does_who_edited_it_before_another(self, officer: Actor, leader: Actor, draft: RulebookDraft) -> None:
        change(leader, draft, f"{BANDS}/1/points", "2.5")
        draft.refresh_from_db()
        change(officer, draft, f"{BANDS}/1/points", "3")
        submitted(officer, draft)
        assert draft.editor_id == officer.user_id
        for name in ("approve_draft", "return_draft"):
            with pytest.raises(NotAllowed, match="不能审批自己的稿件"):
                move_draft(leader, draft=draft, name=name, data={"reason": WHY} if name == "return_draft" else {})

    def test_nor_does_the_system(self, officer: Actor, draft: RulebookDraft) -> None:
        submitted(officer, draft)
        with pytest.raises(NotAllowed):
            move_draft(SYSTEM, draft=draft, name="approve_draft", data={})

    def test_a_third_person_approves_where_two_wrote(
        self, officer: Actor, leader: Actor, draft: RulebookDraft, people: People
    ) -> None:
        change(leader, draft, f"{BANDS}/1/points", "2.5")
        submitted(officer, draft)
        third = MembershipFactory(organisation=people.who("province_officer").membership.organisation).user.actor  # type: ignore[union-attr]
        assert move_draft(third, draft=draft, name="approve_draft", data={}).state == "published"

    def test_a_return_says_why_and_the_next_submission_clears_it(
        self, officer: Actor, leader: Actor, draft: RulebookDraft
    ) -> None:
        submitted(officer, draft)
        returned = move_draft(leader, draft=draft, name="return_draft", data={"reason": "请补充来源。"})
        assert (returned.state, returned.return_reason) == ("draft", "请补充来源。")
        again = move_draft(officer, draft=draft, name="submit_draft", data={"reason": WHY})
        assert (again.state, again.return_reason) == ("submitted", "")

    def test_who_wrote_it_takes_it_back(self, officer: Actor, leader: Actor, draft: RulebookDraft) -> None:
        submitted(officer, draft)
        with pytest.raises(NotAllowed, match="只有起草人、修改人或提交人可以撤回。"):
            move_draft(leader, draft=draft, name="withdraw_draft", data={})
        assert move_draft(officer, draft=draft, name="withdraw_draft", data={}).state == "draft"

    def test_another_version_published_meanwhile_bars_publication(
        self, officer: Actor, leader: Actor, draft: RulebookDraft
    ) -> None:
        """Both would be in force from the same day."""
        rival = new_draft(officer, version="2027-b")
        for one in (draft, rival):
            submitted(officer, one)
        move_draft(leader, draft=rival, name="approve_draft", data={})
        with pytest.raises(WrongState, match="还有 1 个问题"):
            move_draft(leader, draft=draft, name="approve_draft", data={})

    def test_days_that_pass_bar_publication(self, officer: Actor, leader: Actor, draft: RulebookDraft) -> None:
        submitted(officer, draft)
        past = {**draft.document, "applies": [{**draft.document["applies"][0], "from": "2026-02-01"}]}
        RulebookDraft.objects.filter(pk=draft.pk).update(document=past)
        with pytest.raises(WrongState, match="还有 1 个问题"):
            move_draft(leader, draft=draft, name="approve_draft", data={})


@pytest.fixture
def published(officer: Actor, leader: Actor, draft: RulebookDraft) -> PublishedRulebook:
    change(officer, draft, f"{BANDS}/1/points", "2.5")
    submitted(officer, draft)
    done = move_draft(leader, draft=draft, name="approve_draft", data={})
    assert done.published is not None
    return done.published


class TestPublication:
    def test_what_was_approved_is_frozen_with_its_fingerprint(
        self, draft: RulebookDraft, published: PublishedRulebook
    ) -> None:
        draft.refresh_from_db()
        assert (published.key, published.document, published.fingerprint) == (
            "ip-capability/2027",
            draft.document,
            parse_rulebook(draft.document).fingerprint,
        )
        assert (published.published_by, published.reason, published.is_shipped) == ("周正明", WHY, False)

    def test_the_audit_trail_says_what_changed_and_why(self, published: PublishedRulebook) -> None:
        line = AuditEvent.objects.get(action="rulebook.publish", subject_id=str(published.pk))
        assert (line.actor_name, line.detail["reason"], line.detail["base"]) == ("周正明", WHY, "ip-capability/2026")
        assert line.detail["changes"] == [
            f"适用1：自2026-01-01起，新申报、复核 → 自{tomorrow()}起，新申报、复核",
            "接替：— → ip-capability/2026",
            "score/creation/CR-4 5–10：2分 → 2.5分",
        ]

    def test_nothing_can_be_done_with_it_any_more(
        self, officer: Actor, leader: Actor, draft: RulebookDraft, published: PublishedRulebook
    ) -> None:
        draft.refresh_from_db()
        with pytest.raises(WrongState):
            change(officer, draft, "/issuer", "省局")
        with pytest.raises(WrongState):
            move_draft(leader, draft=draft, name="approve_draft", data={})

    def test_the_old_version_ends_where_the_new_one_begins(self, published: PublishedRulebook) -> None:
        library = published_library()
        for on, key in ((timezone.localdate(), "ip-capability/2026"), (tomorrow(), "ip-capability/2027")):
            match = library.find("ip-capability", kind="new", region="420000", on=on)
            assert match.rulebook is not None
            assert match.rulebook.key == key

    def test_a_new_round_pins_it_and_an_older_day_does_not(self, published: PublishedRulebook) -> None:
        later = create_round(SYSTEM, name="新规则批次", assessed_on=tomorrow() + timedelta(days=30))
        before = create_round(SYSTEM, name="旧规则批次", assessed_on=date(2026, 5, 1))
        assert later.pinned.get(programme="ip-capability").rulebook == published
        assert before.pinned.get(programme="ip-capability").rulebook == shipped()

    def test_a_shipped_version_of_the_same_name_gives_way_to_the_province_s(
        self, officer: Actor, leader: Actor
    ) -> None:
        PublishedRulebook.objects.filter(key="little-giant/2022").update(published_by="周正明", fingerprint="0" * 64)
        assert publish_shipped_rulebooks() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_edits_at_the_same_moment_one_is_told(people: People) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("writers queue on SQLite, so that the second is refused by its revision as above")
    actors = [people.who(role).actor for role in ("province_officer", "province_leader")]
    draft, outcomes = new_draft(actors[0]), []

    def save(actor: Actor, points: str) -> None:
        try:
            edit_draft(actor, draft=draft, revision=1, edits=[Edit("set", f"{BANDS}/1/points", points)])
            outcomes.append("saved")
        except Conflict:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=save, args=(actor, f"2.{place}")) for place, actor in enumerate(actors, start=1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", "told"]
