"""Names and titles in lines of even length: no lone last character, no bracket torn off its word."""

from math import ceil

OPENING, CLOSING = "（(《“〔", "）)》”〕·、，。"


def width_of(text: str) -> float:
    """Width in ems; Latin letters and digits take about half of one."""
    return sum(0.56 if ord(character) < 0x2E80 else 1.0 for character in text)


def even_lines(text: str, per_line: float) -> list[str]:
    """As few lines as hold `per_line` ems each, of about the same length; breaks that the writer set are kept."""
    if "\n" in text:
        return text.split("\n")
    count = ceil(width_of(text) / per_line)
    if count <= 1:
        return [text]
    cut = _best_break(text, len(text) / count)
    return [text[:cut], *even_lines(text[cut:], max(per_line, width_of(text[cut:]) / (count - 1)))]


def shorten(text: str, ems: float) -> str:
    if width_of(text) <= ems:
        return text
    while width_of(text) > ems - 1:
        text = text[:-1]
    return f"{text}…"


def _best_break(text: str, target: float) -> int:
    return min(range(1, len(text)), key=lambda place: abs(place - target) + _cost(text[place - 1], text[place]))


def _cost(before: str, after: str) -> float:
    """How much a break between two characters hurts; just before a bracket is the best place of all."""
    if before in OPENING or after in CLOSING or (before.isascii() and after.isascii()):
        return 100.0
    return -3.0 if after in OPENING else 0.0
