"""The people of a firm, and those invited."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle

from cultivation.accounts.api.shapes import own_firm
from cultivation.accounts.flow import invitation_flow
from cultivation.accounts.models import Invitation, Membership
from cultivation.accounts.services import (
    change_role,
    end_membership,
    hand_over,
    invitation_link,
    invite_person,
    member_actions,
)
from cultivation.accounts.services.team import ROLE_MOVES
from cultivation.core.api import ActionOutput, ApiView, ListView, idempotent
from cultivation.core.errors import NotHere

MOVES: dict[str, Callable[..., Membership]] = {
    **{name: partial(change_role, role=role) for name, role, _ in ROLE_MOVES},
    "hand_over": hand_over,
    "end": end_membership,
    "leave": end_membership,
}


class MemberOutput(serializers.Serializer[Membership]):
    id = serializers.IntegerField()
    name = serializers.CharField(source="user")
    email = serializers.CharField(source="user.email", allow_blank=True)
    role = serializers.CharField()
    role_label = serializers.CharField(source="get_role_display")
    is_active = serializers.BooleanField()
    is_me = serializers.SerializerMethodField()
    last_sign_in = serializers.DateTimeField(source="user.last_login", allow_null=True)
    joined_at = serializers.DateTimeField(source="created_at")
    ended_at = serializers.DateTimeField(allow_null=True)
    actions = serializers.SerializerMethodField()

    def get_is_me(self, membership: Membership) -> bool:
        return membership.user_id == self.context["actor"].user_id

    @extend_schema_field(ActionOutput(many=True))
    def get_actions(self, membership: Membership) -> list[dict[str, Any]]:
        return member_actions(membership, self.context["actor"])


class InvitationOutput(serializers.Serializer[Invitation]):
    """`link` may be handed over by other ways too, as long as the invitation is open."""

    id = serializers.IntegerField()
    name = serializers.CharField(allow_blank=True)
    address = serializers.CharField()
    role = serializers.CharField()
    role_label = serializers.CharField(source="get_role_display")
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    has_lapsed = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    link = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    def get_link(self, invitation: Invitation) -> str | None:
        is_usable = invitation.state == "open" and not invitation.has_lapsed
        return invitation_link(invitation) if is_usable else None

    @extend_schema_field(ActionOutput(many=True))
    def get_actions(self, invitation: Invitation) -> list[dict[str, Any]]:
        moves = invitation_flow.available(invitation, self.context["actor"])
        return [move for move in moves if move["name"] != "accept"]


class InvitationInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80, allow_blank=True, default="")
    email = serializers.EmailField(max_length=254, allow_blank=True, default="")
    phone = serializers.CharField(max_length=40, allow_blank=True, default="")
    role = serializers.CharField(max_length=24)


class OwnListView(ListView):
    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "actor": self.actor}


class MembersView(OwnListView):
    model = Membership
    serializer_class = MemberOutput

    def get_queryset(self) -> QuerySet[Membership]:
        return super().get_queryset().select_related("user", "enterprise")


class MemberActionView(ApiView):
    @extend_schema(operation_id="member_action", request=None, responses=MemberOutput)
    @idempotent
    def post(self, request: Request, pk: int, name: str) -> Response:
        membership = self.get_visible(Membership, pk=pk)
        if name not in MOVES:
            raise NotHere(f"没有“{name}”这个操作。", code="no_such_action")
        changed = MOVES[name](self.actor, membership=membership)
        return Response(MemberOutput(changed, context={"actor": self.actor}).data)


class InvitationsView(OwnListView):
    model = Invitation
    serializer_class = InvitationOutput
    throttle_scope = "inviting"
    ordering = ("-id",)

    def get_throttles(self) -> list[Any]:
        return [ScopedRateThrottle()] if self.request.method == "POST" else []

    def get_queryset(self) -> QuerySet[Invitation]:
        return super().get_queryset().select_related("enterprise", "invited_by")

    @extend_schema(operation_id="invitation_send", request=InvitationInput, responses={201: InvitationOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        given = InvitationInput(data=request.data)
        given.is_valid(raise_exception=True)
        invitation = invite_person(self.actor, enterprise=own_firm(self.actor), **given.validated_data)
        return Response(InvitationOutput(invitation, context={"actor": self.actor}).data, status=201)


class InvitationActionView(ApiView):
    @extend_schema(operation_id="invitation_take_back", request=None, responses=InvitationOutput)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        invitation = self.get_visible(Invitation, pk=pk)
        invitation_flow.run(invitation, "take_back", actor=self.actor)
        return Response(InvitationOutput(invitation, context={"actor": self.actor}).data)


routes = [
    path("team/members", MembersView.as_view()),
    path("team/members/<int:pk>/actions/<str:name>", MemberActionView.as_view()),
    path("team/invitations", InvitationsView.as_view()),
    path("team/invitations/<int:pk>/actions/take_back", InvitationActionView.as_view()),
]
