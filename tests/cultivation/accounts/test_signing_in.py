"""Accounts: signing up, confirming, forgotten passwords, two steps, devices, limits (E38)."""

import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.mail import EmailMessage
from pytest_django import Settings

from cultivation.accounts.adapters import outbox
from cultivation.accounts.models import User
from cultivation.core.models import AuditEvent
from tests.cultivation.accounts.visitor import ADDRESS, PASSWORD, Visitor, codes, pending
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
Mails = list[EmailMessage]
PHONE = "+8613800138000"


def totp(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def set_up_second_factor(person: Visitor) -> tuple[str, list[str]]:
    """Secret and recovery codes."""
    person.say("auth/reauthenticate", password=PASSWORD)
    secret = person.ask("account/authenticators/totp").json()["meta"]["secret"]
    answer = person.say("account/authenticators/totp", code=totp(secret))
    assert answer.status_code == 200, answer.content
    return secret, person.ask("account/authenticators/recovery-codes").json()["data"]["unused_codes"]


class TestSigningUp:
    def test_waits_for_the_code_from_the_mail(self, visitor: Visitor, mailoutbox: Mails) -> None:
        answer = visitor.sign_up()
        assert (answer.status_code, pending(answer)) == (401, ["verify_email"])
        assert visitor.me().status_code == 401
        assert mailoutbox[-1].subject == f"验证码 {visitor.code}：确认您的邮箱"

    def test_the_code_signs_in(self, resident: Visitor) -> None:
        page = resident.me().json()
        assert (page["user"]["name"], page["role"], page["menu"]) == ("王兰", "none", ["join"])

    def test_a_wrong_code_does_not(self, visitor: Visitor) -> None:
        visitor.sign_up()
        answer = visitor.say("auth/email/verify", key="000000" if visitor.code != "000000" else "111111")
        assert (answer.status_code, codes(answer)) == (400, ["incorrect_code"])
        assert visitor.me().status_code == 401

    def test_three_wrong_codes_use_it_up(self, visitor: Visitor) -> None:
        visitor.sign_up()
        right = visitor.code
        for _ in range(3):
            visitor.say("auth/email/verify", key="x")
        assert visitor.say("auth/email/verify", key=right).status_code == 409

    def test_a_user_name_is_optional(self, visitor: Visitor) -> None:
        visitor.sign_up(username="wanglan")
        visitor.confirm()
        visitor.sign_out()
        assert visitor.say("auth/login", username="wanglan", password=PASSWORD).status_code == 200

    def test_a_name_is_asked_for(self, visitor: Visitor) -> None:
        answer = visitor.sign_up(full_name="")
        assert [error["param"] for error in answer.json()["errors"]] == ["full_name"]

    @pytest.mark.parametrize("weak", ["short", "1234567890123", "password12"])
    def test_a_weak_password_is_refused_in_words(self, visitor: Visitor, weak: str) -> None:
        answer = visitor.sign_up(password=weak)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["param"] == "password"

    def test_a_known_address_is_not_given_away(self, resident: Visitor, mailoutbox: Mails) -> None:
        """The stranger sees what a newcomer sees; the owner is told."""
        cache.clear()
        newcomer, prober = Visitor(mailoutbox), Visitor(mailoutbox)
        first, second = newcomer.sign_up("new@example.org"), prober.sign_up()
        assert (first.status_code, first.json()) == (second.status_code, second.json())
        assert mailoutbox[-1].to == [ADDRESS]
        assert mailoutbox[-1].subject == "这个邮箱已有账号"
        assert User.objects.filter(email=ADDRESS).count() == 1

    def test_mails_follow_the_language(self, mailoutbox: Mails) -> None:
        english = Visitor(mailoutbox, accept_language="en")
        english.sign_up()
        assert mailoutbox[-1].subject == f"{english.code} is your code to confirm this address"
        assert User.objects.get().language == "en"

    def test_the_audit_trail_hears_of_it(self, resident: Visitor) -> None:
        told = AuditEvent.objects.filter(action__startswith="user.").values_list("action", flat=True)
        assert list(told) == ["user.sign_up", "user.sign_in"]

    def test_a_dead_mail_server_is_told(self, visitor: Visitor, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        answer = visitor.sign_up()
        assert (answer.status_code, answer.json()["code"]) == (503, "mail_not_sent")


class TestForgottenPassword:
    def test_a_code_lets_in_a_new_one(self, resident: Visitor, mailoutbox: Mails) -> None:
        forgetful = Visitor(mailoutbox)
        forgetful.say("auth/password/request", email=ADDRESS)
        forgetful.say("auth/password/reset", key=forgetful.code, password="lou-jia-shan-99-yue")
        assert forgetful.sign_in().status_code == 400
        assert forgetful.sign_in(password="lou-jia-shan-99-yue").status_code == 200
        assert resident.me().status_code == 401

    def test_an_unknown_address_is_not_given_away(self, resident: Visitor, mailoutbox: Mails) -> None:
        answers = [Visitor(mailoutbox).say("auth/password/request", email=to) for to in (ADDRESS, "no@example.org")]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].json() == answers[1].json()
        assert mailoutbox[-1].subject == "这个邮箱还没有账号"

    def test_a_changed_password_ends_other_sessions(self, resident: Visitor, mailoutbox: Mails) -> None:
        other = Visitor(mailoutbox)
        other.sign_in()
        resident.say("account/password/change", current_password=PASSWORD, new_password="lou-jia-shan-99-yue")
        assert (resident.me().status_code, other.me().status_code) == (200, 401)
        assert mailoutbox[-1].subject == "密码已修改"

    def test_the_old_password_is_asked_for(self, resident: Visitor) -> None:
        wrong = resident.say("account/password/change", current_password="x", new_password="lou-jia-shan-99-yue")
        assert codes(wrong) == ["enter_current_password"]


class TestChangingTheAddress:
    def test_needs_the_password_again_and_a_code(self, resident: Visitor) -> None:
        """The sign-up itself counted as no password check."""
        assert resident.say("account/email", email="new@example.org").status_code == 401
        resident.say("auth/reauthenticate", password=PASSWORD)
        assert resident.say("account/email", email="new@example.org").status_code == 200
        assert User.objects.get().email == ADDRESS
        assert resident.confirm().status_code == 200
        assert User.objects.get().email == "new@example.org"


class TestSecondFactor:
    def test_is_asked_for_after_the_password(self, resident: Visitor) -> None:
        secret, _ = set_up_second_factor(resident)
        resident.sign_out()
        assert pending(resident.sign_in()) == ["mfa_authenticate"]
        assert resident.me().status_code == 401
        assert resident.say("auth/2fa/authenticate", code="000000").status_code == 400
        assert resident.say("auth/2fa/authenticate", code=totp_later(secret)).status_code == 200
        assert resident.me().status_code == 200

    def test_a_recovery_code_opens_once(self, resident: Visitor) -> None:
        _, spare = set_up_second_factor(resident)
        resident.sign_out()
        resident.sign_in()
        assert resident.say("auth/2fa/authenticate", code=spare[0]).status_code == 200
        resident.sign_out()
        resident.sign_in()
        assert resident.say("auth/2fa/authenticate", code=spare[0]).status_code == 400

    def test_its_secret_lies_encrypted(self, resident: Visitor, settings: Settings) -> None:
        secret, spare = set_up_second_factor(resident)
        kept = str(list(Authenticator.objects.values_list("data", flat=True)))
        assert secret not in kept
        assert not any(code in kept for code in spare)

    def test_a_new_secret_key_keeps_it_working(self, resident: Visitor, settings: Settings) -> None:
        secret, _ = set_up_second_factor(resident)
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
        authenticator = Authenticator.objects.get(type="totp").wrap()
        assert authenticator.validate_code(totp_later(secret))

    def test_its_square_is_drawn_here_while_it_is_set_up(self, resident: Visitor) -> None:
        assert resident.client.get("/api/v1/me/totp-square").status_code == 404
        resident.ask("account/authenticators/totp")
        answer = resident.client.get("/api/v1/me/totp-square")
        assert (answer["Content-Type"], b"<svg" in answer.content) == ("image/svg+xml", True)
        set_up_second_factor(resident)
        assert resident.client.get("/api/v1/me/totp-square").status_code == 404

    def test_setting_up_needs_the_password_again(self, resident: Visitor) -> None:
        secret = resident.ask("account/authenticators/totp").json()["meta"]["secret"]
        assert resident.say("account/authenticators/totp", code=totp(secret)).status_code == 401

    def test_a_role_may_demand_it(self, resident: Visitor, settings: Settings) -> None:
        """Until it is set up, the officer has no right at all."""
        MembershipFactory(user=User.objects.get(), role="province_officer", organisation=OrganisationFactory())
        assert resident.me().json()["role"] == "province_officer"
        settings.MFA_REQUIRED_FOR = ["bureau"]
        page = resident.me().json()
        assert (page["role"], page["second_factor"]) == ("none", {"needed": True, "lacking": True})
        set_up_second_factor(resident)
        assert resident.me().json()["role"] == "province_officer"

    def test_a_firms_people_are_never_made_to(self, resident: Visitor, settings: Settings) -> None:
        settings.MFA_REQUIRED_FOR = ["bureau", "admin"]
        assert resident.me().json()["second_factor"] == {"needed": False, "lacking": False}


def totp_later(secret: str) -> str:
    """The next period's number: each is good once."""
    counter = int(time.time()) // 30 + 1
    return format_hotp_value(hotp_value(secret, counter))


class TestDevices:
    def test_are_listed_and_signed_out(self, resident: Visitor, mailoutbox: Mails) -> None:
        other = Visitor(mailoutbox, user_agent="another browser")
        other.sign_in()
        rows = resident.ask("auth/sessions").json()["data"]
        assert sorted(row["is_current"] for row in rows) == [False, True]
        theirs = [row["id"] for row in rows if not row["is_current"]]
        resident.say("auth/sessions", method="delete", sessions=theirs)
        assert (resident.me().status_code, other.me().status_code) == (200, 401)

    def test_nobody_ends_another_persons_session(self, resident: Visitor, mailoutbox: Mails) -> None:
        foreign = Visitor(mailoutbox)
        foreign.sign_up("other@example.org")
        foreign.confirm()
        theirs = UserSession.objects.get(user__email="other@example.org").pk
        assert resident.say("auth/sessions", method="delete", sessions=[theirs]).status_code == 400
        assert foreign.me().status_code == 200


class TestLimits:
    def test_five_wrong_passwords_lock_the_name_for_a_while(self, resident: Visitor) -> None:
        resident.sign_out()
        for _ in range(5):
            resident.sign_in(password="wrong")
        answer = resident.sign_in()
        assert (answer.status_code, codes(answer)) == (400, ["too_many_login_attempts"])

    def test_codes_by_mail_are_limited(self, resident: Visitor, mailoutbox: Mails) -> None:
        asking = Visitor(mailoutbox)
        answers = [asking.say("auth/password/request", email=ADDRESS).status_code for _ in range(6)]
        assert answers == [401] * 5 + [429]


class TestKnownByName:
    def test_who_has_no_address_signs_in_without_one(self, visitor: Visitor) -> None:
        """Officers and demonstration accounts are entered under a user name."""
        user = UserFactory(username="officer")
        user.set_password(PASSWORD)
        user.save()
        assert visitor.say("auth/login", username="officer", password=PASSWORD).status_code == 200

    def test_who_has_one_confirms_it(self, visitor: Visitor) -> None:
        user = UserFactory(username="officer", email="officer@example.org")
        user.set_password(PASSWORD)
        user.save()
        answer = visitor.say("auth/login", username="officer", password=PASSWORD)
        assert pending(answer) == ["verify_email"]
        assert visitor.confirm().status_code == 200


@pytest.fixture
def sms(settings: Settings) -> None:
    settings.SMS_BACKEND = "cultivation.accounts.adapters.outbox.OutboxSms"
    settings.ACCOUNT_LOGIN_METHODS = {"username", "email", "phone"}


def texted() -> str:
    return str(outbox.messages()[0]["body"]).split("验证码 ")[1][:6]


def add_phone(person: Visitor, phone: str = "138 0000 1111") -> Any:
    person.say("auth/reauthenticate", password=PASSWORD)
    return person.say("account/phone", phone=phone)


@pytest.mark.usefixtures("sms")
class TestPhone:
    def test_lets_in_a_new_password(self, resident: Visitor, mailoutbox: Mails) -> None:
        """E38: where the number is confirmed; no mail is needed, and no address is confirmed by it."""
        User.objects.update(phone=PHONE)
        EmailAddress.objects.update(verified=False)
        forgetful = Visitor(mailoutbox)
        asked = forgetful.say("auth/password/request/phone", phone="138 0013 8000")
        assert (asked.status_code, pending(asked)) == (401, ["password_reset_by_code"])
        wrong = forgetful.say("auth/password/reset", key="000000", password="lou-jia-shan-99-yue")
        assert codes(wrong) == ["incorrect_code"]
        forgetful.say("auth/password/reset", key=texted(), password="lou-jia-shan-99-yue")
        assert User.objects.get().check_password("lou-jia-shan-99-yue")
        assert not EmailAddress.objects.get().verified

    def test_the_way_to_a_new_password_gives_no_number_away(self, resident: Visitor, mailoutbox: Mails) -> None:
        User.objects.update(phone=PHONE)
        numbers = (PHONE, "+8613900139000")
        answers = [Visitor(mailoutbox).say("auth/password/request/phone", phone=number) for number in numbers]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].json() == answers[1].json()

    def test_a_new_password_is_not_sent_to_what_is_no_number(self, resident: Visitor, mailoutbox: Mails) -> None:
        assert Visitor(mailoutbox).say("auth/password/request/phone", phone="12").status_code == 400

    def test_is_kept_once_its_code_came_back(self, resident: Visitor) -> None:
        assert add_phone(resident).status_code == 202
        assert User.objects.get().phone is None
        assert resident.say("auth/phone/verify", code=texted()).status_code == 200
        assert User.objects.get().phone == "+8613800001111"

    def test_signs_in_by_code_and_by_password(self, resident: Visitor, mailoutbox: Mails) -> None:
        add_phone(resident)
        resident.say("auth/phone/verify", code=texted())
        by_code, by_password = Visitor(mailoutbox), Visitor(mailoutbox)
        by_code.say("auth/code/request", phone="１３８００００１１１１")
        assert by_code.say("auth/code/confirm", code=texted()).status_code == 200
        assert by_password.say("auth/login", phone="+8613800001111", password=PASSWORD).status_code == 200

    def test_an_unknown_number_is_not_given_away(self, resident: Visitor, mailoutbox: Mails) -> None:
        add_phone(resident)
        resident.say("auth/phone/verify", code=texted())
        answers = [Visitor(mailoutbox).say("auth/code/request", phone=to) for to in ("13800001111", "13900002222")]
        assert answers[0].status_code == answers[1].status_code == 401
        assert answers[0].json() == answers[1].json()

    def test_a_number_belongs_to_one_person(self, resident: Visitor, mailoutbox: Mails) -> None:
        """The second hears of it on the phone only, which is its owner's."""
        add_phone(resident)
        resident.say("auth/phone/verify", code=texted())
        second = Visitor(mailoutbox)
        second.sign_up("other@example.org")
        second.confirm()
        cache.clear()
        assert add_phone(second).status_code == 202
        assert User.objects.get(email="other@example.org").phone is None
        assert codes(second.say("auth/phone/verify", code=texted())) == ["phone_taken"]

    def test_being_asked_for_the_password_first_takes_no_try_away(self, resident: Visitor) -> None:
        assert resident.say("account/phone", phone="13800001111").status_code == 401
        assert add_phone(resident).status_code == 202

    def test_a_second_code_comes_after_a_pause(self, resident: Visitor) -> None:
        add_phone(resident)
        assert add_phone(resident).status_code == 429

    @pytest.mark.parametrize("wrong", ["12345", "23800001111", "+86138", "电话"])
    def test_a_wrong_number_is_refused_in_words(self, resident: Visitor, wrong: str) -> None:
        assert codes(add_phone(resident, wrong)) == ["invalid_phone"]

    def test_nothing_asked_for_is_no_error_of_ours(self, visitor: Visitor) -> None:
        assert visitor.say("auth/code/request").status_code == 400


def test_without_a_text_message_service_no_phone_is_offered(resident: Visitor) -> None:
    assert resident.client.get("/api/v1/site").json()["has_sms"] is False
    assert resident.say("auth/login", phone="+8613800001111", password=PASSWORD).status_code >= 400
