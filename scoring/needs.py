"""What must still be given where an outcome is open, and by whom."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from .facts import read_indicators
from .schema import Awaits, SizeIn
from .words import Lang, say

_UNSIZED = {
    "zh": "行业不在划型标准内，需人工核验",
    "en": "The industry is outside the size classes: a person must judge",
}
_TOO_SHORT = {
    "zh": "行业代码位数不足，不能确定企业规模",
    "en": "The industry code is too short to tell the size class",
}
_JUDGED = {"zh": "待人工核验：", "en": "For a person to judge: "}
_GIVEN = {"zh": "待补充：", "en": "To be given: "}
_JOIN = {"zh": "、", "en": ", "}


def needs_words(node: Any, outcome: str, missing: Collection[str], lang: Lang) -> str | None:
    """One sentence for a row whose outcome is open; None where nothing that is given would settle it."""
    if isinstance(node, Awaits):
        return say(node.awaits, lang)
    if isinstance(node, SizeIn) and outcome == "manual_review":
        return _UNSIZED[lang]
    if not missing:
        return _TOO_SHORT[lang] if isinstance(node, SizeIn) else None
    names = _JOIN[lang].join(getattr(read_indicators()[code], lang) for code in missing)
    return (_JUDGED if outcome == "manual_review" else _GIVEN)[lang] + names
