"""What allauth asks us: whether strangers may sign up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation; a company's own registration comes with its workspace."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
