"""What a page says to the person who asks, in the language they read; what is kept is always Chinese."""

from django.utils.translation import get_language


def said(zh: str, en: str) -> str:
    """Only for what is shown and thrown away: a snapshot or a log must not depend on who looked first."""
    return en if (get_language() or "").startswith("en") else zh
