"""Ten thousand random enterprises give the same by batch, by row, by what-if, and as they are stored (C05, E10)."""

import gc
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from cultivation.assessments.models import Assessment, Result
from cultivation.assessments.services import assess_with, request_verification
from cultivation.core.actors import SYSTEM
from cultivation.core.canonical import canonical_json
from cultivation.core.jobs import run_now
from scoring import assess, what_if
from tests.factories.accounts import EnterpriseFactory
from tests.factories.cases import take_part
from tests.factories.rounds import new_round, score
from tests.scoring.enterprises import random_enterprises

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_collection")]
ON = date(2026, 3, 31)
ENTERPRISES, CHUNK, ALONE_EVERY = 10_000, 500, 50
WHOLE_PATH = 300


@pytest.fixture
def no_collection() -> Iterator[None]:
    """Ten thousand results are millions of small objects without a cycle; looking for one takes most of the time."""
    gc.disable()
    yield
    gc.enable()


def as_bytes(objects: list[dict[str, Any]]) -> list[bytes]:
    return [canonical_json(found) for found in objects]


def test_by_batch_by_row_by_what_if_and_as_stored() -> None:
    """Chunk by chunk, so that ten thousand results need no memory; every fiftieth firm is taken on its own too."""
    round_ = new_round()
    firms = EnterpriseFactory.create_batch(CHUNK)
    slots = Assessment.objects.bulk_create(Assessment(round=round_, enterprise=firm) for firm in firms)
    for seed in range(ENTERPRISES // CHUNK):
        rows = random_enterprises(seed, CHUNK, ON)
        objects = assess(rows, on=ON)
        for row, found in zip(rows[::ALONE_EVERY], objects[::ALONE_EVERY], strict=True):
            alone = what_if(row, {}, on=ON)
            assert assess([row], on=ON) == [found]
            assert (alone.before, alone.after, alone.differences) == (found, found, ())
        Result.objects.bulk_create(Result(assessment=slot, object=o) for slot, o in zip(slots, objects, strict=True))
        stored = Result.objects.order_by("assessment_id").values_list("object", flat=True)
        assert list(stored.iterator()) == objects
        Result.objects.all().delete()


def test_through_the_whole_path() -> None:
    """Facts as answers in the database, the round's scoring job, the stored result; then made again from there."""
    round_ = new_round()
    rows = random_enterprises(77, WHOLE_PATH, ON)
    taken = [take_part(round_, {code: value for code, value in row.items() if code != "id"}) for row in rows]
    score(round_)
    direct = assess(
        [{**row, "id": assessment.enterprise.uscc} for row, assessment in zip(rows, taken, strict=True)],
        on=ON,
        kind=round_.application,
        region=round_.region,
    )
    stored = Result.objects.filter(assessment__round=round_).order_by("assessment_id")
    assert as_bytes([result.object for result in stored]) == as_bytes(direct)

    record, job = request_verification(SYSTEM, round_=round_)
    run_now(job)
    record.refresh_from_db()
    assert (record.results, record.agreed) == (WHOLE_PATH, WHOLE_PATH)

    for assessment, found in list(zip(taken, direct, strict=True))[::30]:
        assert assess_with(assessment, [{}])[0]["capability"] == found["capability"]
