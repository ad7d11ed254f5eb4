"""Ten thousand random forms, typed in as people type, score while filling as they do officially (E09)."""

import gc
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from cultivation.assessments.models import Assessment
from cultivation.assessments.services.filling.catalogue import fields_of
from cultivation.assessments.services.filling.save import read_value
from cultivation.assessments.services.scoring import assess_rows
from cultivation.programmes.models import Round
from cultivation.programmes.services import pinned_library
from scoring import Indicator, assess
from tests.factories.accounts import EnterpriseFactory
from tests.factories.filling import open_round
from tests.scoring.enterprises import random_enterprises

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_collection")]
FORMS, CHUNK = 10_000, 500


@pytest.fixture
def no_collection() -> Iterator[None]:
    """Ten thousand results are millions of small objects without a cycle; looking for one takes most of the time."""
    gc.disable()
    yield
    gc.enable()


def as_typed(value: Any) -> Any:
    """Numbers with separators and in full width, the rest as the form sends it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value.isoformat() if isinstance(value, date) else value
    text = f"{value:,}" if abs(value) >= 1000 and float(value).is_integer() else str(value)
    return text.translate(str.maketrans("0123456789", "０１２３４５６７８９")) if int(value) % 2 else text


def filled(asked: dict[str, Indicator], row: dict[str, Any]) -> dict[str, Any]:
    """What the form holds after somebody typed the row into it."""
    found = {code: read_value(asked[code], as_typed(value)) for code, value in row.items() if code in asked}
    assert [code for code, (_, _, problem) in found.items() if problem] == []
    return {code: value for code, (value, _, _) in found.items() if value is not None}


def official(round_: Round, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    told = {"on": round_.assessed_on, "kind": round_.application, "region": round_.region}
    return assess(rows, library=pinned_library(round_), **told)


def test_live_is_official() -> None:
    round_ = open_round()
    asked = {field.code: field.indicator for field in fields_of(round_)}
    slots = [Assessment(round=round_, enterprise=firm) for firm in EnterpriseFactory.create_batch(CHUNK)]
    for seed in range(FORMS // CHUNK):
        drawn = random_enterprises(seed, CHUNK, round_.assessed_on)
        rows = [
            {code: value for code, value in row.items() if code in asked and not isinstance(value, list | tuple)}
            for row in drawn
        ]
        live = assess_rows(round_, slots, [filled(asked, row) for row in rows], pinned_library(round_))
        named = [{**row, "id": slot.enterprise.uscc} for row, slot in zip(rows, slots, strict=True)]
        assert live == official(round_, named), seed
