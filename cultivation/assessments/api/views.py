from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.assessments.api.shapes import AssessmentOutput, FirmOutput, ProblemOutput
from cultivation.assessments.models import Assessment, ImportProblem, WorkbookImport
from cultivation.assessments.services import diagnosis_draft, facts_of, screen_of, values_of
from cultivation.assessments.services.filling.ledger import tally_of
from cultivation.assessments.services.screen import Lang
from cultivation.assessments.states import LEVELS
from cultivation.core.api import ApiView, ListView, id_param, text_param
from cultivation.core.errors import NotHere, WrongState
from cultivation.documents.api import PDF, pdf_response
from cultivation.documents.services.issuing import issue_document
from cultivation.programmes.models import Round

NO_LEVEL = "none"


@extend_schema(
    parameters=[
        OpenApiParameter("round", int),
        OpenApiParameter("level", str, enum=[*LEVELS, NO_LEVEL], description="none：未入库"),
        OpenApiParameter("q", str, description="企业名称或统一社会信用代码的一部分"),
    ]
)
class AssessmentsView(ListView):
    model = Assessment
    serializer_class = FirmOutput

    def get_queryset(self) -> QuerySet[Assessment]:
        rows: Any = (
            Assessment.objects.visible_to(self.actor)
            .with_result_for(self.actor)
            .standing()
            .select_related("enterprise__successor", "result")
        )
        if (round_id := id_param(self.request, "round")) is not None:
            rows = rows.filter(round_id=round_id)
        if level := text_param(self.request, "level"):
            rows = rows.filter(result__level="" if level == NO_LEVEL else level)
        found: QuerySet[Assessment] = rows
        if text := text_param(self.request, "q"):
            found = rows.filter(Q(enterprise__name__icontains=text) | Q(enterprise__uscc__icontains=text))
        return found


class ScoredView(ApiView):
    def get_scored(self, pk: int) -> Assessment:
        found = Assessment.objects.visible_to(self.actor).with_result_for(self.actor).filter(pk=pk).first()
        if found is None:
            raise NotHere("没有找到，或者您无权查看。")
        if not hasattr(found, "result"):
            raise WrongState("这家企业还没有评分。", code="not_scored")
        return found


class AssessmentView(ScoredView):
    @extend_schema(operation_id="assessment", responses=AssessmentOutput)
    def get(self, request: Request, pk: int) -> Response:
        assessment = self.get_scored(pk)
        lang: Lang = "en" if (request.LANGUAGE_CODE or "").startswith("en") else "zh"
        answer = {
            **screen_of(assessment, lang=lang),
            "id": assessment.pk,
            "round": assessment.round,
            "state": assessment.state,
            "state_label": assessment.get_state_display(),
            "values": values_of(assessment),
            "rights": tally_of(self.actor, assessment),
            "facts": facts_of(assessment),
            "result": assessment.result.object,
            "computed_at": assessment.result.computed_at,
            "report_url": f"/api/v1/assessments/{pk}/report",
        }
        return Response(AssessmentOutput(answer).data)


class ReportView(ScoredView):
    """The diagnosis report; made when it is first asked for."""

    @extend_schema(operation_id="assessment_report", responses=PDF)
    def get(self, request: Request, pk: int) -> HttpResponse:
        return pdf_response(issue_document(self.actor, diagnosis_draft(self.get_scored(pk))))


@extend_schema(
    parameters=[
        OpenApiParameter("severity", str, enum=["error", "warning", "info"]),
        OpenApiParameter("q", str, description="单元格、原值或问题中的文字"),
    ]
)
class ProblemsView(ListView):
    """What was found in the workbook that the round was last filled from."""

    model = ImportProblem
    serializer_class = ProblemOutput

    def get_queryset(self) -> QuerySet[ImportProblem]:
        if getattr(self, "swagger_fake_view", False):
            return ImportProblem.objects.none()
        round_ = Round.objects.visible_to(self.actor).filter(pk=self.kwargs["pk"]).first()
        if round_ is None:
            raise NotHere("没有找到，或者您无权查看。")
        latest = WorkbookImport.objects.visible_to(self.actor).filter(round=round_).first()
        rows = latest.problems.all() if latest else ImportProblem.objects.none()
        if severity := text_param(self.request, "severity"):
            rows = rows.filter(severity=severity)
        text = text_param(self.request, "q")
        wanted = Q(cell__iexact=text) | Q(value__icontains=text) | Q(problem__icontains=text) | Q(sheet__icontains=text)
        return rows.filter(wanted) if text else rows
