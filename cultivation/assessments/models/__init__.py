from cultivation.assessments.models.assessment import Answer, Assessment, Result
from cultivation.assessments.models.ledger import LedgerRight
from cultivation.assessments.models.workbook import ImportProblem, WorkbookImport

__all__ = ["Answer", "Assessment", "ImportProblem", "LedgerRight", "Result", "WorkbookImport"]
