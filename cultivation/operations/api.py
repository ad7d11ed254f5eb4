"""The round's page, the jobs, and everybody's first page."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiTypes, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.accounts.api.shapes import own_firm
from cultivation.accounts.permissions import is_province
from cultivation.assessments.models import WorkbookImport
from cultivation.assessments.services import receive_workbook, require_size
from cultivation.core.api import ActionOutput, ApiView, JobOutput, file_response, idempotent, stream_response
from cultivation.core.errors import BadInput, NotHere, WrongState
from cultivation.core.flow import action
from cultivation.core.jobs import cancel_job
from cultivation.core.models import Job
from cultivation.core.permissions import can_cancel_job
from cultivation.operations.models import Archive
from cultivation.operations.permissions import can_take_all
from cultivation.operations.services import home, overview
from cultivation.operations.services.archive import archive_page, request_archive, take_archive
from cultivation.programmes.api import PinOutput, RoundOutput, TimeLeftOutput
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import Round
from cultivation.programmes.services import time_left
from cultivation.publication.services import request_certificates


class ImportOutput(serializers.Serializer[WorkbookImport]):
    id = serializers.IntegerField()
    filename = serializers.CharField(source="file.name")
    sha256 = serializers.CharField(source="file.sha256")
    size = serializers.IntegerField(source="file.size")
    title = serializers.CharField(allow_blank=True)
    filled_on = serializers.DateField(allow_null=True)
    firms = serializers.IntegerField()
    rights = serializers.IntegerField()
    is_finished = serializers.BooleanField()
    uploaded_by = serializers.CharField()
    created_at = serializers.DateTimeField()


class CountsOutput(serializers.Serializer[Any]):
    firms = serializers.IntegerField()
    scored = serializers.IntegerField()
    placed = serializers.IntegerField()
    listed = serializers.IntegerField()
    problems = serializers.IntegerField()
    plans = serializers.IntegerField()
    plans_approved = serializers.IntegerField()
    certificates = serializers.IntegerField()


class RoundDetailOutput(RoundOutput):
    rulebooks = PinOutput(source="pinned", many=True)
    counts = serializers.SerializerMethodField()
    workbook = serializers.SerializerMethodField()
    job = serializers.SerializerMethodField()
    can_upload = serializers.SerializerMethodField()
    filling_left = serializers.SerializerMethodField()
    can_schedule = serializers.SerializerMethodField()
    can_move_deadline = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    @property
    def _actor(self) -> Any:
        return self.context["actor"]

    @property
    def _may_run(self) -> bool:
        return bool(is_province.test(self._actor, None))

    def get_counts(self, round_: Round) -> CountsOutput:
        return CountsOutput(overview.counts(round_, self._actor)).data  # type: ignore[return-value]

    @extend_schema_field(ImportOutput(allow_null=True))
    def get_workbook(self, round_: Round) -> dict[str, Any] | None:
        found = overview.latest_import(round_) if self._may_run else None
        return ImportOutput(found).data if found else None

    @extend_schema_field(JobOutput(allow_null=True))
    def get_job(self, round_: Round) -> dict[str, Any] | None:
        found = overview.latest_job(round_) if self._may_run else None
        return JobOutput(found).data if found else None

    @extend_schema_field(ActionOutput(allow_null=True))
    def get_can_upload(self, round_: Round) -> dict[str, Any] | None:
        return _action(overview.upload_action(round_, self._actor))

    @extend_schema_field(TimeLeftOutput(allow_null=True))
    def get_filling_left(self, round_: Round) -> Any:
        return TimeLeftOutput(time_left(round_.filling_until)).data if round_.filling_until else None

    @extend_schema_field(ActionOutput(allow_null=True))
    def get_can_schedule(self, round_: Round) -> dict[str, Any] | None:
        return _action(overview.schedule_action(round_, self._actor))

    @extend_schema_field(ActionOutput(allow_null=True))
    def get_can_move_deadline(self, round_: Round) -> dict[str, Any] | None:
        return _action(overview.deadline_action(round_, self._actor))

    @extend_schema_field(ActionOutput(many=True))
    def get_actions(self, round_: Round) -> list[dict[str, Any]]:
        return overview.actions(round_, self._actor)


def _action(found: dict[str, Any] | None) -> Any:
    return ActionOutput(found).data if found else None


class JobDetailOutput(JobOutput):
    actions = serializers.SerializerMethodField()

    @extend_schema_field(ActionOutput(many=True))
    def get_actions(self, job: Job) -> list[dict[str, Any]]:
        mine = can_cancel_job.holds(self.context["actor"], job)
        return [action("cancel", "取消任务")] if mine and not job.is_over else []


class StartedOutput(serializers.Serializer[Any]):
    job = JobOutput()


class WorkbookInput(serializers.Serializer[Any]):
    file = serializers.FileField()


class RoundView(ApiView):
    @extend_schema(operation_id="round", responses=RoundDetailOutput)
    def get(self, request: Request, pk: int) -> Response:
        return _round(self, self.get_visible(Round, pk=pk))


def _round(view: ApiView, round_: Round) -> Response:
    return Response(RoundDetailOutput(round_, context={"actor": view.actor}).data)


class RoundActionView(ApiView):
    """One move of the round. Long work goes on as the round's job."""

    @extend_schema(operation_id="round_action", request=None, responses=RoundDetailOutput)
    @idempotent
    def post(self, request: Request, pk: int, name: str) -> Response:
        round_ = self.get_visible(Round, pk=pk)
        if name == "issue_certificates":
            request_certificates(self.actor, round_=round_)
        else:
            round_flow.run(round_, name, actor=self.actor)
        return _round(self, round_)


