"""A draft that was never handed in can be deleted; what is the firm's own beyond it stays (E36)."""

import re
from typing import Any

import pytest
from django.core.files.storage import default_storage

from cultivation.assessments.models import Assessment, Evidence
from cultivation.assessments.services.evidence import receive_piece, start_upload, use_evidence
from cultivation.assessments.services.filling import (
    Change,
    actions_of,
    discard_draft,
    save_answers,
    start_assessment,
    submit_assessment,
    take_back,
)
from cultivation.assessments.services.filling.ledger import import_ledger, preview_ledger
from cultivation.assessments.services.standing import my_rounds
from cultivation.assessments.services.whatif.scenarios import keep_scenario
from cultivation.core.actors import Actor
from cultivation.core.errors import NotAllowed, WrongState
from cultivation.core.models import AuditEvent, StoredFile
from tests.factories import papers
from tests.factories.filling import answer_all, begin, end_filling, fill, open_round
from tests.factories.ledgers import ledger_book
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
    draft = begin(filler, people.firm)
    fill(filler, draft, revenue=8000, ip_strategy="none")
    return draft


def paper(actor: Actor, draft: Assessment, text: str, code: str = "revenue") -> Evidence:
    data = papers.pdf(text)
    upload = start_upload(actor, draft=draft, name=f"{text}.pdf", size=len(data), code=code)
    found = receive_piece(actor, upload=upload, offset=0, data=data)
    assert found is not None
    return found


def import_rights(actor: Actor, draft: Assessment) -> None:
    base = preview_ledger(draft, ledger_book()).base
    import_ledger(actor, draft=draft, data=ledger_book(), filename="专利清单.xlsx", base=base)


def again(actor: Actor, draft: Assessment) -> Assessment:
    return start_assessment(actor, round_=draft.round, enterprise=draft.enterprise)


def told(actor: Actor, draft: Assessment) -> dict[str, Any] | None:
    return next((move for move in actions_of(draft, actor) if move["name"] == "discard"), None)


class TestWho:
    @pytest.mark.parametrize("role", ["enterprise_approver", "enterprise_legal"])
    def test_whoever_signs_for_the_firm_may(self, people: People, draft: Assessment, role: str) -> None:
        actor = people.who(role).actor
        assert told(actor, draft)
        assert discard_draft(actor, draft=draft).state == "discarded"

    def test_the_filler_is_offered_nothing_and_refused(self, filler: Actor, draft: Assessment) -> None:
        assert told(filler, draft) is None
        with pytest.raises(NotAllowed, match="审核人或法定代表人"):
            discard_draft(filler, draft=draft)
        assert draft.answers.count() == 2

    def test_what_was_once_handed_in_stays(self, filler: Actor, approver: Actor, draft: Assessment) -> None:
        answer_all(filler, draft)
        submit_assessment(approver, draft=draft, signed_name=approver.name, agreed=True)
        with pytest.raises(WrongState):
            discard_draft(approver, draft=draft)
        take_back(filler, assessment=draft)
        offered = told(approver, draft)
        assert offered
        assert not offered["enabled"]
        assert "提交过" in offered["reason"]
        with pytest.raises(WrongState, match="提交过"):
            discard_draft(approver, draft=draft)
        assert draft.answers.exists()
        assert draft.submissions.count() == 1


