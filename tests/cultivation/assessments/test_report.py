"""The diagnosis report says nothing that the stored result does not bear out (E12, E29)."""

import pytest

from cultivation.assessments.services import diagnosis_draft
from tests.factories.rounds import assessment_of, scored_round
from tests.factories.workbooks import ADVANTAGE

pytestmark = pytest.mark.django_db


def test_what_can_raise_the_score_no_more_is_no_gap() -> None:
    """Best of three: pledge financing has full marks already, so a contribution in kind adds nothing."""
    report = diagnosis_draft(assessment_of(scored_round((ADVANTAGE,)), ADVANTAGE)).payload
    gaps = {gap.affects: gap.points for gap in report.gaps}
    assert (gaps.get("能力评分 UT-2c"), gaps["能力评分 UT-6"]) == (None, 2)


def test_it_prints_how_ready_a_firm_is_for_a_designation_and_what_waits() -> None:
    report = diagnosis_draft(assessment_of(scored_round((ADVANTAGE,)), ADVANTAGE)).payload
    ready = {one.code: one.readiness for one in report.programmes if one.readiness}
    gold, silver = ready["gold-seed"], ready["silver-seed"]
    assert (gold.rulebook.key, [(path.met <= path.total, path.total) for path in gold.paths]) == (
        "star-market/2024", [(True, 4), (True, 1)],
    )  # fmt: skip
    assert (silver.rulebook, silver.paths, "待省局确认" in silver.awaits[0]) == (None, (), True)
