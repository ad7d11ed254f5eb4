"""Mails that nobody waits for, and the invitations, whose links are made when they are sent."""

from typing import Any

from cultivation.accounts.models import Invitation
from cultivation.accounts.services import send_invitation, send_letter
from cultivation.core.jobs import JobContext, job


@job("accounts.letter")
def post(context: JobContext, *, name: str, to: str, language: str, facts: dict[str, Any]) -> None:
    send_letter(name, to, language, **facts)


@job("accounts.invitation")
def invite(context: JobContext, *, invitation: int) -> None:
    send_invitation(Invitation.objects.visible_to(context.actor).get(pk=invitation))
