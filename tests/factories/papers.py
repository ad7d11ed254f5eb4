"""Small real files of every kind that evidence comes in, and hostile ones."""

import io
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from PIL import Image


def picture(kind: str = "JPEG", *, width: int = 64, height: int = 64, **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, kind, **more)
    return out.getvalue()


PNG = picture("PNG")
JPEG = picture()
HTML = b"<!DOCTYPE html><html><body>%PDF-1.7</body></html>"
BOMB_BYTES = 210 * 2**20
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def pdf(text: str = "paper", *, size: int = 0, pages: int = 1) -> bytes:
    """A file of `pages` empty pages that every reader opens; `size` makes it about so many bytes long."""
    kids = " ".join(f"{3 + number} 0 R" for number in range(pages))
    bodies = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {pages}/Kids[{kids}]>>"]
    bodies += ["<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * pages
    out = b"%PDF-1.4\n" + b"%" + b"x" * max(size - 600, 0) + f"\n% {text}\n".encode()
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    table = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{rows}"
    trailer = f"trailer\n<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + table.encode() + trailer.encode()


def huge_png(width: int, height: int) -> bytes:
    """It says that it is so large; nothing of it is there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"")), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def ofd(*, pages: int = 1, more: dict[str, bytes] | None = None) -> bytes:
    """As OFD readers want it: a root that names a document, and a document with pages."""
    root = b"<ofd:OFD><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    kids = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages))
    document = f"<ofd:Document><ofd:Pages>{kids}</ofd:Pages></ofd:Document>".encode()
    return packed(**{"OFD.xml": root, "Doc_0/Document.xml": document, **(more or {})})


def bomb() -> bytes:
    return ofd(more={"Doc_0/zeros": bytes(BOMB_BYTES)})


def xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "发票")
    return out.getvalue()


def xlsx_with(*names: str) -> bytes:
    """A workbook that has these parts as well."""
    out = io.BytesIO(xlsx())
    with ZipFile(out, "a", ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"x")
    return out.getvalue()
