"""What is handed in freezes the ledger, and the official score comes from it (E07, E18, E21, E36)."""

import io
import json
import zipfile
from datetime import date

import pytest

from cultivation.assessments.models import Assessment
from cultivation.assessments.services.facts import facts_of
from cultivation.assessments.services.filling import checklist_of, submit_assessment, take_back
from cultivation.assessments.services.filling.catalogue import fields_of
from cultivation.assessments.services.filling.ledger import (
    clear_ledger,
    confirm_rights,
    frozen_ledger,
    import_ledger,
    ledger_page,
    preview_ledger,
    remove_right,
    right_pages,
)
from cultivation.assessments.services.filling.receipt import receipt_payload
from cultivation.assessments.services.ledger import NO_UPPER_BOUND
from cultivation.core.actors import Actor
from cultivation.core.canonical import fingerprint
from cultivation.core.errors import WrongState
from cultivation.operations.services.archive import Scope, build_archive
from tests.factories.filling import answer_all, begin, end_filling, fill, open_round
from tests.factories.ledgers import INVENTION, MODEL, book, changed, ledger_book, patents
from tests.factories.rounds import assessment_of, score, scored_round
from tests.factories.workbooks import ADVANTAGE
from tests.people import People

pytestmark = pytest.mark.django_db
RECENT = changed(INVENTION, A="", B="2025101234565", C="新申请", D="2025-02-01", E="")


@pytest.fixture
def filler(people: People) -> Actor:
    return people.who("enterprise_filler").actor


@pytest.fixture
def approver(people: People) -> Actor:
    return people.who("enterprise_approver").actor


@pytest.fixture
def draft(people: People, filler: Actor) -> Assessment:
    """Complete, with a ledger from one list."""
    draft = begin(filler, people.firm)
    take(filler, draft, ledger_book())
    answer_all(filler, draft)
    return draft


def take(actor: Actor, draft: Assessment, data: bytes) -> None:
    base = preview_ledger(draft, data).base
    import_ledger(actor, draft=draft, data=data, filename="专利清单.xlsx", base=base)


def hand_in(approver: Actor, draft: Assessment) -> None:
    submit_assessment(approver, draft=draft, signed_name=approver.name, agreed=True)


class TestFreezing:
    def test_the_hash_covers_every_fact_of_every_right(self, approver: Actor, draft: Assessment) -> None:
        hand_in(approver, draft)
        submission = draft.submissions.get()
        frozen = submission.snapshot
        assert [right["title"] for right in frozen["rights"]] == [
            "一种装置",
            "光谷",
            "光谷软件V1.0",
            "一种夹具",
            "一种方法",
        ]
        assert frozen["rights"][0]["facts"]["related"] is True
        assert frozen["ledger"]["counts"]["valid_invention_patents"] == [1, 1]
        assert frozen["ledger"]["imports"][0]["sha256"] == draft.ledger_imports.get().file.sha256
        frozen["rights"][0]["facts"]["related"] = False
        assert fingerprint(frozen) != submission.sha256

    def test_nothing_changes_after_it(self, filler: Actor, approver: Actor, draft: Assessment) -> None:
        hand_in(approver, draft)
        right = draft.rights.first()
        assert right
        for change in (
            lambda: take(filler, draft, ledger_book()),
            lambda: remove_right(filler, draft=draft, pk=right.pk),
            lambda: confirm_rights(filler, draft=draft),
            lambda: clear_ledger(filler, draft=draft),
        ):
            with pytest.raises(WrongState):
                change()
        assert draft.rights.count() == 5
        assert ledger_page(filler, draft)["can_edit"] is False

    def test_taken_back_it_can_be_changed_again(self, filler: Actor, approver: Actor, draft: Assessment) -> None:
        hand_in(approver, draft)
        take_back(filler, assessment=draft)
        clear_ledger(filler, draft=draft)
        assert draft.submissions.get().snapshot["rights"]

    def test_the_receipt_names_it(self, approver: Actor, draft: Assessment) -> None:
        hand_in(approver, draft)
        payload = receipt_payload(draft.submissions.get())
        assert (payload.rights, [one.name for one in payload.rights_files]) == (5, ["专利清单.xlsx"])
        rows = {row.label: (row.value, row.note) for section in payload.sections for row in section.rows}
        assert rows["有效发明专利数"] == ("1 件", "知识产权台账")

    def test_the_archive_holds_ledger_and_lists(self, people: People, filler: Actor, draft: Assessment) -> None:
        out = io.BytesIO()
        build_archive(Scope(filler, people.firm), out, lambda *_: None)
        archive = zipfile.ZipFile(out)
        (name,) = [name for name in archive.namelist() if name.startswith("台账清单/")]
        assert archive.read(name).startswith(b"PK")
        found = {name.rpartition("/")[2]: name for name in archive.namelist()}
        (ledger,) = json.loads(archive.read(found["台账汇总.json"]))
        assert ledger["counts"]["valid_invention_patents"] == [1, 1]
        assert json.loads(archive.read(found["台账.json"]))[0]["facts"]["related"] is True


