"""A firm's own ledger: shown before it is kept, changed by hand, and the counted answers follow from it (E18, E19)."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cultivation.assessments.models import Answer, Assessment, Ledger, LedgerRight
from cultivation.assessments.services.filling import (
    Change,
    checklist_of,
    compare_workbook,
    form_workbook,
    live_of,
    save_answers,
)
from cultivation.assessments.services.filling.ledger import (
    Wanted,
    add_right,
    change_right,
    clear_ledger,
    confirm_rights,
    import_ledger,
    ledger_page,
    preview_ledger,
    remove_right,
    right_pages,
    rights_of,
    tally_of,
)
from cultivation.assessments.services.filling.ledger.claims import Claim
from cultivation.assessments.services.filling.ledger.settle import settle
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, Conflict, NotAllowed, NotHere, WrongState
from cultivation.core.models import AuditEvent, StoredFile
from tests.factories.filling import begin, end_filling, fill
from tests.factories.ledgers import INVENTION, LAPSED, MARKS, MODEL, book, changed, ledger_book, patents
from tests.people import People

pytestmark = pytest.mark.django_db
COUNTED = "valid_invention_patents"
VALUES = {"number": "ZL201911070331.1", "title": "又一种装置", "kind": "invention", "legal_state": "有效"}


@pytest.fixture
def filler(people: People) -> Actor:
    return people.who("enterprise_filler").actor


@pytest.fixture
def draft(people: People, filler: Actor) -> Assessment:
    return begin(filler, people.firm)


def take(actor: Actor, draft: Assessment, data: bytes | None = None, **chosen: Any) -> None:
    data = data or ledger_book()
    chosen.setdefault("base", preview_ledger(draft, data).base)
    import_ledger(actor, draft=draft, data=data, filename="专利清单.xlsx", **chosen)


def answer(draft: Assessment, code: str = COUNTED) -> Answer | None:
    return draft.answers.filter(code=code).first()


def kinds_of(draft: Assessment, data: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in preview_ledger(draft, data).changes:
        stands = one.row or one.right
        assert stands
        found.setdefault(one.kind, []).append(stands.title)
    return found


class TestPreview:
    def test_nothing_is_kept(self, draft: Assessment) -> None:
        preview = preview_ledger(draft, ledger_book())
        assert len(preview.changes) == 5
        assert (draft.rights.count(), StoredFile.objects.count(), answer(draft)) == (0, 0, None)

    def test_the_difference_to_what_is_kept(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft)
        again = book(
            专利=patents(changed(INVENTION, G="失效"), MODEL, changed(LAPSED, A="", B="2023101234567", C="新的"))
        )
        assert kinds_of(draft, again) == {
            "changed": ["一种装置"],
            "same": ["一种夹具"],
            "added": ["新的"],
            "gone": ["一种方法"],
        }

    def test_the_same_list_again_has_no_difference(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft)
        assert set(kinds_of(draft, ledger_book())) == {"same"}

    def test_a_list_of_marks_says_nothing_of_patents(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft)
        assert set(kinds_of(draft, book(商标=MARKS))) == {"same"}

    def test_what_a_list_does_not_say_stays(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft)
        right = draft.rights.get(title="一种装置")
        change_right(filler, draft=draft, pk=right.pk, values={"in_use": True})
        (only,) = [one for one in preview_ledger(draft, book(专利=patents(INVENTION))).changes if one.right == right]
        assert only.kind == "same"

    def test_a_bad_file_is_refused_in_words(self, draft: Assessment) -> None:
        with pytest.raises(BadInput, match="PDF") as refusal:
            preview_ledger(draft, b"%PDF-1.7")
        assert refusal.value.code == "unreadable_workbook"


class TestImport:
    def test_it_is_kept_with_file_audit_and_version(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft)
        kept = draft.ledger_imports.get()
        assert (kept.added, kept.changed, kept.removed, kept.rows, kept.by) == (5, 0, 0, 5, "汪洋")
        event = AuditEvent.objects.get(action="ledger.import")
        assert (event.detail["sha256"], event.detail["added"]) == (kept.file.sha256, 5)
        draft.refresh_from_db()
        assert draft.ledger.version == 1

    def test_facts_are_kept(self, filler: Actor, draft: Assessment) -> None:
        heads = (
            "申请号",
            "公开(公告)号",
            "标题",
            "权利人",
            "法律状态",
            "质押金额(万元)",
            "获奖",
            "转让日期",
            "同族",
            "权利人排名",
        )
        row = (
            "201811070331.7",
            "CN109123456B",
            "一种装置",
            "",
            "有效",
            "500.5",
            "中国专利金奖",
            "2024-06-01",
            "US1B2",
            2,
        )
        take(filler, draft, book(专利=[heads, row]))
        facts = draft.rights.get().facts
        assert facts == {
            "state": "valid", "pledge": 500.5, "awards": ["中国专利金奖"], "transferred_on": "2024-06-01",
            "obtained": "transferred", "family": ["US1B2"], "holder_rank": 2,
        }  # fmt: skip

    def test_what_is_left_out_stays_out(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft, leave=["new-0"])
        assert sorted(draft.rights.values_list("title", flat=True)) == ["一种夹具", "一种方法", "光谷", "光谷软件V1.0"]

    def test_what_is_gone_goes_only_when_it_is_named(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft)
        less = book(专利=patents(INVENTION))
        take(filler, draft, less)
        assert draft.rights.count() == 5
        gone = [one.key for one in preview_ledger(draft, less).changes if one.kind == "gone"]
        take(filler, draft, less, remove=gone[:1])
        assert draft.rights.count() == 4

    def test_another_version_than_the_one_shown_is_a_conflict(
        self, people: People, filler: Actor, draft: Assessment
    ) -> None:
        take(people.who("enterprise_approver").actor, draft)
        with pytest.raises(Conflict, match="江山"):
            take(filler, draft, base=0)
        assert draft.ledger_imports.count() == 1

    def test_after_the_time_nothing_changes(self, filler: Actor, draft: Assessment) -> None:
        end_filling(draft.round)
        with pytest.raises(WrongState):
            take(filler, draft, base=0)
        assert (draft.rights.count(), StoredFile.objects.count()) == (0, 0)

    def test_it_is_the_firms_own(self, people: People, draft: Assessment) -> None:
        for role in ("province_officer", "city_officer", "expert"):
            with pytest.raises(NotAllowed):
                take(people.who(role).actor, draft)


class TestAnswers:
    def test_counts_fill_the_counted_answers_and_lock_them(self, filler: Actor, draft: Assessment) -> None:
        fill(filler, draft, **{COUNTED: 7})
        take(filler, draft)
        found = answer(draft)
        assert found
        assert (found.declared, found.source, found.version) == (1, "ledger", 2)
        (saved,), _ = save_answers(filler, draft=draft, changes=[Change(COUNTED, 7, 2)])
        assert saved.outcome == "refused"
        assert "台账" in saved.problem

    def test_what_a_row_leaves_open_gives_bounds(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft, book(专利=patents(INVENTION, changed(MODEL, G="说不清"))))
        found = answer(draft, "valid_utility_models")
        assert found
        assert (found.declared, found.state) == ([0, 1], "bounded")

    def test_an_open_count_stays_with_the_firm(self, filler: Actor, draft: Assessment) -> None:
        """A list that shows no application that failed can't close how many were filed."""
        fill(filler, draft, patent_applications_3y=9)
        take(filler, draft, book(专利=patents(INVENTION, MODEL)))
        found = answer(draft, "patent_applications_3y")
        assert found
        assert (found.declared, found.source) == (9, "form")

    def test_an_open_count_below_the_ledger_is_told_and_bounded(self, filler: Actor, draft: Assessment) -> None:
        recent = changed(INVENTION, A="", B="2025101234565", D="2025-02-01", E="", G="有效")
        take(filler, draft, book(专利=patents(recent)))
        fill(filler, draft, patent_applications_3y=0)
        texts = [item.text for item in checklist_of(draft) if item.kind == "ledger_differs"]
        assert any("不少于 1" in text for text in texts)

    def test_none_of_what_the_ledger_does_not_list_closes_the_count(self, filler: Actor, draft: Assessment) -> None:
        """Zero is known, and not the same as unknown: the count is then the ledger's and can't be typed over."""
        fill(filler, draft, class2_ip_plain=70)
        take(filler, draft, book(专利=patents(INVENTION, MODEL)))
        typed = answer(draft, "class2_ip_plain")
        assert typed
        assert (typed.declared, typed.source) == (70, "form")
        saved = fill(filler, draft, software_copyrights=0)
        assert ("class2_ip_plain", "followed") in [(one.code, one.outcome) for one in saved[1:]]
        derived = answer(draft, "class2_ip_plain")
        assert derived
        assert (derived.declared, derived.source) == (1, "ledger")
        (typed_over,), _ = save_answers(filler, draft=draft, changes=[Change("class2_ip_plain", 70, derived.version)])
        assert typed_over.outcome == "refused"
        (count,) = [one for one in ledger_page(filler, draft)["counts"] if one["code"] == "class2_ip_plain"]
        assert (count["is_open"], count["most"], count["closed_by"]["declared"]) == (False, 1, 0)

    @pytest.mark.parametrize("software", [3, None])
    def test_said_otherwise_again_the_count_is_the_firms_again(
        self, filler: Actor, draft: Assessment, software: int | None
    ) -> None:
        fill(filler, draft, class2_ip_plain=70, software_copyrights=0)
        take(filler, draft, book(专利=patents(INVENTION, MODEL)))
        derived = answer(draft, "class2_ip_plain")
        assert derived
        assert (derived.declared, derived.source) == (1, "ledger")
        fill(filler, draft, software_copyrights=software)
        typed = answer(draft, "class2_ip_plain")
        assert typed
        assert (typed.declared, typed.source) == (70, "form")

    def test_the_live_score_follows(self, filler: Actor, draft: Assessment) -> None:
        before = live_of(draft)["score"]
        take(filler, draft)
        assert live_of(draft)["score"]["low"] > before["low"]

    def test_leaving_the_ledger_gives_the_answers_back(self, filler: Actor, draft: Assessment) -> None:
        fill(filler, draft, **{COUNTED: 7})
        take(filler, draft)
        assert clear_ledger(filler, draft=draft) == 5
        found = answer(draft)
        assert found
        assert (found.declared, found.source) == (7, "form")
        assert answer(draft, "valid_designs") is None

    def test_every_right_says_where_it_counts_and_why_not(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft)
        by_title = {right.title: right.counting for right in draft.rights.all()}
        assert by_title["一种装置"][COUNTED]["outcome"] == "counts"
        assert by_title["一种方法"][COUNTED]["outcome"] == "excluded"
        assert "失效" in by_title["一种方法"][COUNTED]["reason"]

    def test_the_form_as_excel_shows_it_and_comes_back_the_same(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft, book(专利=patents(INVENTION, changed(MODEL, G="说不清"))))
        assert compare_workbook(draft, form_workbook(draft)).differences == []


