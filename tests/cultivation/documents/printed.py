"""What poppler reads back from a PDF: the same view that a person with another reader gets."""

import subprocess
from functools import cache
from io import BytesIO

from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader

from cultivation.documents.services import render_pdf
from cultivation.documents.services.payloads import Payload


@cache
def pdf(kind: str, payload: Payload) -> bytes:
    return render_pdf(kind, payload)


def text(data: bytes) -> str:
    """All words in reading order, without the line breaks and spaces that layout put in."""
    return "".join(_poppler("pdftotext", data, "-raw", "-", "-").split())


def info(data: bytes) -> dict[str, str]:
    lines = (line.split(":", 1) for line in _poppler("pdfinfo", data, "-").splitlines() if ":" in line)
    return {name.strip(): value.strip() for name, value in lines}


def fonts(data: bytes) -> list[tuple[str, bool, bool]]:
    """Name, embedded, subset of each font."""
    rows = [line.split() for line in _poppler("pdffonts", data, "-").splitlines()[2:]]
    return [(row[0], row[-5] == "yes", row[-4] == "yes") for row in rows]


def metadata(data: bytes) -> str:
    return _poppler("pdfinfo", data, "-meta", "-")


def root(data: bytes) -> DictionaryObject:
    """The PDF's catalogue."""
    return PdfFileReader(BytesIO(data)).root


def pages(data: bytes) -> int:
    return int(info(data)["Pages"])


def squeezed(words: str) -> str:
    return "".join(words.split())


def _poppler(tool: str, data: bytes, *arguments: str) -> str:
    return subprocess.run([tool, *arguments], input=data, capture_output=True, check=True).stdout.decode()
