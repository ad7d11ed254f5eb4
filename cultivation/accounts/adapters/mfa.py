"""The second factor: its secrets lie encrypted, and its square code is drawn here."""

import base64
import hashlib
from io import BytesIO

import segno
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes


class SecondFactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def draw_square(request: HttpRequest) -> bytes:
    """What an authenticator scans; nothing where no secret is being set up."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        return b""
    picture = BytesIO()
    segno.make(get_adapter().build_totp_url(request.user, secret), error="m").save(
        picture, kind="svg", scale=5, border=3
    )
    return picture.getvalue()


def _cipher() -> MultiFernet:
    """The first key encrypts, all decrypt: a changed SECRET_KEY keeps working beside its SECRET_KEY_FALLBACKS."""
    return MultiFernet([_key_from(secret) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _key_from(secret: str | bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"mfa:" + force_bytes(secret)).digest()))
