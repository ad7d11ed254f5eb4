"""A firm fills in: begin, the form, saves, where it stands, Excel out and back."""

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.accounts.models import Enterprise
from cultivation.assessments.api.filling_shapes import (
    ChecklistOutput,
    ComparisonOutput,
    DraftOutput,
    FormOutput,
    LiveOutput,
    SavedOutput,
    SaveInput,
)
from cultivation.assessments.models import Assessment
from cultivation.assessments.permissions import can_read_answers
from cultivation.assessments.services import require_size
from cultivation.assessments.services.filling import (
    Change,
    checklist_of,
    compare_workbook,
    form_of,
    form_workbook,
    live_of,
    save_answers,
    saved_page,
    start_assessment,
)
from cultivation.assessments.services.intake import XLSX
from cultivation.assessments.services.screen import Lang
from cultivation.core.api import ApiView
from cultivation.core.errors import BadInput, NotAllowed, NotHere
from cultivation.programmes.models import Round

_FILE = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}


class StartView(ApiView):
    """Begin the firm's self-assessment in a round; asked again, the one already begun."""

    @extend_schema(operation_id="assessment_start", request=None, responses={201: DraftOutput})
    def post(self, request: Request, pk: int) -> Response:
        round_ = self.get_visible(Round, pk=pk)
        if self.actor.enterprise_id is None:
            raise NotAllowed("只有企业的人员可以填报。", code="own_firm_only")
        firm = self.get_visible(Enterprise, pk=self.actor.enterprise_id)
        draft = start_assessment(self.actor, round_=round_, enterprise=firm)
        return Response(DraftOutput(draft).data, status=201)


class DraftView(ApiView):
    """Base of what reads one firm's own answers."""

    def get_draft(self, pk: int) -> Assessment:
        draft = self.get_there(pk)
        can_read_answers.require(self.actor, draft)
        return draft

    def get_there(self, pk: int) -> Assessment:
        draft: Assessment = self.get_visible(Assessment, pk=pk)
        if draft.state == "discarded":
            raise NotHere("这份草稿已经删除，不能再查看或修改。", code="discarded")
        return draft

    @property
    def lang(self) -> Lang:
        return "en" if (self.request.LANGUAGE_CODE or "").startswith("en") else "zh"


class FormView(DraftView):
    @extend_schema(operation_id="assessment_form", responses=FormOutput)
    def get(self, request: Request, pk: int) -> Response:
        draft = self.get_draft(pk)
        page = {**form_of(draft, lang=self.lang), "id": draft.pk, "round": draft.round, "state": draft.state}
        page |= {"state_label": draft.get_state_display(), "enterprise_name": draft.enterprise.name}
        return Response(FormOutput(page).data)


class AnswersView(DraftView):
    @extend_schema(operation_id="answers_save", request=SaveInput, responses=SavedOutput)
    def patch(self, request: Request, pk: int) -> Response:
        """Each edit names the version it was made on; the answer says of each what became of it."""
        draft = self.get_draft(pk)
        given = SaveInput(data=request.data)
        given.is_valid(raise_exception=True)
        changes = [Change(**change) for change in given.validated_data["changes"]]
        saved, at = save_answers(self.actor, draft=draft, changes=changes, source=given.validated_data["source"])
        return Response(SavedOutput({"saved_at": at, "changes": [saved_page(one) for one in saved]}).data)


class LiveView(DraftView):
    @extend_schema(operation_id="assessment_live", responses=LiveOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(LiveOutput(live_of(self.get_draft(pk), lang=self.lang)).data)


class ChecklistView(DraftView):
    """The same list that a submission is checked by."""

    @extend_schema(operation_id="assessment_checklist", responses=ChecklistOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(ChecklistOutput({"items": checklist_of(self.get_draft(pk))}).data)


class FormWorkbookView(DraftView):
    """The form as Excel, and the differences of one that comes back."""

    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="form_workbook", responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        draft = self.get_draft(pk)
        name = f"self-assessment-{draft.enterprise.uscc}.xlsx"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(form_workbook(draft), content_type=XLSX, headers=headers)

    @extend_schema(
        operation_id="form_workbook_compare",
        request={"multipart/form-data": _FILE},
        responses=ComparisonOutput,
    )
    def post(self, request: Request, pk: int) -> Response:
        draft = self.get_draft(pk)
        file = request.FILES.get("file")
        if file is None:
            raise BadInput("请选择要上传的文件。", fields={"/file": "没有文件"})
        require_size(file.size or 0)
        return Response(ComparisonOutput(compare_workbook(draft, file.read())).data)
