"""Many documents at once (P14)."""

from dataclasses import replace

import pytest

from cultivation.documents.services import DocumentJob, load_or_create_signing_key, render_many, verify_pdf
from tests.cultivation.documents import samples
from tests.cultivation.documents.printed import pdf

NAMES = ["甲有限公司", "乙😀有限公司", "丙有限公司"]


@pytest.fixture
def jobs() -> list[DocumentJob]:
    return [DocumentJob("certificate", samples.certificate(firm=replace(samples.FIRM, name=name))) for name in NAMES]


def test_processes_give_the_same_bytes_in_order(jobs: list[DocumentJob]) -> None:
    alone = [pdf(job.kind, job.payload) for job in (jobs[0], jobs[2])]
    together = [result.data for result in render_many([jobs[0], jobs[2]], processes=2)]
    assert together == alone


def test_unprintable_name_is_listed_and_the_others_go_on(jobs: list[DocumentJob]) -> None:
    results = list(render_many(jobs, processes=1))
    assert [result.data is not None for result in results] == [True, False, True]
    assert "😀（U+1F600）" in results[1].problem


def test_progress_counts_each_document(jobs: list[DocumentJob]) -> None:
    seen: list[tuple[int, int]] = []
    list(render_many(jobs, processes=1, progress=lambda done, total: seen.append((done, total))))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_batch_signs_with_the_key_it_is_given(jobs: list[DocumentJob], tmp_path) -> None:
    key = load_or_create_signing_key(tmp_path)
    (result,) = render_many(jobs[:1], signer=key)
    assert result.data is not None
    assert verify_pdf(result.data, trust=key).genuine
