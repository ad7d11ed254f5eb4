"""Documents to download, certificates, and the public check (U02, U03)."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle

from cultivation.core.api import ActionOutput, ApiView, ListView, file_response, id_param, idempotent, text_param
from cultivation.core.errors import BadInput
from cultivation.documents.flow import certificate_flow, taking_flow
from cultivation.documents.models import Certificate, Document
from cultivation.documents.services.checking import Verdict, check_file, check_token

PDF = {(200, "application/pdf"): OpenApiTypes.BINARY}


class TakerOutput(serializers.Serializer[Certificate]):
    """The firm that the holder was merged into, and whether the certificate passes on to it."""

    name = serializers.CharField(source="taken_by.name")
    uscc = serializers.CharField(source="taken_by.uscc")
    state = serializers.CharField(source="taking")
    state_label = serializers.CharField(source="get_taking_display")
    basis = serializers.CharField(source="taking_basis", allow_blank=True)


class TakenField(serializers.Serializer[Certificate]):
    taken = serializers.SerializerMethodField()

    @extend_schema_field(TakerOutput(allow_null=True))
    def get_taken(self, certificate: Certificate) -> dict[str, Any] | None:
        return TakerOutput(certificate).data if certificate.taken_by_id else None


class CertificateOutput(TakenField):
    id = serializers.IntegerField()
    number = serializers.CharField()
    title = serializers.CharField()
    tier = serializers.CharField()
    enterprise_name = serializers.CharField()
    uscc = serializers.CharField(source="enterprise.uscc")
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    issued_on = serializers.DateField()
    expires_on = serializers.DateField()
    reason = serializers.CharField(allow_blank=True)
    is_trial = serializers.BooleanField()
    is_demonstration = serializers.BooleanField()
    check_url = serializers.CharField(source="document.check_url", allow_null=True, default=None)
    file_url = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    def get_file_url(self, certificate: Certificate) -> str | None:
        return file_url(certificate.document) if certificate.document else None

    @extend_schema_field(ActionOutput(many=True))
    def get_actions(self, certificate: Certificate) -> list[dict[str, Any]]:
        actor = self.context["actor"]
        return [*certificate_flow.available(certificate, actor), *taking_flow.available(certificate, actor)]


class PublicCertificateOutput(TakenField):
    """What anybody may read of a certificate."""

    number = serializers.CharField()
    title = serializers.CharField()
    enterprise_name = serializers.CharField()
    uscc = serializers.CharField(source="enterprise.uscc")
    issued_on = serializers.DateField()
    expires_on = serializers.DateField()
    is_trial = serializers.BooleanField()
    is_demonstration = serializers.BooleanField()


class VerdictOutput(serializers.Serializer[Verdict]):
    verdict = serializers.CharField(source="code")
    verdict_label = serializers.CharField(source="label")
    sentence = serializers.CharField()
    kind = serializers.CharField(source="document.get_kind_display", allow_null=True, default=None)
    sha256 = serializers.CharField(source="document.sha256", allow_null=True, default=None)
    issued_at = serializers.DateTimeField(source="document.created_at", allow_null=True, default=None)
    certificate = PublicCertificateOutput(allow_null=True)


def file_url(document: Document) -> str:
    return f"/api/v1/documents/{document.pk}/file"


def pdf_response(document: Document) -> HttpResponse:
    return file_response(document.file, disposition="inline")


class DocumentFileView(ApiView):
    @extend_schema(operation_id="document_file", responses=PDF)
    def get(self, request: Request, pk: int) -> HttpResponse:
        return pdf_response(self.get_visible(Document, pk=pk))


@extend_schema(parameters=[OpenApiParameter("round", int), OpenApiParameter("uscc", str)])
class CertificatesView(ListView):
    model = Certificate
    serializer_class = CertificateOutput

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "actor": self.actor}

    def get_queryset(self) -> QuerySet[Certificate]:
        rows = super().get_queryset().select_related("document", "enterprise", "taken_by")
        round_id = id_param(self.request, "round")
        if round_id is not None:
            rows = rows.filter(series=f"programmes.round:{round_id}")
        uscc = text_param(self.request, "uscc")
        return rows.filter(Q(enterprise__uscc=uscc) | Q(taken_by__uscc=uscc)) if uscc else rows


class RevokeInput(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class RevokeView(ApiView):
    @extend_schema(operation_id="certificate_revoke", request=RevokeInput, responses=CertificateOutput)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        certificate = self.get_visible(Certificate, pk=pk)
        given = RevokeInput(data=request.data)
        given.is_valid(raise_exception=True)
        certificate_flow.run(certificate, "revoke", actor=self.actor, **given.validated_data)
        return Response(CertificateOutput(certificate, context={"actor": self.actor}).data)


class TakingView(ApiView):
    """Whether a certificate of a firm that was absorbed passes on to the firm that lives on."""

    http_method_names = ["post", "options"]

    @extend_schema(operation_id="certificate_taking", request=RevokeInput, responses=CertificateOutput)
    @idempotent
    def post(self, request: Request, pk: int, move: str) -> Response:
        certificate = self.get_visible(Certificate, pk=pk)
        given = RevokeInput(data=request.data)
        given.is_valid(raise_exception=True)
        taking_flow.run(certificate, f"{move}_taking", actor=self.actor, **given.validated_data)
        return Response(CertificateOutput(certificate, context={"actor": self.actor}).data)


class PublicView(ApiView):
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "public_check"


class CheckTokenView(PublicView):
    @extend_schema(operation_id="check_token", responses=VerdictOutput)
    def get(self, request: Request, token: str) -> Response:
        return Response(VerdictOutput(check_token(token)).data)


class CheckFileInput(serializers.Serializer[Any]):
    file = serializers.FileField()


class CheckFileView(PublicView):
    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="check_file", request={"multipart/form-data": CheckFileInput}, responses=VerdictOutput)
    def post(self, request: Request) -> Response:
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > settings.UPLOAD_MAX_BYTES:
            limit = settings.UPLOAD_MAX_BYTES // 2**20
            raise BadInput(f"请选择一份不超过 {limit} MB 的 PDF 文件。", fields={"/file": "没有文件或文件过大"})
        return Response(VerdictOutput(check_file(file.read())).data)


urlpatterns = [
    path("documents/<int:pk>/file", DocumentFileView.as_view()),
    path("certificates", CertificatesView.as_view()),
    path("certificates/<int:pk>/actions/revoke", RevokeView.as_view()),
    path("certificates/<int:pk>/actions/<str:move>_taking", TakingView.as_view()),
    path("public/check/<str:token>", CheckTokenView.as_view()),
    path("public/check", CheckFileView.as_view()),
]
