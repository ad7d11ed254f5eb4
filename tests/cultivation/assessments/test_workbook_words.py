"""The data files agree with the fixed list of indicators and with themselves."""

import csv
from pathlib import Path

import pytest

from cultivation.assessments.services.workbook.columns import rules
from cultivation.assessments.services.workbook.headers import HeaderBook, ledger_headers, load_headers
from cultivation.assessments.services.workbook.vocabulary import load_words, read_data

INDICATORS = Path(__file__).parents[3] / "scoring" / "indicators.csv"
TYPES = {"level": "integer", "rank": "integer", "code": "text"}


def indicators() -> dict[str, dict[str, str]]:
    with INDICATORS.open(encoding="utf-8") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


def columns() -> dict[str, str]:
    """Every code that a column can give, with its type."""
    found = {}
    for code, data in rules()["columns"].items():
        for each in data.get("years", [code]):
            found[each] = TYPES.get(data["type"], data["type"])
    return found


def test_every_indicator_has_a_column() -> None:
    assert set(indicators()) - set(columns()) == set()


def test_columns_have_the_types_of_their_indicators() -> None:
    listed = indicators()
    assert {code: type_ for code, type_ in columns().items() if code in listed} == {
        code: row["type"] for code, row in listed.items()
    }


@pytest.mark.parametrize("column", ["zh", "en"])
def test_official_names_are_understood(column: str) -> None:
    book = load_headers()
    meanings = {code: book.meaning([row[column]], last_year=2025) for code, row in indicators().items()}
    assert {code for code, meaning in meanings.items() if meaning is None or meaning.code != code} == set()


@pytest.mark.parametrize("book", [load_headers(), ledger_headers()], ids=["summary", "ledger"])
def test_no_wording_means_two_columns(book: HeaderBook) -> None:
    data = read_data("columns.yaml" if book is load_headers() else "ledger_columns.yaml")["columns"]
    wrong = [
        (name, code)
        for code, column in data.items()
        for name in column["names"]
        if (meaning := book.meaning([str(name)], last_year=None)) is None or meaning.column.code != code
    ]
    assert wrong == []


def test_choices_are_those_of_the_indicators() -> None:
    choices = {code for code, row in indicators().items() if row["type"] == "choice"}
    assert set(load_words().choices) == choices


def test_no_cell_wording_is_both_yes_and_no() -> None:
    data = read_data("words.yaml")
    words = {str(truth).lower(): set(map(str, data.get(str(truth).lower(), []))) for truth in (True, False)}
    assert words["true"] & words["false"] == set()
    assert all(len(group) > 20 for group in words.values())
