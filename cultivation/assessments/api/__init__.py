"""Firms of a round, one firm's result with its reasons, and what was found in the workbook."""

from django.urls import path

from cultivation.assessments.api.evidence import (
    EvidenceFileView,
    EvidencePageView,
    EvidenceUseView,
    EvidenceView,
    UploadsView,
    UploadView,
)
from cultivation.assessments.api.filling import (
    AnswersView,
    ChecklistView,
    FormView,
    FormWorkbookView,
    LiveView,
    StartView,
)
from cultivation.assessments.api.impacts import FirmUnderBothView, ImpactFirmsView, ReachView, TriedFirmsView
from cultivation.assessments.api.learning import (
    AdviceActionView,
    AdviceListView,
    CardActionView,
    CardFileView,
    CardView,
    LearnedScorecardsView,
    LearningView,
    PanelScoresView,
    PanelWorkbookView,
    RulebookFileView,
    TrainingsView,
)
from cultivation.assessments.api.ledger import (
    AssessmentRightsView,
    LedgerConfirmView,
    LedgerImportsView,
    LedgerPreviewView,
    LedgerRightsView,
    LedgerRightView,
    LedgerView,
)
from cultivation.assessments.api.returning import ReplyView, ReturnsView, ReviewView, SendBackView, TakeUpView
from cultivation.assessments.api.standing import (
    DiscardView,
    MyRoundsView,
    PeersView,
    ReceiptView,
    StandingView,
    SubmitView,
    TakeBackView,
    YearsView,
)
from cultivation.assessments.api.trying import TryView
from cultivation.assessments.api.verifying import VerificationChoicesView, VerificationFindingsView, VerificationsView
from cultivation.assessments.api.views import AssessmentsView, AssessmentView, ProblemsView, ReportView
from cultivation.assessments.api.watching import WatchFindingsView, WatchFirmsView, WatchView
from cultivation.assessments.api.whatif import MovesView, ScenariosView, ScenarioView, WhatIfView

urlpatterns = [
    path("assessments", AssessmentsView.as_view()),
    path("assessments/<int:pk>", AssessmentView.as_view()),
    path("assessments/<int:pk>/report", ReportView.as_view()),
    path("assessments/<int:pk>/answers", AnswersView.as_view()),
    path("assessments/<int:pk>/checklist", ChecklistView.as_view()),
    path("assessments/<int:pk>/form", FormView.as_view()),
    path("assessments/<int:pk>/form/workbook", FormWorkbookView.as_view()),
    path("assessments/<int:pk>/ledger", LedgerView.as_view()),
    path("assessments/<int:pk>/ledger/preview", LedgerPreviewView.as_view()),
    path("assessments/<int:pk>/ledger/imports", LedgerImportsView.as_view()),
    path("assessments/<int:pk>/ledger/confirm", LedgerConfirmView.as_view()),
    path("assessments/<int:pk>/ledger/rights", LedgerRightsView.as_view()),
    path("assessments/<int:pk>/rights", AssessmentRightsView.as_view()),
    path("assessments/<int:pk>/ledger/rights/<int:right>", LedgerRightView.as_view()),
    path("assessments/<int:pk>/live", LiveView.as_view()),
    path("assessments/<int:pk>/standing", StandingView.as_view()),
    path("assessments/<int:pk>/submit", SubmitView.as_view()),
    path("assessments/<int:pk>/discard", DiscardView.as_view()),
    path("assessments/<int:pk>/take-back", TakeBackView.as_view()),
    path("assessments/<int:pk>/receipts/<int:number>", ReceiptView.as_view()),
    path("assessments/<int:pk>/review", ReviewView.as_view()),
    path("assessments/<int:pk>/send-back", SendBackView.as_view()),
    path("assessments/<int:pk>/take-up", TakeUpView.as_view()),
    path("assessments/<int:pk>/returns", ReturnsView.as_view()),
    path("assessments/<int:pk>/returns/notes/<str:code>", ReplyView.as_view()),
    path("assessments/<int:pk>/peers", PeersView.as_view()),
    path("assessments/<int:pk>/years", YearsView.as_view()),
    path("assessments/<int:pk>/evidence", EvidencePageView.as_view()),
    path("assessments/<int:pk>/evidence/uploads", UploadsView.as_view()),
    path("assessments/<int:pk>/evidence/<int:evidence>/uses/<str:code>", EvidenceUseView.as_view()),
    path("evidence/<int:pk>", EvidenceView.as_view()),
    path("evidence/<int:pk>/file", EvidenceFileView.as_view()),
    path("uploads/<uuid:key>", UploadView.as_view()),
    path("my/rounds", MyRoundsView.as_view()),
    path("rounds/<int:pk>/assessments", StartView.as_view()),
    path("assessments/<int:pk>/what-if", WhatIfView.as_view()),
    path("assessments/<int:pk>/moves", MovesView.as_view()),
    path("assessments/<int:pk>/scenarios", ScenariosView.as_view()),
    path("scenarios/<int:pk>", ScenarioView.as_view()),
    path("rounds/<int:pk>/problems", ProblemsView.as_view()),
    path("rulebook-drafts/<int:pk>/reach", ReachView.as_view()),
    path("rulebook-impacts/<int:pk>/firms", ImpactFirmsView.as_view()),
    path("rulebook-impacts/<int:pk>/firms/<int:firm>", FirmUnderBothView.as_view()),
    path("rulebook-impacts/<int:pk>/all-firms", TriedFirmsView.as_view()),
    path("rounds/<int:pk>/watch", WatchView.as_view()),
    path("rounds/<int:pk>/watch/findings", WatchFindingsView.as_view()),
    path("rounds/<int:pk>/watch/firms", WatchFirmsView.as_view()),
    path("rounds/<int:pk>/panel-scores", PanelScoresView.as_view()),
    path("rounds/<int:pk>/panel-scores/workbook", PanelWorkbookView.as_view()),
    path("learning", LearningView.as_view()),
    path("trainings", TrainingsView.as_view()),
    path("learned-scorecards", LearnedScorecardsView.as_view()),
    path("learned-scorecards/<int:pk>", CardView.as_view()),
    path("learned-scorecards/<int:pk>/card", CardFileView.as_view()),
    path("learned-scorecards/<int:pk>/rulebook", RulebookFileView.as_view()),
    path("learned-scorecards/<int:pk>/actions/<str:name>", CardActionView.as_view()),
    path("advice", AdviceListView.as_view()),
    path("advice/<int:pk>/actions/<str:name>", AdviceActionView.as_view()),
    path("verifications/choices", VerificationChoicesView.as_view()),
    path("verifications", VerificationsView.as_view()),
    path("verifications/<int:pk>/findings", VerificationFindingsView.as_view()),
    path("try", TryView.as_view()),
]
