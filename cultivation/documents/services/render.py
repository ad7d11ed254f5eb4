"""Payload → template → HTML → PDF. Nothing here reads a database, a clock or the network."""

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from .fetching import refuse_everything
from .glyphs import check_payload
from .layouts import base_context, layout_of
from .palette import css_variables
from .payloads import KINDS, Payload

TEMPLATES = Path(__file__).parent.parent / "templates"
OUTPUT_INTENT = "platform-srgb"


@lru_cache(maxsize=1)
def _engine() -> Engine:
    """An engine of our own: documents look the same whatever the site's template settings are."""
    tags = "cultivation.documents.services.template_tags"
    builtins = ["django.template.defaulttags", "django.template.defaultfilters", "django.template.loader_tags", tags]
    return Engine(dirs=[str(TEMPLATES)], autoescape=True, builtins=builtins)


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """One configuration a process: a new one for each document costs time and is never given back."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def render_html(payload: Payload) -> str:
    context = {**base_context(payload), "css_variables": css_variables()}
    template = _engine().get_template(f"documents/{layout_of(payload).template}")
    return str(template.render(Context(context, use_l10n=False, use_tz=False)))


def render_pdf(kind: str, payload: Payload) -> bytes:
    """The same payload gives the same bytes. Raises MissingGlyph for a character that can't be printed."""
    if not isinstance(payload, KINDS[kind]):
        raise TypeError(f"{kind} is made from {KINDS[kind].__name__}, not {type(payload).__name__}")
    check_payload(payload)
    from weasyprint import HTML

    page = HTML(string=render_html(payload), url_fetcher=refuse_everything)
    archival = _archival_options() if layout_of(payload).archival else {}
    pdf: bytes = page.write_pdf(font_config=_fonts(), pdf_tags=True, pdf_identifier=True, **archival)
    return pdf


def _archival_options() -> dict[str, Any]:
    """PDF/A-2b with WeasyPrint's own sRGB profile, handed over in memory: by itself it leaves that file open."""
    from weasyprint.css import ColorProfile

    profile = ColorProfile(BytesIO(_srgb()), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))
    return {"pdf_variant": "pdf/a-2b", "color_profiles": {OUTPUT_INTENT: profile}, "output_intent": OUTPUT_INTENT}


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    return (files("weasyprint") / "pdf" / "sRGB2014.icc").read_bytes()