class WorkbookView(ApiView):
    """Upload a city office's workbook, or take back the one that was uploaded."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="round_workbook_upload",
        request={"multipart/form-data": WorkbookInput},
        responses={202: StartedOutput},
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        round_ = self.get_visible(Round, pk=pk)
        file = request.FILES.get("file")
        if file is None:
            raise BadInput("请选择要导入的汇总表（.xlsx）。", fields={"/file": "没有文件"})
        require_size(file.size or 0)
        started = receive_workbook(self.actor, round_=round_, data=file.read(), filename=file.name or "")
        return Response(StartedOutput({"job": started}).data, status=202)

    @extend_schema(operation_id="round_workbook", responses={200: bytes})
    def get(self, request: Request, pk: int) -> HttpResponse:
        round_ = self.get_visible(Round, pk=pk)
        found = WorkbookImport.objects.visible_to(self.actor).filter(round=round_).first()
        if found is None:
            raise NotHere("本批次还没有导入汇总表。")
        return file_response(found.file, disposition="attachment")


class JobView(ApiView):
    def get_job(self, pk: int) -> Job:
        """One's own jobs; the province sees all."""
        found = Job.objects.filter(pk=pk).first()
        if found is None or not (found.user_id == self.actor.user_id or is_province.test(self.actor, None)):
            raise NotHere("没有这个任务。")
        return found

    @extend_schema(operation_id="job", responses=JobDetailOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(JobDetailOutput(self.get_job(pk), context={"actor": self.actor}).data)


class JobCancelView(JobView):
    http_method_names = ["post", "options"]

    @extend_schema(operation_id="job_cancel", request=None, responses=JobDetailOutput)
    def post(self, request: Request, pk: int) -> Response:
        found = self.get_job(pk)
        can_cancel_job.require(self.actor, found)
        if found.is_over:
            raise WrongState("任务已经结束，不能取消。", code="job_over")
        return Response(JobDetailOutput(cancel_job(self.actor, job=found), context={"actor": self.actor}).data)


class TodoOutput(serializers.Serializer[Any]):
    title = serializers.CharField()
    detail = serializers.CharField(allow_blank=True)
    link = serializers.CharField(allow_blank=True)
    tone = serializers.ChoiceField(choices=["due", "next", "info"])


class FigureOutput(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.IntegerField()
    of = serializers.IntegerField(allow_null=True)
    link = serializers.CharField(allow_blank=True)


class ExpiringOutput(serializers.Serializer[Any]):
    """A title that lapses soon; `within` is the reminder that it falls under."""

    kind = serializers.ChoiceField(choices=["certificate", "designation"])
    title = serializers.CharField()
    about = serializers.CharField(allow_blank=True)
    expires_on = serializers.DateField()
    days = serializers.IntegerField()
    within = serializers.ChoiceField(choices=[30, 60, 90])


class HomeOutput(serializers.Serializer[Any]):
    headline = serializers.CharField()
    todo = TodoOutput(many=True)
    figures = FigureOutput(many=True)
    assessment = serializers.IntegerField(allow_null=True)
    plan = serializers.IntegerField(allow_null=True)
    certificate = serializers.IntegerField(allow_null=True)
    expiring = ExpiringOutput(many=True)
    renewal_round = serializers.IntegerField(allow_null=True)


class HomeView(ApiView):
    """What to do next, for whoever asks."""

    @extend_schema(operation_id="home", responses=HomeOutput)
    def get(self, request: Request) -> Response:
        return Response(HomeOutput(home.page_of(self.actor)).data)


class ArchiveOutput(serializers.Serializer[Archive]):
    """`kept_until` is when its bytes are let go of; `missing` counts files that could not be had as stored."""

    id = serializers.IntegerField()
    asked_at = serializers.DateTimeField()
    ready_at = serializers.DateTimeField(allow_null=True)
    kept_until = serializers.DateTimeField(allow_null=True)
    is_ready = serializers.BooleanField()
    size = serializers.IntegerField()
    files = serializers.IntegerField()
    missing = serializers.IntegerField()
    job = JobOutput(allow_null=True)


class ArchivePageOutput(serializers.Serializer[Any]):
    archive = ArchiveOutput(allow_null=True)
    days = serializers.IntegerField()
    actions = ActionOutput(many=True)


class ArchiveView(ApiView):
    """All data of the own firm, packed by a job, to take away (E36)."""

    @extend_schema(operation_id="archive", responses=ArchivePageOutput)
    def get(self, request: Request) -> Response:
        can_take_all.require(self.actor)
        return Response(ArchivePageOutput(archive_page(self.actor)).data)

    @extend_schema(operation_id="archive_pack", request=None, responses={202: ArchivePageOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        can_take_all.require(self.actor)
        request_archive(self.actor, enterprise=own_firm(self.actor))
        return Response(ArchivePageOutput(archive_page(self.actor)).data, status=202)


class ArchiveFileView(ApiView):
    @extend_schema(operation_id="archive_file", responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> StreamingHttpResponse:
        file = take_archive(self.actor, archive=self.get_visible(Archive, pk=pk))
        return stream_response(file, disposition="attachment")


urlpatterns = [
    path("home", HomeView.as_view()),
    path("rounds/<int:pk>", RoundView.as_view()),
    path("rounds/<int:pk>/actions/<str:name>", RoundActionView.as_view()),
    path("rounds/<int:pk>/workbook", WorkbookView.as_view()),
    path("jobs/<int:pk>", JobView.as_view()),
    path("jobs/<int:pk>/actions/cancel", JobCancelView.as_view()),
    path("my/archive", ArchiveView.as_view()),
    path("my/archives/<int:pk>/file", ArchiveFileView.as_view()),
]
