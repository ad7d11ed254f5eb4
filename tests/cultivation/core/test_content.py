"""What a file is, told by its content; hostile ones are refused in a sentence (E16, O12)."""

from collections.abc import Callable

import pytest

from cultivation.core.content import JPEG, OFD, PDF, PNG, XLSX, Content, identify, is_shown
from cultivation.core.errors import BadInput
from tests.factories import papers


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (papers.pdf, PDF),
        (lambda: papers.PNG, PNG),
        (lambda: papers.JPEG, JPEG),
        (papers.ofd, OFD),
        (papers.xlsx, XLSX),
    ],
    ids=["pdf", "png", "jpeg", "ofd", "xlsx"],
)
def test_kinds_of_evidence(make: Callable[[], bytes], kind: Content) -> None:
    assert identify(make()) is kind


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "空的"),
        (lambda: papers.HTML, "网页"),
        (lambda: b"\xef\xbb\xbf \n" + papers.HTML, "网页"),
        (lambda: papers.SVG, "SVG"),
        (lambda: b"<svg onload='x'/>", "SVG"),
        (lambda: b"MZ\x90\x00" + bytes(60), "程序"),
        (lambda: b"\x7fELF" + bytes(60), "程序"),
        (lambda: b"#!/bin/sh\nrm", "程序"),
        (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(60), "旧版 Office"),
        (lambda: bytes(4) + b"ftypheic" + bytes(60), "HEIC"),
        (lambda: "一段文字".encode(), "文本"),
        (lambda: bytes(range(256)), "认不出"),
        (lambda: papers.pdf()[:30], "不完整"),
        (lambda: papers.JPEG[:-2], "不完整"),
        (lambda: papers.packed(**{"a.txt": b"x"}), "压缩包"),
        (lambda: papers.ofd()[:60], "损坏"),
        (papers.bomb, "解压后过大"),
        (lambda: papers.packed(**{"OFD.xml": b"x", **{str(n): b"" for n in range(5001)}}), "解压后过大"),
    ],
    ids=[
        "empty", "html", "html-after-mark", "svg", "svg-bare", "windows", "linux", "script", "ole", "heic",
        "text", "bytes", "half-pdf", "half-jpeg", "zip", "half-zip", "bomb", "parts",
    ],
)  # fmt: skip
def test_what_is_refused_says_what_it_is(make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(BadInput) as refusal:
        identify(make())
    assert words in str(refusal.value.detail)
    assert refusal.value.code == "bad_file"


def test_a_bomb_that_lies_about_its_size() -> None:
    data = papers.bomb()
    size = papers.BOMB_BYTES.to_bytes(4, "little")
    assert data.count(size) == 2
    with pytest.raises(BadInput):
        identify(data.replace(size, (1000).to_bytes(4, "little")))


def test_only_what_runs_nothing_is_shown_in_place() -> None:
    assert [is_shown(kind.media_type) for kind in (PDF, JPEG, PNG, OFD, XLSX)] == [True, True, True, False, False]
