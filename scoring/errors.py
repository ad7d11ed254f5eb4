"""What is wrong, said in Chinese and English."""

from __future__ import annotations


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
