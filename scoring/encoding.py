"""How a text file is encoded: as its mark says, else UTF-8, else GB 18030 as Chinese Excel writes."""

from __future__ import annotations

import codecs
from pathlib import Path

CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def find_encoding(path: Path) -> str | None:
    """The first encoding in which all of a file can be read; None when there is none."""
    with path.open("rb") as file:
        head = file.read(4)
    marked = [name for mark, name in _MARKS if head.startswith(mark)]
    candidates = marked or ([] if b"\0" in head else ["utf-8", "gb18030"])
    return next((name for name in candidates if _can_read(path, name)), None)


def _can_read(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
