"""A forgotten password set anew with a code by text message, where a number is confirmed (E38).

allauth knows this way by mail alone: here its own process has another messenger, and confirms no address.
"""

from typing import Any, Self

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import password_reset
from allauth.account.internal.flows.password_reset_by_code import (
    PASSWORD_RESET_VERIFICATION_SESSION_KEY,
    PasswordResetVerificationProcess,
)
from allauth.core import ratelimit
from allauth.headless.account.views import ResetPasswordView
from allauth.headless.base.response import AuthenticationResponse, ConflictResponse
from allauth.headless.base.views import APIView
from allauth.headless.internal.restkit import inputs
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from cultivation.accounts.adapters.forms import MobileField


class PhoneResetProcess(PasswordResetVerificationProcess):
    @classmethod
    def begin(cls, request: HttpRequest, phone: str) -> None:
        """Whether the number has an account is never told: a stranger's gets a message that says so."""
        user = get_adapter().get_user_by_phone(phone)
        process = cls(request, state=cls.initial_state(user, phone=phone), user=user)
        process.send()
        process.persist()

    @classmethod
    def resume(cls, request: HttpRequest) -> Self | None:
        state = request.session.get(PASSWORD_RESET_VERIFICATION_SESSION_KEY)
        if not state or "phone" not in state:
            return None
        found: Self | None = cls(request, state=state).abort_if_invalid()
        return found

    def send(self) -> None:
        adapter, phone = get_adapter(), self.state["phone"]
        if self.user is None:
            adapter.send_unknown_account_sms(phone)
            return
        self.state["code"] = adapter.generate_password_reset_code()
        adapter.send_verification_code_sms(self.user, phone, self.code)

    def confirm_code(self) -> None:
        self.state["code_confirmed"] = True

    def finish(self) -> HttpResponse | None:
        self.abort()
        answer: HttpResponse | None = password_reset.finalize_password_reset(self.request, self.user)
        return answer


class PhoneInput(inputs.Input):
    phone = MobileField(required=True)


class PhoneResetRequestView(APIView):
    input_class = PhoneInput

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        phone = self.input.cleaned_data["phone"]
        refused: HttpResponse | None = ratelimit.consume_or_429(request, action="reset_password", key=phone)
        if refused:
            return refused
        PhoneResetProcess.begin(request, phone)
        return AuthenticationResponse(request)


class PasswordResetView(ResetPasswordView):
    """Sets the new password, whichever way the code came."""

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        state = request.session.get(PASSWORD_RESET_VERIFICATION_SESSION_KEY) or {}
        if "phone" not in state:
            return super().handle(request, *args, **kwargs)
        self.process = PhoneResetProcess.resume(request)
        if self.process is None:
            return ConflictResponse(request)
        return APIView.handle(self, request, *args, **kwargs)
