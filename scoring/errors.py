"""What is wrong, said in Chinese and English."""

from __future__ import annotations

import re

# Control characters and halves of pairs: they can't be stored, or move the cursor of whoever reads a log.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class ReasonError(ValueError):
    """A refusal with its reason in both languages.

    Attributes
    ----------
    zh, en : str
        The reason; ``str`` of the error is both.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} ({en})")
        self.zh = zh
        self.en = en


def shorten(raw: object, most: int = 60) -> str:
    """What somebody wrote, as it can be shown in a sentence: text in quotes, and never longer than a line."""
    if isinstance(raw, bool):
        text = "true" if raw else "false"
    else:
        text = f"“{raw[:most]}”" if isinstance(raw, str) else as_text(raw)
    return UNPRINTABLE.sub("�", text if len(text) <= most else text[: most - 3] + "…")


def as_text(raw: object) -> str:
    """Anything written out; Python refuses to write whole numbers of thousands of digits."""
    try:
        return str(raw)
    except ValueError:
        return "…"
