"""Firms scored in a round by the shipped rulebooks, as the browser's path does it."""

from datetime import date
from typing import Any

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.services import score_assessments
from cultivation.core.actors import SYSTEM
from cultivation.programmes.models import Round
from cultivation.programmes.services import create_round, publish_shipped_rulebooks
from cultivation.support.models import Plan

ON = date(2026, 5, 1)
FACTORY: dict[str, Any] = {
    "employees": 60,
    "revenue": 5000,
    "rd_expense": 250,
    "valid_invention_patents": 6,
    "high_value_invention_patents": 1,
    "valid_utility_models": 9,
    "valid_designs": 3,
    "registered_trademarks": 6,
    "patented_product_revenue": 1250,
    "infringement_monitoring": "continuous",
    "trade_secret_system": "none",
    "ip_insurance": False,
    "open_licences": 0,
    "patent_intensive_products": 0,
    "ip_department": "part_time",
    "serious_dishonesty": False,
    "abnormal_filing_3y": False,
    "malicious_trademark_3y": False,
}


def new_round() -> Round:
    publish_shipped_rulebooks()
    return create_round(SYSTEM, name="2026年测试批次", assessed_on=ON, demonstration=True)


def take_in(round_: Round, enterprise: Enterprise, facts: dict[str, Any]) -> Assessment:
    """The firm with its facts, as an imported workbook leaves it."""
    assessment = Assessment.objects.create(round=round_, enterprise=enterprise, state="city_checked")
    give(assessment, facts)
    return assessment


def give(assessment: Assessment, facts: dict[str, Any]) -> None:
    for code, value in facts.items():
        state = {"state": "known", "declared": value, "approved": value, "source": "workbook"}
        Answer.objects.update_or_create(assessment=assessment, code=code, defaults=state)


def score(*assessments: Assessment) -> list[Plan]:
    score_assessments(SYSTEM, round_=assessments[0].round, assessments=assessments)
    return list(Plan.objects.filter(assessment__in=assessments).order_by("assessment_id"))
