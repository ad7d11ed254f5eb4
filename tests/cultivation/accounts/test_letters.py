"""Every mail and text message, in both languages, complete and without a hole (E38)."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from pytest_django import Settings
from rest_framework.test import APIClient

from cultivation.accounts.adapters import outbox
from cultivation.accounts.services import send_letter
from tests.contracts.source import ROOT

TEMPLATES = ROOT / "cultivation" / "accounts" / "templates"
FACTS = {
    "code": "123456", "firm": "甲有限公司", "claimant": "王兰", "reason": "专员", "answer": "可以", "claim": 3,
    "decider": "知识产权局", "inviter": "江山", "name": "李娜", "link": "http://x/invitations/t", "days": 7,
    "person": "李娜", "address": "li@example.org", "by": "江山", "role": "enterprise_filler", "role_label": "填报员",
    "from_email": "a@example.org", "to_email": "b@example.org", "deleted_email": "a@example.org", "ip": "127.0.0.1",
    "kind": "更名", "kind_code": "name", "place": "宜昌市", "confirmed": 1, "late": True, "site": "http://x",
    "timestamp": "", "office": "武汉市知识产权局", "round": "2026年批次", "notes": 3, "until": "2026-12-01 23:59:59",
    "assessment": 7,
}  # fmt: skip
SENT_BY_ALLAUTH = {
    "account_already_exists", "email_changed", "email_confirm", "email_confirmation", "email_confirmation_signup",
    "email_deleted", "login_code", "password_changed", "password_reset", "password_reset_code", "password_set",
    "recovery_codes_generated", "totp_activated", "totp_deactivated", "unknown_account",
}  # fmt: skip


def names(kind: str, language: str) -> set[str]:
    return {path.stem for path in (TEMPLATES / kind / language).glob("*.txt")}


def written(kind: str, language: str) -> list[tuple[str, str]]:
    return [(f"{kind}/{language}/{name}.txt", language) for name in sorted(names(kind, language))]


ALL = [pair for kind in ("letters", "texts") for language in ("zh", "en") for pair in written(kind, language)]


@pytest.mark.parametrize("kind", ["letters", "texts"])
def test_each_is_there_in_both_languages(kind: str) -> None:
    assert names(kind, "zh") == names(kind, "en")


def test_each_mail_that_signing_in_can_send_is_ours() -> None:
    assert names("letters", "zh") >= SENT_BY_ALLAUTH


def test_each_mail_that_services_send_is_written_and_each_written_one_is_sent() -> None:
    services = [Path(ROOT / "cultivation" / app / "services") for app in ("accounts", "assessments")]
    source = "".join(path.read_text() for folder in services for path in folder.rglob("*.py"))
    told = r'"((?:claim|membership|role|change|merger|invitation|assessment)_\w+|invitation)"'
    named = set(re.findall(told, source))
    ours = names("letters", "zh") - SENT_BY_ALLAUTH
    assert ours - {"claim_granted", "claim_refused"} <= named


@pytest.mark.parametrize(("template", "language"), ALL)
def test_each_reads_well(template: str, language: str) -> None:
    text = render_to_string(template, FACTS)
    assert "{" not in text
    assert "  \n" not in text
    if language == "en":
        assert not re.search(
            r"[\u4e00-\u9fff]", re.sub("|".join(str(value) for value in FACTS.values() if value), "", text)
        )
    elif template.startswith("letters"):
        assert text.splitlines()[0].strip()
        assert text.splitlines()[1] == ""


def test_names_are_written_as_they_are(mailoutbox: list[object]) -> None:
    send_letter("invitation", "x@example.org", "zh-hans", **{**FACTS, "firm": "甲&乙 <研究> 有限公司"})
    assert "甲&乙 <研究> 有限公司" in str(mailoutbox[0].subject)  # type: ignore[attr-defined]


class TestOutbox:
    def test_shows_the_latest_first(self, api: APIClient, settings: Settings) -> None:
        settings.HAS_OUTBOX = True
        outbox.put("mail", "a@example.org", "一", "甲")
        outbox.put("sms", "+8613800001111", "", "乙")
        shown = api.get("/api/v1/public/outbox").json()
        assert [(row["kind"], row["body"]) for row in shown] == [("sms", "乙"), ("mail", "甲")]

    def test_is_nowhere_else(self, api: APIClient, settings: Settings) -> None:
        settings.HAS_OUTBOX = False
        assert api.get("/api/v1/public/outbox").status_code == 404

    def test_keeps_the_last_two_hundred(self) -> None:
        for n in range(205):
            outbox.put("mail", "a@example.org", str(n), "")
        kept = outbox.messages(limit=1000)
        assert (len(kept), kept[0]["subject"]) == (200, "204")
