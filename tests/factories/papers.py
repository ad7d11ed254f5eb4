"""Small real files of every kind that evidence comes in, and hostile ones."""

import base64
import io
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb004300") + b"\x01" * 64 + b"\xff\xd9"
HTML = b"<!DOCTYPE html><html><body>%PDF-1.7</body></html>"
BOMB_BYTES = 210 * 2**20
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def pdf(text: str = "paper", *, size: int = 0) -> bytes:
    """A one-page file; `size` makes it about so many bytes long."""
    padding = b"%" + b"x" * max(size - 300, 0) + b"\n"
    return b"%PDF-1.4\n" + padding + f"% {text}\n1 0 obj<<>>endobj\ntrailer<<>>\n".encode() + b"%%EOF\n"


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def ofd() -> bytes:
    return packed(**{"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<ofd:Document/>"})


def bomb() -> bytes:
    return packed(**{"OFD.xml": b"<ofd:OFD/>", "Doc_0/zeros": bytes(BOMB_BYTES)})


def xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "发票")
    return out.getvalue()
