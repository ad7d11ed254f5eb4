"""Mails and text messages from templates, one file for each language; a letter's first line is its subject."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from cultivation.core.actors import SYSTEM
from cultivation.core.jobs import enqueue

ENGLISH = "en"


def send_letter(name: str, to: str, language: str, /, **facts: Any) -> None:
    """At once; for what the person is waiting for. Everything else goes by `post_letter`."""
    subject, _, body = _render("letters", name, language, facts).partition("\n")
    EmailMessage(subject.strip(), body.strip(), settings.DEFAULT_FROM_EMAIL, [to]).send()


def post_letter(name: str, to: str, language: str, /, **facts: str | int) -> None:
    """By a job, written in the caller's transaction. Its facts lie in the job's row, so none of them is a secret."""
    enqueue(SYSTEM, "accounts.letter", label=f"邮件：{name}", name=name, to=to, language=language, facts=facts)


def render_text(name: str, language: str, /, **facts: Any) -> str:
    return _render("texts", name, language, facts).strip()


def _render(kind: str, name: str, language: str, facts: dict[str, Any]) -> str:
    folder = ENGLISH if language.startswith(ENGLISH) else "zh"
    facts = {"site": settings.PUBLIC_BASE_URL, "days": settings.INVITATION_DAYS, **facts}
    return render_to_string(f"{kind}/{folder}/{name}.txt", facts)
