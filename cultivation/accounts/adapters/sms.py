"""Text messages. `SMS_BACKEND` names a class with this one method; no provider is built in.

A production class reads its own settings, and raises `SmsNotSent` when the provider did not take the message; the text
is complete, in the person's language, and carries no markup.
"""

from abc import ABC, abstractmethod

from django.conf import settings
from django.utils.module_loading import import_string


class SmsNotSent(Exception):
    """The provider did not take it; the message is for the log, never for the person."""


class SmsBackend(ABC):
    @abstractmethod
    def send(self, phone: str, text: str) -> None:
        """To a number in the form +8613800000000."""


def can_send_sms() -> bool:
    return bool(settings.SMS_BACKEND)


def send_sms(phone: str, text: str) -> None:
    backend: SmsBackend = import_string(settings.SMS_BACKEND)()
    backend.send(phone, text)
