"""From a typed payload to a signed PDF, and back from a PDF to a verdict. No database, no clock, no network."""

from .glyphs import MissingGlyph, check_glyphs, check_payload
from .render import render_html, render_pdf

__all__ = ["MissingGlyph", "check_glyphs", "check_payload", "render_html", "render_pdf"]