class TestOfficialScore:
    def test_it_comes_from_the_frozen_ledger(self, approver: Actor, draft: Assessment) -> None:
        hand_in(approver, draft)
        end_filling(draft.round)
        score(draft.round)
        facts = facts_of(Assessment.objects.get(pk=draft.pk))
        frozen = draft.submissions.get().snapshot["ledger"]
        closed = {code: bounds for code, bounds in frozen["counts"].items() if code not in frozen["open_above"]}
        asked = {field.code for field in fields_of(draft.round)}
        closed = {code: bounds for code, bounds in closed.items() if code in asked}
        approved = {
            code: [facts[code], facts[code]] if isinstance(facts[code], int) else facts[code] for code in closed
        }
        assert len(closed) > 10
        assert approved == closed

    def test_an_open_count_below_the_ledger_is_bounded_and_the_declared_one_stays(
        self, filler: Actor, approver: Actor, draft: Assessment
    ) -> None:
        take(filler, draft, book(专利=patents(INVENTION, MODEL, RECENT)))
        fill(filler, draft, patent_applications_3y=0)
        hand_in(approver, draft)
        end_filling(draft.round)
        score(draft.round)
        answer = draft.answers.get(code="patent_applications_3y")
        assert (answer.declared, answer.approved, answer.source) == (0, [1, NO_UPPER_BOUND], "ledger")

    def test_an_open_count_above_the_ledger_stands(self, filler: Actor, approver: Actor, draft: Assessment) -> None:
        take(filler, draft, book(专利=patents(INVENTION, MODEL, RECENT)))
        fill(filler, draft, patent_applications_3y=7)
        hand_in(approver, draft)
        end_filling(draft.round)
        score(draft.round)
        answer = draft.answers.get(code="patent_applications_3y")
        assert (answer.declared, answer.approved, answer.source) == (7, 7, "form")


class TestFromLastYear:
    """E07: with source and date, unconfirmed until somebody has looked."""

    @pytest.fixture
    def earlier(self, people: People) -> Assessment:
        return assessment_of(scored_round((ADVANTAGE,)), ADVANTAGE)

    @pytest.fixture
    def next_draft(self, people: People, filler: Actor, earlier: Assessment) -> Assessment:
        user = people.who("enterprise_filler")
        user.memberships.update(enterprise=earlier.enterprise)
        user = user.__class__.objects.get(pk=user.pk)
        return begin(user.actor, earlier.enterprise, open_round(on=date(2027, 3, 31)))

    @pytest.fixture
    def actor(self, people: People, next_draft: Assessment) -> Actor:
        return people.who("enterprise_filler").actor

    def test_each_right_says_where_it_is_from(self, actor: Actor, next_draft: Assessment, earlier: Assessment) -> None:
        page, kept = ledger_page(actor, next_draft), earlier.rights.exclude(status="duplicate")
        rights = right_pages(actor, next_draft, list(next_draft.rights.all()))
        assert [right["number"] for right in rights] == [right.number for right in kept]
        where_from = f"{earlier.round.name}（2026-03-31）"
        assert {page["carried_from"], *(right["carried_from"] for right in rights)} == {where_from}
        assert page["unconfirmed"] == kept.count() > 0

    def test_they_are_counted_anew_on_this_rounds_day(self, next_draft: Assessment, earlier: Assessment) -> None:
        answer = next_draft.answers.get(code="valid_invention_patents")
        assert answer.source == "ledger"
        (bounds,) = [next_draft.ledger.counts["invention_grants_3y"]]
        assert bounds[0] <= earlier.answers.get(code="invention_grants_3y").approved

    def test_they_wait_to_be_confirmed(self, actor: Actor, next_draft: Assessment) -> None:
        (item,) = [item for item in checklist_of(next_draft) if item.kind == "ledger"]
        assert (item.severity, item.code) == ("warning", "ledger")
        confirm_rights(actor, draft=next_draft)
        assert [item for item in checklist_of(next_draft) if item.kind == "ledger"] == []
        assert {right.source for right in next_draft.rights.all()} == {"prefill"}

    def test_unconfirmed_ones_are_seen_in_what_is_handed_in(self, next_draft: Assessment) -> None:
        assert {right["confirmed"] for right in frozen_ledger(next_draft)["rights"]} == {False}
