"""Who am I."""

from typing import Any

from django.conf import settings
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.accounts.models import Membership, User
from cultivation.accounts.services import demonstration_accounts
from cultivation.accounts.states import BUREAU_ROLES, ENTERPRISE_ROLES, ROLES
from cultivation.core.api import ApiView


class PlaceOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    kind = serializers.CharField()
    region = serializers.CharField()


class PersonOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    username = serializers.CharField()


class MeOutput(serializers.Serializer[Any]):
    user = PersonOutput()
    role = serializers.CharField()
    role_label = serializers.CharField()
    organisation = PlaceOutput(allow_null=True)
    menu = serializers.ListField(child=serializers.CharField())
    demo = serializers.BooleanField()


class DemoAccountOutput(serializers.Serializer[Any]):
    username = serializers.CharField()
    full_name = serializers.CharField()
    role_label = serializers.CharField()


class SiteOutput(serializers.Serializer[Any]):
    demo = serializers.BooleanField()
    public_base_url = serializers.CharField()
    signed_in = serializers.BooleanField()
    accounts = DemoAccountOutput(many=True)


def menu_of(role: str) -> list[str]:
    """Feature keys that the front end draws its menu from."""
    if role in BUREAU_ROLES:
        return ["home", "rounds"]
    if role in ENTERPRISE_ROLES:
        return ["home", "result", "plan", "certificate"]
    return ["home"]


def _place(membership: Membership | None) -> dict[str, str] | None:
    if membership is None:
        return None
    if membership.enterprise:
        return {"name": membership.enterprise.name, "kind": "enterprise", "region": membership.enterprise.region}
    organisation = membership.organisation
    return (
        {"name": organisation.name, "kind": organisation.kind, "region": organisation.region} if organisation else None
    )


class MeView(ApiView):
    @extend_schema(operation_id="me", responses=MeOutput)
    def get(self, request: Request) -> Response:
        user = request.user
        membership = user.membership if isinstance(user, User) else None
        role = membership.role if membership else "none"
        answer = {
            "user": {"name": str(user), "username": user.get_username()},
            "role": role,
            "role_label": ROLES.get(role, "尚未分配角色"),
            "organisation": _place(membership),
            "menu": menu_of(role),
            "demo": settings.DEMONSTRATION,
        }
        return Response(MeOutput(answer).data)


class SiteView(ApiView):
    """What the sign-in page must know before anyone is signed in."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="site", responses=SiteOutput)
    def get(self, request: Request) -> Response:
        answer = {
            "demo": settings.DEMONSTRATION,
            "public_base_url": settings.PUBLIC_BASE_URL,
            "signed_in": request.user.is_authenticated,
            "accounts": demonstration_accounts(),
        }
        return Response(SiteOutput(answer).data)


urlpatterns = [path("me", MeView.as_view()), path("site", SiteView.as_view())]
