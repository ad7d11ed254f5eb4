"""Who am I, and for whom do I act."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.accounts.adapters.mfa import draw_square
from cultivation.accounts.api.shapes import ContactOutput, MembershipOutput, PlaceOutput
from cultivation.accounts.authentication import CHOICE
from cultivation.accounts.models import Membership, User
from cultivation.accounts.services import choose_membership, heir_of, office_of
from cultivation.accounts.states import BUREAU_ROLES, ENTERPRISE_ROLES, NOBODY, PROVINCE_ROLES, ROLES
from cultivation.core.api import ApiView
from cultivation.core.errors import NotHere


class PersonOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    username = serializers.CharField()
    email = serializers.CharField(allow_blank=True)


class SecondFactorOutput(serializers.Serializer[Any]):
    needed = serializers.BooleanField()
    lacking = serializers.BooleanField()


class MeOutput(serializers.Serializer[Any]):
    user = PersonOutput()
    role = serializers.CharField()
    role_label = serializers.CharField()
    organisation = PlaceOutput(allow_null=True)
    membership = serializers.IntegerField(allow_null=True)
    memberships = MembershipOutput(many=True)
    second_factor = SecondFactorOutput()
    contact = ContactOutput(allow_null=True)
    menu = serializers.ListField(child=serializers.CharField())
    demo = serializers.BooleanField()


class ChoiceInput(serializers.Serializer[Any]):
    membership = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


def menu_of(role: str) -> list[str]:
    """Feature keys that the front end draws its menu from."""
    if role in PROVINCE_ROLES:
        return ["home", "rounds", "workshop", "learning", "watch", "verification", "claims", "designations"]
    if role in BUREAU_ROLES:
        return ["home", "rounds", "claims", "designations"]
    if role in ENTERPRISE_ROLES:
        return ["home", "filling", "what-if", "result", "plan", "certificate", "team"]
    if role == "audit_admin":
        return ["home", "verification"]
    return ["join"] if role == NOBODY else ["home"]


def _place(membership: Membership | None) -> dict[str, Any] | None:
    if membership is None:
        return None
    if membership.enterprise:
        firm = membership.enterprise
        return {"name": firm.name, "kind": "enterprise", "region": firm.region, "merged_into": heir_of(firm)}
    one = membership.organisation
    return {"name": one.name, "kind": one.kind, "region": one.region, "merged_into": None} if one else None


def _region(membership: Membership | None) -> str:
    place = _place(membership)
    return str(place["region"]) if place else ""


def describe(user: User) -> dict[str, Any]:
    membership, role = user.membership, user.actor.role
    return {
        "user": {"name": str(user), "username": user.get_username(), "email": user.email},
        "role": role,
        "role_label": ROLES.get(role, "尚未加入单位"),
        "organisation": _place(membership),
        "membership": membership.pk if membership else None,
        "memberships": user.active_memberships,
        "second_factor": {"needed": user.needs_second_factor, "lacking": user.lacks_second_factor},
        "contact": office_of(_region(membership)),
        "menu": menu_of(role),
        "demo": settings.DEMONSTRATION,
    }


class MeView(ApiView):
    @extend_schema(operation_id="me", responses=MeOutput)
    def get(self, request: Request) -> Response:
        assert isinstance(request.user, User)
        return Response(MeOutput(describe(request.user)).data)


class MyMembershipView(ApiView):
    """A person with several places says for which one they act now."""

    @extend_schema(operation_id="choose_membership", request=ChoiceInput, responses=MeOutput)
    def put(self, request: Request) -> Response:
        given = ChoiceInput(data=request.data)
        given.is_valid(raise_exception=True)
        assert isinstance(request.user, User)
        act_for(request, choose_membership(request.user, pk=given.validated_data["membership"]))
        return Response(MeOutput(describe(request.user)).data)


class TotpSquareView(ApiView):
    """The square code of the secret that this session is setting up; the secret itself stays out of the address."""

    @extend_schema(operation_id="totp_square", responses={(200, "image/svg+xml"): OpenApiTypes.STR})
    def get(self, request: Request) -> HttpResponse:
        picture = draw_square(request)
        if not picture:
            raise NotHere("请先在“账号安全”开始设置两步验证。")
        return HttpResponse(picture, content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


def act_for(request: Request, membership: Membership) -> None:
    request.session[CHOICE] = membership.pk
    request.user.chosen_membership = membership.pk  # type: ignore[union-attr]


routes = [
    path("me", MeView.as_view()),
    path("me/membership", MyMembershipView.as_view()),
    path("me/totp-square", TotpSquareView.as_view()),
]
