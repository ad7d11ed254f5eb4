"""A person at a browser, on the addresses that the sign-in pages use."""

import re
from typing import Any

from django.core.mail import EmailMessage
from django.test import Client

PASSWORD = "qing-jiang-xia-you-88"
ADDRESS = "wang.lan@example.org"


class Visitor:
    """`say` posts as JSON; codes are read from the mails that were sent."""

    def __init__(self, mails: list[EmailMessage], **headers: str) -> None:
        self.client = Client(headers=headers)
        self.mails = mails

    def say(self, address: str, *, method: str = "post", **words: Any) -> Any:
        ask = getattr(self.client, method)
        return ask(f"/_allauth/browser/v1/{address}", words, content_type="application/json")

    def ask(self, address: str) -> Any:
        return self.client.get(f"/_allauth/browser/v1/{address}")

    def me(self) -> Any:
        return self.client.get("/api/v1/me")

    @property
    def code(self) -> str:
        found = re.search(r"^\s+(\d{6})$", str(self.mails[-1].body), re.M)
        assert found, self.mails[-1].body
        return found[1]

    def sign_up(self, email: str = ADDRESS, **changes: str) -> Any:
        return self.say("auth/signup", **{"email": email, "password": PASSWORD, "full_name": "王兰", **changes})

    def confirm(self) -> Any:
        return self.say("auth/email/verify", key=self.code)

    def sign_in(self, email: str = ADDRESS, password: str = PASSWORD) -> Any:
        return self.say("auth/login", email=email, password=password)

    def sign_out(self) -> None:
        self.say("auth/session", method="delete")


def pending(answer: Any) -> list[str]:
    """Which step a sign-in waits at."""
    return [flow["id"] for flow in answer.json()["data"]["flows"] if flow.get("is_pending")]


def codes(answer: Any) -> list[str]:
    return [error["code"] for error in answer.json()["errors"]]
