"""What may be read before anybody is signed in: the site, the regions, an invitation, the demonstration's outbox."""

from typing import Any

from django.conf import settings
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle

from cultivation.accounts.adapters import outbox
from cultivation.accounts.adapters.sms import can_send_sms
from cultivation.accounts.api.shapes import ContactOutput
from cultivation.accounts.models import Invitation
from cultivation.accounts.services import demonstration_accounts, find_invitation, office_of
from cultivation.core.api import ApiView
from cultivation.core.errors import NotHere
from cultivation.core.regions import load_regions


class DemoAccountOutput(serializers.Serializer[Any]):
    username = serializers.CharField()
    full_name = serializers.CharField()
    role_label = serializers.CharField()


class SiteOutput(serializers.Serializer[Any]):
    demo = serializers.BooleanField()
    public_base_url = serializers.CharField()
    signed_in = serializers.BooleanField()
    accounts = DemoAccountOutput(many=True)
    has_sms = serializers.BooleanField()
    has_outbox = serializers.BooleanField()
    contact = ContactOutput(allow_null=True)


class CodedOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()


class RegionOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    counties = CodedOutput(many=True)
    zones = serializers.ListField(child=serializers.CharField())


class OpenInvitationOutput(serializers.Serializer[Invitation]):
    """To whoever holds the link: what it is for, not to whom it was sent."""

    firm = serializers.CharField(source="enterprise.name")
    role = serializers.CharField()
    role_label = serializers.CharField(source="get_role_display")
    inviter = serializers.CharField(source="invited_by")
    state = serializers.SerializerMethodField()
    expires_at = serializers.DateTimeField()

    def get_state(self, invitation: Invitation) -> str:
        return "lapsed" if invitation.has_lapsed else invitation.state


class MessageOutput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=["mail", "sms"])
    to = serializers.CharField()
    subject = serializers.CharField(allow_blank=True)
    body = serializers.CharField()
    sent_at = serializers.FloatField()


class OpenView(ApiView):
    permission_classes = [AllowAny]


class SiteView(OpenView):
    """What the sign-in page must know before anyone is signed in."""

    @extend_schema(operation_id="site", responses=SiteOutput)
    def get(self, request: Request) -> Response:
        answer = {
            "demo": settings.DEMONSTRATION,
            "public_base_url": settings.PUBLIC_BASE_URL,
            "signed_in": request.user.is_authenticated,
            "accounts": demonstration_accounts(),
            "has_sms": can_send_sms(),
            "has_outbox": settings.HAS_OUTBOX,
            "contact": office_of(""),
        }
        return Response(SiteOutput(answer).data)


class RegionsView(OpenView):
    @extend_schema(operation_id="regions", responses=RegionOutput(many=True))
    def get(self, request: Request) -> Response:
        regions = load_regions()
        answer = [
            {
                "code": one.code,
                "name": one.name,
                "counties": [{"code": code, "name": name} for code, name in one.counties.items() if code != one.code],
                "zones": [zone.name for zone in regions.zones if zone.division == one.code],
            }
            for one in regions.divisions
        ]
        return Response(RegionOutput(answer, many=True).data)


class InvitationView(OpenView):
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "public_check"

    @extend_schema(operation_id="open_invitation", responses=OpenInvitationOutput)
    def get(self, request: Request, token: str) -> Response:
        return Response(OpenInvitationOutput(find_invitation(token)).data)


class OutboxView(OpenView):
    """A demonstration sends nothing; what it would have sent can be read here, and nowhere else."""

    @extend_schema(operation_id="outbox", responses=MessageOutput(many=True))
    def get(self, request: Request) -> Response:
        if not settings.HAS_OUTBOX:
            raise NotHere("没有这个地址。")
        return Response(MessageOutput(outbox.messages(), many=True).data)


routes = [
    path("site", SiteView.as_view()),
    path("public/regions", RegionsView.as_view()),
    path("public/invitations/<str:token>", InvitationView.as_view()),
    path("public/outbox", OutboxView.as_view()),
]
