"""A name is printed whole or not at all: characters that no installed face holds are refused before rendering."""

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from subprocess import run

REQUIRED_FAMILIES = ("Noto Serif CJK SC", "Noto Sans CJK SC")
LAYOUT = frozenset("\n\t ")
SHAPELESS = frozenset({"Cc", "Cf", "Cs", "Co"})


class MissingGlyph(ValueError):
    """Some characters can't be printed; the message names them for the person who must correct the text."""

    def __init__(self, text: str, characters: tuple[str, ...]) -> None:
        self.text, self.characters = text, characters
        names = "、".join(f"{_visible(c)}（U+{ord(c):04X}）" for c in characters)
        super().__init__(
            f"“{''.join(_visible(c) for c in text)}”中的字符 {names} 不在已安装的字库中，无法印出。"
            "请核对是否为误录；如确为人名、企业名用字，请在服务器上安装含该字的字体后重新生成。"
        )

    def __reduce__(self) -> tuple[type, tuple[str, tuple[str, ...]]]:
        return type(self), (self.text, self.characters)


class MissingFont(RuntimeError):
    """The machine lacks a face that every document needs."""


def check_glyphs(text: str) -> None:
    missing = tuple(dict.fromkeys(c for c in text if c not in LAYOUT and ord(c) not in _covered()))
    if missing:
        raise MissingGlyph(text, missing)


def check_payload(payload: object) -> None:
    for text in _strings(payload):
        check_glyphs(text)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)


def _visible(character: str) -> str:
    """A stand-in for what has no shape of its own, so that the message itself can be read."""
    return "□" if unicodedata.category(character) in SHAPELESS else character


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    """Code points that all faces in every stack can show between them; a control character has none."""
    points: set[int] = set()
    for family in REQUIRED_FAMILIES:
        points |= _face_code_points(family)
    return frozenset(p for p in points if unicodedata.category(chr(p)) not in SHAPELESS)


def _face_code_points(family: str) -> set[int]:
    from fontTools.ttLib import TTFont

    path, index = locate_face(family)
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return set(font.getBestCmap())


@lru_cache
def locate_face(family: str) -> tuple[Path, int]:
    """Asks fontconfig, as the renderer does, and refuses the look-alike that it offers for a face that is absent."""
    pattern = ["fc-match", "-f", "%{family}\n%{file}\n%{index}", f"{family}:style=Regular"]
    names, path, index = run(pattern, capture_output=True, text=True, check=True).stdout.split("\n")
    if family not in names.split(","):
        raise MissingFont(f"缺少字体 {family}：请安装系统软件包 fonts-noto-cjk 后重试。")
    return Path(path), int(index)
