"""What others may ask of assessments."""

from cultivation.assessments.services.announcing import announce_round
from cultivation.assessments.services.facts import facts_of
from cultivation.assessments.services.intake import import_workbook, receive_workbook
from cultivation.assessments.services.scoring import assess_with, score_assessments

__all__ = ["announce_round", "assess_with", "facts_of", "import_workbook", "receive_workbook", "score_assessments"]
