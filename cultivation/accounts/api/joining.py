"""Joining a firm: what a code means, registering a new firm, taking up an invitation."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle

from cultivation.accounts.api.me import MeOutput, act_for, describe
from cultivation.accounts.api.shapes import MergedIntoField, place_name
from cultivation.accounts.models import Enterprise, User
from cultivation.accounts.services import accept_invitation, find_firm, find_invitation, register_firm
from cultivation.core.api import ApiView, idempotent


class FoundFirmOutput(MergedIntoField):
    name = serializers.CharField()
    region_name = serializers.SerializerMethodField()

    def get_region_name(self, enterprise: Enterprise) -> str:
        return place_name(enterprise.region)


class FoundOutput(serializers.Serializer[Any]):
    """`expected` is the check digit that the rule asks for, where the given one differs."""

    uscc = serializers.CharField(source="uscc.code")
    check_ok = serializers.BooleanField(source="uscc.check_ok")
    expected = serializers.CharField(source="uscc.expected")
    changed = serializers.BooleanField(source="uscc.changed")
    firm = FoundFirmOutput(source="enterprise", allow_null=True)
    approvers = serializers.IntegerField()
    decider = serializers.ChoiceField(choices=["approvers", "office"])


class CodeInput(serializers.Serializer[Any]):
    uscc = serializers.CharField(max_length=60)


class FirmInput(serializers.Serializer[Any]):
    uscc = serializers.CharField(max_length=60)
    name = serializers.CharField(max_length=120)
    region = serializers.CharField(max_length=6)
    zone = serializers.CharField(max_length=60, allow_blank=True, default="")
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class JoiningView(ApiView):
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "joining"

    def joined(self, request: Request) -> Response:
        assert isinstance(request.user, User)
        return Response(MeOutput(describe(request.user)).data)


class FindFirmView(JoiningView):
    throttle_scope = "uscc"

    @extend_schema(operation_id="find_firm", request=CodeInput, responses=FoundOutput)
    def post(self, request: Request) -> Response:
        given = CodeInput(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(FoundOutput(find_firm(given.validated_data["uscc"])).data)


class RegisterFirmView(JoiningView):
    @extend_schema(operation_id="register_firm", request=FirmInput, responses=MeOutput)
    @idempotent
    def post(self, request: Request) -> Response:
        given = FirmInput(data=request.data)
        given.is_valid(raise_exception=True)
        assert isinstance(request.user, User)
        act_for(request, register_firm(self.actor, person=request.user, **given.validated_data))
        return self.joined(request)


class AcceptInvitationView(JoiningView):
    @extend_schema(operation_id="accept_invitation", request=None, responses=MeOutput)
    @idempotent
    def post(self, request: Request, token: str) -> Response:
        act_for(request, accept_invitation(self.actor, invitation=find_invitation(token)))
        return self.joined(request)


routes = [
    path("joining/find", FindFirmView.as_view()),
    path("joining/register", RegisterFirmView.as_view()),
    path("invitations/<str:token>/accept", AcceptInvitationView.as_view()),
]
