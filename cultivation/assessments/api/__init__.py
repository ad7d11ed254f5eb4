"""Firms of a round, one firm's result with its reasons, and what was found in the workbook."""

from django.urls import path

from cultivation.assessments.api.views import AssessmentsView, AssessmentView, ProblemsView, ReportView

urlpatterns = [
    path("assessments", AssessmentsView.as_view()),
    path("assessments/<int:pk>", AssessmentView.as_view()),
    path("assessments/<int:pk>/report", ReportView.as_view()),
    path("rounds/<int:pk>/problems", ProblemsView.as_view()),
]
