"""The form leaves as Excel and comes back with exactly its changes (E20)."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.services.filling import (
    Change,
    Comparison,
    compare_workbook,
    form_workbook,
    save_answers,
)
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput
from tests.factories.filling import begin, fill, open_round, random_answers
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(people: People) -> Actor:
    return people.who("enterprise_filler").actor


@pytest.fixture
def draft(people: People, actor: Actor) -> Assessment:
    return begin(actor, people.firm)


def changed(data: bytes, **cells: Any) -> bytes:
    """The workbook with other values, saved by another program."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    assert sheet is not None
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    for code, value in cells.items():
        sheet.cell(rows[code], 5).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(data: bytes, edit: Callable[[Any], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(sheet: Any, code: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == code)


def back(draft: Assessment, data: bytes) -> Comparison:
    return compare_workbook(Assessment.objects.get(pk=draft.pk), data)


@pytest.mark.parametrize("seed", range(12))
def test_unchanged_it_has_no_difference(draft: Assessment, seed: int) -> None:
    """Whatever stands in the form, through two programs."""
    random_answers(draft, seed)
    data = form_workbook(draft)
    assert back(draft, data) == Comparison([], [])
    assert back(draft, changed(data)) == Comparison([], [])


def test_five_changed_cells_are_exactly_these_five(actor: Actor, draft: Assessment) -> None:
    fill(actor, draft, revenue=8000, rd_expense=400, ip_strategy="drafted", ip_insurance=False, employees=60)
    data = form_workbook(draft)
    found = back(
        draft,
        changed(
            data,
            revenue=8200.5,
            rd_expense="不适用",
            ip_strategy="已批准",
            ip_insurance="是",
            registered_on=date(2010, 5, 1),
        ),
    )
    assert {one.code: one.value for one in found.differences} == {
        "revenue": 8200.5,
        "rd_expense": "n/a",
        "ip_strategy": "approved",
        "ip_insurance": True,
        "registered_on": "2010-05-01",
    }
    assert not any(one.problem or one.is_outdated for one in found.differences)


def test_a_cell_that_cannot_be_read_is_a_difference_with_its_problem(draft: Assessment) -> None:
    (found,) = back(draft, changed(form_workbook(draft), revenue="八千")).differences
    assert (found.value, found.cell.startswith("自评表!E")) == ("八千", True)
    assert found.problem


@pytest.mark.parametrize(("code", "wanted"), [("ip_strategy", "已"), ("ip_insurance", "是、否")])
def test_a_word_that_is_no_choice_is_told_the_choices_in_its_own_language(
    draft: Assessment, code: str, wanted: str
) -> None:
    (found,) = back(draft, changed(form_workbook(draft), **{code: "说不清"})).differences
    assert wanted in found.problem
    assert not any(letter.isascii() and letter.isalpha() for letter in found.problem)


def test_what_changed_online_meanwhile_is_marked(actor: Actor, draft: Assessment) -> None:
    data = changed(form_workbook(draft), revenue=8000)
    fill(actor, draft, revenue=9000)
    (found,) = back(draft, data).differences
    assert (found.before, found.base, found.is_outdated) == ("9,000 万元", 1, True)


def test_who_has_seen_both_may_take_the_older_sheets_value(actor: Actor, draft: Assessment) -> None:
    """Otherwise an old sheet would be refused for ever, however often it is sent."""
    data = changed(form_workbook(draft), revenue=8000)
    fill(actor, draft, revenue=9000)
    (found,) = back(draft, data).differences
    (saved,), _ = save_answers(actor, draft=draft, changes=[Change("revenue", found.value, found.base)], source="excel")
    assert (saved.outcome, saved.answer and saved.answer.declared) == ("saved", 8000)


def test_rows_of_its_own_doubled_or_missing_are_told(draft: Assessment) -> None:
    book = openpyxl.load_workbook(io.BytesIO(form_workbook(draft)))
    sheet = book.active
    assert sheet is not None
    sheet.append(["made_up", "", "", "", 1])
    sheet.append([sheet.cell(5, 1).value, "", "", "", 1])
    sheet.delete_rows(6)
    out = io.BytesIO()
    book.save(out)
    problems = back(draft, out.getvalue()).problems
    assert [("made_up" in text, "重复" in text, "缺少 1 项" in text) for text in problems] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


def test_what_was_typed_never_becomes_a_formula(actor: Actor, draft: Assessment) -> None:
    """O12: a cell that begins with = stays text."""
    fill(actor, draft, revenue="=cmd|' /C calc'!A0")
    sheet = openpyxl.load_workbook(io.BytesIO(form_workbook(draft))).active
    assert sheet is not None
    (cell,) = [row[4] for row in sheet.iter_rows() if row[0].value == "revenue"]
    assert (cell.data_type, cell.value) == ("s", "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a workbook", b"<html>"])
def test_other_files_are_refused_with_a_sentence(draft: Assessment, data: bytes) -> None:
    with pytest.raises(BadInput):
        back(draft, data)


def test_another_workbook_is_no_form_of_ours(draft: Assessment) -> None:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["企业名称", "营业收入"])
    book.save(out)
    with pytest.raises(BadInput, match="不是从本系统下载的自评表"):
        back(draft, out.getvalue())


