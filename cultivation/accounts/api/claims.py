"""Requests to act for a known firm: filing one, where it stands, answering it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle

from cultivation.accounts.api.shapes import ContactOutput, FirmRecordOutput
from cultivation.accounts.flow import claim_flow
from cultivation.accounts.models import Claim, User
from cultivation.accounts.services import decide_claim, file_claim, office_of
from cultivation.core.api import ActionOutput, ApiView, ListView, file_response, idempotent, text_param
from cultivation.core.errors import NotHere

FILE = {(200, "application/octet-stream"): OpenApiTypes.BINARY}


class ClaimOutput(serializers.Serializer[Claim]):
    id = serializers.IntegerField()
    firm = FirmRecordOutput(source="enterprise")
    claimant = serializers.CharField()
    claimant_email = serializers.CharField(source="claimant.email")
    given_name = serializers.CharField()
    name_differs = serializers.BooleanField()
    reason = serializers.CharField()
    decider = serializers.CharField()
    decider_label = serializers.CharField(source="get_decider_display")
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    answer = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    proof_url = serializers.SerializerMethodField()
    proof_name = serializers.CharField(source="proof.name", allow_null=True, default=None)
    is_mine = serializers.SerializerMethodField()
    contact = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    def get_proof_url(self, claim: Claim) -> str | None:
        return f"/api/v1/claims/{claim.pk}/proof" if claim.proof_id else None

    def get_is_mine(self, claim: Claim) -> bool:
        return claim.claimant_id == self.context["actor"].user_id

    @extend_schema_field(ContactOutput(allow_null=True))
    def get_contact(self, claim: Claim) -> Any:
        """Whom to ask where the office decides."""
        office = office_of(claim.enterprise.region) if claim.decider == "office" else None
        return ContactOutput(office).data if office else None

    @extend_schema_field(ActionOutput(many=True))
    def get_actions(self, claim: Claim) -> list[dict[str, Any]]:
        return claim_flow.available(claim, self.context["actor"])


class ClaimInput(serializers.Serializer[Any]):
    uscc = serializers.CharField(max_length=60)
    name = serializers.CharField(max_length=120, allow_blank=True, default="")
    reason = serializers.CharField(max_length=500)
    approver_left = serializers.BooleanField(default=False)
    proof = serializers.FileField(required=False)


class AnswerInput(serializers.Serializer[Any]):
    role = serializers.CharField(max_length=24, allow_blank=True, default="")
    answer = serializers.CharField(max_length=500, allow_blank=True, default="")


@extend_schema(parameters=[OpenApiParameter("state", str), OpenApiParameter("mine", bool)])
class ClaimsView(ListView):
    model = Claim
    serializer_class = ClaimOutput
    parser_classes = [MultiPartParser, FormParser]
    throttle_scope = "joining"
    ordering = ("-id",)

    def get_throttles(self) -> list[Any]:
        return [ScopedRateThrottle()] if self.request.method == "POST" else []

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "actor": self.actor}

    def get_queryset(self) -> QuerySet[Claim]:
        rows = super().get_queryset().select_related("enterprise", "claimant", "proof")
        if text_param(self.request, "mine"):
            rows = rows.filter(claimant_id=self.actor.user_id)
        state = text_param(self.request, "state")
        return rows.filter(state=state) if state else rows

    @extend_schema(operation_id="claim_file", request={"multipart/form-data": ClaimInput}, responses={201: ClaimOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        given = ClaimInput(data=request.data)
        given.is_valid(raise_exception=True)
        assert isinstance(request.user, User)
        claim = file_claim(self.actor, person=request.user, **given.validated_data)
        return Response(ClaimOutput(claim, context={"actor": self.actor}).data, status=201)


class ClaimView(ApiView):
    def answer(self, claim: Claim) -> Response:
        return Response(ClaimOutput(claim, context={"actor": self.actor}).data)

    @extend_schema(operation_id="claim", responses=ClaimOutput)
    def get(self, request: Request, pk: int) -> Response:
        return self.answer(self.get_visible(Claim, pk=pk))


class ClaimActionView(ClaimView):
    http_method_names = ["post", "options"]

    @extend_schema(operation_id="claim_action", request=AnswerInput, responses=ClaimOutput)
    @idempotent
    def post(self, request: Request, pk: int, name: str) -> Response:
        claim = self.get_visible(Claim, pk=pk)
        given = AnswerInput(data=request.data)
        given.is_valid(raise_exception=True)
        return self.answer(decide_claim(self.actor, claim=claim, move=name, **given.validated_data))


class ClaimProofView(ApiView):
    @extend_schema(operation_id="claim_proof", responses=FILE)
    def get(self, request: Request, pk: int) -> HttpResponse:
        claim = self.get_visible(Claim, pk=pk)
        if claim.proof is None:
            raise NotHere("这项申请没有附证明材料。")
        return file_response(claim.proof, disposition="attachment")


routes = [
    path("claims", ClaimsView.as_view()),
    path("claims/<int:pk>", ClaimView.as_view()),
    path("claims/<int:pk>/actions/<str:name>", ClaimActionView.as_view()),
    path("claims/<int:pk>/proof", ClaimProofView.as_view()),
]
