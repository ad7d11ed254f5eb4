"""Firms in a round with facts of the test's own choice, stored as an import stores them."""

from collections.abc import Mapping
from typing import Any

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.services.facts import as_answer
from cultivation.programmes.models import Round
from cultivation.programmes.services import note_firms
from tests.factories.accounts import EnterpriseFactory

Facts = Mapping[str, Any]


def set_facts(assessment: Assessment, facts: Facts) -> None:
    assessment.answers.all().delete()
    Answer.objects.bulk_create(
        as_answer(assessment, code, declared=value, approved=value, source="workbook")
        for code, value in facts.items()
        if value is not None
    )


def take_part(round_: Round, facts: Facts, *, enterprise: Enterprise | None = None, **about: Any) -> Assessment:
    """A checked assessment that waits for its score."""
    firm = enterprise or EnterpriseFactory(**about)
    assessment: Assessment = Assessment.objects.create(round=round_, enterprise=firm, state="city_checked")
    set_facts(assessment, facts)
    note_firms(round_.pk, firms=Assessment.objects.standing().filter(round=round_).count())
    round_.refresh_from_db()
    return assessment
