"""A demonstration site sends nothing: mails and text messages stay in a folder, and a page shows them."""

import json
import secrets
import time
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from cultivation.accounts.adapters.sms import SmsBackend

KEPT = 200


def put(kind: str, to: str, subject: str, body: str) -> None:
    folder = settings.OUTBOX_DIR
    folder.mkdir(parents=True, exist_ok=True)
    message = {"kind": kind, "to": to, "subject": subject, "body": body, "sent_at": time.time()}
    path = folder / f"{time.time_ns()}-{secrets.token_hex(4)}.json"
    path.with_suffix(".part").write_text(json.dumps(message, ensure_ascii=False))
    path.with_suffix(".part").rename(path)
    for old in sorted(folder.glob("*.json"))[:-KEPT]:
        old.unlink(missing_ok=True)


def messages(limit: int = 50) -> list[dict[str, Any]]:
    """The latest first."""
    return [json.loads(path.read_text()) for path in sorted(settings.OUTBOX_DIR.glob("*.json"), reverse=True)[:limit]]


class OutboxMail(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            put("mail", "、".join(mail.to), str(mail.subject), str(mail.body))
        return len(email_messages)


class OutboxSms(SmsBackend):
    def send(self, phone: str, text: str) -> None:
        put("sms", phone, "", text)
