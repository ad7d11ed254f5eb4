"""The form leaves as Excel and comes back with exactly its changes (E20)."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from cultivation.assessments.models import Assessment
from cultivation.assessments.services.filling import Comparison, compare_workbook, form_workbook
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput
from tests.factories.filling import begin, fill, random_answers
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


def test_what_changed_online_meanwhile_is_marked(actor: Actor, draft: Assessment) -> None:
    data = changed(form_workbook(draft), revenue=8000)
    fill(actor, draft, revenue=9000)
    (found,) = back(draft, data).differences
    assert (found.before, found.base, found.is_outdated) == ("9,000 万元", 0, True)


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
