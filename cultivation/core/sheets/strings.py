"""How much text a sheet's shared strings come to when every cell gets its own copy."""

from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

PART = "xl/sharedStrings.xml"


def string_lengths(archive: ZipFile) -> list[int]:
    """Length of every shared string, in order."""
    if PART not in archive.namelist():
        return []
    with archive.open(PART) as stream:
        return _Lengths().read(stream)


class _Lengths:
    def __init__(self) -> None:
        self._found: list[int] = []
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.CharacterDataHandler = self._text

    def read(self, stream: IO[bytes]) -> list[int]:
        self._parser.ParseFile(stream)
        return self._found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition("}")[2] == "si":
            self._found.append(0)

    def _text(self, text: str) -> None:
        if self._found:
            self._found[-1] += len(text)