class TestWhatGoes:
    def test_answers_edits_and_scenarios_go_and_the_trail_says_so(
        self, filler: Actor, approver: Actor, draft: Assessment
    ) -> None:
        keep_scenario(approver, assessment=draft, name="明年", changes={"revenue": 1})
        discard_draft(approver, draft=draft)
        assert not draft.answers.exists()
        assert not draft.edits.exists()
        assert not draft.scenarios.exists()
        event = AuditEvent.objects.get(action="assessment.discard")
        assert (event.before, event.after, event.detail["answers"]) == ("draft", "discarded", 2)

    def test_a_paper_used_only_here_goes_with_its_bytes_and_one_used_elsewhere_stays(
        self,
        people: People,
        filler: Actor,
        approver: Actor,
        draft: Assessment,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        other = begin(filler, people.firm, open_round(name="另一批次"))
        alone, shared = paper(filler, draft, "只在这里"), paper(filler, draft, "两处")
        unused = paper(filler, draft, "未用", code="")
        use_evidence(filler, draft=other, evidence=shared, code="revenue")
        path = alone.file.path
        with django_capture_on_commit_callbacks(execute=True):
            discard_draft(approver, draft=draft)
        assert set(Evidence.objects.all()) == {shared, unused}
        assert not StoredFile.objects.filter(path=path).exists()
        assert not default_storage.exists(path)
        assert [use.assessment_id for use in shared.uses.all()] == [other.pk]

    def test_a_paper_that_a_submission_names_stays(
        self, people: People, filler: Actor, approver: Actor, draft: Assessment
    ) -> None:
        sent = begin(filler, people.firm, open_round(name="另一批次"))
        kept = paper(filler, sent, "登记簿")
        answer_all(filler, sent)
        submit_assessment(approver, draft=sent, signed_name=approver.name, agreed=True)
        sent.evidence_uses.all().delete()
        use_evidence(filler, draft=draft, evidence=kept, code="revenue")
        discard_draft(approver, draft=draft)
        assert Evidence.objects.filter(pk=kept.pk).exists()

    def test_pieces_on_their_way_are_dropped(
        self, filler: Actor, approver: Actor, draft: Assessment, django_capture_on_commit_callbacks: Any
    ) -> None:
        upload = start_upload(filler, draft=draft, name="大.pdf", size=99, code="revenue")
        receive_piece(filler, upload=upload, offset=0, data=b"%PDF-1.4")
        folder = f"uploads/{upload.key}"
        assert default_storage.listdir(folder)[1]
        with django_capture_on_commit_callbacks(execute=True):
            discard_draft(approver, draft=draft)
        assert not draft.uploads.exists()
        assert not default_storage.exists(folder)

    def test_it_says_before_what_goes_and_what_stays(self, filler: Actor, approver: Actor, draft: Assessment) -> None:
        import_rights(filler, draft)
        paper(filler, draft, "只在这里"), paper(filler, draft, "未用", "")
        start_upload(filler, draft=draft, name="大.pdf", size=99, code="revenue")
        keep_scenario(approver, assessment=draft, name="明年", changes={"revenue": 1})
        offered = told(approver, draft)
        assert offered
        goes, stays = re.split("。保留：", offered["confirm"])
        for words in ("2 项填写内容", "1 个保存的推演方案", "1 份只用在这里的证明材料", "1 个没有传完的文件"):
            assert words in goes
        assert f"台账（{draft.rights.count()} 项）" in stays
        assert "其他 1 份证明材料" in stays
        assert "可以重新开始填报" in stays
        end_filling(draft.round)
        draft.refresh_from_db()
        closed = told(approver, draft)
        assert closed
        assert closed["enabled"]
        assert "删除后不能再填报本批次" in closed["confirm"]


class TestAfterwards:
    def test_the_round_can_be_begun_again_and_the_ledger_is_there(
        self, filler: Actor, approver: Actor, draft: Assessment
    ) -> None:
        import_rights(filler, draft)
        numbers = set(draft.rights.values_list("number", flat=True))
        counted = dict(draft.answers.filter(source="ledger").values_list("code", "declared"))
        discard_draft(approver, draft=draft)
        (page,) = my_rounds(filler)
        assert (page["assessment"], page["closed"]) == (None, "")
        anew = again(filler, draft)
        assert anew.pk != draft.pk
        assert anew.state == "draft"
        assert set(anew.rights.values_list("number", flat=True)) == numbers
        assert anew.ledger_imports.count() == 1
        assert dict(anew.answers.values_list("code", "declared")) == counted
        assert again(filler, draft).pk == anew.pk

    def test_a_stale_page_writes_nothing(self, filler: Actor, approver: Actor, draft: Assessment) -> None:
        discard_draft(approver, draft=draft)
        with pytest.raises(WrongState, match="草稿已删除"):
            save_answers(filler, draft=draft, changes=[Change("revenue", 1, 1)])
        anew = again(filler, draft)
        assert not anew.answers.exists()

    def test_twice_in_a_row(self, filler: Actor, approver: Actor, draft: Assessment) -> None:
        discard_draft(approver, draft=draft)
        second = again(filler, draft)
        import_rights(filler, second)
        discard_draft(approver, draft=second)
        assert again(filler, draft).rights.exists()
        with pytest.raises(WrongState):
            discard_draft(approver, draft=draft)

    def test_no_office_sees_what_is_left(self, people: People, approver: Actor, draft: Assessment) -> None:
        discard_draft(approver, draft=draft)
        for role in ("city_officer", "province_leader"):
            assert not Assessment.objects.visible_to(people.who(role).actor).filter(pk=draft.pk).exists()
        assert not Assessment.objects.standing().exists()
