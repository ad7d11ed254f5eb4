"""What a file is, told by its content; hostile ones are refused in a sentence (E16, O12)."""

import subprocess
from collections.abc import Callable
from pathlib import Path

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
        (lambda: papers.pdf()[:-7], "不完整"),
        (lambda: papers.pdf(pages=0), "没有一页"),
        (lambda: papers.pdf() + papers.xlsx(), "另藏着一个压缩包"),
        (lambda: papers.JPEG + papers.xlsx(), "另藏着一个压缩包"),
        (lambda: papers.JPEG[:-2], "不完整"),
        (lambda: papers.JPEG[:4], "不完整"),
        (lambda: b"\xff\xd8" + b"\xff" * 10_000, "不完整"),
        (lambda: papers.PNG[:-12], "不完整"),
        (lambda: papers.PNG[:10], "不完整"),
        (lambda: papers.huge_png(60_000, 60_000), "60000×60000 像素"),
        (lambda: papers.picture(width=2, height=900), "看不清"),
        (lambda: papers.ofd(pages=0), "没有一页"),
        (lambda: papers.packed(**{"OFD.xml": b"<ofd:OFD/>"}), "没有一页"),
        (lambda: papers.packed(**{"%PDF-1.7": papers.pdf(), "OFD.xml": b""}), "既是压缩包又是 PDF"),
        (lambda: papers.xlsx_with("xl/vbaProject.bin"), "带有宏"),
        (lambda: papers.xlsx_with("xl/externalLinks/externalLink1.xml"), "引用了别的工作簿"),
        (lambda: papers.xlsx_with("xl/connections.xml"), "外部数据"),
        (lambda: papers.xlsx_with("xl/embeddings/oleObject1.bin"), "嵌有别的文件"),
        (lambda: papers.packed(**{"a.txt": b"x"}), "压缩包"),
        (lambda: papers.ofd()[:60], "损坏"),
        (papers.bomb, "解压后过大"),
        (lambda: papers.ofd(more={str(n): b"" for n in range(5001)}), "解压后过大"),
    ],
    ids=[
        "empty", "html", "html-after-mark", "svg", "svg-bare", "windows", "linux", "script", "ole", "heic",
        "text", "bytes", "half-pdf", "cut-pdf", "no-page", "pdf-and-zip", "jpeg-and-zip", "half-jpeg", "jpeg-head",
        "only-marks", "half-png", "png-head", "huge", "tiny", "ofd-no-page", "ofd-of-nothing", "zip-and-pdf", "macro",
        "external", "connection", "embedded", "zip", "half-zip", "bomb", "parts",
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


def locked(folder: Path, *words: str) -> bytes:
    """A PDF as `qpdf` writes it with these options."""
    plain, made = folder / "plain.pdf", folder / "made.pdf"
    plain.write_bytes(papers.pdf())
    subprocess.run(["qpdf", "--allow-weak-crypto", *words, str(plain), str(made)], check=True)
    return made.read_bytes()


CIPHERS = [("40",), ("128", "--use-aes=n"), ("128", "--use-aes=y"), ("256",)]


@pytest.mark.parametrize("cipher", CIPHERS, ids=lambda cipher: "".join(cipher))
@pytest.mark.parametrize("streams", ["disable", "generate"])
def test_a_pdf_with_a_password_is_refused_but_not_one_locked_against_changes(
    tmp_path: Path, cipher: tuple[str, ...], streams: str
) -> None:
    """An officer can open the second, as many official papers are."""
    packed = f"--object-streams={streams}"
    assert identify(locked(tmp_path, packed, "--encrypt", "", "owner", *cipher, "--")) is PDF
    with pytest.raises(BadInput, match="设有打开密码"):
        identify(locked(tmp_path, packed, "--encrypt", "user", "owner", *cipher, "--"))


def test_a_lock_that_nobody_can_read_is_a_lock() -> None:
    for lock in (b"/Encrypt 9 0 R", b"/Encrypt<</Filter/Adobe.PubSec>>", b"/Encrypt<<" + b"[" * 9000):
        with pytest.raises(BadInput, match="设有打开密码"):
            identify(papers.pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R" + lock))


def test_pages_in_packed_objects_are_pages(tmp_path: Path) -> None:
    assert identify(locked(tmp_path, "--object-streams=generate")) is PDF
    assert identify(locked(tmp_path, "--linearize", "--object-streams=generate")) is PDF


def test_a_linearized_pdf_that_was_cut_is_refused(tmp_path: Path) -> None:
    """Its first part has an end of its own."""
    data = locked(tmp_path, "--linearize") + b"%" + b"x" * 4000
    with pytest.raises(BadInput, match="不完整"):
        identify(data)


def test_photographs_as_telephones_make_them() -> None:
    """Large, progressive, with a preview inside and a moving picture behind."""
    large = papers.picture(width=4000, height=3000, progressive=True)
    preview = b"\xff\xe1" + (len(papers.JPEG) + 2).to_bytes(2) + papers.JPEG
    for data in (large, large + b"\0\0\0\x18ftypmp42" + bytes(9000), large[:2] + preview + large[2:]):
        assert identify(data) is JPEG
    with pytest.raises(BadInput, match="不完整"):
        identify((large[:2] + preview + large[2:])[:-2])
