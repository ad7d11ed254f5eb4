"""Cells longer than any column, or with characters no database holds, are cut or refused, never an error of ours."""

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from cultivation.assessments.models import Assessment, ImportProblem, LedgerRight
from cultivation.assessments.services import receive_workbook
from cultivation.core.actors import SYSTEM
from cultivation.core.jobs import run_now
from cultivation.core.models import Job
from cultivation.programmes.models import Round
from tests.factories.rounds import bring_in, new_round, score
from tests.factories.workbooks import CITY, LEDGER, NAME, STARTER, SUMMARY, cut_workbook

pytestmark = pytest.mark.django_db
FIRST_FIRM, FIRST_RIGHT = 5, 2
NUMBER, TITLE, KIND, STATE = 2, 3, 4, 8


def changed(sheet: str, row: int, column: int, value: Any) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(cut_workbook((STARTER,))))
    book[sheet].cell(row, column).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def imported(data: bytes) -> tuple[Round, Job]:
    round_ = new_round()
    done = run_now(receive_workbook(SYSTEM, round_=round_, data=data, filename="a.xlsx"))
    round_.refresh_from_db()
    return round_, done


LONG = "长" * 500


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value"),
    [
        (SUMMARY, FIRST_FIRM, NAME + 1, LONG),
        (SUMMARY, FIRST_FIRM, CITY + 1, f"武汉市{LONG}高新区"),
        (SUMMARY, FIRST_FIRM, NAME + 1, "甲_x0000_有限公司"),
        (SUMMARY, FIRST_FIRM, 7, LONG),
        (SUMMARY, FIRST_FIRM, 7, "_x0000_"),
        (SUMMARY, FIRST_FIRM, 7, 10**30),
        (SUMMARY, 1, 1, LONG),
        (LEDGER, FIRST_RIGHT, NUMBER, LONG),
        (LEDGER, FIRST_RIGHT, TITLE, LONG),
        (LEDGER, FIRST_RIGHT, TITLE, "一种_x0000_装置"),
        (LEDGER, FIRST_RIGHT, KIND, LONG),
        (LEDGER, FIRST_RIGHT, STATE, LONG),
        (LEDGER, FIRST_RIGHT, STATE, "有效_x0000_"),
    ],
)
def test_an_extreme_cell_does_not_stop_the_import(sheet: str, row: int, column: int, value: Any) -> None:
    round_, done = imported(changed(sheet, row, column, value))
    assert (done.state, done.error) == ("done", "")
    assert round_.firms == Assessment.objects.count()
    if round_.firms:
        assert score(round_).state == "done"
    assert ImportProblem.objects.exists()


def test_a_right_keeps_its_place_in_the_sheet() -> None:
    imported(cut_workbook((STARTER,)))
    assert LedgerRight.objects.filter(row=FIRST_RIGHT, sheet=LEDGER).count() == 1


def test_the_longest_name_is_kept_whole() -> None:
    name = "长" * 116 + "有限公司"
    bring_in(new_round(), (replace(STARTER, name=name),))
    assert Assessment.objects.get().enterprise.name == name
