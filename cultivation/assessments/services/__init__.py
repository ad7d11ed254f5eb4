"""What others may ask of assessments."""

from cultivation.assessments.services.announcing import announce_round
from cultivation.assessments.services.facts import facts_of
from cultivation.assessments.services.impacts import explain_firm, tried_firms, work_out_impact
from cultivation.assessments.services.intake import import_workbook, read_workbook_bytes, receive_workbook, require_size
from cultivation.assessments.services.reach import reach_of
from cultivation.assessments.services.report import diagnosis_draft, has_diagnosis
from cultivation.assessments.services.scoring import assess_with, score_assessments
from cultivation.assessments.services.screen import fact_names, screen_of, values_of
from cultivation.assessments.services.verifying import request_verification, verify_results

__all__ = [
    "announce_round",
    "assess_with",
    "diagnosis_draft",
    "explain_firm",
    "fact_names",
    "facts_of",
    "has_diagnosis",
    "import_workbook",
    "reach_of",
    "read_workbook_bytes",
    "receive_workbook",
    "request_verification",
    "require_size",
    "score_assessments",
    "screen_of",
    "tried_firms",
    "values_of",
    "verify_results",
    "work_out_impact",
]
