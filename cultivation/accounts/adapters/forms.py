"""What a person tells besides an address and a password when signing up."""

from typing import Any

from allauth.account.fields import PhoneField
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language

from cultivation.core.identifiers import BadIdentifier, parse_mobile


class PersonForm(forms.Form):
    full_name = forms.CharField(max_length=80)

    def signup(self, request: HttpRequest, user: Any) -> None:
        user.full_name = self.cleaned_data["full_name"]
        user.language = get_language()
        user.save(update_fields=["full_name", "language"])


class MobileField(PhoneField):
    """A mainland number may be typed without its country code, with blanks or full-width digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "validators": []})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return parse_mobile(text)
        except BadIdentifier as problem:
            raise forms.ValidationError(str(problem), code="invalid_phone") from None
