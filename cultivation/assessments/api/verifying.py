"""Runs that make old results again, and what did not come out the same (P07)."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.assessments.models import Verification, VerificationFinding
from cultivation.assessments.permissions import can_verify
from cultivation.assessments.services import request_verification
from cultivation.core.api import ActionOutput, ApiView, JobOutput, ListView, idempotent
from cultivation.core.errors import NotHere
from cultivation.core.flow import action
from cultivation.core.jobs.queue import jobs_of
from cultivation.programmes.models import Round


class VerificationOutput(serializers.Serializer[Verification]):
    id = serializers.IntegerField()
    round_name = serializers.CharField(source="round.name", allow_null=True, default=None)
    started_by = serializers.CharField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    results = serializers.IntegerField()
    agreed = serializers.IntegerField()
    differed = serializers.IntegerField()
    waiting = serializers.IntegerField()
    job = serializers.SerializerMethodField()

    @extend_schema_field(JobOutput(allow_null=True))
    def get_job(self, record: Verification) -> dict[str, Any] | None:
        found = jobs_of(record).first()
        return JobOutput(found).data if found else None


class VerificationInput(serializers.Serializer[Any]):
    round = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**63 - 1)


class VerificationFindingOutput(serializers.Serializer[VerificationFinding]):
    id = serializers.IntegerField()
    cause = serializers.CharField()
    cause_label = serializers.CharField(source="get_cause_display")
    round_name = serializers.CharField()
    subject = serializers.CharField()
    name = serializers.CharField()
    path = serializers.CharField()
    stored = serializers.CharField()
    again = serializers.CharField(allow_blank=True)


class VerifiedRoundOutput(serializers.Serializer[Round]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    scored = serializers.IntegerField()


class VerificationChoicesOutput(serializers.Serializer[Any]):
    rounds = VerifiedRoundOutput(many=True)
    can_start = ActionOutput()


class VerificationChoicesView(ApiView):
    """What can be made again: everything, or one round."""

    @extend_schema(operation_id="verification_choices", responses=VerificationChoicesOutput)
    def get(self, request: Request) -> Response:
        can_verify.require(self.actor)
        rounds = Round.objects.visible_to(self.actor).filter(scored__gt=0)
        return Response(VerificationChoicesOutput({"rounds": rounds, "can_start": action("verify", "开始复算")}).data)


class VerificationsView(ListView):
    """The runs, newest first."""

    model = Verification
    serializer_class = VerificationOutput
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Verification]:
        return super().get_queryset().select_related("round")

    @extend_schema(operation_id="verification_start", request=VerificationInput, responses={202: VerificationOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        given = VerificationInput(data=request.data)
        given.is_valid(raise_exception=True)
        chosen = given.validated_data.get("round")
        round_ = Round.objects.visible_to(self.actor).filter(pk=chosen).first() if chosen else None
        if chosen and round_ is None:
            raise NotHere("没有找到，或者您无权查看。")
        record, _ = request_verification(self.actor, round_=round_)
        return Response(VerificationOutput(record).data, status=202)


class VerificationFindingsView(ListView):
    """What one run found."""

    model = VerificationFinding
    serializer_class = VerificationFindingOutput

    def get_queryset(self) -> QuerySet[VerificationFinding]:
        if getattr(self, "swagger_fake_view", False):
            return VerificationFinding.objects.none()
        record = Verification.objects.visible_to(self.actor).filter(pk=self.kwargs["pk"]).first()
        if record is None:
            raise NotHere("没有找到，或者您无权查看。")
        found: QuerySet[VerificationFinding] = record.findings.all()
        return found
