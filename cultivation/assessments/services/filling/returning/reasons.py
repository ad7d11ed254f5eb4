"""The list of reasons from which an office chooses when it sends a fact back (C06)."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

OTHER = "other"


@cache
def listed_reasons() -> dict[str, dict[str, str]]:
    """By code: the reason in both languages, and how a note of it begins."""
    text = files(__package__).joinpath("reasons.yaml").read_text("utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found


def reason_pages() -> list[dict[str, Any]]:
    return [
        {"code": code, "label": one["zh"], "label_en": one["en"], "text": one["text"]}
        for code, one in listed_reasons().items()
    ]


def in_language(reason: str, lang: str) -> str:
    """A kept reason in the reader's language; one that has left the list since stays as it was written."""
    if lang != "en":
        return reason
    return next((one["en"] for one in listed_reasons().values() if one["zh"] == reason), reason)