class TestByHand:
    GOOD = {"number": "ZL201811070331.7", "title": "一种装置", "kind": "invention", "legal_state": "有效"}

    def test_a_right_is_written(self, filler: Actor, draft: Assessment) -> None:
        right = add_right(
            filler, draft=draft, values={**self.GOOD, "number": "CN2018110703317", "filed_on": date(2018, 9, 13)}
        )
        assert (right.number, right.source, right.confirmed) == ("ZL201811070331.7", "form", True)
        found = answer(draft)
        assert found
        assert found.declared == 1

    @pytest.mark.parametrize(
        ("values", "field", "sentence"),
        [
            ({"number": ""}, "/number", "申请号"),
            ({"number": "2018"}, "/number", "13 位"),
            ({"number": "201821070331.2"}, "/kind", "实用新型"),
            ({"title": " "}, "/title", "名称"),
            ({"filed_on": date(1984, 1, 1)}, "/filed_on", "1985"),
            ({"filed_on": date(2018, 9, 13), "granted_on": date(2018, 9, 1)}, "/granted_on", "早于申请日"),
            ({"filed_on": date.today() + timedelta(days=9)}, "/filed_on", "今天以后"),
        ],
    )
    def test_what_can_not_be_is_refused_at_its_field(
        self, filler: Actor, draft: Assessment, values: dict[str, Any], field: str, sentence: str
    ) -> None:
        with pytest.raises(BadInput) as refusal:
            add_right(filler, draft=draft, values={**self.GOOD, **values})
        assert sentence in str(refusal.value.fields[field])
        assert draft.rights.count() == 0

    def test_a_wrong_check_digit_is_kept_and_counts_as_open(self, filler: Actor, draft: Assessment) -> None:
        right = add_right(filler, draft=draft, values={**self.GOOD, "number": "ZL201811070331.6"})
        assert (right.number_ok, right.counting[COUNTED]["outcome"]) == (False, "possible")

    def test_the_same_right_twice_is_refused(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft)
        with pytest.raises(BadInput) as refusal:
            add_right(filler, draft=draft, values=self.GOOD)
        assert "已有这一项" in str(refusal.value.fields["/number"])

    def test_a_change_counts_again_and_keeps_the_rest(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft)
        right = draft.rights.get(title="一种装置")
        after = change_right(filler, draft=draft, pk=right.pk, values={"legal_state": "失效"})
        assert (after.facts["state"], after.facts["related"], after.status) == ("lapsed", True, "lapsed")
        found = answer(draft)
        assert found
        assert found.declared == 0

    def test_one_is_taken_out(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft)
        remove_right(filler, draft=draft, pk=draft.rights.get(title="一种装置").pk)
        found = answer(draft)
        assert found
        assert (found.declared, draft.rights.count()) == (0, 4)
        assert AuditEvent.objects.filter(action="ledger.remove").count() == 1

    def test_another_firms_right_is_not_here(self, people: People, filler: Actor, draft: Assessment) -> None:
        other = Assessment.objects.create(round=draft.round, enterprise=people.other_firm)
        right = LedgerRight.objects.create(
            assessment=other, number="1", number_ok=True, kind="design", status="counted", row=1
        )
        with pytest.raises(NotHere):
            remove_right(filler, draft=draft, pk=right.pk)


