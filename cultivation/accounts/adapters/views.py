"""Addresses of allauth's that answer differently here: an empty request, and a password reset by text message."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.headless.account.inputs import RequestLoginCodeInput
from allauth.headless.account.views import RequestLoginCodeView
from allauth.headless.constants import Client
from django.urls import path

from cultivation.accounts.adapters.reset import PasswordResetView, PhoneResetRequestView


class LoginCodeInput(RequestLoginCodeInput):
    def clean(self) -> Any:
        given = super().clean()
        if not self.errors and not given.get("email") and not given.get("phone"):
            raise get_adapter().validation_error("invalid_login")
        return given


class LoginCodeView(RequestLoginCodeView):
    input_class = LoginCodeInput


urlpatterns = [
    path("browser/v1/auth/code/request", LoginCodeView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/password/request/phone", PhoneResetRequestView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/password/reset", PasswordResetView.as_api_view(client=Client.BROWSER)),
]
