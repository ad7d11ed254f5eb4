"""Names and titles in lines of even length: no lone last character, no bracket torn off its word."""

from math import ceil

WORDS = ("知识产权", "湖北省", "名单", "通知", "企业", "有限", "责任", "公司", "集团", "股份", "科技", "技术", "年度")
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
    torn = _inside_words(text)
    return min(range(1, len(text)), key=lambda place: abs(place - target) + 4 * (place in torn) + _cost(text, place))


def _inside_words(text: str) -> set[int]:
    """Places where a break would tear one of the words that names and titles are full of."""
    found = ((word, start) for word in WORDS for start in range(len(text)) if text.startswith(word, start))
    return {start + offset for word, start in found for offset in range(1, len(word))}


def _cost(text: str, place: int) -> float:
    """How much a break between two characters hurts; just before a bracket is the best place of all."""
    before, after = text[place - 1], text[place]
    if before in OPENING or after in CLOSING or (before.isascii() and after.isascii()):
        return 100.0
    return -3.0 if after in OPENING else 0.0
