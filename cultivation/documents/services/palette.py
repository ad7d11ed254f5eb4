"""The colours and faces of the printed page: the same tokens as the screens, in one place for CSS and SVG."""

COLOURS = {
    "ink-900": "#0f2437",
    "ink-700": "#17395a",
    "ink-600": "#1f4e79",
    "ink-500": "#2f6da3",
    "ink-100": "#dfeaf4",
    "ink-50": "#f0f5fa",
    "paper": "#faf8f4",
    "line": "#e4e0d6",
    "line-strong": "#cfc9bb",
    "text": "#1d2730",
    "muted": "#5d6873",
    "seal": "#c0392b",
    "seal-50": "#fbeeeb",
    "met": "#23724f",
    "met-50": "#e6f3ec",
    "unmet": "#b3372c",
    "unmet-50": "#fbecea",
    "unknown": "#8f5d00",
    "unknown-50": "#fbf2dd",
    "review": "#5f4a8b",
    "review-50": "#efebf6",
    "na": "#69737d",
    "na-50": "#eff1f2",
    "tier-starter": "#7d8893",
    "tier-growth": "#2f6da3",
    "tier-advantage": "#1a7f6f",
    "tier-leading": "#a97a1f",
    "open-dark": "#8fb2d1",
    "open-light": "#c4d8e9",
}

SERIF = '"Noto Serif CJK SC", "Noto Sans CJK SC", serif'
SANS = '"Noto Sans CJK SC", "Noto Serif CJK SC", sans-serif'
# No free 仿宋 is packaged alone; one that is installed is used, and Noto Serif stands in character by character.
FANGSONG = '"FandolFang", "Noto Serif CJK SC", "Noto Sans CJK SC", serif'

OUTCOMES = {
    "met": ("符合", "met"),
    "unmet": ("不符合", "unmet"),
    "unknown": ("资料不足", "unknown"),
    "manual_review": ("需人工核验", "review"),
    "not_applicable": ("不适用", "na"),
}

SOURCES = {"official": "官方文件", "secondary": "转载件", "calibrated": "平台标定", "": ""}


def css_variables() -> str:
    faces = {"serif": SERIF, "sans": SANS, "fang": FANGSONG}
    return ":root{" + "".join(f"--{name}:{value};" for name, value in (COLOURS | faces).items()) + "}"
