from cultivation.assessments.models.answer import Answer, AnswerEdit
from cultivation.assessments.models.assessment import Assessment, Result
from cultivation.assessments.models.evidence import Evidence, EvidenceUse, Upload
from cultivation.assessments.models.impact import ImpactFirm
from cultivation.assessments.models.learning import Advice, LearnedScorecard, PanelScore, TrainingRun
from cultivation.assessments.models.ledger import Ledger, LedgerImport, LedgerRight
from cultivation.assessments.models.scenario import Scenario
from cultivation.assessments.models.sending_back import Return, ReturnNote
from cultivation.assessments.models.submission import Submission
from cultivation.assessments.models.verification import Verification, VerificationFinding
from cultivation.assessments.models.watch import Watch, WatchFinding
from cultivation.assessments.models.workbook import ImportProblem, WorkbookImport

__all__ = [
    "Advice",
    "Answer",
    "AnswerEdit",
    "Assessment",
    "Evidence",
    "EvidenceUse",
    "ImpactFirm",
    "ImportProblem",
    "LearnedScorecard",
    "Ledger",
    "LedgerImport",
    "LedgerRight",
    "PanelScore",
    "Result",
    "Return",
    "ReturnNote",
    "Scenario",
    "Submission",
    "TrainingRun",
    "Upload",
    "Verification",
    "VerificationFinding",
    "Watch",
    "WatchFinding",
    "WorkbookImport",
]
