"""An address of allauth's that would answer an empty request with a server error."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.headless.account.inputs import RequestLoginCodeInput
from allauth.headless.account.views import RequestLoginCodeView
from allauth.headless.constants import Client
from django.urls import path


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
]