class TestTwoFirms:
    """The same patent in two ledgers is told to offices alone, and moves nobody's points (C10, P08)."""

    def test_an_office_sees_who_else_lists_it(self, people: People, filler: Actor, draft: Assessment) -> None:
        take(filler, draft)
        other = Assessment.objects.create(round=draft.round, enterprise=people.other_firm, state="submitted")
        number = draft.rights.get(title="一种装置").number
        LedgerRight.objects.create(
            assessment=other, number=number, number_ok=True, kind="invention", status="counted", row=1
        )

        def claims(actor: Actor) -> list[Claim]:
            pages = right_pages(actor, draft, list(draft.rights.all()))
            assert tally_of(actor, draft)["claimed"] == sum(bool(page["claimed_by"]) for page in pages)
            narrowed = list(rights_of(actor, draft, Wanted(claimed=True)))
            assert {right.pk for right in narrowed} == {page["id"] for page in pages if page["claimed_by"]}
            return [claim for page in pages for claim in page["claimed_by"]]

        assert claims(filler) == []
        assert claims(people.who("province_officer").actor) == [Claim("宜昌市", "宜昌清江化工有限公司", other.pk)]
        assert claims(people.who("city_officer").actor) == [Claim("宜昌市")]


class TestOneRight:
    """An edit judges the one right that it touches, and the counts are those of counting all anew (E19)."""

    def test_the_counts_are_those_of_counting_all_anew(self, filler: Actor, draft: Assessment) -> None:
        take(filler, draft)
        pk = draft.rights.get(title="一种装置").pk
        mark = VALUES | {"kind": "trademark", "number": "32345678", "title": "又一商标"}
        steps: list[Callable[[], Any]] = [
            lambda: change_right(filler, draft=draft, pk=pk, values={"legal_state": "失效"}),
            lambda: add_right(filler, draft=draft, values=mark),
            lambda: change_right(filler, draft=draft, pk=pk, values={"legal_state": "有效", "pledge": Decimal(9)}),
            lambda: add_right(filler, draft=draft, values=VALUES),
            lambda: change_right(filler, draft=draft, pk=pk, values={"related": None, "family": ["US1B2"]}),
            lambda: remove_right(filler, draft=draft, pk=draft.rights.get(title="又一商标").pk),
            lambda: confirm_rights(filler, draft=draft),
            lambda: remove_right(filler, draft=draft, pk=pk),
        ]  # fmt: skip
        for step in steps:
            step()
            assert standing(draft) == counted_anew(draft)

    def test_it_takes_no_query_for_the_other_rights(
        self, filler: Actor, draft: Assessment, django_assert_max_num_queries: Any
    ) -> None:
        take(filler, draft)
        rows = (
            LedgerRight(assessment=draft, number=str(n), number_ok=True, kind="design", status="counted", row=n)
            for n in range(9, 600)
        )
        LedgerRight.objects.bulk_create(rows)
        pk = draft.rights.get(title="一种装置").pk
        with django_assert_max_num_queries(40):
            change_right(filler, draft=draft, pk=pk, values={"title": "另一种"})
        assert not draft.rights.filter(number="9").exclude(counting={}).exists()


def standing(draft: Assessment) -> tuple[Any, ...]:
    ledger = Ledger.objects.get(assessment=draft)
    rights = list(draft.rights.order_by("pk").values_list("pk", "standing", "counting"))
    answers = list(draft.answers.filter(source="ledger").order_by("code").values_list("code", "declared"))
    return ledger.counts, ledger.open_above, rights, answers


def counted_anew(draft: Assessment) -> tuple[Any, ...]:
    settle(draft, Ledger.objects.get(assessment=draft))
    return standing(draft)


def test_confirming_is_one_step(filler: Actor, draft: Assessment) -> None:
    take(filler, draft)
    draft.rights.update(confirmed=False, source="prefill")
    assert [item.code for item in checklist_of(draft) if item.kind == "ledger"] == ["ledger"]
    assert confirm_rights(filler, draft=draft) == 5
    assert [item for item in checklist_of(draft) if item.kind == "ledger"] == []
