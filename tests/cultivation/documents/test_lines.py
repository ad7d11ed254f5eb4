"""Lines of names and titles."""

import pytest

from cultivation.documents.services.layouts import name_lines
from cultivation.documents.services.lines import even_lines, shorten, width_of
from tests.cultivation.documents.samples import LONG_NAME


@pytest.mark.parametrize(
    ("text", "per_line", "lines"),
    [
        ("云梦东湖生物实业有限公司", 20, ["云梦东湖生物实业有限公司"]),
        ("一二三四五六七八九十", 6, ["一二三四五", "六七八九十"]),
        ("一二三四（甲乙）七八", 8, ["一二三四", "（甲乙）七八"]),
        ("甲乙ABCDEF丙丁", 4, ["甲乙", "ABCDEF丙丁"]),
        ("关于公布湖北省知识产权优势企业名单", 12, ["关于公布湖北省", "知识产权优势企业名单"]),
        ("上一行\n下一行", 20, ["上一行", "下一行"]),
    ],
)
def test_even_lines(text: str, per_line: float, lines: list[str]) -> None:
    assert even_lines(text, per_line) == lines


def test_even_lines_lose_nothing() -> None:
    assert "".join(even_lines(LONG_NAME, 11)) == LONG_NAME


def test_short_name_is_large_on_one_line() -> None:
    assert name_lines("云梦东湖生物实业有限公司") == (25.0, ["云梦东湖生物实业有限公司"])


@pytest.mark.parametrize("length", range(1, 61))
def test_name_fits_its_room_at_any_length(length: int) -> None:
    size, lines = name_lines("知" * length)
    assert max(width_of(line) for line in lines) * size <= 638.01
    assert size * 1.35 * len(lines) <= 71
    assert size >= 15


def test_shorten_counts_latin_as_half() -> None:
    assert shorten("贯标 GB/T 29490-2023", 13.5) == "贯标 GB/T 29490-2023"
    assert shorten("一二三四五六", 4) == "一二三…"
