"""From a typed payload to a signed PDF, and back from a PDF to a verdict. No database, no clock, no network."""

from .batch import DocumentJob, Rendered, render_many
from .glyphs import MissingFont, MissingGlyph, check_glyphs, check_payload
from .keys import BadSigningKey, SigningKey, load_or_create_signing_key, load_signing_key
from .qr import qr_svg
from .render import render_html, render_pdf
from .signing import sign_pdf
from .verifying import Verdict, verify_pdf

__all__ = [
    "BadSigningKey",
    "DocumentJob",
    "MissingFont",
    "MissingGlyph",
    "Rendered",
    "SigningKey",
    "Verdict",
    "check_glyphs",
    "check_payload",
    "load_or_create_signing_key",
    "load_signing_key",
    "qr_svg",
    "render_html",
    "render_many",
    "render_pdf",
    "sign_pdf",
    "verify_pdf",
]
