"""What allauth asks us: who may sign up, how mails and text messages read, where a phone number is kept."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import EmailVerificationStage
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from cultivation.accounts.adapters.sms import SmsNotSent, send_sms
from cultivation.accounts.models import User
from cultivation.accounts.services.letters import render_text, send_letter
from cultivation.core import audit
from cultivation.core.actors import PUBLIC
from cultivation.core.errors import Conflict, DomainError

logger = logging.getLogger(__name__)
STAGE = f"{EmailVerificationStage.__module__}.{EmailVerificationStage.__name__}"


class NotSent(DomainError):
    """The way out of the site is closed for the moment."""

    status = 503


class KnownByNameStage(EmailVerificationStage):
    """Somebody whom an administrator entered under a user name has no address to confirm, and is not asked for one."""

    def handle(self) -> Any:
        user = self.login.user
        if user and not user.email and not user.emailaddress_set.exists():
            return None, True
        return super().handle()


class AccountAdapter(DefaultAccountAdapter):
    def get_login_stages(self) -> list[str]:
        mine = f"{KnownByNameStage.__module__}.{KnownByNameStage.__name__}"
        return [mine if stage == STAGE else stage for stage in super().get_login_stages()]

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        saved: User = super().save_user(request, user, form, commit)
        audit.record(PUBLIC, "user.sign_up", saved)
        return saved

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        audit.record(user.actor, "user.sign_in", user)
        language = get_language() or user.language
        if user.language != language:
            User.objects.filter(pk=user.pk).update(language=language)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        name, language = template_prefix.rsplit("/", 1)[1], get_language() or ""
        try:
            send_letter(name, email, language, **context)
        except (SMTPException, OSError):
            logger.exception("mail %s was not sent", name)
            raise NotSent("邮件暂时发不出去，请稍后再试。", code="mail_not_sent") from None

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Called at every change to how a person signs in, which is also what the audit trail wants to know."""
        audit.record(user.actor, f"user.{template_prefix.rsplit('/', 1)[1]}", user)
        super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def phone_form_field(self, **kwargs: Any) -> Any:
        from cultivation.accounts.adapters.forms import MobileField

        return MobileField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, True) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """A number that is not confirmed yet lives in the session that asked for it, nowhere else."""
        if verified:
            self.set_phone_verified(user, phone)

    def set_phone_verified(self, user: User, phone: str) -> None:
        if user.phone == phone:
            return
        try:
            with transaction.atomic():
                User.objects.filter(pk=user.pk).update(phone=phone)
                audit.record(user.actor, "user.phone_changed", user)
        except IntegrityError:
            raise Conflict("这个手机号已用于另一个账号。", code="phone_taken") from None
        user.phone = phone

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone, is_active=True).first()

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        _text(phone, "code", code=code)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        _text(phone, "unknown_account")

    def send_account_already_exists_sms(self, phone: str) -> None:
        _text(phone, "account_already_exists")


def _text(phone: str, name: str, **facts: Any) -> None:
    try:
        send_sms(phone, render_text(name, get_language() or "", **facts))
    except (SmsNotSent, OSError):
        logger.exception("text message %s was not sent", name)
        raise NotSent("短信暂时发不出去，请稍后再试。", code="sms_not_sent") from None
