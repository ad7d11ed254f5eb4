"""Firms of a round, one firm's result with its reasons, and what was found in the workbook."""

from django.urls import path

from cultivation.assessments.api.filling import (
    AnswersView,
    ChecklistView,
    FormView,
    FormWorkbookView,
    LiveView,
    StartView,
)
from cultivation.assessments.api.views import AssessmentsView, AssessmentView, ProblemsView, ReportView

urlpatterns = [
    path("assessments", AssessmentsView.as_view()),
    path("assessments/<int:pk>", AssessmentView.as_view()),
    path("assessments/<int:pk>/report", ReportView.as_view()),
    path("assessments/<int:pk>/answers", AnswersView.as_view()),
    path("assessments/<int:pk>/checklist", ChecklistView.as_view()),
    path("assessments/<int:pk>/form", FormView.as_view()),
    path("assessments/<int:pk>/form/workbook", FormWorkbookView.as_view()),
    path("assessments/<int:pk>/live", LiveView.as_view()),
    path("rounds/<int:pk>/assessments", StartView.as_view()),
    path("rounds/<int:pk>/problems", ProblemsView.as_view()),
]
