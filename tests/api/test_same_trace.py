"""One firm scored by the command line, by the API and as stored gives the same object, to the last clause (P03)."""

import json
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from cultivation.assessments.models import Result
from scoring.__main__ import main
from tests.factories.rounds import ON, assessment_of, scored_round
from tests.factories.workbooks import FIRMS, Line
from tests.people import People

pytestmark = pytest.mark.django_db


def by_command(rows: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """As an outside tool would do it: one JSON object a line in, one out."""
    given, answered = folder / "facts.jsonl", folder / "results.jsonl"
    given.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    main(["assess", str(given), "--on", ON.isoformat(), "--output", str(answered)])
    return [json.loads(line) for line in answered.read_text().splitlines()]


def test_command_line_api_and_stored_result_agree(api: APIClient, people: People, tmp_path: Path) -> None:
    round_ = scored_round(FIRMS)
    api.force_authenticate(people.who("province_officer"))
    pages = [_page(api, assessment_of(round_, firm).pk) for firm in FIRMS]
    commanded = by_command([{"id": page["enterprise"]["uscc"], **page["facts"]} for page in pages], tmp_path)
    stored = [_stored(firm) for firm in FIRMS]
    assert [page["result"] for page in pages] == stored
    assert commanded == stored


def _page(api: APIClient, pk: int) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"/api/v1/assessments/{pk}").json()
    return found


def _stored(firm: Line) -> dict[str, Any]:
    found: dict[str, Any] = Result.objects.get(assessment__enterprise__uscc=firm.uscc).object
    return found


def test_the_screen_shows_the_numbers_of_the_result(api: APIClient, people: People) -> None:
    round_ = scored_round(FIRMS)
    api.force_authenticate(people.who("province_officer"))
    page = _page(api, assessment_of(round_, FIRMS[0]).pk)
    low, high = page["result"]["capability"]["score"]
    assert (page["score"]["low"], page["score"]["high"]) == (low, high)
    assert sum(dimension["low"] for dimension in page["dimensions"]) == low
    assert len(page["programmes"]) == 13