class TestOtherForms:
    """Versions of another form mean nothing here, so it never lands among this firm's answers."""

    def test_another_firms_form_is_refused_by_name(self, people: People, actor: Actor, draft: Assessment) -> None:
        other = Assessment.objects.create(round=draft.round, enterprise=people.other_firm, is_self_filled=True)
        with pytest.raises(BadInput, match=people.other_firm.name) as refused:
            back(draft, changed(form_workbook(other), revenue=8000))
        assert refused.value.code == "another_form"

    def test_another_rounds_form_is_refused(self, people: People, actor: Actor, draft: Assessment) -> None:
        other = begin(actor, people.firm, open_round(name="另一个批次"))
        with pytest.raises(BadInput, match="另一个批次"):
            back(draft, form_workbook(other))

    def test_a_form_without_its_number_is_read_with_a_warning(self, draft: Assessment) -> None:
        data = edited(form_workbook(draft), lambda sheet: sheet.delete_rows(1))
        assert [("编号" in text, "不见了" in text) for text in back(draft, data).problems] == [(True, True)]


class TestOfficePrograms:
    """What Excel, LibreOffice and WPS and the people before them do to a sheet."""

    def test_a_renamed_sheet_with_a_column_put_in_is_read(self, draft: Assessment) -> None:
        def edit(sheet: Any) -> None:
            sheet.title = "我的表"
            sheet.insert_cols(2)
            sheet.cell(row_of(sheet, "revenue"), 6).value = 8000

        (found,) = back(draft, edited(form_workbook(draft), edit)).differences
        assert (found.code, found.value, found.cell.startswith("我的表!F")) == ("revenue", 8000, True)

    def test_a_formula_without_a_result_is_no_emptied_cell(self, actor: Actor, draft: Assessment) -> None:
        fill(actor, draft, revenue=9000)
        (found,) = back(draft, changed(form_workbook(draft), revenue="=8000+500")).differences
        assert "公式没有算出结果" in found.problem
        assert found.value is not None

    def test_merged_cells_are_told_and_never_taken_for_emptied(self, actor: Actor, draft: Assessment) -> None:
        fill(actor, draft, revenue=9000, rd_expense=400)

        def edit(sheet: Any) -> None:
            row = row_of(sheet, "revenue")
            sheet.merge_cells(start_row=row, start_column=5, end_row=row + 1, end_column=5)

        found = back(draft, edited(form_workbook(draft), edit))
        assert found.differences == []
        assert len([text for text in found.problems if "合并" in text]) == 2

    @pytest.mark.parametrize(
        ("value", "style", "stored"),
        [
            (0.25, "0%", 25),
            ("25%", "@", 25),
            ("２５", "@", 25),
            (25, "General", 25),
        ],
    )
    def test_a_percentage_in_any_style(self, draft: Assessment, value: Any, style: str, stored: float) -> None:
        def edit(sheet: Any) -> None:
            cell = sheet.cell(row_of(sheet, "ip_trained_share"), 5)
            cell.value, cell.number_format = value, style

        (found,) = back(draft, edited(form_workbook(draft), edit)).differences
        assert (found.value, found.problem) == (stored, "")

    @pytest.mark.parametrize(
        "typed", ["2010-05-01", "2010/5/1", "2010年5月1日", "2010.5.1", datetime(2010, 5, 1), 40299]
    )
    def test_a_date_in_any_style(self, draft: Assessment, typed: Any) -> None:
        (found,) = back(draft, changed(form_workbook(draft), registered_on=typed)).differences
        assert (found.value, found.problem) == ("2010-05-01", "")

    @pytest.mark.parametrize("typed", ["8,000", "8，000", "８０００", " 8000 ", 8000.0])
    def test_a_number_as_text(self, draft: Assessment, typed: Any) -> None:
        (found,) = back(draft, changed(form_workbook(draft), revenue=typed)).differences
        assert (found.value, found.problem) == (8000, "")

    def test_a_code_is_no_number(self, actor: Actor, draft: Assessment) -> None:
        """0111 and 111 are two industries; Excel's own 3976.0 is 3976."""
        fill(actor, draft, industry_code="0111")
        (found,) = back(draft, changed(form_workbook(draft), industry_code="111")).differences
        assert (found.before, found.after) != (found.after, found.after)
        (found,) = back(draft, changed(form_workbook(draft), industry_code=3976.0)).differences
        assert (found.value, found.problem) == ("3976", "")

    def test_a_count_of_the_ledger_typed_over_is_told(self, draft: Assessment) -> None:
        code = "valid_invention_patents"
        Answer.objects.create(assessment=draft, code=code, declared=3, state="known", source="ledger")
        found = back(draft, changed(form_workbook(draft), **{code: 99}))
        assert found.differences == []
        assert [("台账" in text) for text in found.problems] == [True]


def test_a_zip_bomb_is_refused(draft: Assessment) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        for part in range(5):
            bomb.writestr(f"xl/{part}.xml", b"0" * 100_000_000)
    with pytest.raises(BadInput, match="解压后过大"):
        back(draft, out.getvalue())
